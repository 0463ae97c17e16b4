from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

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
    # not the same as archived: only what was marked as done has succeeded
    gestor_is_succeeded = fields.Boolean(string="Succeeded", readonly=True, copy=False)

    def write(self, vals):
        if vals.get("active"):
            vals = {**vals, "gestor_is_succeeded": False}
        return super().write(vals)

    def _action_done(self, feedback=False, attachment_ids=None):
        planned = self.filtered(lambda a: a.active and a.gestor_history_id)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # an activity whose document is gone has just been removed
        planned.exists()._gestor_advance_documents()
        return result

    def _gestor_advance_documents(self):
        """Note the success of the activities and move on the documents that may."""
        if not self:
            return
        # sudo: whoever may do the activity moves the document by doing so, that is
        # what the scenario says; the user stays noted as the one who moved it
        activities = self.sudo()
        activities.gestor_is_succeeded = True
        rows = activities.gestor_history_id
        counts = dict(
            activities.with_context(active_test=False)._read_group(
                [
                    ("gestor_history_id", "in", rows.ids),
                    ("gestor_is_succeeded", "=", True),
                ],
                ["gestor_history_id"],
                ["__count"],
            )
        )
        for row in rows:
            row.succeeded_count = counts.get(row, 0)
        rows.flush_recordset(["succeeded_count"])
        automatic = activities.filtered("gestor_is_automatic").gestor_history_id
        ready = rows.filtered(lambda row: row._is_ready_to_advance(row in automatic))
        for (model, stage), group in ready.grouped(
            lambda row: (row.res_model, row.stage_id)
        ).items():
            # sudo: as above
            documents = self.env[model].sudo().browse(group.mapped("res_id")).exists()
            documents.filtered(
                lambda document, stage=stage: document.stage_id == stage
            )._gestor_enter_stage(
                stage.target_stage_id,
                self.env._(
                    "By itself, after: %(activities)s",
                    activities=", ".join(
                        dict.fromkeys(activities.mapped("display_name"))
                    ),
                ),
            )
