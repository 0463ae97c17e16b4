from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

# edges of missing records deleted at once
GC_BATCH = 10_000
END_FIELDS = ("model_a", "res_id_a", "model_b", "res_id_b")


class GestorLink(models.Model):
    """An undirected edge between two business documents of any kind.

    The ends are kept in one order, so a pair of documents has one row at most.
    An edge has no rights of its own: who may read both ends may read it, who may
    also write one of them may make, change and remove it.
    """

    _name = "gestor.link"
    _description = "Link"
    _inherit = ["gestor.row.search.mixin"]
    _order = "id desc"

    # "C" is the order of Python's strings, whatever the collation of the database
    _ends_ordered = models.Constraint(
        """CHECK (
            model_a COLLATE "C" < model_b COLLATE "C"
            OR (model_a = model_b AND res_id_a < res_id_b)
        )""",
        "A document cannot be linked with itself.",
    )
    _ends_uniq = models.UniqueIndex(
        "(model_a, res_id_a, model_b, res_id_b)",
        "These two documents are linked already.",
    )
    _end_b_idx = models.Index("(model_b, res_id_b)")

    model_a = fields.Char(string="First model", required=True, readonly=True)
    res_id_a = fields.Integer(
        string="First record", required=True, readonly=True, aggregator=False
    )
    model_b = fields.Char(string="Second model", required=True, readonly=True)
    res_id_b = fields.Integer(
        string="Second record", required=True, readonly=True, aggregator=False
    )
    kind = fields.Char(help="What the link means, in a word or two.")
    note = fields.Char()

    other_model = fields.Char(compute="_compute_other")
    other_id = fields.Integer(compute="_compute_other")
    other_label = fields.Char(string="Document type", compute="_compute_other")
    other_name = fields.Char(string="Document", compute="_compute_other")

    # === Computes ===

    @api.depends(*END_FIELDS)
    @api.depends_context("gestor_base_link_origin", "lang", "uid")
    def _compute_other(self):
        """Show the end that lies across from the document in the context."""
        origin = tuple(self.env.context.get("gestor_base_link_origin") or ())
        ids_by_model = defaultdict(set)
        for link in self:
            first, second = link._get_ends()
            link.other_model, link.other_id = first if second == origin else second
            ids_by_model[link.other_model].add(link.other_id)
        names = {}
        for model, documents in self._get_documents(ids_by_model).items():
            for document in documents:
                names[model, document.id] = document.display_name
        labels = dict(self._selection_document_models())
        for link in self:
            link.other_label = labels.get(link.other_model, link.other_model)
            link.other_name = names.get((link.other_model, link.other_id))

    @api.depends("other_label", "other_name")
    def _compute_display_name(self):
        for link in self:
            link.display_name = f"{link.other_label}: {link.other_name or ''}"

    @api.model
    def _selection_document_models(self):
        """Return (name, label) of the models whose records can be linked."""
        return sorted(
            (
                (name, self.env[name]._gestor_document_label())
                for name in self.env["gestor.document.mixin"]._gestor_implementers()
            ),
            key=lambda item: item[1].casefold(),
        )

    # === Access ===

    def _get_closed_row_message(self):
        return self.env._(
            "You need read access to both linked documents, and write access "
            "to one of them to link or unlink them."
        )

    def _filtered_closed(self, operation):
        """Return the edges whose ends do not let the user do the operation."""
        # the ends decide about the access, so they are read before it is known
        ends = {link.id: link._get_ends() for link in self.sudo()}
        ids_by_model = defaultdict(set)
        for pair in ends.values():
            for model, res_id in pair:
                ids_by_model[model].add(res_id)
        readable = self._get_documents(ids_by_model)
        writable = (
            {}
            if operation == "read"
            else {
                model: documents._filtered_access("write")
                for model, documents in readable.items()
            }
        )

        def holds(documents, end):
            return end[0] in documents and end[1] in documents[end[0]]._ids

        def is_open(pair):
            return all(holds(readable, end) for end in pair) and (
                operation == "read" or any(holds(writable, end) for end in pair)
            )

        return self.filtered(lambda link: not is_open(ends[link.id]))

    @api.model
    def _get_documents(self, ids_by_model):
        """Return the existing documents that the user may read.

        :param dict ids_by_model: ``{model name: ids}``
        :return: ``{model name: recordset}``; unknown models are missing
        """
        return {
            model: self.env[model].browse(ids).exists()._filtered_access("read")
            for model, ids in ids_by_model.items()
            if model in self.env
        }

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(
            [{**vals, **self._prepare_ordered_ends(vals)} for vals in vals_list]
        )
        links._invalidate_counts()
        return links

    def write(self, vals):
        if not vals.keys().isdisjoint(END_FIELDS):
            raise UserError(
                self.env._(
                    "The documents of a link cannot be changed: make a new link."
                )
            )
        return super().write(vals)

    def unlink(self):
        self._invalidate_counts()
        return super().unlink()

    @api.model
    def _prepare_ordered_ends(self, vals):
        """Return the values of the ends in the one order in which they are kept."""
        first = (vals.get("model_a"), vals.get("res_id_a"))
        second = (vals.get("model_b"), vals.get("res_id_b"))
        documents = self.env["gestor.document.mixin"]._gestor_implementers()
        if first[0] not in documents or second[0] not in documents:
            raise ValidationError(
                self.env._("Only business documents of Gestor can be linked.")
            )
        if first == second:
            raise ValidationError(
                self.env._("A document cannot be linked with itself.")
            )
        return self._get_end_values(first, second)

    @api.model
    def _get_end_values(self, first, second):
        """Return the column values of an edge between two (model, id) pairs."""
        return dict(zip(END_FIELDS, sum(sorted((first, second)), ()), strict=True))

    def _invalidate_counts(self):
        """Forget the link counters of the documents at the ends."""
        ids_by_model = defaultdict(set)
        for link in self.sudo():  # the counters are wrong for everybody
            for model, res_id in link._get_ends():
                ids_by_model[model].add(res_id)
        for model, ids in ids_by_model.items():
            if model in self.env:
                documents = self.env[model].browse(ids)
                documents.invalidate_recordset(["gestor_link_count"], flush=False)

    @api.model
    def _move_ends(self, sources, target):
        """Give the edges of some documents to another one that takes their place.

        Called when records are merged. An edge that the target has already, and one
        that would link it with itself, goes.

        :param sources: records that will be deleted
        :param target: the record that stays, of the same model
        """
        # sudo: the merge was allowed; the far ends need not be readable for it
        links = self.sudo()
        merged = {(sources._name, res_id) for res_id in (sources | target).ids}
        moving = links.search(self._get_origin_domain(sources._name, sources.ids))
        existing = links.search(self._get_origin_domain(target._name, target.ids))
        taken = {end for edge in existing for end in edge._get_ends()}
        vals_list = []
        for edge in moving:
            others = set(edge._get_ends()) - merged
            for model, res_id in others - taken:
                taken.add((model, res_id))
                vals_list.append(
                    {
                        **self._get_end_values(
                            (target._name, target.id), (model, res_id)
                        ),
                        "kind": edge.kind,
                        "note": edge.note,
                    }
                )
        moving.unlink()
        links.create(vals_list)

    # === Cleaning ===

    @api.autovacuum
    def _gc_dead_ends(self):
        """Delete the edges of records that are gone.

        ``unlink`` takes the edges along, but a record deleted by the database (a
        cascade, an uninstalled addon) leaves them. Until then nobody sees them.

        :return: how many were deleted, and whether more may be left
        """
        self.flush_model()
        models_ = set()
        for field in ("model_a", "model_b"):
            models_.update(name for (name,) in self._read_group([], [field]))
        done = 0
        for model in sorted(models_):
            done += self._delete_dead_ends(model, GC_BATCH - done)
        if done:
            self.env.invalidate_all()
        return done, done >= GC_BATCH

    @api.model
    def _delete_dead_ends(self, model, limit):
        """Delete some edges that end at missing records of a model.

        :return: how many
        """
        is_alive = SQL("FALSE")
        if model in self.env:
            is_alive = SQL(
                "EXISTS (SELECT FROM %s AS document WHERE document.id = ends.res_id)",
                SQL.identifier(self.env[model]._table),
            )
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM gestor_link WHERE id IN (
                    SELECT id FROM (
                        SELECT id, res_id_a AS res_id FROM gestor_link
                         WHERE model_a = %(model)s
                        UNION ALL
                        SELECT id, res_id_b FROM gestor_link WHERE model_b = %(model)s
                    ) AS ends WHERE NOT %(is_alive)s LIMIT %(limit)s
                ) RETURNING id
                """,
                model=model,
                is_alive=is_alive,
                limit=limit,
            )
        )
        return len(rows)

    # === Actions ===

    def action_open(self):
        """Open the document at the other end."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.other_model,
            "res_id": self.other_id,
            "views": [(False, "form")],
        }

    # === Helpers ===

    def _get_ends(self):
        """Return the two ends as (model, id) pairs."""
        self.ensure_one()
        return (self.model_a, self.res_id_a), (self.model_b, self.res_id_b)

    @api.model
    def _get_origin_domain(self, model, ids):
        """Return the edges that touch any of the records.

        :param str model: model name
        :param ids: record ids
        :rtype: Domain
        """
        ids = list(ids)
        return (Domain("model_a", "=", model) & Domain("res_id_a", "in", ids)) | (
            Domain("model_b", "=", model) & Domain("res_id_b", "in", ids)
        )

    @api.model
    def _count_by_document(self, model, ids):
        """Count the edges of many records in one query, whoever may read them.

        :return: ``{id: count}``; a record without edges is missing
        """
        self.flush_model(END_FIELDS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, COUNT(*) FROM (
                    SELECT res_id_a AS res_id FROM gestor_link
                     WHERE model_a = %(model)s AND res_id_a = ANY(%(ids)s)
                    UNION ALL
                    SELECT res_id_b FROM gestor_link
                     WHERE model_b = %(model)s AND res_id_b = ANY(%(ids)s)
                ) AS ends GROUP BY res_id
                """,
                model=model,
                ids=list(ids),
            )
        )
        return dict(rows)
