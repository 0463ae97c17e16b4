from odoo import api, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "gestor.job.mixin"]

    @api.model
    def _gestor_job_hand_over(self, clients, params):
        """Give clients another guardian; see ``_gestor_hand_over``.

        :return: who looked after each of them before
        """
        area = self.env["gestor.guardian.area"].browse(params["area_id"] or ())
        before = clients._get_gestor_guardians_before(area)
        clients._gestor_hand_over(
            self.env["res.users"].browse(params["user_id"]),
            area,
            params["with_activities"],
        )
        return {
            client.id: self.env._(
                "Before: %(users)s", users=", ".join(users.mapped("name"))
            )
            for client, users in before.items()
            if users
        }
