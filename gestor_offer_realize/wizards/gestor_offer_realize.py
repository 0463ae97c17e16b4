from odoo import Command, api, fields, models

from ..const import KINDS


class GestorOfferRealize(models.TransientModel):
    """Makes a document of one offer, of all that is open or of a part."""

    _name = "gestor.offer.realize"
    _description = "Realize An Offer"

    offer_id = fields.Many2one("gestor.offer", required=True, ondelete="cascade")
    offer_state = fields.Selection(related="offer_id.state")
    order_id = fields.Many2one(
        "sale.order",
        string="Variant",
        compute="_compute_order_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('gestor_offer_id', '=', offer_id)]",
    )
    kind = fields.Selection(
        KINDS,
        string="Realize as",
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    line_ids = fields.One2many(
        "gestor.offer.realize.line",
        "wizard_id",
        string="Lines",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    advance_method = fields.Selection(
        [("percent", "Percent of the value"), ("amount", "Fixed amount")],
        string="Down payment as",
        default="percent",
        required=True,
    )
    advance_percent = fields.Float(
        string="Down payment (%)",
        compute="_compute_advance_percent",
        store=True,
        readonly=False,
        precompute=True,
    )
    advance_amount = fields.Monetary(string="Down payment")
    is_posted = fields.Boolean(
        string="Post the invoice", groups="account.group_account_invoice"
    )
    problem = fields.Text(compute="_compute_problem")

    @api.depends("offer_id")
    def _compute_order_id(self):
        for wizard in self:
            offer = wizard.offer_id
            wizard.order_id = offer.accepted_order_id or offer.proposed_order_id

    @api.depends("offer_id")
    def _compute_kind(self):
        for wizard in self:
            kind = wizard.offer_id and wizard.offer_id._get_realize_kind()
            if kind == "order" and wizard.offer_id.accepted_order_id:
                kind = "invoice"
            wizard.kind = kind

    @api.depends("offer_id")
    def _compute_advance_percent(self):
        for wizard in self:
            wizard.advance_percent = wizard.offer_id.offer_type_id.advance_percent or 30

    @api.depends("order_id", "kind")
    def _compute_line_ids(self):
        for wizard in self:
            found = {}
            if wizard.kind in ("invoice", "delivery"):
                found = wizard.order_id._gestor_get_open_lines(wizard.kind)
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {"order_line_id": line._origin.id, "quantity": quantity}
                    )
                    for line, quantity in found.items()
                ),
            ]

    @api.depends("order_id", "kind", "line_ids")
    def _compute_problem(self):
        for wizard in self:
            order = wizard.order_id
            problems = (
                order._gestor_get_realization_problems(
                    wizard.line_ids.order_line_id or order.order_line
                )
                if order
                else []
            )
            if wizard.kind in ("invoice", "delivery") and not wizard.line_ids:
                problems.append(
                    self.env._("Nothing is left to invoice.")
                    if wizard.kind == "invoice"
                    else self.env._("Nothing is left to deliver.")
                )
            wizard.problem = "\n".join(problems)

    def action_apply(self):
        """Make the document and open it."""
        self.ensure_one()
        quantities = None
        if self.kind in ("invoice", "delivery"):
            quantities = {
                line.order_line_id.id: line.quantity for line in self.line_ids
            }
        by_amount = self.advance_method == "amount"
        documents = self.offer_id._gestor_realize(
            self.kind,
            quantities,
            order=self.order_id,
            percent=0.0 if by_amount else self.advance_percent,
            amount=self.advance_amount if by_amount else 0.0,
            # who may not post does not see the field
            is_posted=self._has_field_access(self._fields["is_posted"], "read")
            and self.is_posted,
        )
        action = {
            "type": "ir.actions.act_window",
            "res_model": documents._name,
            "context": {"create": False},
        }
        if len(documents) == 1:
            return action | {"res_id": documents.id, "views": [(False, "form")]}
        return action | {
            "name": self.env._("Documents"),
            "domain": [("id", "in", documents.ids)],
            "views": [(False, "list"), (False, "form")],
        }
