"""What a visitor has chosen so far, and what there is to choose from."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_date, format_time

from odoo.http import request
from odoo.tools.misc import babel_locale_parse

from ..lib import months
from ..lib.slots import tell_apart

#: what a person looks for; the others are names of the same zones for machines
REGIONS = {
    *("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian"),
    *("Pacific", "UTC"),
}


def parse_moment(text):
    """Return a moment of a link, UTC without zone, or nothing."""
    try:
        return datetime.strptime(text or "", "%Y-%m-%dT%H:%M")
    except (TypeError, ValueError):
        return None


class Choice:
    """The choice of a visitor on one page, made of the address only.

    :param page: ``gestor.self.booking.page`` in the visitor's language
    :param str base: path of the page
    :param dict params: what the address says; whatever is wrong there is left out
    :param skipped: the activity that is being moved
    :param fixed: minutes and users of the visit that is being moved
    """

    def __init__(self, page, base, params, skipped=None, fixed=None):
        self.page, self.base, self.skipped = page, base, skipped
        self.params = params
        self.locale = babel_locale_parse(page.env.context.get("lang"))
        self.durations = page._get_durations()
        self.people = page._get_people()
        self.user = self.people.browse()
        if fixed:
            minutes, users = fixed
            self.durations, self.users = [minutes], users & self.people
        else:
            self.user = self._pick_user(params.get("u"))
            self.users = self.user or self.people
        self.minutes = self._pick_minutes(params.get("d"))
        self.tz = self._pick_tz(params.get("tz"))
        self.zone = ZoneInfo(self.tz)
        self.start = parse_moment(params.get("at"))

    def _pick_user(self, text):
        if self.page.pick_mode != "client":
            return self.people.browse()
        return self.people.filtered(lambda user: str(user.id) == str(text))[:1]

    def _pick_minutes(self, text):
        return next(
            (minutes for minutes in self.durations if str(minutes) == str(text)),
            self.durations[0],
        )

    def _pick_tz(self, text):
        cookie = request.httprequest.cookies.get("tz")
        zones = available_timezones()
        return next((tz for tz in (text, cookie) if tz in zones), self.page.tz)

    # === Slots ===

    def load(self):
        """Read the free slots; nothing is read again."""
        self.slots = self.page._gestor_slots(
            self.minutes, users=self.users, skipped=self.skipped
        )
        self.by_day = {}
        for start in self.slots:
            self.by_day.setdefault(self.local(start).date(), []).append(start)
        days = list(self.by_day)
        first = days[0] if days else self.local(self.page._get_limits()[0]).date()
        wanted = months.parse_day(self.params.get("day"))
        month = months.parse_month(self.params.get("month")) or wanted or first
        last = days[-1] if days else first
        # what is before the first slot or after the last one is not turned to
        self.month = min(max(month.replace(day=1), first.replace(day=1)), last)
        self.month = self.month.replace(day=1)
        in_month = [day for day in days if day.replace(day=1) == self.month]
        self.day = wanted if wanted in in_month else next(iter(in_month), None)
        return self

    def local(self, moment):
        """Return a moment on the clock of the visitor."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone)

    def get_times(self):
        """Return the slots of the chosen day: moment and words.

        An hour that the clock shows twice is told apart by its offset.
        """
        starts = self.by_day.get(self.day, [])
        words = [self.say_time(start) for start in starts]
        words = tell_apart(starts, words, self.zone)
        return list(zip(starts, words, strict=True))

    def get_next(self, count=3):
        """Return the next free slots from the one that was wanted, or the first."""
        starts = [start for start in self.slots if start >= (self.start or start)]
        return starts[:count] or list(self.slots)[:count]

    def get_zones(self):
        """Return the time zones that a visitor chooses from."""
        return sorted(
            zone for zone in available_timezones() if zone.split("/")[0] in REGIONS
        )

    # === Months ===

    def get_weekdays(self):
        """Return the names of the days of the week, as the language begins it."""
        days = months.weekdays(self.locale.first_week_day)
        return [
            (
                format_date(day, "EEE", locale=self.locale),
                format_date(day, "EEEE", locale=self.locale),
            )
            for day in days
        ]

    def get_weeks(self):
        """Return the weeks of the shown month."""
        return months.weeks_of(self.month, self.locale.first_week_day)

    def get_neighbours(self):
        """Return the months before and after the shown one, where there are slots."""
        days = list(self.by_day)
        before = months.shift_month(self.month, -1)
        after = months.shift_month(self.month, 1)
        return (
            before if any(day < self.month for day in days) else None,
            after if any(day >= after for day in days) else None,
        )

    # === Words and links ===

    def say_day(self, day):
        """Return a day in words, without the year."""
        return format_date(day, "EEEE, d MMMM", locale=self.locale)

    def say_month(self, day):
        """Return a month in words."""
        return format_date(day, "LLLL y", locale=self.locale)

    def say_time(self, moment):
        """Return an hour as the language writes it."""
        return format_time(self.local(moment).time(), "short", locale=self.locale)

    def say_start(self, moment):
        """Return a day and an hour in words."""
        local = self.local(moment)
        return f"{self.say_day(local.date())}, {self.say_time(moment)}"

    def link(self, **changes):
        """Return the address of the page with another choice.

        ``None`` takes something out of the choice.
        """
        kept = {
            "d": self.minutes if len(self.durations) > 1 else None,
            "u": self.user.id or None,
            "tz": self.tz if self.tz != self.page.tz else None,
            "lang": self.params.get("lang") or None,
        }
        chosen = {**kept, **changes}
        query = {key: value for key, value in chosen.items() if value is not None}
        return f"{self.base}?{urlencode(query)}" if query else self.base

    def get_hidden(self, *without):
        """Return the choice as fields of a form that asks for the rest."""
        chosen = {
            "d": self.minutes,
            "u": self.user.id or None,
            "tz": self.tz,
            "lang": self.params.get("lang"),
        }
        return [(k, v) for k, v in chosen.items() if v and k not in without]
