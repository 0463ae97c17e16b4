from markupsafe import Markup

from odoo import api, fields, models


class GestorProductActivityTemplate(models.Model):
    _inherit = "gestor.product.activity.template"

    template_id = fields.Many2one(
        "gestor.activity.template",
        string="Template of the activity",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="With one, an activity with its kind, executors and hours is planned for "
        "the client; without one a to-do stands on the document or on the client.",
    )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and not self.summary:
            self.summary = self.template_id.subject or self.template_id.name

    @api.model
    def _gestor_plan(self, plans, today):
        rest = [plan for plan in plans if not plan[0].template_id]
        self.env["gestor.activity"].create(
            [
                vals
                for template, document, goods in plans
                if template.template_id
                for vals in template._prepare_template_activities(
                    document, goods, today
                )
            ]
        )
        return super()._gestor_plan(rest, today)

    def _prepare_template_activities(self, document, goods, today):
        """Return the values of the activity of a document; see the host's way above.

        :rtype: list[dict]
        """
        self.ensure_one()
        plan = self.template_id
        company = document.company_id or self.env.company
        user = self._get_activity_user(document)
        vals = {
            "name": self.summary,
            "company_id": company.id,
            # nobody, where a client has confirmed what nobody looks after
            "user_id": user.id,
            "description": (plan.description or Markup(""))
            + self._get_activity_note(document, goods),
            "goods_template_id": self.id,
            "goods_origin_model": document._name,
            "goods_origin_id": document.id,
        }
        return plan._prepare_activities(
            self._get_due_date(today),
            partners=document._gestor_goods_client(),
            user=user,
            vals=vals,
        )
