from odoo import api, fields, models


class GestorHistoryActivity(models.Model):
    """A call, a meeting, a note of the program used before."""

    _name = "gestor.history.activity"
    _description = "Activity of the Old Program"
    _inherit = ["gestor.history.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _gestor_history_date = "date"
    _gestor_search_icon = "fa-history"

    name = fields.Char(string="Subject", required=True, readonly=True)
    import_key = fields.Char(required=True, readonly=True, copy=False)
    kind = fields.Char(string="Kind of activity", readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    user_id = fields.Many2one("res.users", readonly=True)
    user_name = fields.Char(string="User in the file", readonly=True)
    text = fields.Text(readonly=True)

    _key_unique = models.UniqueIndex("(company_id, import_key)")
    _partner_date_idx = models.Index("(partner_id, date DESC, id DESC)")

    # === Time line ===

    @api.model
    def _get_gestor_history_label(self):
        return self.env._("Activity of the old program")

    @api.model
    def _get_gestor_history_text_domain(self, text):
        return super()._get_gestor_history_text_domain(text) | fields.Domain(
            "text", "ilike", text
        )

    def _prepare_gestor_history_entry(self):
        entry = super()._prepare_gestor_history_entry()
        parts = [self.kind, "" if self.user_id else self.user_name, self.text]
        return {
            **entry,
            "summary": " · ".join(" ".join(part.split()) for part in parts if part),
            # sudo: who did it is no secret for whoever may read it
            "author": self.user_id.sudo().partner_id,
        }
