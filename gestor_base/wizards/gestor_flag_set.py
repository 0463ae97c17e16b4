from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorFlagSet(models.TransientModel):
    _name = "gestor.flag.set"
    _description = "Set Flag"

    res_model = fields.Char(
        required=True, default=lambda self: self.env.context.get("active_model")
    )
    allowed_flag_ids = fields.Many2many(
        "gestor.flag", compute="_compute_allowed_flag_ids"
    )
    flag_id = fields.Many2one(
        "gestor.flag",
        domain="[('id', 'in', allowed_flag_ids)]",
        help="Empty: the flag is removed.",
    )
    is_note_required = fields.Boolean(related="flag_id.is_note_required")
    note = fields.Char()
    document_count = fields.Integer(
        string="Number of documents", compute="_compute_document_count"
    )

    @api.depends("res_model")
    def _compute_allowed_flag_ids(self):
        flags = self.env["gestor.flag"]
        for dialog in self:
            documents = dialog._get_documents()
            dialog.allowed_flag_ids = flags.search(documents._get_gestor_flag_domain())

    @api.depends("res_model")
    def _compute_document_count(self):
        for dialog in self:
            dialog.document_count = len(dialog._get_documents())

    def action_apply(self):
        """Set the flag and the note on all chosen documents, or clear them."""
        self.ensure_one()
        self._get_documents().write(
            {"gestor_flag_id": self.flag_id.id, "gestor_flag_note": self.note}
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _get_documents(self):
        """Return the documents that the dialog was opened for.

        :raise UserError: if records of this model cannot carry flags
        """
        if self.res_model not in self.env["gestor.flag"]._get_area_names():
            raise UserError(self.env._("These records cannot carry flags."))
        return self.env[self.res_model].browse(self.env.context.get("active_ids"))
