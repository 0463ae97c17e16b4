from odoo import fields, models


class GestorActivityTemplateExecutor(models.Model):
    """Who carries out the activities of a template: a user, or whom a rule means."""

    _name = "gestor.activity.template.executor"
    _description = "Executor Of An Activity Template"
    _order = "sequence, id"
    _rec_name = "rule"
    _check_company_auto = True

    template_id = fields.Many2one(
        "gestor.activity.template", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="template_id.company_id")
    sequence = fields.Integer(default=10)
    rule = fields.Selection(
        [
            ("responsible", "Responsible person"),
            ("guardian", "Guardian of the client"),
            ("user", "Chosen user"),
        ],
        string="Who",
        required=True,
        default="responsible",
    )
    user_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        check_company=True,
        ondelete="cascade",
        index="btree_not_null",
    )

    _chosen_user = models.Constraint(
        "CHECK (rule != 'user' OR user_id IS NOT NULL)",
        "Choose the user who carries out the activity.",
    )
    _rule_uniq = models.UniqueIndex(
        "(template_id, rule, COALESCE(user_id, 0))",
        "This executor is in the template already.",
    )
