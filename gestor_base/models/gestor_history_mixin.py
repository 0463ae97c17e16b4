from datetime import datetime, time

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class GestorHistoryMixin(models.AbstractModel):
    """Whoever inherits this appears in the client's time line."""

    _name = "gestor.history.mixin"
    _description = "Gestor In The Client's Time Line"
    _inherit = ["gestor.registry.mixin"]

    # a stored Date or Datetime that is never empty; the time line is in its order
    _gestor_history_date = "create_date"
    # things that hang on documents, like messages, name here the field with the model
    # of their document, beside res_id
    _gestor_history_model_field = None

    # === Hooks ===

    @api.model
    def _gestor_history_kinds(self):
        """Return the kinds of entries of this model: by default one, the model itself.

        :return: dictionaries with ``kind`` (unique in the time line), ``label`` in the
            user's language, ``icon`` and ``domain`` (which records of the model)
        :rtype: list[dict]
        """
        return [
            {
                "kind": self._name,
                "label": self._get_gestor_history_label(),
                "icon": getattr(self, "_gestor_search_icon", "fa-file-o"),
                "domain": Domain.TRUE,
            }
        ]

    @api.model
    def _get_gestor_history_label(self):
        """Return what users call the entries of this model."""
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _gestor_history_domain(self, partner_ids):
        """Return the records that belong to a client.

        On indexed columns, or the time line reads whole tables.

        :param list partner_ids: the client, the branches and the representatives
        :rtype: Domain
        """
        return Domain("partner_id", "in", partner_ids)

    @api.model
    def _get_gestor_history_text_domain(self, text):
        """Return the records that a text typed over the time line may mean."""
        return Domain(self._rec_name or "display_name", "ilike", text)

    def _prepare_gestor_history_entry(self):
        """Return what the time line shows of one record.

        :return: ``title``, ``summary``, ``author`` (a partner) and ``document`` (the
            record that a click opens)
        :rtype: dict
        """
        self.ensure_one()
        parts = []
        if isinstance(self, self.env.registry["gestor.search.mixin"]):
            client = "partner_id" in self._fields and self["partner_id"].display_name
            parts = [
                part
                for part in self._get_gestor_subtitle_parts()
                if part and part != client
            ]
        user = self.create_uid
        if "user_id" in self._fields:
            user = self["user_id"] or user
        return {
            "title": self.display_name,
            "summary": " · ".join(parts),
            # sudo: who did it is no secret for whoever may read it
            "author": user.sudo().partner_id,
            "document": self,
        }

    # === The newest entries of one model ===

    @api.model
    def _gestor_history_rows(self, partner_ids, domain, limit, cursor=None, floor=None):
        """Return the newest entries, as far as the user's rules let them through.

        :param list partner_ids: see :meth:`_gestor_history_domain`
        :param domain: kinds, period and text
        :param int limit: how many at most
        :param tuple cursor: (datetime, model, id) of the last entry shown
        :param datetime floor: older entries are not wanted
        :return: ``(datetime, id)``, newest first
        :rtype: list[tuple]
        """
        domain = Domain(domain) & self._get_gestor_history_keyset(cursor, floor)
        query = self._gestor_history_query(partner_ids, domain, limit)
        if query is None:
            return []
        return [
            (_to_datetime(moment), record_id)
            for moment, record_id in self.env.execute_query(query)
        ]

    @api.model
    def _gestor_history_count(self, partner_ids, domain, limit):
        """Count the entries up to a limit."""
        query = self._gestor_history_query(partner_ids, domain, limit, is_sorted=False)
        if query is None:
            return 0
        sql = SQL("SELECT COUNT(*) FROM (%s) AS entries", query)
        return self.env.execute_query(sql)[0][0]

    @api.model
    def _gestor_history_query(self, partner_ids, domain, limit, is_sorted=True):
        """Return the SQL of (date, id) of some entries, or None if there are none."""
        if self._gestor_history_model_field:
            return self._get_gestor_thread_query(partner_ids, domain, limit, is_sorted)
        return self._get_gestor_select(
            Domain(domain) & self._gestor_history_domain(partner_ids),
            limit,
            is_sorted,
        )

    @api.model
    def _get_gestor_thread_query(self, partner_ids, domain, limit, is_sorted):
        """Return the entries that hang on the client's documents.

        Of each document only the newest are looked at, by an index; so a client with a
        hundred thousand messages is as fast as one with a hundred.
        """
        parts = []
        # the rights to the documents, below, decide; rules of its own are checked for
        # the few entries that are shown
        entries = self.sudo()
        for documents in self._get_gestor_threads():
            query = documents._search(
                documents._gestor_history_domain(partner_ids), active_test=False
            )
            if query.is_empty():
                continue
            own = Domain(self._gestor_history_model_field, "=", documents._name)
            on_document = Domain.custom(
                to_sql=lambda _model, alias, _query: SQL(
                    "%s = document.id", SQL.identifier(alias, "res_id")
                )
            )
            parts.append(
                SQL(
                    "SELECT entry.moment, entry.id FROM (%s) AS document"
                    " CROSS JOIN LATERAL (%s) AS entry",
                    query.select(),
                    entries._get_gestor_select(
                        Domain(domain) & own & on_document, limit, is_sorted
                    ),
                )
            )
        if not parts:
            return None
        union = SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts)
        order = SQL("ORDER BY moment DESC, id DESC") if is_sorted else SQL()
        return SQL("SELECT * FROM (%s) AS found %s LIMIT %s", union, order, limit)

    @api.model
    def _get_gestor_threads(self):
        """Return the models whose messages and activities the time line tells."""
        names = {"res.partner", *self._gestor_history_mixin()._gestor_implementers()}
        return [
            self.env[name]
            for name in sorted(names)
            if not self.env[name]._gestor_history_model_field
            and "message_ids" in self.env[name]._fields
            and self.env[name].has_access("read")
        ]

    @api.model
    def _gestor_history_mixin(self):
        return self.env["gestor.history.mixin"]

    @api.model
    def _get_gestor_select(self, domain, limit, is_sorted):
        """Return the SQL of (moment, id) of the records of a domain."""
        self.flush_model()
        date = self._gestor_history_date
        order = f"{date} desc, id desc" if is_sorted else None
        query = self._search(domain, limit=limit, order=order, active_test=False)
        return query.select(
            SQL("%s AS moment", SQL.identifier(self._table, date)),
            SQL.identifier(self._table, "id"),
        )

    @api.model
    def _get_gestor_history_keyset(self, cursor, floor):
        """Return what stands behind the last entry shown, in the order of all models.

        The order is: newest first; of one moment, models by name, then highest id.

        :param tuple cursor: (datetime, model, id), or None for the first page
        :param datetime floor: the oldest moment of use, or None
        """
        date = self._gestor_history_date

        # no plain conditions: the ORM cuts microseconds, which would lose entries
        def get_floor(_model, alias, _query):
            return SQL("%s >= %s", SQL.identifier(alias, date), floor)

        def get_keyset(_model, alias, _query):
            moment, model, record_id = cursor
            column = SQL.identifier(alias, date)
            if self._name > model:
                return SQL("%s <= %s", column, moment)
            if self._name < model:
                return SQL("%s < %s", column, moment)
            return SQL(
                "(%s, %s) < (%s, %s)",
                column,
                SQL.identifier(alias, "id"),
                moment,
                record_id,
            )

        return Domain.AND(
            Domain.custom(to_sql=to_sql)
            for to_sql, is_asked in ((get_floor, floor), (get_keyset, cursor))
            if is_asked
        )


def _to_datetime(value):
    """Return the moment of an entry; a plain day begins at midnight."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min)
