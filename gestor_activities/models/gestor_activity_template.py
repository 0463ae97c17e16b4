from odoo import fields, models


class GestorActivityTemplate(models.Model):
    """From which activities begin: what, who, for whom and when."""

    _name = "gestor.activity.template"
    _description = "Activity Template"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    type_id = fields.Many2one(
        "gestor.activity.type", string="Type", required=True, index=True
    )
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    is_default = fields.Boolean(
        string="Begin with it", help="Each new activity of the type begins with it."
    )
    subject = fields.Char(translate=True)
    description = fields.Html(translate=True)
