"""Words and limits that several models of self booking share."""

STATES = [
    ("waiting", "To confirm"),
    ("confirmed", "Confirmed"),
    ("cancelled", "Cancelled"),
]
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
#: how far ahead a page may be opened; more days make a page slow and plans uncertain
LONGEST_HORIZON_DAYS = 180
#: what a visitor may type, in characters
SHORT_TEXT = 120
LONG_TEXT = 2000
#: the working day of who has no working hours: an ordinary office
OFFICE_HOURS = (8, 16)
OFFICE_WEEKDAYS = range(5)
