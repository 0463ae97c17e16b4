from collections import defaultdict

from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        done = defaultdict(list)
        for activity in self.filtered("active"):
            pair = (activity.res_id, activity.activity_type_id.id)
            done[activity.res_model].append(pair)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for model_name, pairs in done.items():
            if model_name in self.env:
                self.env["gestor.automat"]._fire_activities(model_name, pairs)
        return result
