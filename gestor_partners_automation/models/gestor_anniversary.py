from odoo import api, fields, models

OPEN_STATES = ("planned", "asked", "failed")


class GestorAnniversary(models.Model):
    _inherit = "gestor.anniversary"

    greeting_action_ids = fields.One2many(
        "gestor.planned.action",
        "anniversary_id",
        string="Greetings",
        groups="gestor_base.gestor_base_group_user",
    )

    # === CRUD ===

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("day", "month", "partner_id")):
            self._drop_open_greetings()
        return result

    def unlink(self):
        self._drop_open_greetings()
        return super().unlink()

    def _drop_open_greetings(self):
        """Forget greetings for a day that is no anniversary; what was sent stays."""
        # sudo: the engine owns the actions, the user only the day that they follow
        actions = self.sudo().greeting_action_ids
        actions.filtered(lambda action: action.state in OPEN_STATES).unlink()

    # === Cron ===

    @api.model
    def _cron_remind(self):
        """Also plan the greetings, once the anniversaries stand in the right year."""
        result = super()._cron_remind()
        self.env["gestor.anniversary.greeting"]._plan_all()
        return result
