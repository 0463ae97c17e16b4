from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..const import CHANNELS

KEPT_DAYS = 365


class GestorConsentExclusion(models.Model):
    """Who was left out of bulk sending, and why."""

    _name = "gestor.consent.exclusion"
    _description = "Left Out Of Bulk Sending"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    channel = fields.Selection(CHANNELS, required=True)
    reason = fields.Selection("_selection_reason", required=True)
    subject = fields.Char("Message")
    sender = fields.Char("Sent from", index=True)
    user_id = fields.Many2one(
        "res.users", string="Sent by", default=lambda self: self.env.uid
    )

    @api.model
    def _selection_reason(self):
        return list(self.env["res.partner"]._get_gestor_contact_reasons().items())

    @api.model
    def _gestor_add(self, rows, channel, sender):
        """Keep who was left out.

        :param rows: triples of the ids of a client, its verdict and what was not sent
        :param sender: the record that sends
        """
        self.create(
            [
                {
                    "partner_id": partner_id,
                    "channel": channel,
                    "reason": verdict.reason,
                    "subject": subject,
                    "sender": f"{sender._name},{sender.id}",
                }
                for partner_id, verdict, subject in rows
            ]
        )

    @api.model
    def _gestor_notify(self, sender, action):
        """Return the action that tells how many were left out, then another one."""
        left_out = self.search_count([("sender", "=", f"{sender._name},{sender.id}")])
        if not left_out:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Left out for lack of consent: %(count)s. Who and why: Clients > "
                    "Left out of bulk sending.",
                    count=left_out,
                ),
                "next": action or {"type": "ir.actions.act_window_close"},
            },
        }

    @api.autovacuum
    def _gc_old(self):
        """Forget old rows: what is not needed any more is not kept about people."""
        limit = fields.Datetime.now() - relativedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=10_000).unlink()
