from odoo import api, fields, models

#: what only the engine says: whoever could write it would move any document on
ENGINE_FIELDS = frozenset(
    ("gestor_history_id", "gestor_is_automatic", "gestor_is_succeeded")
)


class GestorStageActivityMixin(models.AbstractModel):
    """Work that a stage plans, and whose success may move the document on.

    Whoever inherits it calls ``_gestor_note_success()`` when the work has succeeded,
    ``_gestor_forget_success()`` when it is opened again, and lets the values of its
    ``create()`` and ``write()`` pass through ``_gestor_without_engine_fields()``.
    """

    _name = "gestor.stage.activity.mixin"
    _description = "Work Planned By A Stage"
    _inherit = ["gestor.registry.mixin"]

    gestor_history_id = fields.Many2one(
        "gestor.scenario.history",
        string="Planned by the stay in a stage",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    gestor_is_automatic = fields.Boolean(
        string="Moves the document on", readonly=True, copy=False
    )
    # not the same as archived or closed: only what was done well has succeeded
    gestor_is_succeeded = fields.Boolean(string="Succeeded", readonly=True, copy=False)

    def _gestor_note_success(self):
        """Note the success of planned work and move on the documents that may."""
        planned = self.filtered("gestor_history_id")
        if not planned:
            return
        # sudo: whoever may do the work moves the document by doing so, that is what
        # the scenario says; the user stays noted as the one who moved it
        done = planned.sudo()
        done.gestor_is_succeeded = True
        automatic = done.filtered("gestor_is_automatic").gestor_history_id
        reason = self.env._(
            "By itself, after: %(activities)s",
            activities=", ".join(dict.fromkeys(done.mapped("display_name"))),
        )
        done.gestor_history_id._advance_documents(automatic, reason)

    def _gestor_forget_success(self):
        """Take back what was noted, of work that is opened again."""
        # sudo: as it was noted
        self.sudo().filtered("gestor_is_succeeded").gestor_is_succeeded = False

    @api.model
    def _gestor_without_engine_fields(self, vals):
        """Return values without what users do not write.

        :rtype: dict
        """
        if self.env.su or ENGINE_FIELDS.isdisjoint(vals):
            return vals
        return {name: vals[name] for name in vals if name not in ENGINE_FIELDS}

    @api.model
    def _gestor_count_succeeded(self, rows):
        """Return how much of the planned work has succeeded, over all kinds of work.

        :param rows: of ``gestor.scenario.history``, with all rights
        :rtype: dict
        """
        counts = dict.fromkeys(rows, 0)
        kinds = self.env["gestor.stage.activity.mixin"]._gestor_implementers()
        for name in kinds:
            # sudo: rows that nobody may see count too; archived ones as well
            found = (
                self.env[name]
                .sudo()
                .with_context(active_test=False)
                ._read_group(
                    [
                        ("gestor_history_id", "in", rows.ids),
                        ("gestor_is_succeeded", "=", True),
                    ],
                    ["gestor_history_id"],
                    ["__count"],
                )
            )
            for row, count in found:
                counts[row] += count
        return counts
