from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..const import SOURCES


class GestorConsentRecord(models.TransientModel):
    """Records what many clients have said, with the source and the proof."""

    _name = "gestor.consent.record"
    _description = "Record Consents"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        default=lambda self: self._default_partner_ids(),
    )
    type_ids = fields.Many2many(
        "gestor.consent.type",
        string="Consents",
    )
    state = fields.Selection(
        [("given", "Given"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
        string="Status",
        required=True,
        default="given",
    )
    source = fields.Selection(SOURCES, required=True, default="form")
    note = fields.Char()
    proof_ids = fields.Many2many("ir.attachment")

    @api.model
    def _default_partner_ids(self):
        context = self.env.context
        if context.get("active_model") != "res.partner":
            return []
        return [Command.set(context.get("active_ids") or [])]

    def action_record(self):
        """Record the answer and close the dialog."""
        self.ensure_one()
        if not self.partner_ids or not self.type_ids:
            raise UserError(self.env._("Choose clients and consents."))
        vals = {}
        if self.note:
            vals["note"] = self.note
        if self.proof_ids:
            vals["proof_ids"] = [Command.set(self.proof_ids.ids)]
        changed = self.env["gestor.consent"]._gestor_record(
            self.partner_ids, self.type_ids, self.state, self.source, vals
        )
        if changed:
            # the dialog goes, its files stay with the consents
            self.proof_ids.write({"res_model": changed._name, "res_id": changed[0].id})
        return {"type": "ir.actions.act_window_close"}
