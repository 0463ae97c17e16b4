from odoo import fields, models


class TestGestorCase(models.Model):
    """A followed document that only those who work on it may see."""

    _name = "test.gestor.case"
    _description = "Test Case"
    _inherit = ["mail.thread", "mail.activity.mixin", "gestor.document.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="Guardian", index=True, tracking=True)
    company_id = fields.Many2one("res.company", index=True)
    partner_id = fields.Many2one("res.partner", index="btree_not_null")
    category_ids = fields.Many2many("res.partner.category")
    kind = fields.Selection([("small", "Small"), ("big", "Big")])
    description = fields.Html()
    hours = fields.Float()
    is_urgent = fields.Boolean()
    date_due = fields.Date()
    meeting_at = fields.Datetime()
    number = fields.Char(readonly=True)
    secret = fields.Char(groups="gestor_base.gestor_base_group_manager")
    line_ids = fields.One2many("test.gestor.case.line", "case_id")

    def _gestor_template_fields(self):
        lines = ["line_ids.name", "line_ids.partner_id", "line_ids.date_due"]
        return [*super()._gestor_template_fields(), *lines]


class TestGestorCaseLine(models.Model):
    _name = "test.gestor.case.line"
    _description = "Test Case Line"

    case_id = fields.Many2one("test.gestor.case", ondelete="cascade", index=True)
    name = fields.Char(required=True)
    note = fields.Char()
    partner_id = fields.Many2one("res.partner", index="btree_not_null")
    date_due = fields.Date()
