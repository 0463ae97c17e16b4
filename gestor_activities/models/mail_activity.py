from odoo import models
from odoo.fields import Domain


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """Finish the parts of executors whose to-dos were marked as done."""
        mine = self.filtered(lambda todo: todo.res_model == "gestor.activity")
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if not mine:
            return result
        # sudo: whoever may do the to-do, as a substitute, does that part of the work
        executors = self.env["gestor.activity.executor"].sudo()
        rows = executors.search(
            Domain("mail_activity_id", "in", mine.ids)
            & Domain("state", "in", ("waiting", "in_progress"))
        )
        if rows:
            rows.action_done()
        return result
