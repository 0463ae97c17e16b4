from odoo import SUPERUSER_ID, api, models


class GestorResponsibleMixin(models.AbstractModel):
    """Who takes care of a document, and whom a rule of a stage means."""

    _name = "gestor.responsible.mixin"
    _description = "Gestor Document With A Responsible Person"

    @api.model
    def _gestor_responsible_field(self):
        """Return the name of the field with the responsible person, or nothing."""
        return "user_id" if "user_id" in self._fields else None

    def _gestor_guardians(self):
        """Return the guardians of the documents' clients.

        :return: ``{document id: res.users}``; documents without one may be missing
        """
        if "partner_id" not in self._fields:
            return {}
        return {
            document.id: document.partner_id.user_id
            or document.partner_id.commercial_partner_id.user_id
            for document in self
        }

    def _gestor_responsible_by_rule(self, rule, user):
        """Return the users that a rule of a stage means.

        :param str rule: unchanged / responsible / user / mover / guardian
        :param user: the chosen user, for the rule ``user``
        :return: ``{document id: res.users}`` without those who have nobody
        """
        field_name = self._gestor_responsible_field()
        if rule == "guardian":
            users = self._gestor_guardians()
        elif rule == "responsible" and field_name:
            users = {document.id: document[field_name] for document in self}
        elif rule == "user":
            users = dict.fromkeys(self.ids, user)
        elif rule == "mover" and self.env.uid != SUPERUSER_ID:
            users = dict.fromkeys(self.ids, self.env.user)
        else:
            users = {}
        return {res_id: user for res_id, user in users.items() if user}
