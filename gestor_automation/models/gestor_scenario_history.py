from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class GestorScenarioHistory(models.Model):
    """A stay of a document in a stage.

    The rows of a document are one chain without gaps: each begins when the one
    before ends, and the last one has no end. They are written by the engine only; a
    row may be read by whoever may read its document.
    """

    _name = "gestor.scenario.history"
    _description = "Stage History"
    _order = "entered_at desc, id desc"

    # a second stay at the same time is impossible whoever writes it
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE left_at IS NULL",
        "The document stands in a stage already.",
    )
    _document_idx = models.Index("(res_model, res_id)")

    res_model = fields.Char(string="Document model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", required=True, readonly=True
    )
    stage_from_id = fields.Many2one(
        "gestor.scenario.stage",
        string="From stage",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    stage_id = fields.Many2one(
        "gestor.scenario.stage",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Moved by", readonly=True)
    entered_at = fields.Datetime(string="Entered on", required=True, readonly=True)
    left_at = fields.Datetime(string="Left on", readonly=True)
    duration_hours = fields.Float(
        string="Time in stage",
        compute="_compute_duration_hours",
        store=True,
        aggregator="avg",
        help="Empty as long as the document stands in the stage.",
    )
    reason = fields.Char(readonly=True)
    planned_count = fields.Integer(string="Planned activities", readonly=True)
    # written whenever an activity is done: two people who do the last two at once
    # meet on this row, so the second one counts again
    succeeded_count = fields.Integer(string="Done activities", readonly=True)

    # === Computes ===

    @api.depends("entered_at", "left_at")
    def _compute_duration_hours(self):
        for row in self:
            row.duration_hours = row._get_hours(row.left_at) if row.left_at else 0.0

    def _get_hours(self, until):
        """Return the hours from the entry to a moment."""
        self.ensure_one()
        return (until - self.entered_at).total_seconds() / 3600

    @api.depends("stage_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.stage_id.display_name

    # === Access ===

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        closed = (self - forbidden)._filtered_closed()
        if not closed:
            return result
        return forbidden | closed, error or (
            lambda: AccessError(
                self.env._("You may not read the documents of this history.")
            )
        )

    def _filtered_closed(self):
        """Return the rows whose document the user may not read."""
        # sudo: the documents decide about the access, so they are read before
        documents = {row.id: (row.res_model, row.res_id) for row in self.sudo()}
        ids_by_model = defaultdict(set)
        for model, res_id in documents.values():
            ids_by_model[model].add(res_id)
        readable = {
            (model, res_id)
            for model, ids in ids_by_model.items()
            if model in self.env
            for res_id in self.env[model]
            .browse(ids)
            .exists()
            ._filtered_access("read")
            .ids
        }
        return self.filtered(lambda row: documents[row.id] not in readable)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Keep the rows of the documents that the user may read."""
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        query = super()._search(domain, order=order, **kwargs)
        if query.is_empty():
            return query
        rows = self.browse(row[0] for row in self.env.execute_query(query.select()))
        rows = rows._filtered_access("read")
        stop = None if limit is None else offset + limit
        return rows[offset:stop]._as_query(ordered=bool(order))

    # === Helpers ===

    def _is_ready_to_advance(self, is_automatic_done):
        """Return whether the document may move on by itself from this stay.

        A stay that has ended moves nothing, so an activity that is done late or
        opened again never moves a document.

        :param bool is_automatic_done: whether the automatic activity has succeeded now
        """
        self.ensure_one()
        stage = self.stage_id
        if self.left_at or not stage.target_stage_id.active:
            return False
        if stage.auto_advance == "all":
            return 0 < self.planned_count <= self.succeeded_count
        return stage.auto_advance == "automatic" and is_automatic_done

    @api.model
    def _get_document_domain(self, documents):
        return Domain("res_model", "=", documents._name) & Domain(
            "res_id", "in", documents.ids
        )

    @api.model
    def _get_current(self, documents):
        """Return the stays that have not ended.

        :return: ``{document id: gestor.scenario.history}``
        """
        rows = self.search(
            self._get_document_domain(documents) & Domain("left_at", "=", False)
        )
        return {row.res_id: row for row in rows}

    @api.model
    def _record_moves(self, documents, stage, previous, reason):
        """End the stays of the documents and begin the new ones.

        :param stage: where they are now, or nothing when they left their scenario
        :param dict previous: ``{document id: id of the stage they left or False}``
        :return: the new rows, in the order of the documents
        """
        now = fields.Datetime.now()
        current = self._get_current(documents)
        ended = self.union(*current.values())
        ended.write({"left_at": now})
        # the database counts the open stays when the new ones are inserted
        ended.flush_recordset(["left_at"])
        if not stage:
            return self.browse()
        return self.create(
            [
                {
                    "res_model": documents._name,
                    "res_id": document.id,
                    "stage_from_id": previous.get(document.id),
                    "stage_id": stage.id,
                    "user_id": self.env.uid,
                    "entered_at": now,
                    "reason": reason,
                }
                for document in documents
            ]
        )
