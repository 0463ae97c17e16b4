from odoo import fields, models

#: what a visit takes over from its activity
FOLLOWED = frozenset(("planned_start_at", "planned_stop_at", "user_id"))


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    gestor_self_booking_ids = fields.One2many(
        "gestor.self.booking", "activity_id", string="Booked visits"
    )

    def write(self, vals):
        result = super().write(vals)
        if not FOLLOWED.isdisjoint(vals):
            self._get_booked_visits()._follow_activity()
        return result

    def unlink(self):
        self._get_booked_visits()._gestor_cancel("staff")
        return super().unlink()

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        cancelled = self.filtered(lambda activity: activity.state == "cancelled")
        cancelled._get_booked_visits()._gestor_cancel("staff")
        return result

    def _get_booked_visits(self):
        """Return the visits of these activities that stand, with all rights."""
        # sudo: who may change the activity changes the visit with it
        visits = self.env["gestor.self.booking"].sudo()
        if not self.ids:
            return visits
        return visits.search(
            [("activity_id", "in", self.ids), ("state", "!=", "cancelled")]
        )

    def action_gestor_propose_times(self):
        """Open the dialog that sends the client a link to choose a time."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose times"),
            "res_model": "gestor.self.booking.propose",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_activity_id": self.id,
                "default_partner_id": self.partner_id.id,
            },
        }
