from odoo import fields, models
from odoo.exceptions import UserError

from .gestor_anniversary_greeting import CONSENT_CHANNELS


class GestorPlannedAction(models.Model):
    _inherit = "gestor.planned.action"

    anniversary_id = fields.Many2one(
        "gestor.anniversary", readonly=True, index="btree_not_null", copy=False
    )
    anniversary_date = fields.Date(
        readonly=True, copy=False, help="The day that is celebrated."
    )

    def _execute(self):
        if self.anniversary_date:
            self._check_greeting()
        return super()._execute()

    def _check_greeting(self):
        """Refuse a greeting that has become out of place since it was planned.

        :raise UserError: with the reason
        """
        client = self.env[self.res_model].browse(self.res_id).exists()
        if client and not client.active:
            raise UserError(self.env._("The client has been archived."))
        today = fields.Date.context_today(self)
        if self.mode == "auto" and self.anniversary_date < today:
            raise UserError(
                self.env._("The anniversary is over; send the greeting by hand.")
            )
        greetings = self.env["gestor.anniversary.greeting"]
        channel = CONSENT_CHANNELS[self.handler]
        company = self.company_id or self.env.company
        if refusal := greetings._get_refusals(client, channel, company).get(client.id):
            raise UserError(refusal)
