from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.intervals import Intervals

from odoo.addons.gestor_calendar.lib import wall_clock

from ..lib import daily_load, gaps

MANY_DAYS = 31
MANY_PEOPLE = 200
MANY_UNPLANNED = 100
OPEN = ("planned", "in_progress")
# a lunch break is not shaded
SHORTEST_GAP = timedelta(hours=2)
PLANNERS = "gestor_activities.gestor_activities_group_own"


class GestorBoard(models.AbstractModel):
    """The board: who does what when, with which resources, and how busy each is."""

    _name = "gestor.board"
    _description = "Board Of People And Resources"

    # === What is shown ===

    @api.model
    def get_board(self, start, stop, filters=None):
        """Return people, resources and what they do in a window, in one request.

        The number of queries does not depend on the number of rows and items.

        :param str start: UTC, ``YYYY-MM-DD hh:mm:ss``; midnight of the user
        :param str stop: at most a month later
        :param dict filters: ``text`` in the names of people and resources, ``team`` (a
            key of ``teams``), ``kind`` of activities
        :return: ``people`` (rows with ``shades`` and ``loads``), ``items`` (what they
            do), ``plan`` (see ``get_plan`` of ``gestor.booking.plan``), ``unplanned``
            activities, ``kinds`` and ``teams`` to filter by
        :rtype: dict
        :raise AccessError: for those who read no activities
        :raise UserError: if the window is empty or too long
        """
        window = tuple(fields.Datetime.to_datetime(moment) for moment in (start, stop))
        if not all(window) or not 0 < (window[1] - window[0]).days <= MANY_DAYS:
            raise UserError(self.env._("The board shows from a day to a month."))
        self.env["gestor.activity"].check_access("read")
        filters = filters or {}
        users = self.env["res.users"].search(
            self._get_people_domain(filters), order="name, id", limit=MANY_PEOPLE
        )
        activities = self._get_activities(users, window, filters)
        items = self._prepare_items(activities, users)
        others = self._get_other_items(users, window)
        plan = self.env["gestor.booking.plan"].get_plan(
            start, stop, text=filters.get("text")
        )
        return {
            "people": self._prepare_people(users, window, items + others),
            "items": [self._write_times(item) for item in items + others],
            "plan": plan,
            "unplanned": self._get_unplanned(filters),
            "kinds": self._get_kinds(),
            "teams": self._get_teams(),
            "can_plan": self.env["gestor.activity"].has_access("write"),
        }

    @api.model
    def _get_people_domain(self, filters):
        """Return the users who have rows."""
        # sudo: which groups there are is closed to ordinary users
        group = self.env.ref(PLANNERS).sudo()
        domain = (
            Domain("all_group_ids", "in", group.ids)
            & Domain("share", "=", False)
            & Domain("company_ids", "in", self.env.companies.ids)
        )
        if filters.get("text"):
            domain &= Domain("name", "ilike", filters["text"])
        if filters.get("team"):
            domain &= Domain("id", "in", self._get_team_user_ids(filters["team"]))
        return domain

    @api.model
    def _get_activities(self, users, window, filters):
        domain = (
            Domain("planned_start_at", "<", window[1])
            & Domain("planned_stop_at", ">", window[0])
            & Domain("state", "!=", "cancelled")
            & Domain("company_id", "in", self.env.companies.ids)
            & (
                Domain("executor_ids.user_id", "in", users.ids)
                | Domain("user_id", "in", users.ids)
            )
        )
        if filters.get("kind"):
            domain &= Domain("kind", "=", filters["kind"])
        # sudo: that people are busy is told to everybody, what they do is not
        return self.env["gestor.activity"].sudo().search(domain)

    @api.model
    def _prepare_items(self, activities, users):
        """Return an item for each activity and person; strangers are told "Busy"."""
        own = activities.sudo(False)
        readable = own._filtered_access("read")
        movable = readable._filtered_access("write")
        items = []
        for activity in activities:
            record = activity.sudo(False)
            is_open = record in readable
            doers = activity.executor_ids.filtered(lambda row: row.state != "refused")
            for user in (doers.user_id or activity.user_id) & users:
                items.append(
                    {
                        "id": activity.id,
                        "user_id": user.id,
                        "name": activity.name if is_open else self.env._("Busy"),
                        "detail": activity.partner_id.name or "" if is_open else "",
                        "icon": activity.icon if is_open else "fa-lock",
                        "color": activity.color if is_open else 0,
                        "start": activity.planned_start_at,
                        "stop": activity.planned_stop_at,
                        "state": activity.state if is_open else "busy",
                        "is_readable": is_open,
                        "is_movable": record in movable and activity.state in OPEN,
                    }
                )
        return items

    @api.model
    def _get_other_items(self, users, window):
        """Return what else people have in the common calendar, like meetings."""
        mixin = self.env["gestor.calendar.mixin"]
        items = []
        for name in mixin._gestor_implementers():
            model = self.env[name]
            if name in ("gestor.activity", "gestor.booking"):
                continue
            if not model._gestor_calendar_user_field or not model.has_access("read"):
                continue
            domain = model._gestor_calendar_filter_domain(user_ids=users.ids)
            for item in model._gestor_calendar_items(*window, domain):
                if item["all_day"] or item["state"] == "cancelled":
                    continue
                items += [
                    {
                        "id": item["id"],
                        "model": name,
                        "user_id": user_id,
                        "name": item["title"],
                        "detail": "",
                        "icon": item["icon"],
                        "color": item["color"],
                        "start": item["start"],
                        "stop": item["stop"],
                        "state": "other",
                        "is_readable": not item["is_busy_only"],
                        "is_movable": False,
                    }
                    for user_id in item["user_ids"]
                    if user_id in users.ids
                ]
        return items

    # === People ===

    @api.model
    def _prepare_people(self, users, window, items):
        work = self._get_working_time(users, window)
        absences = self._get_absences(users, window)
        days = self._get_days(window)
        spans = {user.id: [] for user in users}
        for item in items:
            spans[item["user_id"]].append((item["start"], item["stop"]))
        rows = []
        for user in users:
            hours = work[user]
            free = gaps(hours, *window, SHORTEST_GAP)
            rows.append(
                {
                    "id": user.id,
                    "name": user.name,
                    "shades": [
                        self._write_times({"name": "", "start": begin, "stop": end})
                        for begin, end in free
                    ],
                    "absences": [
                        self._write_times(absence) for absence in absences[user]
                    ],
                    "loads": daily_load(spans[user.id], hours, days),
                }
            )
        return rows

    @api.model
    def _get_days(self, window):
        """Return the days of the window in the time zone of the user, UTC."""
        zone = wall_clock.get_zone(self.env.user.tz)
        day = wall_clock.get_day(window[0], zone)
        days = []
        while not days or days[-1][1] < window[1]:
            days.append(wall_clock.get_day_limits(day, day, zone))
            day += timedelta(days=1)
        return days

    @api.model
    def _get_resources_of(self, users):
        """Return the host's resource of each user, as far as there is one."""
        # sudo: working hours are no secret, the records of the host are
        resources = self.env["resource.resource"].sudo()
        found = resources.search(
            [
                ("user_id", "in", users.ids),
                ("company_id", "in", [*self.env.companies.ids, False]),
            ],
            order="id desc",
        )
        return {resource.user_id.id: resource for resource in found}

    @api.model
    def _get_working_time(self, users, window):
        """Return when people work, absences taken off: ``{user: [(start, stop)]}``."""
        aware = [wall_clock.to_aware(moment) for moment in window]
        by_user = self._get_resources_of(users)
        # sudo: working hours are no secret, the records of the host are
        resources = self.env["resource.resource"].sudo()
        resources = resources.union(*by_user.values())
        # sudo: likewise; a person without a resource works as the company does
        default = self.env.company.sudo().resource_calendar_id
        by_resource, by_calendar = resources._get_valid_work_intervals(
            *aware, calendars=default
        )
        result = {}
        for user in users:
            resource = by_user.get(user.id)
            found = (
                by_resource[resource.id]
                if resource
                else by_calendar.get(default.id, Intervals())
            )
            result[user] = [
                (wall_clock.to_naive(start), wall_clock.to_naive(stop))
                for start, stop, _ in found
            ]
        return result

    @api.model
    def _get_absences(self, users, window):
        """Return leaves of people and holidays of the company, by user.

        Why somebody is absent is not told.
        """
        by_user = self._get_resources_of(users)
        ids = [resource.id for resource in by_user.values()]
        # sudo: that somebody is absent is told to everybody, why is not
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("resource_id", "in", [*ids, False]),
                    ("company_id", "in", [*self.env.companies.ids, False]),
                    ("date_from", "<", window[1]),
                    ("date_to", ">", window[0]),
                    ("time_type", "=", "leave"),
                ]
            )
        )
        # sudo: likewise
        default = self.env.company.sudo().resource_calendar_id
        result = {}
        for user in users:
            resource = by_user.get(user.id)
            calendar = resource.calendar_id if resource else default
            result[user] = [
                {
                    "name": self.env._("Absent") if leave.resource_id else leave.name,
                    "start": leave.date_from,
                    "stop": leave.date_to,
                }
                for leave in leaves
                if (resource and leave.resource_id == resource)
                or (not leave.resource_id and leave.calendar_id in (calendar, False))
                or (not leave.resource_id and not leave.calendar_id)
            ]
        return result

    # === At the side ===

    @api.model
    def _get_unplanned(self, filters):
        """Return open activities that nobody carries out, or whose time has passed."""
        now = fields.Datetime.now()
        nobody = Domain("user_id", "=", False) & Domain("executor_ids", "=", False)
        undated = Domain("planned_start_at", "=", False) & Domain("kind", "!=", "note")
        late = Domain("planned_stop_at", "<", now) & Domain("state", "=", "planned")
        domain = Domain("state", "in", OPEN) & (nobody | undated | late)
        if filters.get("kind"):
            domain &= Domain("kind", "=", filters["kind"])
        activities = self.env["gestor.activity"].search(
            domain, order="priority desc, planned_start_at, id", limit=MANY_UNPLANNED
        )
        movable = activities._filtered_access("write")
        return [
            {
                "id": activity.id,
                "name": activity.name,
                "number": activity.number or "",
                "partner": activity.partner_id.name or "",
                "user": activity.user_id.name or "",
                "user_id": activity.user_id.id,
                "hours": activity._get_gestor_hours(),
                "icon": activity.icon or "fa-check-square-o",
                "start": fields.Datetime.to_string(activity.planned_start_at) or "",
                "is_late": bool(
                    activity.planned_stop_at and activity.planned_stop_at < now
                ),
                "is_urgent": activity.priority in ("2", "3"),
                "is_movable": activity in movable,
            }
            for activity in activities
        ]

    @api.model
    def _get_kinds(self):
        field = self.env["gestor.activity"]._fields["kind"]
        return [
            {"key": key, "name": name}
            for key, name in field._description_selection(self.env)
        ]

    @api.model
    def _get_teams(self):
        """Return the teams to filter by: those of the CRM, if it is installed."""
        if "crm.team" not in self.env or not self.env["crm.team"].has_access("read"):
            return []
        return [
            {"key": team.id, "name": team.name}
            for team in self.env["crm.team"].search([])
        ]

    @api.model
    def _get_team_user_ids(self, key):
        return self.env["crm.team"].browse(int(key)).member_ids.ids

    @api.model
    def _write_times(self, item):
        return {
            **item,
            "start": fields.Datetime.to_string(item["start"]),
            "stop": fields.Datetime.to_string(item["stop"]),
        }

    # === What is done ===

    @api.model
    def plan_activity(self, activity_id, vals, seen=None, allow=()):
        """Give an activity a time and a person, with what is booked for it.

        :param dict vals: ``start`` and ``stop`` (UTC), ``user_id`` who is to do it,
            ``from_user_id`` whose work it was
        :param dict seen: ``start`` and ``stop`` as the board of the user showed them
        :param allow: reasons not to refuse: ``people``, ``resources``
        :return: False if done, else ``reason`` and ``allow``: what would have to be
            allowed; nothing is changed then
        :rtype: dict or bool
        :raise UserError: if the activity is closed, gone, or moved by somebody else
        """
        activity = self.env["gestor.activity"].browse(int(activity_id)).exists()
        if not activity:
            raise UserError(self.env._("This activity has been deleted meanwhile."))
        if seen:
            self._check_seen(activity, seen)
        return activity._gestor_plan(
            fields.Datetime.to_datetime(vals["start"]),
            fields.Datetime.to_datetime(vals["stop"]),
            self.env["res.users"].browse(vals.get("user_id") or []),
            self.env["res.users"].browse(vals.get("from_user_id") or []),
            allow,
        )

    @api.model
    def book_for_activity(self, activity_id, resource_id):
        """Book a resource that the bar of an activity was dropped on.

        :raise UserError: if it is taken at that time
        """
        activity = self.env["gestor.activity"].browse(int(activity_id))
        activity.resource_ids |= self.env["gestor.resource"].browse(int(resource_id))

    @api.model
    def _check_seen(self, activity, seen):
        moments = (
            fields.Datetime.to_datetime(seen["start"]),
            fields.Datetime.to_datetime(seen["stop"]),
        )
        if activity._get_gestor_times() != moments:
            raise UserError(
                self.env._(
                    "%(activity)s was moved by somebody else meanwhile. Look where it "
                    "is now and move it again if needed.",
                    activity=activity.display_name,
                )
            )
