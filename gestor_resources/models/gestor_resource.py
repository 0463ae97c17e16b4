from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime
from odoo.tools.intervals import Intervals

from odoo.addons.gestor_calendar.lib.wall_clock import to_aware, to_naive

from ..lib import busy_intervals, free_intervals, next_free

# how far ahead a free time is looked for
HORIZON = timedelta(days=60)
RULE_FIELDS = (
    "is_approval_required",
    "is_in_working_hours",
    "min_hours",
    "max_hours",
    "buffer_minutes",
    "days_ahead",
    "has_meter",
    "meter_unit",
)


class GestorResource(models.Model):
    """A car, a room, a set of tools: what people of the company share.

    It stands on the host's resource, so working hours and leaves are the host's.
    """

    _name = "gestor.resource"
    _description = "Shared Resource"
    _inherit = [
        "gestor.booking.rule.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "image.mixin",
        "gestor.document.mixin",
        "gestor.search.mixin",
    ]
    _inherits = {"resource.resource": "resource_id"}
    _order = "kind_id, symbol, id"
    _rec_names_search = ["name", "symbol"]
    _gestor_search_icon = "fa-car"
    _gestor_search_field_names = ("name", "symbol")

    resource_id = fields.Many2one(
        "resource.resource",
        string="Host's resource",
        required=True,
        ondelete="restrict",
        index=True,
    )
    kind_id = fields.Many2one(
        "gestor.resource.kind",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    symbol = fields.Char(
        copy=False,
        index="btree_not_null",
        help="A short mark, like a registration number or the number of a room.",
    )
    quantity = fields.Integer(
        string="Units",
        default=1,
        required=True,
        tracking=True,
        help="How many identical pieces there are, like three projector sets.",
    )
    keeper_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="Looks after the resource, approves bookings and gets its messages.",
    )
    place = fields.Char(help="Where it is kept.")
    capacity = fields.Integer(help="For how many people.")
    cost_per_hour = fields.Monetary(string="Cost of an hour")
    currency_id = fields.Many2one(related="company_id.currency_id")
    note = fields.Html(string="Notes")
    group_ids = fields.Many2many(
        relation="gestor_resource_group_rel",
        column1="gestor_resource_id",
        column2="group_id",
        compute="_compute_group_ids",
        store=True,
        readonly=False,
    )
    is_approval_required = fields.Boolean(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    is_in_working_hours = fields.Boolean(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    min_hours = fields.Float(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    max_hours = fields.Float(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    buffer_minutes = fields.Integer(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    days_ahead = fields.Integer(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    has_meter = fields.Boolean(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    meter_unit = fields.Char(
        compute="_compute_rules",
        store=True,
        readonly=False,
        precompute=True,
        translate=False,
    )
    meter = fields.Float(copy=False, help="What it showed last.")
    booking_ids = fields.One2many("gestor.booking", "resource_id", string="Bookings")
    outage_ids = fields.One2many("gestor.outage", "resource_id", string="Out of use")
    is_available = fields.Boolean(
        string="Free now",
        compute="_compute_is_available",
        search="_search_is_available",
    )
    availability = fields.Char(compute="_compute_is_available")
    color = fields.Integer(related="kind_id.color")

    _check_quantity = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 1000)",
        "A resource has from 1 to 1,000 units.",
    )

    # === Computes ===

    @api.depends("kind_id")
    def _compute_rules(self):
        for resource in self:
            for name in RULE_FIELDS:
                resource[name] = resource.kind_id[name]

    @api.depends("kind_id")
    def _compute_group_ids(self):
        for resource in self:
            resource.group_ids = resource.kind_id.group_ids

    @api.depends("symbol", "name")
    def _compute_display_name(self):
        for resource in self:
            parts = (resource.name, resource.symbol and f"({resource.symbol})")
            resource.display_name = " ".join(filter(None, parts))

    def _compute_is_available(self):
        now = fields.Datetime.now()
        busy = self._get_busy(now, now + HORIZON)
        for resource in self:
            first = next(iter(busy.get(resource.id, ())), None)
            resource.is_available = not first or first[0] > now
            if resource.is_available:
                resource.availability = self.env._("Free")
            else:
                resource.availability = self.env._(
                    "Taken until %(moment)s",
                    moment=format_datetime(self.env, first[1], dt_format="short"),
                )

    def _search_is_available(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        taken = Domain("start_at", "<=", now) & Domain("stop_at", ">", now)
        # sudo: the slots are technical; whose they are is not told
        slots = self.env["gestor.booking.slot"].sudo()
        busy = slots._read_group(taken, ["resource_id"], ["__count"])
        full = [resource.id for resource, count in busy if count >= resource.quantity]
        outages = self.env["gestor.outage"]._read_group(taken, ["resource_id"])
        return Domain("id", "not in", full + [resource.id for (resource,) in outages])

    # === Constraints and CRUD ===

    @api.constrains("quantity")
    def _check_units_in_use(self):
        """Refuse to take away units that are booked from now on."""
        # sudo: the slots are technical; whose they are is not told
        slots = self.env["gestor.booking.slot"].sudo()
        used = slots._read_group(
            Domain("resource_id", "in", self.ids)
            & Domain("stop_at", ">", fields.Datetime.now()),
            ["resource_id"],
            ["unit:max"],
        )
        for resource, unit in used:
            if unit > resource.quantity:
                raise ValidationError(
                    self.env._(
                        "%(resource)s has bookings that need more units than "
                        "%(quantity)s. Move or cancel them first.",
                        resource=resource.display_name,
                        quantity=resource.quantity,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # the host gives each resource the hours of the company; a car has none
        return super().create(
            [
                {"resource_type": "material", "calendar_id": False, **vals}
                for vals in vals_list
            ]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        # sudo: bookings of others count too
        bookings = self.env["gestor.booking"].sudo()
        if bookings.search_count([("resource_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._("A resource that has bookings is archived, not deleted.")
            )

    def unlink(self):
        hosts = self.resource_id
        result = super().unlink()
        hosts.unlink()
        return result

    # === Actions ===

    def action_bookings(self):
        """Open the plan of bookings of this resource."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_resources.gestor_booking_action"
        )
        action["domain"] = [("resource_id", "=", self.id)]
        action["context"] = {"default_resource_id": self.id}
        return action

    # === Free and taken time ===

    def _is_for_user(self):
        """Return whether the user belongs to those who may book the resource."""
        self.ensure_one()
        # sudo: which groups there are is closed to ordinary users
        groups = self.sudo().group_ids
        return not groups or bool(groups & self.env.user.all_group_ids)

    def _gestor_busy_intervals(self, start, stop):
        """Return when the resources are taken between two moments.

        A resource of several units is taken when none of them is free. Bookings with
        their breaks and times out of use count.

        :param datetime start: aware, any time zone; ``stop`` must be later
        :return: ``{resource_id: Intervals}``, UTC, half-open, merged; free resources
            are missing
        :rtype: dict[int, Intervals]
        :raise ValidationError: if ``stop`` is not after ``start``
        """
        if stop <= start:
            raise ValidationError(self.env._("The end has to be after the beginning."))
        start, stop = (to_naive(moment) for moment in (start, stop))
        return {
            resource_id: Intervals(
                (to_aware(begin), to_aware(end), self.browse())
                for begin, end in intervals
            )
            for resource_id, intervals in self._get_busy(start, stop).items()
        }

    def _gestor_free_intervals(self, start, stop, count=1):
        """Return when so many units are free together, inside the working hours.

        :param datetime start: UTC, naive; ``stop`` must be later
        :return: ``{resource_id: [(start, stop), ...]}``, UTC, naive, half-open
        :rtype: dict
        """
        busy = self._get_busy(start, stop, count)
        closed = self._get_closed(start, stop)
        return {
            resource.id: free_intervals(
                busy_intervals(
                    busy.get(resource.id, []) + closed.get(resource.id, []), 1
                ),
                start,
                stop,
            )
            for resource in self
        }

    def _gestor_next_free(self, start, duration, count=1):
        """Return from when each resource is free long enough, within two months.

        :param datetime start: UTC, naive
        :param timedelta duration: how long it is needed
        :return: ``{resource_id: datetime}``; those without such a time are missing
        :rtype: dict
        """
        found = {
            resource_id: next_free(free, duration)
            for resource_id, free in self._gestor_free_intervals(
                start, start + HORIZON, count
            ).items()
        }
        return {key: moment for key, moment in found.items() if moment is not None}

    def _get_busy(self, start, stop, count=1, without=None):
        """Return ``{id: [(start, stop)]}`` of taken time, UTC, naive; two queries.

        :param without: bookings that do not count, as of what is about to be moved
        """
        taken = {resource.id: [] for resource in self}
        # the database tells what is taken to everybody; whose it is, it does not
        others = SQL(" AND booking_id != ALL(%s)", without.ids) if without else SQL("")
        for model, units, condition in (
            ("gestor.booking.slot", 1, others),
            ("gestor.outage", None, SQL("")),
        ):
            self.env[model].flush_model()
            rows = self.env.execute_query(
                SQL(
                    # a range, by which the slots have their index
                    "SELECT resource_id, start_at, stop_at FROM %s"
                    " WHERE resource_id = ANY(%s)"
                    " AND tsrange(start_at, stop_at) && tsrange(%s, %s)%s",
                    SQL.identifier(self.env[model]._table),
                    self.ids,
                    start,
                    stop,
                    condition,
                )
            )
            for resource_id, begin, end in rows:
                size = units or self.browse(resource_id).quantity
                taken[resource_id].append((begin, end, size))
        busy = {
            resource.id: busy_intervals(taken[resource.id], resource.quantity, count)
            for resource in self
        }
        return {key: intervals for key, intervals in busy.items() if intervals}

    def _get_closed(self, start, stop):
        """Return ``{id: [(start, stop)]}`` outside the hours, where they bind."""
        bound = self.filtered("is_in_working_hours")
        # sudo: the host's resources of other companies are hidden, their hours are not
        intervals = bound.resource_id.sudo()._get_unavailable_intervals(
            to_aware(start), to_aware(stop)
        )
        return {
            resource.id: [
                (to_naive(begin), to_naive(end))
                for begin, end in intervals.get(resource.resource_id.id, ())
                if begin < end
            ]
            for resource in bound
        }
