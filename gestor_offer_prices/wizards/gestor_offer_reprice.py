from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorOfferReprice(models.TransientModel):
    _name = "gestor.offer.reprice"
    _description = "Give An Offer A Currency And A Rate"

    offer_id = fields.Many2one(
        "gestor.offer", required=True, readonly=True, ondelete="cascade"
    )
    company_currency_id = fields.Many2one(
        related="offer_id.company_id.currency_id", string="Currency of the company"
    )
    is_chosen = fields.Boolean(
        string="Currency of its own",
        default=True,
        help="Otherwise the offer is in the currency of its price lists.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
    )
    day = fields.Date(
        string="Take the rate of", required=True, default=fields.Date.context_today
    )
    is_manual = fields.Boolean(
        string="Type the rate", help="A rate that was agreed with the client."
    )
    rate = fields.Float(
        string="Exchange rate",
        digits=(16, 6),
        compute="_compute_rate",
        store=True,
        readonly=False,
        help="How much of the company's currency one unit is worth.",
    )
    has_rate = fields.Boolean(compute="_compute_has_rate")
    source = fields.Char(compute="_compute_source")
    problem = fields.Char(compute="_compute_source")

    @api.depends("offer_id")
    def _compute_currency_id(self):
        for wizard in self:
            offer = wizard.offer_id
            wizard.currency_id = offer.price_currency_id or offer.currency_id

    @api.depends("is_chosen", "currency_id", "company_currency_id")
    def _compute_has_rate(self):
        for wizard in self:
            wizard.has_rate = bool(
                wizard.is_chosen
                and wizard.currency_id
                and wizard.currency_id != wizard.company_currency_id
            )

    @api.depends("currency_id", "day", "is_manual")
    def _compute_rate(self):
        for wizard in self:
            if not wizard.is_manual:
                vals, _problem = wizard._find_rate_vals()
                wizard.rate = vals.get("price_rate", 0)

    @api.depends("currency_id", "day", "is_manual", "is_chosen")
    def _compute_source(self):
        for wizard in self:
            vals, problem = ({}, "") if wizard.is_manual else wizard._find_rate_vals()
            wizard.problem = problem
            wizard.source = (
                wizard.env["gestor.offer"]
                .new({"company_id": wizard.offer_id.company_id.id, **vals})
                ._get_rate_source()
                if vals.get("price_rate_date")
                else ""
            )

    # === Actions ===

    def action_apply(self):
        """Freeze the rate on the offer and count its prices in the currency.

        :raise UserError: if there is no rate, or the client has the offer
        """
        self.ensure_one()
        changed, kept = self.offer_id._set_price_currency(self._prepare_offer_vals())
        action = self.offer_id._notify_price_changes(changed, kept)
        action["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return action

    def _prepare_offer_vals(self):
        """Return the values of the offer; empty for the currency of its price lists."""
        self.ensure_one()
        if not self.is_chosen:
            return {}
        if not self.currency_id:
            raise UserError(self.env._("Choose the currency of the offer."))
        if not self.has_rate:
            return {"price_currency_id": self.currency_id.id, "price_rate": 1}
        vals, problem = self._find_rate_vals()
        if self.is_manual:
            vals = {
                "price_rate": self.rate,
                "price_rate_date": self.day,
                "price_rate_kind": "manual",
            }
        elif problem:
            raise UserError(problem)
        if vals["price_rate"] <= 0:
            raise UserError(self.env._("Type an exchange rate above zero."))
        return {"price_currency_id": self.currency_id.id, **vals}

    def _find_rate_vals(self):
        """Return the values of the rate of the day and what is wrong, if anything."""
        self.ensure_one()
        if not (self.has_rate and self.day):
            return {}, ""
        try:
            return self.offer_id._find_rate(self.currency_id, self.day), ""
        except UserError as error:
            return {}, str(error)
