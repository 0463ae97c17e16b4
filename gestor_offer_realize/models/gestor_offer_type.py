from odoo import fields, models

from ..const import KINDS

STATES = [("accepted", "Accepted"), ("realized", "Realized")]


class GestorOfferType(models.Model):
    """What offers of a type are made into, and what status they get by it."""

    _name = "gestor.offer.type"
    _description = "Offer Type"
    _order = "sequence, id"
    _check_company_auto = True
    # a branch may use the types of its head office
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies."
    )
    is_default = fields.Boolean(
        string="On new offers", help="The first such type stands on each new offer."
    )
    realize_as = fields.Selection(
        KINDS,
        default="invoice",
        required=True,
        help="What the dialog proposes; the client and the offer may say otherwise.",
    )
    advance_percent = fields.Float(string="Down payment (%)", default=30)
    realized_by = fields.Selection(
        [
            ("invoice", "Posted invoice"),
            ("delivery", "Delivery"),
            ("any", "Invoice or delivery"),
        ],
        default="invoice",
        required=True,
        help="What counts as realization. An order alone never does.",
    )
    state_part = fields.Selection(
        STATES,
        string="Status after a part",
        default="realized",
        required=True,
        help="When only some of the goods are invoiced or delivered.",
    )
    state_full = fields.Selection(
        STATES, string="Status after the whole", default="realized", required=True
    )
    state_withdrawn = fields.Selection(
        [("accepted", "Accepted"), ("sent", "Sent, the order is cancelled")],
        string="Status after a withdrawal",
        default="accepted",
        required=True,
        help="When all invoices are cancelled and all goods are back.",
    )

    _advance_percent_range = models.Constraint(
        "CHECK (advance_percent > 0 AND advance_percent <= 100)",
        "A down payment is more than 0 % and at most 100 %.",
    )

    def _get_realization_state(self, order):
        """Return the status of an offer whose order is realized so far.

        :param order: the accepted variant
        :rtype: str
        """
        self.ensure_one()
        degree = order._gestor_get_realization_degree(self.realized_by)
        return {"full": self.state_full, "part": self.state_part}.get(
            degree, "accepted"
        )
