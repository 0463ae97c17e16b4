from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# as many records as a text may find to be fetched first and put in order afterwards
FEW = 200


class GestorSearchMixin(models.AbstractModel):
    """Whoever inherits this is found by the search of the whole program."""

    _name = "gestor.search.mixin"
    _description = "Gestor Searchable"
    _inherit = ["gestor.registry.mixin"]

    # where this kind stands among the others, and how it looks there
    _gestor_search_sequence = 500
    _gestor_search_icon = "fa-file-o"

    @api.model
    def _gestor_search_hits(self, text, limit):
        """Return the records of this model that a text may mean, best first.

        Called for each pause in the typing: the number of queries may not depend on
        the number of records, and the user's rights decide. The default puts those
        that are called exactly so before those that only match.

        :param str text: as typed, without spaces around it
        :param int limit: how many at most
        :return: dictionaries with ``model``, ``id``, ``title``, ``subtitle``, ``icon``
            and ``action`` (an action, or nothing: then the form is opened)
        :rtype: list[dict]
        """
        found = self.search(self._get_gestor_exact_domain(text), limit=limit)
        if len(found) < limit:
            matching = self._gestor_narrow(self._get_gestor_hit_domain(text))
            others = matching & Domain("id", "not in", found.ids)
            found |= self.search(others, limit=limit - len(found))
        return [record._prepare_gestor_hit() for record in found]

    @api.model
    def _gestor_search_label(self):
        """Return the heading over the hits of this kind, in the user's language."""
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _get_gestor_exact_domain(self, text):
        """Return the records whose name or number is the text."""
        return Domain(self._rec_name, "=ilike", self._gestor_escape_like(text))

    @api.model
    def _get_gestor_hit_domain(self, text):
        """Return the records that the text may mean.

        :param str text: as typed
        :rtype: Domain
        """
        return Domain("display_name", "ilike", text)

    @api.model
    def _gestor_narrow(self, domain):
        """Return the few records of a domain as their ids, or the domain unchanged.

        Asked for the first eight names that hold a rare word, PostgreSQL walks the
        names in their order and reads nearly the whole table before it has met them.
        A materialized query has no order and no limit to be tempted by, so it goes
        through the trigram indexes; for a common word it stops after the first few.

        :param Domain domain: on stored columns of this model
        :rtype: Domain
        """
        domain = Domain(domain)
        if domain.is_true() or domain.is_false():
            return domain
        # the search that this domain goes into has the user's rules and the archive's
        query = self._search(domain, active_test=False, bypass_access=True)
        rows = self.env.execute_query(
            SQL(
                "WITH found AS MATERIALIZED (%s) SELECT id FROM found LIMIT %s",
                query.select(),
                FEW + 1,
            )
        )
        if len(rows) > FEW:
            return domain
        return Domain("id", "in", [record_id for (record_id,) in rows])

    def _prepare_gestor_hit(self):
        """Return one hit; see :meth:`_gestor_search_hits`."""
        self.ensure_one()
        parts = self._get_gestor_subtitle_parts()
        return {
            "model": self._name,
            "id": self.id,
            "title": self.display_name,
            "subtitle": " · ".join(part for part in parts if part),
            "icon": self._gestor_search_icon,
            "action": False,
        }

    def _get_gestor_subtitle_parts(self):
        """Return what tells this record from others of the same name.

        :return: texts in the order in which they are shown; empty ones are left out
        :rtype: list[str]
        """
        return []

    def _get_gestor_selection_label(self, name):
        """Return the value of a selection field as the user reads it."""
        self.ensure_one()
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    @api.model
    def _gestor_escape_like(self, text):
        """Return a text in which the wildcards of SQL stand for themselves."""
        return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
