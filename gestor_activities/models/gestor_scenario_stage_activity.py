from odoo import api, fields, models


class GestorScenarioStageActivity(models.Model):
    _inherit = "gestor.scenario.stage.activity"

    gestor_template_id = fields.Many2one(
        "gestor.activity.template",
        string="Activity template",
        index="btree_not_null",
        ondelete="restrict",
        help="With a template the stage plans an activity, else the to-do beside it.",
    )
    activity_type_id = fields.Many2one(
        default=lambda self: self.env.ref(
            "mail.mail_activity_data_todo", raise_if_not_found=False
        )
    )

    @api.onchange("gestor_template_id")
    def _onchange_gestor_template_id(self):
        if self.gestor_template_id and not self.summary:
            self.summary = self.gestor_template_id.subject

    def _plan(self, documents, rows):
        planned = self.filtered("gestor_template_id")
        for line in planned:
            line._plan_activities(documents, rows)
        return super(GestorScenarioStageActivity, self - planned)._plan(documents, rows)

    def _plan_activities(self, documents, rows):
        """Plan an activity from the template on each document, linked with it."""
        self.ensure_one()
        users = documents._gestor_responsible_by_rule(
            self.responsible_rule, self.user_id
        )
        activities = documents.env["gestor.activity"]
        start = fields.Datetime.add(
            activities._default_planned_start_at(), days=self.days
        )
        vals_list = []
        for document, row in zip(documents, rows, strict=True):
            vals = {
                **activities._gestor_prepare_continued_vals(document),
                "name": self.summary or document.display_name,
                "template_id": self.gestor_template_id.id,
                "planned_start_at": start,
                "gestor_history_id": row.id,
                "gestor_is_automatic": self.is_automatic,
            }
            if document.id in users:
                vals["user_id"] = users[document.id].id
            vals_list.append(vals)
        made = activities.create(vals_list)
        for document, activity in zip(documents, made, strict=True):
            document._gestor_link(activity, kind=self.env._("stage"))
