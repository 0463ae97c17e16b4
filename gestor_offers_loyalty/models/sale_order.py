from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === Who gets a promotion ===

    def _get_program_domain(self):
        domain = super()._get_program_domain()
        return [*domain, *self._gestor_get_set_domain("gestor_client_set_ids")]

    def _get_trigger_domain(self):
        domain = super()._get_trigger_domain()
        field = "program_id.gestor_client_set_ids"
        return [*domain, *self._gestor_get_set_domain(field)]

    def _gestor_get_set_domain(self, field):
        """Return the condition that a promotion is for the client of the order."""
        client = self.partner_id | self.partner_id.commercial_partner_id
        # sudo: a promotion holds for a client whichever sets the seller may see
        members = self.env["gestor.client.set.member"].sudo()
        sets = members.search([("partner_id", "in", client.ids)]).set_id
        return ["|", (field, "=", False), (field, "in", sets.ids)]

    # === Variants ===

    def _gestor_apply_promotions(self):
        """Apply automatic promotions and claim the rewards that need no choice."""
        self.ensure_one()
        self._update_programs_and_rewards()
        for coupon, rewards in self._get_claimable_rewards().items():
            program = coupon.program_id
            if (
                len(rewards) == 1
                and program.trigger == "auto"
                # points of the client's own cards are spent by the seller only
                and not program.is_nominative
                and not rewards.multi_product
            ):
                self._apply_program_reward(rewards, coupon)

    def _update_programs_and_rewards(self):
        """Leave the rewards of a variant that the client has as they were offered."""
        # sudo: also those who have no rights to offers work on the orders
        state = self.sudo().gestor_offer_id.state
        if state and state not in ("draft", "prepared") and self.state != "sale":
            return None
        return super()._update_programs_and_rewards()

    def action_confirm(self):
        """Confirm orders; points are spent when a variant is accepted, not before.

        Confirming a variant leads to its offer, which confirms it in its turn: the
        host would count points and rewards both times.
        """
        others = self - self._gestor_accept_variants()
        return super(SaleOrder, others).action_confirm() if others else True

    def _action_cancel(self):
        """Keep the rewards of variants: they are history, or open for a choice again.

        The host removes them. Points come back as it does.
        """
        variants = self.filtered("gestor_offer_id")
        return super(
            SaleOrder, self.with_context(gestor_offers_loyalty_kept=variants.ids)
        )._action_cancel()

    def _gestor_is_kept(self):
        """Tell whether the rewards of an order that is being cancelled stay."""
        self.ensure_one()
        return self.id in self.env.context.get("gestor_offers_loyalty_kept", ())
