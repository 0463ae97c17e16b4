from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

PAGE = 40
#: a kind with more entries says "more than"; counting all of them helps nobody
COUNT_LIMIT = 1000
#: contacts of one firm that are looked at
FAMILY = 10_000


class GestorHistory(models.AbstractModel):
    """The client's time line: everything of all models with the mixin, newest first."""

    _name = "gestor.history"
    _description = "Client's Time Line"

    @api.model
    @api.readonly
    def get_page(self, partner_id, filters=None, cursor=None, limit=PAGE):
        """Return some entries of the time line.

        Each model gives its newest entries by an index, and they are merged: the cost
        of a page does not depend on how long the time line is.

        :param int partner_id: a client, branch or representative; the whole firm counts
        :param dict filters: ``kinds`` (names), ``date_from`` (a day) and ``text``
        :param list cursor: what the page before returned as ``cursor``
        :param int limit: entries of a page
        :return: ``entries`` and ``cursor`` (False: there is no more)
        :rtype: dict
        :raise AccessError: if the user may not read the client
        """
        family = self._get_family(partner_id)
        limit = min(int(limit), PAGE)
        after = cursor and (datetime.fromisoformat(cursor[0]), cursor[1], cursor[2])
        rows = []
        for model, kinds in self._get_kinds_by_model(filters).items():
            # what is older than a full page need not be looked for
            floor = rows[limit][0] if len(rows) > limit else None
            found = self.env[model]._gestor_history_rows(
                family.ids,
                self._get_domain(model, kinds, filters),
                limit + 1,
                cursor=after,
                floor=floor,
            )
            rows += [(moment, model, record_id) for moment, record_id in found]
            self._sort(rows)
        page = rows[:limit]
        has_more = len(rows) > limit
        return {
            "entries": self._prepare_entries(page),
            "cursor": has_more and [page[-1][0].isoformat(), *page[-1][1:]],
        }

    @api.model
    @api.readonly
    def get_counts(self, partner_id, filters=None):
        """Return the kinds of entries, with their numbers up to a limit.

        :param dict filters: see :meth:`get_page`; the chosen kinds do not matter
        :return: dictionaries with ``kind``, ``label``, ``icon``, ``count`` and
            ``is_more`` (than the count)
        :rtype: list[dict]
        """
        family = self._get_family(partner_id)
        filters = {**(filters or {}), "kinds": False}
        counts = []
        for model, kinds in self._get_kinds_by_model(filters).items():
            for kind in kinds:
                domain = self._get_domain(model, [kind], filters)
                count = self.env[model]._gestor_history_count(
                    family.ids, domain, COUNT_LIMIT + 1
                )
                counts.append(
                    {
                        "kind": kind["kind"],
                        "label": kind["label"],
                        "icon": kind["icon"],
                        "count": min(count, COUNT_LIMIT),
                        "is_more": count > COUNT_LIMIT,
                    }
                )
        return sorted(counts, key=lambda kind: kind["label"].casefold())

    # === Helpers ===

    @api.model
    def _get_family(self, partner_id):
        """Return the client's firm with its branches and representatives."""
        self.env["gestor.search"]._check_gestor_user()
        client = self.env["res.partner"].browse(int(partner_id)).exists()
        if not client:
            raise UserError(self.env._("The client does not exist any more."))
        client.check_access("read")
        return client.with_context(active_test=False).search(
            Domain("commercial_partner_id", "=", client.commercial_partner_id.id),
            limit=FAMILY,
            order="id",
        )

    @api.model
    def _get_kinds_by_model(self, filters):
        """Return the kinds that the user may read and has chosen.

        :return: ``{model name: kinds}``; see
            :meth:`gestor.history.mixin._gestor_history_kinds`
        """
        chosen = (filters or {}).get("kinds")
        kinds_by_model = {}
        for name in self.env["gestor.history.mixin"]._gestor_implementers():
            if not self.env[name].has_access("read"):
                continue
            kinds = [
                kind
                for kind in self.env[name]._gestor_history_kinds()
                if not chosen or kind["kind"] in chosen
            ]
            if kinds:
                kinds_by_model[name] = kinds
        # the threads last: by then there is a page that they have to be newer than
        return dict(
            sorted(
                kinds_by_model.items(),
                key=lambda item: bool(self.env[item[0]]._gestor_history_model_field),
            )
        )

    @api.model
    def _sort(self, rows):
        """Put (moment, model, id) in the order of the time line."""
        rows.sort(key=lambda row: row[2], reverse=True)
        rows.sort(key=lambda row: row[1])
        rows.sort(key=lambda row: row[0], reverse=True)

    @api.model
    def _get_domain(self, model, kinds, filters):
        """Return the entries of some kinds of a model within the filters."""
        filters = filters or {}
        domain = Domain.OR(kind["domain"] for kind in kinds)
        day = fields.Date.to_date(filters.get("date_from"))
        if day:
            domain &= Domain(self.env[model]._gestor_history_date, ">=", day)
        text = " ".join(str(filters.get("text") or "").split())
        if text:
            domain &= Domain(self.env[model]._get_gestor_history_text_domain(text))
        return domain

    @api.model
    def _prepare_entries(self, page):
        """Return the entries of a page, in its order, as far as they are readable."""
        ids_by_model = defaultdict(list)
        for _moment, model, record_id in page:
            ids_by_model[model].append(record_id)
        looks = {}
        for model, ids in ids_by_model.items():
            records = self.env[model].browse(ids)._filtered_access("read")
            for kind in records._gestor_history_kinds():
                of_kind = records.filtered_domain(kind["domain"])
                for record in of_kind:
                    looks[model, record.id] = self._prepare_look(record, kind)
        return [
            {
                "key": f"{model},{record_id}",
                "date": fields.Datetime.to_string(moment),
                "is_day": self.env[model]
                ._fields[self.env[model]._gestor_history_date]
                .type
                == "date",
                **looks[model, record_id],
            }
            for moment, model, record_id in page
            if (model, record_id) in looks
        ]

    @api.model
    def _prepare_look(self, record, kind):
        entry = record._prepare_gestor_history_entry()
        author, document = entry["author"][:1], entry["document"]
        # sudo: the name and the picture of an author are no secret
        name = author.sudo().name or ""
        return {
            "kind": kind["kind"],
            "label": kind["label"],
            "icon": kind["icon"],
            "title": entry["title"],
            "summary": entry["summary"],
            "author_id": author.id,
            "author": entry.get("author_name") or name,
            "model": document._name,
            "id": document.id,
            "document": entry.get("document_name") or "",
        }
