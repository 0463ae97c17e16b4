from odoo import fields, models


class GestorLibraryReplace(models.TransientModel):
    """Add a version to a library file."""

    _name = "gestor.library.replace"
    _description = "New Version of a Library File"

    file_id = fields.Many2one(
        "gestor.library.file", string="Library file", required=True, readonly=True
    )
    # not an attachment: the bytes stay no longer than the dialog
    datas = fields.Binary(string="File", required=True, attachment=False)
    file_name = fields.Char()
    note = fields.Char(help="What is new in this version.")

    def action_replace(self):
        """Make the new version the current one and close the dialog."""
        self.ensure_one()
        self.file_id.write(
            {
                "datas": self.datas,
                "file_name": self.file_name,
                "version_note": self.note,
            }
        )
        return {"type": "ir.actions.act_window_close"}
