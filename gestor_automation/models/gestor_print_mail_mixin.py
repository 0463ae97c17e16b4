from odoo import models

#: so many prints are made while the user waits
AT_ONCE = 5
#: prints of one job of the queue: a few seconds
CHUNK = 10


class GestorPrintMailMixin(models.AbstractModel):
    _inherit = "gestor.print.mail.mixin"

    def action_gestor_mail_print(self):
        """Mail many prints in the background; the user sees the progress."""
        if len(self) <= AT_ONCE:
            return super().action_gestor_mail_print()
        self.check_access("read")
        # not every document works in the background, so its pattern does it for it
        job = self.env["gestor.job"]._gestor_start(
            self.env._("Prints by e-mail"),
            "gestor.print.pattern",
            [{"label": one.display_name, "id": one.id} for one in self],
            {"model": self._name},
            method="_gestor_job_mail_prints",
            chunk_size=CHUNK,
        )
        return job.action_open()
