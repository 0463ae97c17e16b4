import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.gestor_automation.lib.recurrence import occurrence_dates, wall_clock

_logger = logging.getLogger(__name__)

#: a series without end is made so far ahead, one with an end further
HORIZON = timedelta(days=366)
LONG_HORIZON = timedelta(days=5 * 366)
#: a rule that gives no date for so long gives none
LOOK_AHEAD = timedelta(days=10 * 366)
#: hours of a day off of the company; less is an afternoon
FREE_HOURS = 8
ONE_DAY = timedelta(days=1)


class GestorActivitySeriesMakingMixin(models.AbstractModel):
    """How a series makes its occurrences, moves them, splits and ends.

    Many occurrences are made and moved with as many queries as few.
    """

    _name = "gestor.activity.series.making.mixin"
    _description = "Making Of Occurrences"
    _inherit = ["gestor.recurrence.mixin"]

    # === Days and moments ===

    def _get_zone(self):
        return ZoneInfo(self._get_timezone())

    def _get_local_start(self):
        """Return the first moment on the clock of the series, aware."""
        return self.cycle_start_at.replace(tzinfo=UTC).astimezone(self._get_zone())

    def _get_today(self):
        """Return the day that it is on the calendar of the series."""
        now = fields.Datetime.now().replace(tzinfo=UTC)
        return now.astimezone(self._get_zone()).date()

    def _get_days(self, first, stop=None):
        """Return the days of the series from one to before another.

        :rtype: Iterator[date]
        """
        start = self._get_local_start().date()
        return occurrence_dates(self._get_rule(), start, max(first, start), stop)

    def _get_next_days(self, count):
        """Return the next days, from today or the first time on."""
        first = max(self._get_today(), self._get_local_start().date())
        return list(islice(self._get_days(first, first + LOOK_AHEAD), count))

    def _get_times(self, day):
        """Return when the occurrence of a day begins and ends: UTC, naive.

        Both are read from the clock on the wall, so a night of the change of time makes
        it an hour shorter or longer.
        """
        zone = self._get_zone()
        hour = self._get_local_start().time()
        length = timedelta(hours=self.duration_hours)
        end = datetime.combine(day, hour) + length
        start = wall_clock(day, hour, zone).astimezone(UTC).replace(tzinfo=None)
        stop = wall_clock(end.date(), end.time(), zone).astimezone(UTC)
        # an hour that the clock jumps over may come after the end
        return start, max(stop.replace(tzinfo=None), start)

    def _get_free_days(self):
        """Return the days off of the company, besides the holidays of its country."""
        company = self.company_id or self.env.company
        # sudo: what a company gives off is no secret
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                Domain("resource_id", "=", False)
                & Domain("company_id", "=", company.id)
                & Domain("calendar_id", "in", [False, company.resource_calendar_id.id])
                & Domain("time_type", "=", "leave")
            )
        )
        zone = self._get_zone()
        return {day for leave in leaves for day in self._get_leave_days(leave, zone)}

    @api.model
    def _get_leave_days(self, leave, zone):
        start, stop = (
            moment.replace(tzinfo=UTC).astimezone(zone)
            for moment in (leave.date_from, leave.date_to)
        )
        day = start.date()
        while day <= stop.date():
            midnight = datetime.combine(day, datetime.min.time(), zone)
            begins, ends = max(start, midnight), min(stop, midnight + ONE_DAY)
            if ends - begins >= timedelta(hours=FREE_HOURS):
                yield day
            day += ONE_DAY

    # === Making ===

    def _begin(self):
        """Make the first occurrences of a new series.

        :raise UserError: if there is none, or the first time is a slip of the year
        """
        self._check_year()
        source = self.source_activity_id
        days = list(self._get_days(date.min, self._get_horizon()))
        if not days:
            raise UserError(
                self.env._(
                    "The cycle has no date. Check the days, the end and what happens "
                    "on holidays and weekends."
                )
            )
        if (
            source
            and not source.series_id
            and source.state in ("planned", "in_progress")
        ):
            day = source._get_series_local_day(self)
            if day in days:
                source.write(
                    {
                        "series_id": self.id,
                        "series_day": day,
                        "is_series_exception": False,
                    }
                )
        self._make_ahead()
        self._tell_executors()

    def _check_year(self):
        first, today = self._get_local_start().date(), self._get_today()
        if today - HORIZON <= first < today + LONG_HORIZON:
            return
        raise UserError(
            self.env._(
                "The first time is %(day)s. It lies a year back or five years ahead at "
                "most: check the year.",
                day=format_date(self.env, first),
            )
        )

    def _get_horizon(self):
        """Return the day before which occurrences are made now."""
        is_endless = self._get_rule().is_endless
        return self._get_today() + (HORIZON if is_endless else LONG_HORIZON)

    def _make_ahead(self):
        """Make the occurrences between those made and the horizon.

        :return: the new ones
        """
        self.ensure_one()
        first = self.made_until or self._get_local_start().date()
        stop = max(first, self._get_horizon())
        days = list(self._get_days(first, stop))
        self._close_books(stop)
        return self._make(days)

    def _close_books(self, stop):
        """Write down how far the occurrences are made."""
        is_complete = not self._get_rule().is_endless and not any(
            True for _day in islice(self._get_days(stop), 1)
        )
        self.write({"made_until": stop, "is_complete": is_complete})

    def _make(self, days):
        """Make the occurrences of days that have none."""
        activities = self.env["gestor.activity"]
        taken = dict(
            activities._read_group(
                [("series_id", "=", self.id)], ["series_day:day"], ["__count"]
            )
        )
        vals = self._prepare_activity_vals()
        vals_list = [
            {**vals, **self._prepare_occurrence_vals(day)}
            for day in days
            if day not in taken
        ]
        # nobody is told of each single one
        activities = activities.with_company(self.company_id).with_context(
            tracking_disable=True,
            mail_activity_quick_update=True,
            no_mail_to_attendees=True,
        )
        return activities.create(vals_list).with_env(self.env)

    def _prepare_occurrence_vals(self, day):
        """Return what is different in each occurrence."""
        start, stop = self._get_times(day)
        return {
            "series_id": self.id,
            "series_day": day,
            "planned_start_at": start,
            "planned_stop_at": stop,
        }

    def _tell_executors(self):
        """Tell the executors of the series once, in place of each occurrence."""
        others = self.executor_user_ids - self.env.user
        for lang, users in others.grouped("lang").items():
            series = self.with_context(lang=lang or self.env.lang)
            series.message_notify(
                partner_ids=users.partner_id.ids,
                subject=self.name,
                body=series.env._(
                    "You carry out activities that repeat: %(when)s",
                    when=series.sentence,
                ),
            )

    # === Changes ===

    def _get_loose(self, domain=Domain.TRUE):
        """Return the occurrences that follow the series: not begun, as it made them."""
        return self.env["gestor.activity"].search(
            Domain("series_id", "in", self.ids)
            & Domain("state", "=", "planned")
            & Domain("is_series_exception", "=", False)
            & domain,
            order="series_day, id",
        )

    def _spread(self, names):
        """Give the occurrences that follow the series its new values.

        :param names: fields of the series that changed
        """
        same = set(self._gestor_same_fields()) & set(names)
        for series in self:
            loose = series._get_loose()
            if not loose:
                continue
            vals = {**series._prepare_same_vals(same), "is_series_exception": False}
            people = series._prepare_people_vals()
            if {"executor_user_ids", "user_id"} & set(names):
                vals["executor_ids"] = [Command.clear(), *people["executor_ids"]]
            if "client_ids" in names:
                vals["client_ids"] = [Command.clear(), *people["client_ids"]]
            loose.with_context(
                tracking_disable=True,
                mail_activity_quick_update=True,
                no_mail_to_attendees=True,
            ).write(vals)

    def _remake(self):
        """Bring the occurrences from today on in line with the rule.

        Those that were begun, closed or changed by hand stay as they are. The others
        move to the days that lack one; what is left over goes, what is missing is made.
        """
        self.ensure_one()
        today, stop = self._get_today(), self._get_horizon()
        days = list(self._get_days(today, stop))
        self._close_books(stop)
        domain = Domain("series_id", "=", self.id) & Domain("series_day", ">=", today)
        taken = set(self.env["gestor.activity"].search(domain).mapped("series_day"))
        loose = self._get_loose(Domain("series_day", ">=", today))
        wanted = set(days)
        surplus = loose.filtered(lambda activity: activity.series_day not in wanted)
        missing = [day for day in days if day not in taken]
        moved = dict(zip(surplus, missing, strict=False))
        plan = {
            activity: moved.get(activity, activity.series_day)
            for activity in loose
            if activity in moved or activity not in surplus
        }
        loose._gestor_series_reschedule(
            {
                activity: self._prepare_occurrence_vals(day)
                for activity, day in plan.items()
            }
        )
        surplus[len(moved) :]._gestor_series_drop()
        self._make(missing[len(moved) :])

    def _get_base_day(self, day):
        """Return the day of the pattern whose occurrence takes place on a day.

        It is another one where a holiday or a weekend moved it.
        """
        rule = replace(
            self._get_rule(),
            skipped=frozenset(),
            on_holiday="keep",
            on_weekend="keep",
        )
        start = self._get_local_start().date()
        near = timedelta(days=31)
        bases = list(occurrence_dates(rule, start, max(start, day - near), day + near))
        return min(bases, key=lambda base: abs(base - day), default=day)

    def _split(self, day):
        """End the series before a day and go on with a new one from there.

        The occurrences from the day on belong to the new one, with their history.

        :return: the new series; this one if it has nothing before the day
        """
        self.ensure_one()
        base = self._get_base_day(day)
        start = self._get_local_start()
        if base <= start.date():
            return self
        moment = wall_clock(base, start.time(), self._get_zone()).astimezone(UTC)
        vals = {
            "cycle_start_at": moment.replace(tzinfo=None),
            "made_until": self.made_until,
            "is_complete": self.is_complete,
            "previous_id": self.id,
        }
        if self.cycle_end == "count":
            # what is left of the number ends on the same day
            *_others, last = self._get_days(base)
            vals |= {"cycle_end": "until", "cycle_until": last, "cycle_count": 0}
        following = self.copy(vals)
        activities = self.env["gestor.activity"].search(
            Domain("series_id", "=", self.id) & Domain("series_day", ">=", day)
        )
        activities.write({"series_id": following.id})
        self.write({"cycle_end": "until", "cycle_until": base - ONE_DAY})
        for series, other in ((self, following), (following, self)):
            series.message_post(
                body=self.env._(
                    "Divided on %(day)s: %(series)s",
                    day=format_date(self.env, day),
                    series=other._get_html_link(title=other.sentence),
                )
            )
        return following

    def _cancel_from(self, day):
        """End the series before a day.

        What it made and nobody touched goes; what was begun or changed by hand is
        cancelled; what was carried out stays.

        :param date day: the first one that shall not take place
        """
        self.ensure_one()
        domain = Domain("series_day", ">=", day)
        loose = self._get_loose(domain)
        touched = self.env["gestor.activity"].search(
            Domain("series_id", "=", self.id)
            & domain
            & Domain("state", "in", ("planned", "in_progress"))
            & Domain("id", "not in", loose.ids)
        )
        if touched:
            touched._gestor_finish("cancelled")
        count = len(loose) + len(touched)
        loose._gestor_series_drop()
        start = self._get_local_start().date()
        if day > start:
            self.write({"cycle_end": "until", "cycle_until": day - ONE_DAY})
        self.is_complete = True
        self.message_post(
            body=self.env._(
                "Cancelled from %(day)s on. Occurrences: %(count)s.",
                day=format_date(self.env, day),
                count=count,
            )
        )

    # === Cron ===

    @api.model
    def _cron_make_ahead(self):
        """Make the next occurrences of the series that go on."""
        soon = fields.Date.today() + HORIZON / 2
        due = self.search(
            Domain("is_complete", "=", False) & Domain("made_until", "<", soon)
        )
        for series in due:
            user = series.user_id if series.user_id.active else series.create_uid
            try:
                with self.env.cr.savepoint():
                    # who is responsible makes them, with the rights of that person
                    series.with_user(user)._make_ahead()
            except Exception:
                _logger.exception("Series %s was not continued", series.id)
