from odoo import api, fields, models
from odoo.exceptions import UserError


class TestGestorDocument(models.Model):
    """A document that everybody sees and only its owner may change."""

    _name = "test.gestor.document"
    _description = "Test Document"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "gestor.document.mixin",
        "gestor.job.mixin",
        "gestor.scenario.mixin",
        "gestor.search.mixin",
        "gestor.history.mixin",
    ]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
    partner_id = fields.Many2one("res.partner", index=True)
    parent_id = fields.Many2one("test.gestor.document", index=True)
    next_stage_id = fields.Many2one(
        "gestor.scenario.stage",
        index=True,
        help="Where the paper goes by itself as soon as it has moved.",
    )
    entered_stages = fields.Char(help="What the hook was told, in order.")
    work_count = fields.Integer(help="How often background work did this paper.")
    company_id = fields.Many2one("res.company", index=True)
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary()
    date_due = fields.Date()
    sent_at = fields.Datetime()
    is_urgent = fields.Boolean()
    size = fields.Selection([("small", "Small"), ("large", "Large")])
    note_html = fields.Html(sanitize=False)
    margin_note = fields.Char(groups="base.group_system", copy=False)
    access_token = fields.Char()
    line_ids = fields.One2many("test.gestor.document.line", "document_id")

    @api.model
    def _gestor_text_fields(self):
        return ["note_html"]

    def _gestor_autotexts(self):
        return {
            **super()._gestor_autotexts(),
            "test_line_count": (self.env._("Number of lines"), self._count_lines),
        }

    def _count_lines(self):
        return {document.id: len(document.line_ids) for document in self}

    @api.model
    def _gestor_document_label(self):
        return self.env._("Paper")

    @api.model
    def _gestor_search_label(self):
        return self.env._("Papers")

    def _get_gestor_subtitle_parts(self):
        return [self._gestor_document_label(), ""]

    def _gestor_related(self):
        return super()._gestor_related() + self._gestor_related_by(
            self._name, "parent_id", self.env._("sheet")
        )

    def _gestor_info_sections(self):
        sheets = self.search([("parent_id", "=", self.id)])
        rows = [self._gestor_info_row(sheet, icon="fa-file") for sheet in sheets]
        return super()._gestor_info_sections() + [
            self._gestor_info_section("sheets", self.env._("Sheets"), rows)
        ]

    @api.model
    def _gestor_job_chunk(self, records, params):
        """Count the work on each paper; one that is called Bad cannot be done."""
        if isinstance(records, list):
            for vals in records:
                self.create({"name": vals["label"], "user_id": self.env.uid})
            return {0: "first of its chunk"}
        for paper in records:
            paper.work_count += params.get("step", 1)
            if paper.name == "Bad":
                raise UserError(self.env._("This paper cannot be done."))
            if paper.name == "Crash":
                raise ZeroDivisionError
        return {paper.id: f"for {self.env.user.login}" for paper in records}

    def _gestor_stage_entered(self, stage):
        result = super()._gestor_stage_entered(stage)
        for document in self.sudo():
            names = [document.entered_stages, stage.name]
            document.entered_stages = ", ".join(filter(None, names))
        for target, documents in self.sudo().grouped("next_stage_id").items():
            if target and target != stage:
                documents._gestor_enter_stage(target)
        return result


class TestGestorDocumentLine(models.Model):
    _name = "test.gestor.document.line"
    _description = "Test Document Line"

    document_id = fields.Many2one(
        "test.gestor.document", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    quantity = fields.Float()
    price = fields.Monetary()
    currency_id = fields.Many2one(related="document_id.currency_id")
    attached_id = fields.Many2one("test.gestor.secret")


class TestGestorSecret(models.Model):
    """A document that only its owner may see."""

    _name = "test.gestor.secret"
    _description = "Test Secret"
    _inherit = ["gestor.document.mixin", "gestor.search.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
