from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_duration

from odoo.addons.base.models.res_partner import _tz_get

#: what an occurrence takes from its series, by the same name in both models
SAME_FIELDS = (
    *("name", "type_id", "category_id", "company_id", "user_id", "priority"),
    *("is_private", "finish_rule", "is_all_day", "description", "location"),
    *("phone", "call_direction", "address_id", "email", "videocall_url"),
)
#: without a value of the series these are worked out for each occurrence
OPTIONAL_FIELDS = ("phone", "email")
PREVIEW_DATES = 10
TIMES = frozenset(("cycle_start_at", "duration_hours", "timezone", "is_all_day"))


class GestorActivitySeries(models.Model):
    """Activities that repeat: what they are like, and the rule of their dates.

    The occurrences are activities of their own, made ahead as far as the horizon goes.
    A change of the series changes those that are open and were not changed by hand.
    """

    _name = "gestor.activity.series"
    _description = "Series Of Activities"
    _inherit = [
        "gestor.activity.type.mixin",
        "gestor.activity.series.making.mixin",
        "mail.thread",
    ]
    _order = "id desc"
    _check_company_auto = True

    # === Fields: what the occurrences are like ===
    name = fields.Char(string="Subject", required=True, tracking=True)
    active = fields.Boolean(default=True, copy=False, tracking=True)
    type_id = fields.Many2one(domain="[('kind', '!=', 'note')]")
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
    executor_user_ids = fields.Many2many(
        "res.users",
        "gestor_activity_series_executor_rel",
        string="Executors",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    client_ids = fields.One2many(
        "gestor.activity.series.client", "series_id", string="Clients", copy=True
    )
    priority = fields.Selection(
        lambda self: (
            self.env["gestor.activity"]
            ._fields["priority"]
            ._description_selection(self.env)
        ),
        default="0",
        required=True,
    )
    is_private = fields.Boolean(string="Private")
    finish_rule = fields.Selection(
        lambda self: (
            self.env["gestor.activity"]
            ._fields["finish_rule"]
            ._description_selection(self.env)
        ),
        string="Finished when",
        default="any",
        required=True,
    )
    is_all_day = fields.Boolean(string="All day")
    description = fields.Html()
    location = fields.Char(string="Place")
    phone = fields.Char()
    call_direction = fields.Selection(
        lambda self: (
            self.env["gestor.activity"]
            ._fields["call_direction"]
            ._description_selection(self.env)
        ),
        string="Direction",
        default="out",
    )
    address_id = fields.Many2one("res.partner")
    email = fields.Char(string="E-mail")
    videocall_url = fields.Char(string="Link to the call")

    # === Fields: when ===
    cycle_start_at = fields.Datetime(required=True, copy=True)
    cycle_end = fields.Selection(default="never", required=True)
    duration_hours = fields.Float(string="Hours", default=1.0, required=True)
    timezone = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self._default_timezone(),
        help="Its clock counts, also over the changes of time.",
    )
    skip_ids = fields.One2many(
        "gestor.activity.series.skip", "series_id", string="Skipped dates", copy=True
    )
    sentence = fields.Char(string="When", compute="_compute_sentence")
    preview = fields.Text(string="Next dates", compute="_compute_preview")

    # === Fields: occurrences ===
    made_until = fields.Date(
        string="Made before", readonly=True, copy=False, index="btree_not_null"
    )
    is_complete = fields.Boolean(string="All made", readonly=True, copy=False)
    source_activity_id = fields.Many2one(
        "gestor.activity", string="Made from", readonly=True, copy=False
    )
    previous_id = fields.Many2one(
        "gestor.activity.series",
        string="Continues",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    activity_ids = fields.One2many(
        "gestor.activity", "series_id", string="Occurrences", copy=False
    )
    activity_count = fields.Integer(
        string="Number of occurrences", compute="_compute_activity_count"
    )

    _duration_positive = models.Constraint(
        "CHECK (duration_hours >= 0)", "An activity cannot end before it begins."
    )

    # === Defaults and computes ===

    @api.model
    def _default_timezone(self):
        return self.env.user.tz or self.env.company.partner_id.tz or "UTC"

    @api.depends(
        lambda self: ("timezone", "duration_hours", "is_all_day", *self._cycle_fields())
    )
    @api.depends_context("lang")
    def _compute_sentence(self):
        for series in self:
            series.sentence = series._get_sentence() if series.cycle_start_at else False

    @api.depends(
        lambda self: ("timezone", "skip_ids.day", "company_id", *self._cycle_fields())
    )
    @api.depends_context("lang")
    def _compute_preview(self):
        for series in self:
            series.preview = series._get_preview()

    def _compute_activity_count(self):
        counts = dict(
            self.env["gestor.activity"]._read_group(
                [("series_id", "in", self.ids)], ["series_id"], ["__count"]
            )
        )
        for series in self:
            series.activity_count = counts.get(series, 0)

    # === Constraints ===

    @api.constrains(
        lambda self: ("timezone", "skip_ids", "duration_hours", *self._cycle_fields())
    )
    def _check_series(self):
        self._check_cycle()
        for series in self:
            first = series._get_local_start().date()
            if series.cycle_end == "until" and series.cycle_until < first:
                raise ValidationError(
                    self.env._(
                        "The last date, %(last)s, lies before the first time, "
                        "%(first)s.",
                        last=format_date(self.env, series.cycle_until),
                        first=format_date(self.env, first),
                    )
                )
            if series.duration_hours > 24 * 366:
                raise ValidationError(self.env._("An occurrence lasts a year at most."))

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        series = super().create(vals_list)
        for new in series.filtered(lambda new: not new.made_until):
            new._begin()
        return series

    def write(self, vals):
        begun = self.filtered("made_until")
        names = self._get_content_names().intersection(vals)
        moves = not self._get_rule_names().isdisjoint(vals)
        result = super().write(vals)
        if names:
            begun._spread(names)
        if moves:
            for series in begun:
                series._remake()
        return result

    def unlink(self):
        """Take along what the series made and nobody touched."""
        self._get_loose()._gestor_series_drop()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_history(self):
        closed = self.env["gestor.activity"].search(
            [("series_id", "in", self.ids), ("state", "in", ("done", "failed"))],
            limit=1,
        )
        if closed:
            raise UserError(
                self.env._(
                    "%(series)s has occurrences that were carried out. End it instead.",
                    series=closed.series_id.name,
                )
            )

    @api.model
    def _cycle_fields(self):
        """Return the names of the fields that make the rule."""
        names = self.env["gestor.recurrence.mixin"]._fields
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        return [
            name
            for name in names
            if name in days or (name.startswith("cycle_") and name != "cycle_text")
        ]

    @api.model
    def _get_rule_names(self):
        return TIMES | {"skip_ids", *self._cycle_fields()}

    @api.model
    def _get_content_names(self):
        """Return the fields that the occurrences take from the series."""
        return {
            *self._gestor_same_fields(),
            *("executor_user_ids", "client_ids"),
        }

    @api.model
    def _gestor_same_fields(self):
        """Return what an occurrence takes from its series, by the same name in both.

        Extension point: call ``super()`` and add a field that both models have.

        :rtype: list[str]
        """
        return list(SAME_FIELDS)

    # === Actions ===

    def action_open_activities(self):
        """Open the occurrences."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities.gestor_activity_action"
        )
        return {
            **action,
            "name": self.name,
            "domain": [("series_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_end(self):
        """Cancel all that is still open from now on, and end the series."""
        for series in self:
            series._cancel_from(series._get_today())
            series.active = False
        return True

    # === The rule ===

    def _get_timezone(self):
        """Return the time zone whose clock counts: the one of the series."""
        return self.timezone or self._default_timezone()

    def _get_skipped_days(self):
        return set(self.skip_ids.mapped("day")) - {False}

    # === Texts ===

    def _get_preview(self):
        if not self.cycle_start_at:
            return False
        try:
            self._check_cycle()
            days = self._get_next_days(PREVIEW_DATES)
        except ValidationError as error:
            return str(error)
        if not days:
            return self.env._("The cycle has no date.")
        return "\n".join(
            format_date(self.env, day, date_format="EEEE, d MMMM y") for day in days
        )

    def _get_sentence(self):
        """Return in words when the occurrences take place.

        E.g. "Every so many weeks: 2, Monday, from 7 December 2026, 09:00, never ends".
        """
        start = self._get_local_start()
        parts = [self._get_cycle_text()]
        if not self.is_all_day:
            hour = start.hour + start.minute / 60
            parts.append(self.env._("at %(hour)s", hour=format_duration(hour)))
        day = format_date(self.env, start.date())
        parts.append(self.env._("from %(day)s", day=day))
        if self.cycle_end == "until" and self.cycle_until:
            until = format_date(self.env, self.cycle_until)
            parts.append(self.env._("until %(day)s", day=until))
        elif self.cycle_end == "count":
            parts.append(self.env._("times: %(count)s", count=self.cycle_count))
        else:
            parts.append(self.env._("without end"))
        return ", ".join(parts)

    def _get_cycle_text(self):
        """Say "every day" where the rule repeats each time."""
        every = {
            "daily": self.env._("Every day"),
            "workdaily": self.env._("Every working day"),
            "weekly": self.env._("Every week"),
            "monthly": self.env._("Every month"),
            "yearly": self.env._("Every year"),
        }
        text = super()._get_cycle_text()
        if self.cycle_interval != 1 or self.cycle_frequency not in every:
            return text
        _first, *others = text.split(", ")
        return ", ".join([every[self.cycle_frequency], *others])

    # === What an occurrence is made of ===

    def _prepare_activity_vals(self):
        """Return the values that all occurrences have in common.

        Extension point: call ``super()`` and add to them.
        """
        self.ensure_one()
        vals = {
            **self._prepare_same_vals(self._gestor_same_fields()),
            **self._prepare_people_vals(),
        }
        return {
            name: value
            for name, value in vals.items()
            if value or name not in OPTIONAL_FIELDS
        }

    def _prepare_same_vals(self, names):
        fields_ = self._fields
        return {
            name: fields_[name].convert_to_write(self[name], self) for name in names
        }

    def _prepare_people_vals(self):
        users = self.executor_user_ids or self.user_id
        return {
            "executor_ids": [Command.create({"user_id": user.id}) for user in users],
            "client_ids": self.client_ids._prepare_client_commands(),
        }
