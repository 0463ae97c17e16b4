from odoo import models


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    def action_apply_promotions(self):
        """Apply the promotions of the day to each variant and claim their rewards.

        Where the client has a choice, nothing is claimed: the seller opens the variant.

        :return: a notification
        :raise UserError: if the client has the offer
        """
        self._check_editable()
        orders = self.order_ids
        for order in orders:
            order._gestor_apply_promotions()
        rewarded = orders.filtered("order_line.reward_id")
        choices = orders.filtered(lambda order: order._get_claimable_rewards())
        message = self.env._(
            "Variants with a promotion: %(rewarded)s of %(all)s.",
            rewarded=len(rewarded),
            all=len(orders),
        )
        if choices:
            message += " " + self.env._(
                "A reward is to be chosen in: %(variants)s.",
                variants=", ".join(choices.mapped("gestor_variant_name")),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Promotions applied"),
                "message": message,
                "type": "success" if rewarded else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_prepare(self):
        """Count the rewards anew: the lines may have changed since."""
        self._refresh_promotions()
        return super().action_prepare()

    def _check_sendable(self):
        self._refresh_promotions()
        return super()._check_sendable()

    def _refresh_promotions(self):
        """Bring the rewards of offers that the client has not seen up to date."""
        drafts = self.filtered(lambda offer: offer.state in ("draft", "prepared"))
        for order in drafts.order_ids.filtered("order_line.reward_id"):
            order._update_programs_and_rewards()
