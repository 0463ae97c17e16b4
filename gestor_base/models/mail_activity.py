from odoo import api, fields, models
from odoo.tools import format_date


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "gestor.relation.mixin"]

    gestor_for_user_id = fields.Many2one(
        "res.users",
        string="Standing in for",
        readonly=True,
        ondelete="set null",
        help="Whose work it is; the assignee does it as a substitute.",
    )
    gestor_substitution_id = fields.Many2one(
        "gestor.substitution",
        string="Substitution",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._gestor_redirect(vals) for vals in vals_list])

    def write(self, vals):
        if "user_id" not in vals or "gestor_substitution_id" in vals:
            return super().write(vals)
        groups = {}
        for activity in self:
            target = self._gestor_redirect(
                {
                    "res_model": activity.res_model,
                    "date_deadline": activity.date_deadline,
                    **vals,
                }
            )
            key = target["user_id"], target.get("gestor_substitution_id", False)
            groups.setdefault(key, []).append(activity.id)
        for (user_id, substitution_id), ids in groups.items():
            super(MailActivity, self.browse(ids)).write(
                {
                    **vals,
                    "user_id": user_id,
                    "gestor_for_user_id": substitution_id and vals["user_id"],
                    "gestor_substitution_id": substitution_id,
                }
            )
        return True

    @api.model
    def _gestor_redirect(self, vals):
        """Return the values with the substitute in the place of an absent assignee.

        Who is away and plans something for himself or herself keeps it, and so does
        work that is due only after the return.
        """
        user_id = vals.get("user_id", self.env.context.get("default_user_id"))
        if not user_id or user_id == self.env.uid:
            return vals
        model = vals.get("res_model") or self.env.context.get("default_res_model")
        if not model and vals.get("res_model_id"):
            # sudo: only the name of the model is read
            model = self.env["ir.model"].sudo().browse(vals["res_model_id"]).model
        substitution = self.env["gestor.substitution"]._find(
            user_id, model, fields.Date.to_date(vals.get("date_deadline"))
        )
        if not substitution:
            return vals
        return {
            **vals,
            "user_id": substitution.substitute_id.id,
            "gestor_for_user_id": user_id,
            "gestor_substitution_id": substitution.id,
        }

    # === Relations map ===

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
