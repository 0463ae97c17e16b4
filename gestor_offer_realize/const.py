"""What an offer is made into."""

KINDS = [
    ("order", "Order"),
    ("invoice", "Invoice"),
    ("advance", "Down payment"),
    ("delivery", "Delivery"),
]
