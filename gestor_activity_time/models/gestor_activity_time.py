from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..lib import clock

MANAGER = "gestor_activities.gestor_activities_group_manager"
#: the clocks of browsers and servers differ a little
TOLERANCE = timedelta(minutes=1)


class GestorActivityTime(models.Model):
    """A stretch of time that somebody worked on an activity, without a break.

    A pause ends the entry, going on begins another one: what was worked is the sum.
    """

    _name = "gestor.activity.time"
    _description = "Time Entry"
    _inherit = ["gestor.activity.clock.mixin"]
    _order = "start_at desc, id desc"
    _rec_name = "activity_id"

    activity_id = fields.Many2one(
        "gestor.activity", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    start_at = fields.Datetime(string="From", required=True)
    stop_at = fields.Datetime(string="To")
    hours = fields.Float(compute="_compute_hours", store=True)
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="closed",
        copy=False,
    )
    is_manual = fields.Boolean(
        string="Entered by hand", readonly=True, default=True, copy=False
    )
    is_automatic = fields.Boolean(
        string="Started by opening", readonly=True, copy=False
    )
    is_chargeable = fields.Boolean(string="Chargeable", default=True)
    note = fields.Char(string="Comment")
    company_id = fields.Many2one(related="activity_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="activity_id.partner_id", store=True, string="Client", index=True
    )
    type_id = fields.Many2one(related="activity_id.type_id", store=True, string="Type")
    kind = fields.Selection(related="activity_id.kind", store=True)
    overlap_warning = fields.Text(compute="_compute_overlap_warning")

    _one_clock = models.UniqueIndex(
        "(user_id) WHERE state != 'closed'",
        "Everybody has one clock: it runs on another activity already.",
    )
    _order_of_times = models.Constraint(
        "CHECK (stop_at >= start_at)", "Work cannot end before it begins."
    )
    _running_has_no_end = models.Constraint(
        "CHECK ((state = 'running') = (stop_at IS NULL))",
        "Say when the work ended, or start the clock.",
    )
    _user_start_idx = models.Index("(user_id, start_at DESC)")
    _start_idx = models.Index("(start_at DESC, id DESC)")

    # === Computes and constraints ===

    @api.depends("start_at", "stop_at")
    def _compute_hours(self):
        for entry in self:
            entry.hours = (
                clock.hours(entry.start_at, entry.stop_at) if entry.start_at else 0.0
            )

    @api.depends("user_id", "start_at", "stop_at")
    def _compute_overlap_warning(self):
        self.overlap_warning = False
        now = fields.Datetime.now()
        entries = self.filtered("start_at")
        if not entries:
            return
        domain = Domain("user_id", "in", entries.user_id.ids)
        domain &= Domain("start_at", "<", max(e.stop_at or now for e in entries))
        domain &= Domain(
            "start_at", ">", min(entries.mapped("start_at")) - clock.LONGEST
        )
        others = self.search(domain).grouped("user_id")
        for entry in entries:
            span = entry.start_at, entry.stop_at or now
            met = [
                other
                for other in others.get(entry.user_id, ())
                if other != entry._origin
                and clock.overlaps(*span, other.start_at, other.stop_at or now)
            ]
            if met:
                entry.overlap_warning = self.env._(
                    "In this time there is another entry: %(activity)s, %(start)s.",
                    activity=met[0].activity_id.display_name,
                    start=format_datetime(self.env, met[0].start_at, dt_format="short"),
                )

    @api.constrains("start_at", "stop_at")
    def _check_times(self):
        latest = fields.Datetime.now() + TOLERANCE
        for entry in self:
            if max(entry.start_at, entry.stop_at or entry.start_at) > latest:
                raise ValidationError(
                    self.env._("Time is entered after the work, not in advance.")
                )
            if entry.stop_at and entry.stop_at - entry.start_at > clock.LONGEST:
                raise ValidationError(
                    self.env._("An entry is 24 hours long at most. Check its dates.")
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._without_clock(vals) for vals in vals_list]
            if any(not vals.get("stop_at") for vals in vals_list):
                raise UserError(
                    self.env._("Say when the work ended, or start the clock.")
                )
        entries = super().create(vals_list)
        entries._check_own()
        if not self.env.su:
            entries.activity_id.check_access("read")
        entries.activity_id.with_env(self.env)._gestor_time_changed()
        return entries

    def write(self, vals):
        if not self.env.su:
            vals = self._without_clock(vals)
            if "stop_at" in vals and not vals["stop_at"]:
                raise UserError(
                    self.env._("Say when the work ended, or start the clock.")
                )
            self._check_own()
        before = self.activity_id
        open_entries = self.filtered(lambda entry: entry.state != "closed")
        if vals.get("stop_at") and "state" not in vals:
            # sudo: who types the end of a running entry stops the clock
            open_entries.sudo()._stop(
                "closed", fields.Datetime.to_datetime(vals["stop_at"])
            )
        result = super().write(vals)
        self._check_own()
        if not self.env.su and "activity_id" in vals:
            self.activity_id.check_access("read")
        if not {"start_at", "stop_at", "activity_id"}.isdisjoint(vals):
            (before | self.activity_id).with_env(self.env)._gestor_time_changed()
        return result

    def unlink(self):
        self._check_own()
        activities = self.activity_id
        clocks = self.filtered(lambda entry: entry.state != "closed").user_id
        result = super().unlink()
        activities._gestor_time_changed()
        self._tell_clocks_of(clocks)
        return result

    @api.model
    def _without_clock(self, vals):
        """Leave out what only the clock says."""
        return {
            name: value
            for name, value in vals.items()
            if name not in ("state", "is_manual")
        }

    def _check_own(self):
        """Refuse entries of other people, but to managers."""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        # sudo: whose an entry is must be known before it may be refused
        if self.sudo().user_id - self.env.user:
            raise AccessError(
                self.env._("Only managers enter and change the time of other people.")
            )

    # === Sums ===

    @api.model
    def _gestor_hours_by_activity(self, activities):
        """Return the hours worked, up to now, by each person on each activity.

        Two queries for any number; with the rights of the environment.

        :return: ``{(activity id, user id): hours}``
        """
        now = fields.Datetime.now()
        domain = Domain("activity_id", "in", activities.ids)
        totals = defaultdict(float)
        for activity, user, spent in self._read_group(
            domain, ["activity_id", "user_id"], ["hours:sum"]
        ):
            totals[activity.id, user.id] += spent
        running = domain & Domain("state", "=", "running")
        for entry in self.search_fetch(running, ["activity_id", "user_id", "start_at"]):
            totals[entry.activity_id.id, entry.user_id.id] += clock.hours(
                entry.start_at, max(now, entry.start_at)
            )
        return totals

    @api.model
    def _gestor_hours_by_document(self, documents):
        """Return the hours of the activities that documents are linked with.

        For contracts, service orders and whatever else stands in ``gestor.link``; an
        activity that is linked with two of them counts for both.

        :param documents: records of one model
        :return: ``{document id: hours}``, of the entries that the user may read
        """
        ends = (("model_a", "res_id_a"), ("model_b", "res_id_b"))
        # sudo: the edges only say which entries to count; those keep their rights
        links = self.env["gestor.link"].sudo()
        pairs = set()
        for (model, res_id), (other_model, other_id) in (ends, ends[::-1]):
            domain = Domain(model, "=", documents._name)
            domain &= Domain(res_id, "in", documents.ids)
            domain &= Domain(other_model, "=", "gestor.activity")
            found = links.search_fetch(domain, [res_id, other_id])
            pairs |= {(link[res_id], link[other_id]) for link in found}
        activities = self.env["gestor.activity"].browse({pair[1] for pair in pairs})
        spent = defaultdict(float)
        for (activity_id, _user), hours in self._gestor_hours_by_activity(
            activities
        ).items():
            spent[activity_id] += hours
        totals = dict.fromkeys(documents.ids, 0.0)
        for document_id, activity_id in pairs:
            totals[document_id] += spent[activity_id]
        return totals
