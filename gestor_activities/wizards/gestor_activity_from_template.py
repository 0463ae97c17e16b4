from odoo import api, fields, models


class GestorActivityFromTemplate(models.TransientModel):
    """Makes activities from a template for chosen clients, from a chosen moment."""

    _name = "gestor.activity.from.template"
    _description = "New Activities From A Template"

    template_id = fields.Many2one("gestor.activity.template", required=True)
    base_at = fields.Datetime(
        string="Counted from", required=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        help="Each of them gets an activity of its own. Empty: one without clients.",
    )
    parent_id = fields.Many2one("gestor.activity", string="Continues")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        if model == "gestor.activity.template":
            defaults["template_id"] = ids[0] if ids else False
        elif model == "res.partner":
            defaults["partner_ids"] = ids
        elif model == "gestor.activity":
            activities = self.env[model].browse(ids)
            defaults["partner_ids"] = activities.client_ids.partner_id.ids
            defaults["parent_id"] = ids[0] if len(ids) == 1 else False
        return {name: value for name, value in defaults.items() if name in fields}

    def action_create(self):
        """Create the activities and show them."""
        self.ensure_one()
        activities = self.template_id._gestor_create_activities(
            self.base_at, self.partner_ids, self.user_id, self.parent_id
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Activities"),
            "res_model": "gestor.activity",
        }
        if len(activities) == 1:
            return {**action, "res_id": activities.id, "views": [(False, "form")]}
        return {
            **action,
            "domain": [("id", "in", activities.ids)],
            "views": [(False, "list"), (False, "form")],
        }
