#: rows of a list looked at together, growing while all of them are refused
BATCHES = (20, 200, 2_000)
#: how long a client stays with who calls, without a sign of life
CLAIM_MINUTES = 10
#: clients out of their contact hours that are sorted by when they may be called
UNREACHABLE = 200
#: result buttons have the keys 1 to 9
RESULTS = 9
#: more clients than this get into a list in the background
AT_ONCE = 200
