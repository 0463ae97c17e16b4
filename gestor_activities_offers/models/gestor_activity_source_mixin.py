from collections import defaultdict

from odoo import fields, models

STAFF = "base.group_user"


class GestorActivitySourceMixin(models.AbstractModel):
    """A document that shows its activities and begins new ones."""

    _name = "gestor.activity.source.mixin"
    _description = "Document With Activities"

    gestor_activity_count = fields.Integer(
        string="Number of activities",
        compute="_compute_gestor_activity_count",
        groups=STAFF,
    )

    def _compute_gestor_activity_count(self):
        found = self._get_gestor_activities()
        for document in self:
            document.gestor_activity_count = len(found.get(document._origin.id, ()))

    def action_gestor_activities(self):
        """Open the activities of these documents."""
        found = self._get_gestor_activities()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities.gestor_activity_action"
        )
        ids = set().union(*found.values())
        action["domain"] = [("id", "in", list(ids))]
        action["context"] = (
            self._prepare_gestor_activity_context() if len(self) == 1 else {}
        )
        return action

    def action_gestor_new_activity(self):
        """Open a new activity with the client filled in, linked when it is saved."""
        self.ensure_one()
        return {
            "name": self.env._("New activity"),
            "type": "ir.actions.act_window",
            "res_model": "gestor.activity",
            "views": [(False, "form")],
            "context": self._prepare_gestor_activity_context(),
        }

    def _prepare_gestor_activity_context(self):
        """Return the context in which an activity of this document is begun."""
        self.ensure_one()
        partner = self.partner_id
        return {
            "default_partner_id": partner.commercial_partner_id.id,
            "default_name": self.display_name,
            "default_company_id": (self.company_id or self.env.company).id,
            "gestor_activities_offers_origin": (self._name, self.id),
        }

    def _get_gestor_activities(self):
        """Return the activities of these documents that the user may read.

        :return: ``{document id: set of activity ids}``
        """
        activities = self.env["gestor.activity"]
        if not activities.has_access("read"):
            return {}
        found = self._find_gestor_activities()
        ids = set().union(*found.values()) if found else set()
        readable = set(activities.browse(ids)._filtered_access("read").ids)
        return {document: kept & readable for document, kept in found.items()}

    def _find_gestor_activities(self):
        """Return what :meth:`_get_gestor_activities` does, whoever may read it.

        By default what these documents are linked with.
        """
        links = self.env["gestor.link"].sudo()  # filtered by who asks
        found = defaultdict(set)
        own = {(self._name, document_id) for document_id in self.ids}
        for edge in links.search(links._get_origin_domain(self._name, self.ids)):
            first, second = edge._get_ends()
            for end, across in ((first, second), (second, first)):
                if across in own and end[0] == "gestor.activity":
                    found[across[1]].add(end[1])
        return found

    def _gestor_join_activities(self, activities):
        """Keep that these documents came from, or belong to, activities."""
        self._gestor_link(activities, kind=self.env._("activity"))
