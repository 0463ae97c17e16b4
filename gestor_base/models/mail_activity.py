from odoo import api, fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

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
