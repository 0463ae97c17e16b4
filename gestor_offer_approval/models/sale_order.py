from odoo import api, fields, models

from ..lib.limits import get_line_discount, get_variant_discount


class SaleOrder(models.Model):
    _inherit = "sale.order"

    gestor_approval_text = fields.Text(
        string="Beyond the limits",
        compute="_compute_gestor_approval_text",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(
        "gestor_offer_id.approval_text", "amount_untaxed", "margin", "gestor_offer_id"
    )
    @api.depends_context("lang")
    def _compute_gestor_approval_text(self):
        texts = {}
        offers = self.gestor_offer_id.filtered("approval_is_needed")
        for breaches in offers._get_uncovered_breaches().values():
            for breach in breaches:
                text = offers._get_breach_text(breach)
                texts.setdefault(breach.order.id, []).append(text)
        for order in self:
            order.gestor_approval_text = "\n".join(texts.get(order._origin.id, []))

    def _check_approved(self):
        """Refuse to give variants to the client before their offer is approved.

        :raise UserError: naming the offers
        """
        # sudo: whoever prints the variant may learn that its offer waits
        self.sudo().gestor_offer_id._check_approved()

    def _gestor_approval_value(self, rule):
        """Return the figure of the variant that a rule limits.

        :param rule: ``gestor.offer.approval.rule``
        :return: percent, or an amount in the currency of the rule
        :rtype: float
        """
        self.ensure_one()
        if rule.kind == "margin":
            return 100 * self.margin_percent
        if rule.kind == "amount":
            return self._gestor_approval_amount(rule)
        lines = [
            (
                line.product_uom_qty,
                line.price_unit,
                line.technical_price_unit,
                line.discount,
            )
            for line in self.order_line
            if not line.display_type
        ]
        if rule.kind == "variant_discount":
            return get_variant_discount(lines)
        return max((get_line_discount(*line[1:]) for line in lines), default=0.0)

    def _gestor_approval_amount(self, rule):
        if self.currency_id == rule.currency_id:
            return self.amount_untaxed
        return self.currency_id._convert(
            self.amount_untaxed,
            rule.currency_id,
            self.company_id,
            self.gestor_offer_id.date_from or fields.Date.context_today(self),
        )
