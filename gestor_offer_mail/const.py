"""How an offer stands in its e-mail."""

MAIL_FORMS = [
    ("attachment", "PDF attached"),
    ("body", "In the text"),
    ("both", "In the text, PDF attached"),
]
