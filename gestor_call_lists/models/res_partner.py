from odoo import api, fields, models

STAFF = "base.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_is_phone_to_check = fields.Boolean(
        string="Phone to check",
        copy=False,
        groups=STAFF,
        help="Somebody called and the number was wrong. A new number takes it back.",
    )
    gestor_is_phone_refused = fields.Boolean(
        string="Refuses phone calls",
        copy=False,
        groups=STAFF,
        help="The client asked not to be called, and is left out of call lists.",
    )

    def write(self, vals):
        if "phone" in vals and "gestor_is_phone_to_check" not in vals:
            vals = {**vals, "gestor_is_phone_to_check": False}
        return super().write(vals)

    def _gestor_contact_refusals(self, channel, purpose="marketing"):
        """Add those who told a caller not to call again."""
        refusals = super()._gestor_contact_refusals(channel, purpose)
        if channel != "phone":
            return refusals
        # sudo: whom not to call is no secret, and asked for clients in bulk
        refused = self.sudo().filtered("gestor_is_phone_refused")
        reason = self.env._("Asked not to be called")
        return {**refusals, **dict.fromkeys(refused.ids, reason)}

    # === Making call lists ===

    @api.model
    def _gestor_job_call_list(self, clients, params):
        """Put a part of the clients into a call list; see ``_gestor_job_chunk``.

        :param dict params: ``activity_id`` and ``share``
        :return: a remark for each client who was in it already
        """
        activity = self.env["gestor.activity"].browse(params["activity_id"])
        there = activity._gestor_add_call_clients(clients, params["share"])
        return dict.fromkeys(there.ids, self.env._("In the list already"))

    def action_gestor_call_list(self):
        """Open the dialog that makes a call list of these clients."""
        return self.env["gestor.call.list.make"]._get_action(self)
