from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "gestor.relation.mixin", "gestor.history.mixin"]

    _gestor_history_date = "date_deadline"
    _gestor_history_model_field = "res_model"

    @api.model
    def _gestor_history_kinds(self):
        return [
            {
                "kind": "activity_done",
                "label": self.env._("Done"),
                "icon": "fa-check",
                "domain": Domain("active", "=", False),
            },
            {
                "kind": "activity",
                "label": self.env._("To do"),
                "icon": "fa-clock-o",
                "domain": Domain("active", "=", True),
            },
        ]

    @api.model
    def _get_gestor_history_text_domain(self, text):
        return Domain("summary", "ilike", text) | Domain("feedback", "ilike", text)

    def _prepare_gestor_history_entry(self):
        kind = self.activity_type_id.name
        return {
            "title": self.summary or kind,
            "summary": " · ".join(
                part for part in (self.summary and kind, self.feedback) if part
            ),
            # sudo: the name of a colleague is no secret
            "author": self.user_id.sudo().partner_id,
            "document": self.env[self.res_model].browse(self.res_id),
            "document_name": self.res_name,
        }

    def _gestor_related(self):
        kind = self.env._("to do")
        return [
            (activity.id, activity.res_model, activity.res_id, kind)
            for activity in self
            if activity.res_model and activity.res_id
        ]

    @api.model
    def _gestor_node_label(self):
        return self.env._("To do")

    def _prepare_gestor_node(self):
        date = format_date(self.env, self.date_deadline)
        # sudo: the name of a colleague is no secret
        parts = (date, self.user_id.sudo().name)
        view_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "mail.mail_activity_view_form_popup"
        )
        return {
            "name": self.summary or self.activity_type_id.name,
            "info": " · ".join(part for part in parts if part),
            "icon": self.icon or "fa-clock-o",
            "action": {
                "type": "ir.actions.act_window",
                "name": self.env._("To do"),
                "res_model": self._name,
                "res_id": self.id,
                "views": [(view_id, "form")],
                "target": "new",
            },
        }
