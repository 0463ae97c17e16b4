from odoo import models

#: with more clients than this nobody waits in front of the dialog
MANY_CLIENTS = 200


class GestorGuardianMove(models.TransientModel):
    _inherit = "gestor.guardian.move"

    def _hand_over(self, clients):
        """Hand many clients over in the background, with progress and results."""
        if len(clients) <= MANY_CLIENTS:
            return super()._hand_over(clients)
        job = clients._gestor_start_job(
            self.env._("Hand clients over: %(user)s", user=self.user_id.name),
            {
                "user_id": self.user_id.id,
                "area_id": self.area_id.id,
                "with_activities": self.is_with_activities,
            },
            method="_gestor_job_hand_over",
        )
        return job.action_open()
