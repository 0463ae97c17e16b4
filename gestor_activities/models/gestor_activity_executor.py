from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..const import OPEN


class GestorActivityExecutor(models.Model):
    """Somebody who carries out an activity, and how far he or she is with it."""

    _name = "gestor.activity.executor"
    _description = "Activity Executor"
    _order = "id"
    _rec_name = "user_id"

    _activity_user_uniq = models.UniqueIndex(
        "(activity_id, user_id)", "This person carries out the activity already."
    )

    activity_id = fields.Many2one(
        "gestor.activity", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Executor",
        required=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
        index=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("in_progress", "In progress"),
            ("done", "Done"),
            ("refused", "Refused"),
        ],
        default="waiting",
        required=True,
        copy=False,
    )
    progress_percent = fields.Integer(string="Progress (%)", copy=False)
    note = fields.Char(string="Comment", copy=False)
    mail_activity_id = fields.Many2one(
        "mail.activity",
        string="Host's to-do",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )

    _progress_range = models.Constraint(
        "CHECK (progress_percent BETWEEN 0 AND 100)",
        "Progress is a percentage: from 0 to 100.",
    )

    @api.constrains("user_id")
    def _check_user_active(self):
        for executor in self:
            user = executor.user_id
            if not user.active or user.share:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot carry out an activity: only active employees "
                        "with a login can.",
                        user=user.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        self.env["gestor.activity"]._check_rows_allowed(vals_list)
        executors = super().create(vals_list)
        executors.activity_id._gestor_executors_changed(executors)
        return executors

    def write(self, vals):
        self.env["gestor.activity"]._check_rows_allowed([vals])
        self._check_own(vals)
        result = super().write(vals)
        if "user_id" in vals:
            self.activity_id._gestor_executors_changed(self)
        if "state" in vals:
            self.activity_id._gestor_follow_executors()
            self._gestor_state_changed()
        return result

    def unlink(self):
        self._check_changeable()
        activities = self.activity_id
        # sudo: the to-do belongs to the executor, not to who takes the work away
        self.sudo().mail_activity_id.unlink()
        result = super().unlink()
        activities.exists()._gestor_follow_executors()
        return result

    def _store(self, vals):
        """Write what an activity decided about its executors."""
        # sudo: who may move the activity may move the parts of others with it
        # pylint: disable-next=super-method-mismatch
        result = super(GestorActivityExecutor, self.sudo()).write(vals)
        if "state" in vals:
            self._gestor_state_changed()
        return result

    # === Actions ===

    def action_start(self):
        """Say that this part of the work has begun."""
        self._check_changeable()
        self.write({"state": "in_progress"})

    def action_done(self):
        """Finish this part; the activity too, if its rule says so."""
        self._check_changeable()
        self.write({"state": "done", "progress_percent": 100})

    def action_refuse(self):
        """Say that this executor will not do it."""
        self._check_changeable()
        self.write({"state": "refused"})

    # === The host's to-dos ===

    def _has_todo(self):
        """Return whether the executor is reminded of the work by the host."""
        self.ensure_one()
        activity = self.activity_id
        return self._is_open() and activity.state in OPEN and activity.planned_start_at

    def _prepare_todo_vals(self):
        """Return the values of the to-do in the host's list."""
        self.ensure_one()
        activity = self.activity_id
        return {
            "res_id": activity.id,
            # the host finds the same, and need not write it again
            "res_name": activity.display_name,
            "user_tz": self.user_id.tz,
            "user_id": self.user_id.id,
            "summary": activity.name,
            "date_deadline": activity._get_deadline(),
            "activity_type_id": activity._get_todo_type_id(activity.kind),
            "automated": True,
        }

    def _gestor_update_todos(self):
        """Write into the to-dos what differs from their activities.

        To-dos with equal differences are written together.
        """
        todos_by_change = defaultdict(self.mail_activity_id.browse)
        for executor in self:
            if vals := executor._prepare_todo_changes():
                todos_by_change[tuple(vals.items())] |= executor.mail_activity_id
        for items, todos in todos_by_change.items():
            todos.write(dict(items))

    def _prepare_todo_changes(self):
        """Return the values of the to-do that differ from the activity.

        :rtype: dict
        """
        self.ensure_one()
        todo, activity = self.mail_activity_id, self.activity_id
        vals = {"summary": activity.name, "date_deadline": activity._get_deadline()}
        # the substitute of an absent executor keeps the to-do
        if self.user_id not in (todo.user_id, todo.gestor_for_user_id):
            vals["user_id"] = self.user_id.id
        return {
            name: value
            for name, value in vals.items()
            if todo._fields[name].convert_to_write(todo[name], todo) != value
        }

    def _gestor_close_todos(self):
        """Finish the to-dos of who is done, and withdraw the others."""
        done = self.filtered(
            lambda row: row.state == "done" and row.activity_id.state != "cancelled"
        )
        done.mail_activity_id._action_done()
        (self - done).mail_activity_id.unlink()

    # === Helpers ===

    def _is_open(self):
        self.ensure_one()
        return self.state in ("waiting", "in_progress")

    def _gestor_state_changed(self):
        """Called once after parts of executors were begun, finished or reopened."""
        self.activity_id._gestor_sync_todos()

    def _check_changeable(self):
        """Refuse changes of the parts of closed activities."""
        self.activity_id._check_open()

    def _check_own(self, vals):
        """Refuse that one executor reports for another.

        Who answers for the activity may, and who stands in for the executor.
        """
        if self.env.su or vals.keys().isdisjoint(("state", "progress_percent", "note")):
            return
        users = self.env["gestor.activity"]._gestor_represented_users()
        for executor in self:
            if executor.user_id in users or executor.activity_id._is_responsible():
                continue
            raise AccessError(
                self.env._(
                    "%(user)s reports this part of the work; so may the responsible "
                    "person.",
                    user=executor.user_id.name,
                )
            )
