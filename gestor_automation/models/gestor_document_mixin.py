from odoo import fields, models


class GestorDocumentMixin(models.AbstractModel):
    _inherit = "gestor.document.mixin"

    gestor_planned_action_count = fields.Integer(
        string="Planned actions",
        compute="_compute_gestor_planned_action_count",
        groups="base.group_user",
    )

    def _compute_gestor_planned_action_count(self):
        counts = self.env["gestor.planned.action"]._count_open(self._name, self.ids)
        for document in self:
            document.gestor_planned_action_count = counts.get(document._origin.id, 0)

    def unlink(self):
        # sudo: what was planned for a document goes along, whoever may see it
        actions = self.env["gestor.planned.action"].sudo()
        planned = actions.search(actions._get_document_domain(self._name, self.ids))
        result = super().unlink()
        planned.unlink()
        return result

    def action_gestor_planned_actions(self):
        """Open the list of what is planned and was done for these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_automation.gestor_planned_action_action"
        )
        actions = self.env["gestor.planned.action"]
        action["domain"] = list(actions._get_document_domain(self._name, self.ids))
        action["context"] = {}
        return action

    def _gestor_responsible(self):
        """Return who is asked about automatic steps of each document.

        By default the active user in the field ``user_id``, else the current user.

        :rtype: dict[int, res.users]
        """
        if "user_id" not in self._fields:
            return dict.fromkeys(self.ids, self.env.user)
        # sudo: an archived user is not asked
        return {
            document.id: document.user_id
            if document.sudo().user_id.active
            else self.env.user
            for document in self
        }
