"""Words that several models of consents share."""

STATES = [
    ("waiting", "Waiting"),
    ("given", "Given"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
#: what a user may say about where an answer came from
SOURCES = [
    ("form", "Form"),
    ("phone", "Phone"),
    ("paper", "Paper"),
    ("mail", "E-mail"),
    ("import", "Import"),
]
#: what only the program says
OWN_SOURCES = [
    ("web", "Client's page"),
    ("asked", "Question sent"),
    ("expiry", "Validity ended"),
    ("merge", "Merging of clients"),
    ("anonymisation", "Anonymisation"),
]
CHANNELS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("phone", "Phone"),
    ("letter", "Letter"),
]
