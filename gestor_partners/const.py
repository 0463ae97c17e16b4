#: who reads the client file: users of Gestor, and those who only look
READERS = "gestor_base.gestor_base_group_viewer,gestor_base.gestor_base_group_user"
#: what e-mails about documents of the host are for, and about which of them
HOST_MAIL_PURPOSES = {
    "account.move": (
        "invoices",
        [("move_type", "in", ("out_invoice", "out_refund", "out_receipt"))],
    ),
    # an order that is confirmed is no offer any more
    "sale.order": ("offers", [("state", "in", ("draft", "sent"))]),
}
