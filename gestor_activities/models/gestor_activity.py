from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..const import LONGEST_DAYS, OPEN, PLAN_FIELDS, PRIORITIES
from .gestor_activity_lifecycle import MANAGER

#: what says of executors and clients how far they are
DONE_FIELDS = {"progress_percent", "is_served"}

to_datetime = fields.Datetime.to_datetime


class GestorActivity(models.Model):
    """Something to do at a time: alone or together, with clients or without."""

    _name = "gestor.activity"
    _description = "Activity"
    _inherit = [
        "gestor.activity.type.mixin",
        "gestor.activity.flow.mixin",
        "gestor.activity.event.mixin",
        "gestor.activity.lifecycle.mixin",
        "gestor.activity.people.mixin",
        "gestor.activity.warning.mixin",
        "gestor.activity.begin.mixin",
        "gestor.activity.message.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "gestor.document.mixin",
        "gestor.activity.search.mixin",
        "gestor.activity.calendar.mixin",
    ]
    _order = "planned_start_at desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "number", "partner_id.name"]

    # === Fields: head ===
    name = fields.Char(string="Subject", required=True, index="trigram", tracking=True)
    number = fields.Char(readonly=True, copy=False, index="trigram")
    kind = fields.Selection(store=True, index=True)
    is_timed = fields.Boolean(related="type_id.is_timed")
    icon = fields.Char(related="type_id.icon", string="Icon of the type")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        check_company=True,
        index=True,
        tracking=True,
    )
    priority = fields.Selection(PRIORITIES, default="0", required=True)
    is_private = fields.Boolean(
        string="Private",
        help="Others see only that the responsible person and the executors are busy.",
    )
    is_open_to_me = fields.Boolean(
        string="May be read by me",
        compute="_compute_is_open_to_me",
        search="_search_is_open_to_me",
    )

    # === Fields: times ===
    planned_start_at = fields.Datetime(
        string="Planned start",
        index=True,
        tracking=True,
        default=lambda self: self._default_planned_start_at(),
    )
    planned_stop_at = fields.Datetime(
        string="Planned end",
        compute="_compute_planned_stop_at",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    is_all_day = fields.Boolean(string="All day")
    is_late = fields.Boolean(
        string="Late", compute="_compute_is_late", search="_search_is_late"
    )

    # === Fields: what each kind needs ===
    description = fields.Html()
    location = fields.Char(string="Place")
    phone = fields.Char(compute="_compute_reach", store=True, readonly=False)
    call_direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], string="Direction", default="out"
    )
    address_id = fields.Many2one(
        "res.partner",
        domain="[('id', 'child_of', partner_id)]",
        index="btree_not_null",
    )
    email = fields.Char(
        string="E-mail",
        compute="_compute_reach",
        store=True,
        readonly=False,
    )
    videocall_url = fields.Char(string="Link to the call")

    # === Fields: where it comes from ===
    template_id = fields.Many2one(
        "gestor.activity.template",
        index="btree_not_null",
        ondelete="set null",
    )
    _event_uniq = models.UniqueIndex(
        "(event_id) WHERE event_id IS NOT NULL",
        "This meeting of the calendar belongs to another activity.",
    )
    _planned_order = models.Constraint(
        "CHECK (planned_stop_at >= planned_start_at)",
        "An activity cannot end before it begins.",
    )
    _real_order = models.Constraint(
        "CHECK (real_stop_at >= real_start_at)",
        "An activity cannot be finished before it was started.",
    )
    _progress_range = models.Constraint(
        "CHECK (progress_percent BETWEEN 0 AND 100)",
        "Progress is a percentage: from 0 to 100.",
    )
    _planned_idx = models.Index("(planned_start_at DESC, id DESC)")
    _user_state_idx = models.Index("(user_id, state, planned_start_at)")

    # === Defaults and computes ===

    def _default_planned_start_at(self):
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        return now + timedelta(minutes=-now.minute % 30 or 30)

    @api.depends("type_id", "planned_start_at")
    def _compute_planned_stop_at(self):
        """Give an end to what has none, and move an end left behind by the start."""
        for activity in self:
            start, stop = activity.planned_start_at, activity.planned_stop_at
            if start and (not stop or stop < start):
                hours = activity.type_id.default_hours
                activity.planned_stop_at = start + timedelta(hours=hours)
            else:
                activity.planned_stop_at = stop

    def _compute_is_late(self):
        now = fields.Datetime.now()
        for activity in self:
            stop = activity.planned_stop_at
            activity.is_late = activity.state in OPEN and bool(stop) and stop < now

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", OPEN) & Domain(
            "planned_stop_at", "<", fields.Datetime.now()
        )

    @api.depends("is_private", "user_id", "executor_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        user = self.env.user
        is_manager = user.has_group(MANAGER)
        # sudo: record rules ask for it, so it cannot wait for what they allow
        for activity, plain in zip(self, self.sudo(), strict=True):
            activity.is_open_to_me = (
                is_manager
                or not plain.is_private
                or user == plain.user_id
                or user in plain.executor_ids.user_id
            )

    @api.model
    def _search_is_open_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_open_domain()

    @api.model
    def _get_open_domain(self):
        """Return what is not private, and the private things the user may read.

        Neither substitutes nor participants read them: what is private stays with the
        person, and nobody lets himself in by taking part.
        """
        user = self.env.user
        if user.has_group(MANAGER):
            return Domain.TRUE
        return (
            Domain("is_private", "=", False)
            | Domain("user_id", "=", user.id)
            | Domain("executor_ids.user_id", "=", user.id)
        )

    @api.depends("partner_id")
    def _compute_reach(self):
        for activity in self:
            activity.phone = activity.partner_id.phone or activity.phone
            activity.email = activity.partner_id.email or activity.email

    @api.depends("name", "number", "is_private")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        """Tell strangers of a private activity no more than that it is there.

        Documents that name it, like bookings, are read by more people than itself.
        """
        for activity in self:
            if activity.is_private and not activity.is_open_to_me:
                activity.display_name = self.env._("Busy")
            else:
                parts = (activity.name, activity.number)
                activity.display_name = " · ".join(filter(None, parts))

    # === Constraints ===

    @api.constrains("planned_start_at", "planned_stop_at", "type_id")
    def _check_planned(self):
        for activity in self:
            start, stop = activity.planned_start_at, activity.planned_stop_at
            if not (start and stop):
                if activity.type_id.kind != "note":
                    raise ValidationError(
                        self.env._(
                            "%(activity)s: say when it is planned. Only notes do "
                            "without.",
                            activity=activity.name,
                        )
                    )
            elif stop < start:
                raise self._get_order_error(activity.name)
            elif stop - start > timedelta(days=LONGEST_DAYS):
                raise ValidationError(
                    self.env._(
                        "%(activity)s lasts a year at most. Check the year of its end.",
                        activity=activity.name,
                    )
                )

    @api.model
    def _get_order_error(self, name):
        return ValidationError(
            self.env._(
                "%(activity)s cannot end before it begins. Check its planned times.",
                activity=name,
            )
        )

    @api.constrains("user_id")
    def _check_user_active(self):
        for activity in self:
            user = activity.user_id
            if user and (not user.active or user.share):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be responsible: only active employees with "
                        "a login can.",
                        user=user.name,
                    )
                )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An activity cannot continue itself."))

    def _check_company(self, fnames=None):
        # what many of a batch have in common is looked at once
        names = [
            name
            for name, field in self._fields.items()
            if field.relational and field.check_company
        ]
        alike = {}
        for activity in self.sudo():  # sudo: only to tell them apart
            key = (activity.company_id, *(activity[name] for name in names))
            alike.setdefault(key, activity.id)
        return super(GestorActivity, self.browse(alike.values()))._check_company(fnames)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["type_id", "company_id", "user_id"])
        vals_list = [self._prepare_new_vals({**defaults, **vals}) for vals in vals_list]
        self._check_for_colleague(vals_list)
        self._number(vals_list)
        activities = super().create(vals_list)
        activities._keep_author()
        return activities

    def write(self, vals):
        is_opened = vals.get("state") in OPEN
        if not is_opened and not PLAN_FIELDS.isdisjoint(vals):
            self._check_open()
        owners = {activity: activity.user_id for activity in self}
        result = super().write(vals)
        if "user_id" in vals and "executor_ids" not in vals:
            self._hand_over_parts(owners)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        done = self.filtered(lambda activity: activity.state in ("done", "failed"))
        if done and not self.env.user.has_group(MANAGER):
            raise UserError(
                self.env._(
                    "%(activity)s was carried out: it is history, and only managers "
                    "delete it.",
                    activity=done[0].display_name,
                )
            )

    @api.model
    def _prepare_new_vals(self, vals):
        """Return the values of a new activity with those that follow from them."""
        vals = {**vals}
        start, stop = map(vals.get, ("planned_start_at", "planned_stop_at"))
        # before the database refuses it without naming the activity
        if start and stop and to_datetime(stop) < to_datetime(start):
            raise self._get_order_error(vals.get("name"))
        activity_type = self.env["gestor.activity.type"].browse(vals["type_id"])
        if activity_type.kind == "note":
            vals.setdefault("planned_start_at", False)
        elif vals.get("user_id") and not vals.get("executor_ids"):
            executor = {"user_id": vals["user_id"]}
            vals["executor_ids"] = [Command.create(executor)]
        if vals.get("partner_id") and not vals.get("client_ids"):
            client = {"partner_id": vals["partner_id"]}
            vals["client_ids"] = [Command.create(client)]
        vals |= self._prepare_closed_times(vals)
        return {**vals, **self._prepare_computed_vals(vals, activity_type)}

    @api.model
    def _prepare_computed_vals(self, vals, activity_type):
        """Return what computes would find, to be stored with the rest.

        They run all the same, and what they find to be so is not written again: a
        second version of each row would double the work of the database.
        """
        computed = {"kind": activity_type.kind}
        if moment := vals.get("real_start_at") or vals.get("planned_start_at"):
            computed["history_at"] = moment
        clients = vals.get("client_ids") or []
        commands = [*clients, *(vals.get("executor_ids") or [])]
        if any(command[0] != Command.CREATE for command in commands):
            return computed
        if clients:
            rows = [{"sequence": 10, **command[2]} for command in clients]
            first = min(rows, key=lambda row: row["sequence"])
            computed["partner_id"] = first.get("partner_id")
        is_begun = any(DONE_FIELDS & command[2].keys() for command in commands)
        if not is_begun and vals.get("state") != "done":
            computed["progress_percent"] = vals.get("progress_percent", 0)
        return computed

    @api.model
    def _check_rows_allowed(self, vals_list):
        """Refuse executors and clients of activities that the user may not change.

        Asked before they are there: with oneself among the executors one may.

        :param list vals_list: values with ``activity_id``
        """
        ids = [vals["activity_id"] for vals in vals_list if vals.get("activity_id")]
        if self.env.su or not ids:
            return
        now = self.env.cr.now()
        # sudo: the author of a new activity puts in its executors before they are
        # there; only while it is being made, later he may have lost it
        others = (
            self.sudo()
            .browse(set(ids))
            .filtered(
                lambda activity: (
                    activity.create_uid != self.env.user or activity.create_date != now
                )
            )
        )
        others.with_env(self.env).check_access("write")

    @api.model
    def _number(self, vals_list):
        """Give new activities their numbers, with few queries for a whole batch."""
        groups = {}
        for vals in vals_list:
            if not vals.get("number"):
                key = (vals["type_id"], vals["company_id"])
                groups.setdefault(key, []).append(vals)
        today = fields.Date.context_today(self)
        for (type_id, company_id), of_type in groups.items():
            days = [
                fields.Date.to_date(vals.get("planned_start_at")) or today
                for vals in of_type
            ]
            numbers = (
                self.env["gestor.activity.type"]
                .browse(type_id)
                ._gestor_next_numbers(self.env["res.company"].browse(company_id), days)
            )
            for vals, number in zip(of_type, numbers, strict=True):
                vals["number"] = number
