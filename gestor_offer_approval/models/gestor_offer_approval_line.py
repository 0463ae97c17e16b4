from odoo import api, fields, models
from odoo.tools.misc import format_amount, formatLang

from .gestor_offer_approval_rule import KINDS


class GestorOfferApprovalLine(models.Model):
    """One limit that a variant breaks, by how much, and who has approved that."""

    _name = "gestor.offer.approval.line"
    _description = "Approved Limit"
    _order = "approval_id, id"
    _rec_name = "rule_name"

    approval_id = fields.Many2one(
        "gestor.offer.approval", required=True, index=True, ondelete="cascade"
    )
    offer_id = fields.Many2one(related="approval_id.offer_id", store=True, index=True)
    company_id = fields.Many2one(related="approval_id.company_id", store=True)
    order_id = fields.Many2one(
        "sale.order", string="Variant", index="btree_not_null", ondelete="set null"
    )
    rule_id = fields.Many2one(
        "gestor.offer.approval.rule", index="btree_not_null", ondelete="set null"
    )
    # as they were when it was asked: the rule and the variant may change or vanish
    rule_name = fields.Char(string="Name of the rule", required=True)
    variant_name = fields.Char(string="Name of the variant")
    kind = fields.Selection(KINDS, required=True)
    limit = fields.Float(required=True, aggregator=False)
    value = fields.Float(required=True, aggregator=False)
    currency_id = fields.Many2one("res.currency")
    text = fields.Char(string="What is beyond the limit", compute="_compute_text")
    user_id = fields.Many2one("res.users", string="Approved by")
    for_user_id = fields.Many2one("res.users", string="Standing in for")
    date = fields.Datetime(string="Approved on")

    @api.depends("variant_name", "kind", "limit", "value", "currency_id")
    @api.depends_context("lang")
    def _compute_text(self):
        for line in self:
            line.text = self._get_text(
                line.variant_name, line.kind, line.value, line.limit, line.currency_id
            )

    @api.model
    def _get_text(self, variant, kind, value, limit, currency):
        """Return a sentence that says by how much a limit is broken."""
        numbers = {
            "variant": variant,
            "value": self._format(kind, value, currency),
            "limit": self._format(kind, limit, currency),
        }
        if kind == "line_discount":
            return self.env._(
                "%(variant)s: discount of a line %(value)s, allowed %(limit)s",
                **numbers,
            )
        if kind == "variant_discount":
            return self.env._(
                "%(variant)s: discount of the variant %(value)s, allowed %(limit)s",
                **numbers,
            )
        if kind == "margin":
            return self.env._(
                "%(variant)s: margin %(value)s, at least %(limit)s", **numbers
            )
        return self.env._(
            "%(variant)s: net amount %(value)s, at most %(limit)s", **numbers
        )

    @api.model
    def _format(self, kind, number, currency):
        if kind == "amount":
            return format_amount(self.env, number, currency)
        return f"{formatLang(self.env, number, digits=2)} %"
