from odoo import api, fields, models

from .epp_texts import SECTION_LABELS, words


class GestorEppImportLine(models.Model):
    _name = "gestor.epp.import.line"
    _description = "Line of an EDI++ Import"
    _order = "import_id, line, id"
    _rec_name = "key"

    _key_idx = models.Index("(import_id, section, key)")
    _alt_key_idx = models.Index(
        "(import_id, section, alt_key) WHERE alt_key IS NOT NULL"
    )
    _todo_idx = models.Index("(import_id, line) WHERE is_done IS NOT TRUE")

    import_id = fields.Many2one(
        "gestor.epp.import", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="import_id.company_id")
    line = fields.Integer(string="File line", aggregator=None)
    section = fields.Char(string="Section code", required=True)
    area = fields.Selection(
        string="Section",
        selection="_selection_area",
        compute="_compute_area",
        store=True,
        precompute=True,
        help="The section in words.",
    )
    key = fields.Char(string="Code")
    alt_key = fields.Char(
        string="NIP or barcode", help="The second way to recognise a record."
    )
    name = fields.Char()
    action = fields.Selection(
        [
            ("create", "Create"),
            ("update", "Update"),
            ("unchanged", "Unchanged"),
            ("skip", "Skip"),
            ("error", "Error"),
        ],
        required=True,
    )
    reason = fields.Text()
    undo_note = fields.Text(help="What the undo could not take back, and why.")
    data = fields.Json(string="Fields of the file")
    is_done = fields.Boolean(
        string="Done", help="Nothing more will be done with this line."
    )
    is_undone = fields.Boolean(string="Undone")
    res_model = fields.Char(string="Record model")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    operations = fields.Json(
        help="What was created and changed, with the old values; used by the undo."
    )

    @api.depends("section")
    def _compute_area(self):
        for line in self:
            known = line.section in SECTION_LABELS
            line.area = line.section if known else "OTHER"

    @api.model
    def _selection_area(self):
        labels = [
            (key, words(self.env, label)) for key, label in SECTION_LABELS.items()
        ]
        return [*labels, ("OTHER", self.env._("Other sections"))]

    def action_open_record(self):
        """Open the record that the line created, updated or found."""
        self.ensure_one()
        if not self.res_id or not self.env[self.res_model].browse(self.res_id).exists():
            return False
        model, res_id = self.res_model, self.res_id
        if model == "product.pricelist.item":
            # sudo: only the id of its price list is read; the host then checks
            # the user's rights to that price list as always
            item = self.env[model].sudo().browse(res_id)
            model, res_id = "product.pricelist", item.pricelist_id.id
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": res_id,
            "views": [(False, "form")],
        }
