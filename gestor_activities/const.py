#: the kinds of activities; what each of them needs is said by the form
KINDS = [
    ("task", "Task"),
    ("meeting", "Meeting"),
    ("phone", "Phone call"),
    ("fax", "Fax"),
    ("letter", "Letter"),
    ("note", "Note"),
    ("internet_call", "Internet call"),
    ("email", "E-mail"),
]
STATES = [
    ("planned", "Planned"),
    ("in_progress", "In progress"),
    ("done", "Done with success"),
    ("failed", "Done without success"),
    ("cancelled", "Cancelled"),
]
OPEN = ("planned", "in_progress")
CLOSED = ("done", "failed", "cancelled")
PRIORITIES = [("0", "Normal"), ("1", "Raised"), ("2", "High"), ("3", "Urgent")]
#: nobody plans a visit of forty years but by a slip of the year
LONGEST_DAYS = 366
#: what a closed activity keeps as it was
PLAN_FIELDS = frozenset(
    (
        *("name", "type_id", "planned_start_at", "planned_stop_at", "is_all_day"),
        *("user_id", "executor_ids", "client_ids", "partner_id", "finish_rule"),
        *("progress_percent", "real_start_at", "real_stop_at", "company_id"),
    )
)
