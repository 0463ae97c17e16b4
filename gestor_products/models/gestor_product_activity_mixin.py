from odoo import fields, models
from odoo.fields import Domain


class GestorProductActivityMixin(models.AbstractModel):
    """A document on which goods stand, and from which activities follow.

    The document is a ``mail.activity.mixin`` with ``partner_id`` and ``company_id``. It
    calls :meth:`_gestor_plan_goods_activities` at each moment that its addon has added
    to ``gestor.product.activity.template.moment``, and
    :meth:`_gestor_cancel_goods_activities` when it is cancelled.
    """

    _name = "gestor.product.activity.mixin"
    _description = "Document with Activities of Goods"

    def unlink(self):
        self._gestor_cancel_goods_activities()
        return super().unlink()

    # === Hooks ===

    def _gestor_goods(self):
        """Return the goods of each document for which activities are planned.

        :return: ``{document: product.product}``
        :rtype: dict
        """
        return {}

    def _gestor_goods_client(self):
        """Return the client of a document, on whom activities may stand."""
        return self.partner_id.commercial_partner_id

    def _gestor_goods_responsible(self):
        """Return who is responsible for a document, perhaps nobody."""
        return self.user_id

    # === Business helpers ===

    def _gestor_plan_goods_activities(self, moment):
        """Plan what the templates of the documents' goods say, once each.

        An activity that is open or done is not planned again. The assigned users get
        no e-mail: most of the activities are due in months.

        :param str moment: a value of ``gestor.product.activity.template.moment``
        :return: the new activities of the host
        """
        # sudo: whoever confirms a document starts what the company has laid down,
        # whether or not he may read templates, clients and colleagues' activities
        documents = self.sudo()
        activities = documents.env["mail.activity"]
        goods = documents._gestor_goods()
        matches = documents.env["gestor.product.activity.template"]._gestor_matches(
            moment, documents.env["product.product"].union(*goods.values())
        )
        if not matches:
            return activities
        planned = documents._get_planned_goods_pairs()
        plans = [
            (template, document, concerned)
            for document in documents
            for template, matching in matches.items()
            if (concerned := goods.get(document, matching.browse()) & matching)
            and template.company_id in document._get_template_companies()
            and (document.id, template) not in planned
        ]
        return documents.env["gestor.product.activity.template"]._gestor_plan(
            plans, fields.Date.context_today(self)
        )

    def _gestor_cancel_goods_activities(self):
        """Withdraw what was planned for the documents and is not done yet."""
        # sudo: as in planning
        planned = self.sudo()._get_planned_goods_activities()
        planned.filtered("active").unlink()

    def _get_planned_goods_activities(self):
        """Return the open and the done activities that follow from the documents."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        return activities.search(
            Domain("gestor_origin_model", "=", self._name)
            & Domain("gestor_origin_id", "in", self.ids)
        )

    def _get_planned_goods_pairs(self):
        """Return ``{(document id, template)}`` of what is planned or done already.

        Addons that plan something else than activities of the host add theirs.
        """
        return {
            (activity.gestor_origin_id, activity.gestor_product_template_id)
            for activity in self._get_planned_goods_activities()
        }

    def _get_template_companies(self):
        """Return whose templates are for a document: none's, its company's, above."""
        company = self.company_id
        return [company.browse(), *company.parent_ids, *company]
