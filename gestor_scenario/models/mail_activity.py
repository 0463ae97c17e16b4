from odoo import api, models


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "gestor.stage.activity.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [self._gestor_without_engine_fields(vals) for vals in vals_list]
        )

    def write(self, vals):
        vals = self._gestor_without_engine_fields(vals)
        if vals.get("active"):
            vals = {**vals, "gestor_is_succeeded": False}
        return super().write(vals)

    def _action_done(self, feedback=False, attachment_ids=None):
        planned = self.filtered(lambda a: a.active and a.gestor_history_id)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # an activity whose document is gone has just been removed
        planned.exists()._gestor_note_success()
        return result
