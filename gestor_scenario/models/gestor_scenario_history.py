from odoo import api, fields, models
from odoo.fields import Domain


class GestorScenarioHistory(models.Model):
    """A stay of a document in a stage.

    The rows of a document are one chain without gaps: each begins when the one
    before ends, and the last one has no end. They are written by the engine only; a
    row may be read by whoever may read its document.
    """

    _name = "gestor.scenario.history"
    _description = "Stage History"
    _inherit = ["gestor.document.row.mixin"]
    _order = "entered_at desc, id desc"

    # a second stay at the same time is impossible whoever writes it
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE left_at IS NULL",
        "The document stands in a stage already.",
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(readonly=True, index=True)
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
    scenario_id = fields.Many2one(
        related="stage_id.scenario_id", store=True, precompute=True, index=True
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
    open_hours = fields.Float(
        string="Time so far",
        compute="_compute_open_hours",
        help="How long the document has been standing in the stage until now.",
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

    @api.depends("entered_at", "left_at")
    def _compute_open_hours(self):
        now = fields.Datetime.now()
        for row in self:
            row.open_hours = 0.0 if row.left_at else row._get_hours(now)

    def _get_hours(self, until):
        """Return the hours from the entry to a moment."""
        self.ensure_one()
        return (until - self.entered_at).total_seconds() / 3600

    @api.depends("stage_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.stage_id.display_name

    # === Actions ===

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

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

    def _advance_documents(self, automatic, reason):
        """Count the work of these stays, and move on the documents that may.

        :param automatic: those of the stays whose automatic work has succeeded now
        :param str reason: of the moves
        """
        counts = self.env["gestor.stage.activity.mixin"]._gestor_count_succeeded(self)
        for row in self:
            row.succeeded_count = counts[row]
        self.flush_recordset(["succeeded_count"])
        ready = self.filtered(lambda row: row._is_ready_to_advance(row in automatic))
        for (model, stage), rows in ready.grouped(
            lambda row: (row.res_model, row.stage_id)
        ).items():
            # sudo: see gestor.stage.activity.mixin
            documents = self.env[model].sudo().browse(rows.mapped("res_id")).exists()
            documents.filtered(
                lambda document, stage=stage: document._get_stage() == stage
            )._gestor_enter_stage(stage.target_stage_id, reason)

    @api.model
    def _get_current(self, documents):
        """Return the stays that have not ended.

        :return: ``{document id: gestor.scenario.history}``
        """
        rows = self.search(
            self._get_document_domain(documents._name, documents.ids)
            & Domain("left_at", "=", False)
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
