from odoo import fields, models


class TestGestorCase(models.Model):
    """A followed document that only those who work on it may see."""

    _name = "test.gestor.case"
    _description = "Test Case"
    _inherit = ["mail.thread", "mail.activity.mixin", "gestor.document.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="Guardian", index=True, tracking=True)
    company_id = fields.Many2one("res.company", index=True)
