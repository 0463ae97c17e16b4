from odoo import api, fields, models


class GestorActivityFlowMixin(models.AbstractModel):
    """What an activity follows from and what follows from it.

    Activities continue each other in a tree, and stages of scenarios plan them: one
    that succeeds moves its document on.
    """

    _name = "gestor.activity.flow.mixin"
    _description = "Cause And Effect Of Activities"
    _inherit = ["gestor.stage.activity.mixin"]

    parent_id = fields.Many2one(
        "gestor.activity",
        string="Continues",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
    )
    child_ids = fields.One2many(
        "gestor.activity", "parent_id", string="Continued by", copy=False
    )
    child_count = fields.Integer(
        string="Next activities", compute="_compute_child_count"
    )

    @api.depends("child_ids")
    def _compute_child_count(self):
        counts = dict(
            self._read_group(
                [("parent_id", "in", self.ids)], ["parent_id"], ["__count"]
            )
        )
        for activity in self:
            activity.child_count = counts.get(activity._origin, 0)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [self._gestor_without_engine_fields(vals) for vals in vals_list]
        )

    def write(self, vals):
        return super().write(self._gestor_without_engine_fields(vals))

    # === Actions ===

    def action_gestor_continue(self):
        """Open the dialog that makes what follows from this activity."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Continue"),
            "res_model": "gestor.activity.continue",
            "view_mode": "form",
            "target": "new",
            "context": {"default_activity_id": self.id},
        }

    def action_gestor_tree(self):
        """Draw the tree to which this activity belongs, from its first cause."""
        self.ensure_one()
        above = self.search([("id", "parent_of", self.id)])
        root = above.filtered(lambda activity: activity.parent_id not in above)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities.gestor_activity_action_tree"
        )
        return {**action, "domain": [("id", "child_of", root.ids)]}

    # === Hooks and helpers ===

    @api.model
    def _gestor_prepare_continued_vals(self, source):
        vals = super()._gestor_prepare_continued_vals(source)
        if source._name != self._name:
            return vals
        return {
            **vals,
            "name": source.name,
            "parent_id": source.id,
            "is_private": source.is_private,
            "client_ids": source._prepare_continued_clients("all"),
        }

    def _prepare_continued_clients(self, which):
        """Return the rows of clients that what follows begins with.

        :param str which: "all", "unserved" or "none"
        :rtype: list
        """
        self.ensure_one()
        rows = self.client_ids
        if which == "none":
            return []
        if which == "unserved":
            rows = rows.filtered(lambda row: not row.is_served)
        return rows._prepare_client_commands()

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        done = self.filtered(lambda activity: activity.state == "done")
        done._gestor_note_success()
        (self - done)._gestor_forget_success()
        return result
