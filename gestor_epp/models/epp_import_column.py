from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorEppImportColumn(models.Model):
    _name = "gestor.epp.import.column"
    _description = "Column of an Imported Table"
    _order = "import_id, sequence, id"
    _rec_name = "heading"

    import_id = fields.Many2one(
        "gestor.epp.import",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True)
    heading = fields.Char(readonly=True)
    sample = fields.Char(string="First value", readonly=True)
    target = fields.Selection(
        [
            ("date", "Date"),
            ("time", "Time"),
            ("kind", "Kind of activity"),
            ("nip", "NIP of the client"),
            ("code", "Code of the client"),
            ("client", "Name of the client"),
            ("subject", "Subject"),
            ("text", "Text"),
            ("user", "User"),
        ],
        string="Goes to",
        help="Empty: the column is left out.",
    )

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    def _check_draft(self):
        if any(column.import_id.state != "draft" for column in self):
            raise UserError(
                self.env._(
                    "The import has been checked. Go back to draft to change it."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns._check_draft()
        return columns
