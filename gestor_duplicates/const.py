#: why two clients may be one, the strongest reason first, with its points of 100
POINTS = {"nip": 100, "regon": 95, "email": 80, "phone": 60, "name": 60}
#: points of each further reason
BONUS = 10
#: from so much in common on (of 1, by trigrams), two names of firms are similar
SIMILAR = 0.6
#: names are compared when so many of their first or last letters are the same
BLOCK = 8
