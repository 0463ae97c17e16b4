from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorSelfBookingPropose(models.TransientModel):
    """Sends a client a personal link, on which the client chooses the time."""

    _name = "gestor.self.booking.propose"
    _description = "Propose Times"

    page_id = fields.Many2one(
        "gestor.self.booking.page",
        required=True,
        default=lambda self: self.env["gestor.self.booking.page"].search([], limit=1),
    )
    partner_id = fields.Many2one("res.partner", string="Client", required=True)
    activity_id = fields.Many2one("gestor.activity")
    email = fields.Char(related="partner_id.email")
    note = fields.Text(string="Words of your own")
    url = fields.Char(string="Link", readonly=True)

    def action_send(self):
        """Mail the link to the client."""
        self.ensure_one()
        if not self.partner_id.email:
            raise UserError(
                self.env._(
                    "%(client)s has no e-mail address. Copy the link instead.",
                    client=self.partner_id.display_name,
                )
            )
        refusals = self.partner_id._gestor_contact_refusals("email", "business")
        if refusals:
            raise UserError("\n".join(refusals.values()))
        invite = self._make_invite()
        template = self.env.ref("gestor_self_booking.mail_template_invite")
        # sudo: the mail is the program's, and has the secret of the link
        template.sudo().with_context(gestor_self_booking_note=self.note).send_mail(
            invite.id, force_send=False
        )
        return {"type": "ir.actions.act_window_close"}

    def action_make_link(self):
        """Show the link, to be passed on by other means."""
        self.ensure_one()
        self.url = self._make_invite()._get_url()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose times"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _make_invite(self):
        self.partner_id.check_access("read")
        self.page_id.check_access("read")
        activity = self.activity_id
        if activity:
            activity.check_access("write")
            activity._check_open()
            if activity.company_id != self.page_id.company_id:
                raise UserError(
                    self.env._(
                        "%(activity)s belongs to another company than the page.",
                        activity=activity.display_name,
                    )
                )
        # sudo: links are made by the program only, for clients the user may see
        invites = self.env["gestor.self.booking.invite"].sudo()
        return invites._gestor_make(self.page_id, self.partner_id, activity)

    @api.onchange("page_id", "partner_id", "note")
    def _onchange_target(self):
        self.url = False
