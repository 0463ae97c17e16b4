"""Which column of a table holds what, by the words of its heading."""

import re

#: target -> headings as Polish and English programs write them
_WORDS = {
    "date": ("data", "date", "dnia", "data rozpoczecia", "data wykonania", "termin"),
    "time": ("godzina", "time", "czas rozpoczecia"),
    "kind": ("rodzaj", "typ", "kind", "type", "rodzaj dzialania", "typ dzialania"),
    "nip": ("nip", "nip klienta", "tax id", "vat", "nip kontrahenta"),
    "code": ("kod", "symbol", "kod klienta", "symbol klienta", "code", "ref"),
    "client": ("klient", "kontrahent", "nazwa klienta", "firma", "client", "customer"),
    "subject": ("temat", "tytul", "subject", "title", "nazwa"),
    "text": ("opis", "tresc", "notatka", "uwagi", "text", "description", "note"),
    "user": ("uzytkownik", "pracownik", "opiekun", "wykonal", "user", "osoba"),
}
_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")


def plain(heading):
    """Return a heading as it is compared.

    >>> plain(" Treść: "), plain("Data_rozpoczęcia")
    ('tresc', 'data rozpoczecia')
    """
    text = heading.casefold().translate(_PLAIN)
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def guess_targets(headings):
    """Return what each column holds, empty where no heading tells.

    >>> guess_targets(["Data", "NIP", "Kontrahent", "Opis", "Kolor", "Opis"])
    ['date', 'nip', 'client', 'text', '', '']
    """
    known = {word: target for target, words in _WORDS.items() for word in words}
    targets = []
    for heading in headings:
        target = known.get(plain(heading), "")
        targets.append(target if target not in targets else "")
    return targets
