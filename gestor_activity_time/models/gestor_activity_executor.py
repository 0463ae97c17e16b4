from odoo import api, fields, models
from odoo.fields import Domain


class GestorActivityExecutor(models.Model):
    _inherit = "gestor.activity.executor"

    spent_hours = fields.Float(string="Time spent", compute="_compute_spent_hours")

    @api.depends("activity_id.time_ids.hours", "user_id")
    def _compute_spent_hours(self):
        # sudo: who may read an activity may know how long each executor took
        entries = self.env["gestor.activity.time"].sudo()
        hours = entries._gestor_hours_by_activity(self.activity_id._origin)
        for executor in self:
            key = executor.activity_id._origin.id, executor.user_id.id
            executor.spent_hours = hours.get(key, 0.0)

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        ended = self.filtered(lambda executor: executor.state in ("done", "refused"))
        if ended:
            pairs = {(row.activity_id, row.user_id) for row in ended}
            domain = Domain("activity_id", "in", ended.activity_id.ids)
            domain &= Domain("user_id", "in", ended.user_id.ids)
            domain &= Domain("state", "!=", "closed")
            # sudo: who finishes the part of an executor stops the executor's clock
            entries = self.env["gestor.activity.time"].sudo().search(domain)
            entries.filtered(
                lambda entry: (entry.activity_id, entry.user_id) in pairs
            )._stop("closed")
        return result
