from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse

from ..lib.recurrence import Rule, occurrences
from ..lib.rule_checks import RecurrenceError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class GestorRecurrenceMixin(models.AbstractModel):
    """A record that recurs: the rule of ``lib/recurrence.py`` as fields."""

    _name = "gestor.recurrence.mixin"
    _description = "Recurrence"

    cycle_frequency = fields.Selection(
        "_selection_frequencies", string="Repeat", default="weekly"
    )
    cycle_interval = fields.Integer(string="How many", default=1, aggregator=False)
    cycle_start_at = fields.Datetime(
        string="First time", help="Its hour is the hour of all occurrences."
    )
    mon = fields.Boolean(string="Monday")
    tue = fields.Boolean(string="Tuesday")
    wed = fields.Boolean(string="Wednesday")
    thu = fields.Boolean(string="Thursday")
    fri = fields.Boolean(string="Friday")
    sat = fields.Boolean(string="Saturday")
    sun = fields.Boolean(string="Sunday")
    cycle_pattern = fields.Selection(
        "_selection_patterns", string="Which day", default="day"
    )
    cycle_day = fields.Integer(string="Day of the month", default=1, aggregator=False)
    cycle_nth = fields.Integer(
        string="Which one",
        default=1,
        aggregator=False,
        help="1 is the first, 2 the second ... -1 the last.",
    )
    cycle_weekday = fields.Selection(
        "_selection_weekdays", string="Weekday", default="0"
    )
    cycle_month = fields.Selection("_selection_months", string="Month", default="1")
    cycle_end = fields.Selection("_selection_ends", string="Ends")
    cycle_until = fields.Date(string="Last date")
    cycle_count = fields.Integer(string="How many times", aggregator=False)
    cycle_on_holiday = fields.Selection(
        "_selection_treatments", string="On a public holiday", default="keep"
    )
    cycle_on_weekend = fields.Selection(
        "_selection_treatments", string="On a weekend", default="keep"
    )
    cycle_missing_day = fields.Selection(
        "_selection_missing_days", string="In shorter months", default="last"
    )
    cycle_leap_day = fields.Selection(
        "_selection_leap_days", string="In years without 29 February", default="before"
    )
    cycle_text = fields.Char(string="Cycle", compute="_compute_cycle_text")

    # Methods, for the terms of a selection of a mixin are translated in no model.
    # Dictionaries, for the export of terms takes the values of a list of pairs, too.

    @api.model
    def _selection_frequencies(self):
        labels = {
            "daily": self.env._("Every so many days"),
            "workdaily": self.env._("Every so many working days"),
            "weekly": self.env._("Every so many weeks"),
            "monthly": self.env._("Every so many months"),
            "yearly": self.env._("Every so many years"),
        }
        return list(labels.items())

    @api.model
    def _selection_patterns(self):
        labels = {
            "day": self.env._("On a day of the month"),
            "weekday": self.env._("On a weekday"),
            "workday": self.env._("On a working day"),
        }
        return list(labels.items())

    @api.model
    def _selection_weekdays(self):
        names = get_day_names("wide", "stand-alone", self._get_babel_locale())
        return [(str(number), names[number].capitalize()) for number in range(7)]

    @api.model
    def _selection_months(self):
        names = get_month_names("wide", "stand-alone", self._get_babel_locale())
        return [(str(number), names[number].capitalize()) for number in range(1, 13)]

    @api.model
    def _get_babel_locale(self):
        return babel_locale_parse(self.env.lang or "en_US")

    @api.model
    def _selection_ends(self):
        labels = {
            "never": self.env._("Never"),
            "until": self.env._("On a date"),
            "count": self.env._("After a number of times"),
        }
        return list(labels.items())

    @api.model
    def _selection_missing_days(self):
        labels = {
            "last": self.env._("On the last day"),
            "skip": self.env._("Skip that month"),
        }
        return list(labels.items())

    @api.model
    def _selection_leap_days(self):
        labels = {
            "before": self.env._("On 28 February"),
            "after": self.env._("On 1 March"),
            "skip": self.env._("Skip that year"),
        }
        return list(labels.items())

    @api.model
    def _selection_treatments(self):
        labels = {
            "keep": self.env._("Stays"),
            "skip": self.env._("Is skipped"),
            "before": self.env._("Moves to the working day before"),
            "after": self.env._("Moves to the working day after"),
        }
        return list(labels.items())

    @api.depends(
        lambda self: [
            "cycle_frequency",
            "cycle_interval",
            "cycle_pattern",
            "cycle_day",
            "cycle_nth",
            "cycle_weekday",
            "cycle_month",
            *WEEKDAYS,
        ]
    )
    @api.depends_context("lang")
    def _compute_cycle_text(self):
        for record in self:
            record.cycle_text = record._get_cycle_text()

    def _get_cycle_text(self):
        """Return the rule in words, e.g. "Every so many weeks: 2, Monday, Friday"."""
        labels = dict(self._fields["cycle_frequency"]._description_selection(self.env))
        parts = [f"{labels.get(self.cycle_frequency, '')}: {self.cycle_interval}"]
        if self.cycle_frequency == "weekly":
            names = [
                self._fields[name].get_description(self.env, ["string"])["string"]
                for name in WEEKDAYS
                if self[name]
            ]
            parts.append(", ".join(names))
        elif self.cycle_frequency in ("monthly", "yearly"):
            parts.append(self._get_cycle_day_text())
        return ", ".join(filter(None, parts))

    def _get_cycle_day_text(self):
        def label(name):
            selection = self._fields[name]._description_selection(self.env)
            return dict(selection).get(self[name], "")

        month = label("cycle_month") if self.cycle_frequency == "yearly" else ""
        if self.cycle_pattern == "day":
            day = self.env._("day: %(day)s", day=self.cycle_day)
        elif self.cycle_pattern == "weekday":
            day = self.env._(
                "weekday: %(weekday)s, which one: %(nth)s",
                weekday=label("cycle_weekday"),
                nth=self.cycle_nth,
            )
        else:
            day = self.env._("working day, which one: %(nth)s", nth=self.cycle_nth)
        return ", ".join(filter(None, (month, day)))

    # === The rule ===

    def _get_timezone(self):
        """Return the time zone in which the record recurs: that of its company."""
        company = self.env.company
        if "company_id" in self._fields and self.company_id:
            company = self.company_id
        return company.partner_id.tz or self.env.user.tz or "UTC"

    def _get_skipped_days(self):
        """Return the days on which nothing shall take place.

        :rtype: set[date]
        """
        return set()

    def _get_free_days(self):
        """Return the days that count as holidays besides those of the country.

        :rtype: set[date]
        """
        return set()

    def _get_rule(self):
        """Return the rule.

        :rtype: Rule
        :raise ValidationError: with a sentence for the user, if it makes no sense
        """
        self.ensure_one()
        company = self.company_id if "company_id" in self._fields else None
        try:
            return Rule(
                self.cycle_frequency,
                self.cycle_interval,
                weekdays={n for n, name in enumerate(WEEKDAYS) if self[name]},
                pattern=self.cycle_pattern,
                day=self.cycle_day,
                nth=self.cycle_nth,
                weekday=int(self.cycle_weekday),
                month=int(self.cycle_month),
                until=self.cycle_until if self.cycle_end == "until" else None,
                count=self.cycle_count if self.cycle_end == "count" else None,
                on_holiday=self.cycle_on_holiday,
                on_weekend=self.cycle_on_weekend,
                skipped=self._get_skipped_days(),
                free_days=self._get_free_days(),
                missing_day=self.cycle_missing_day,
                leap_day=self.cycle_leap_day,
                country=(company or self.env.company).country_id.code,
                timezone=self._get_timezone(),
            )
        except RecurrenceError as error:
            raise ValidationError(self._get_rule_message(error.code)) from error

    def _get_rule_message(self, code):
        messages = {
            "interval": self.env._("A cycle repeats every 1 or more."),
            "weekdays": self.env._("Choose the days of the week for the cycle."),
            "day": self.env._("There is no such day of the month."),
            "nth": self.env._(
                "Which one: 1 to 5 or -1 for a weekday, 1 to 15 or -1 to -15 for a "
                "working day."
            ),
            "count": self.env._("Say how many times the cycle happens."),
        }
        return messages.get(code) or self.env._("The cycle makes no sense.")

    def _check_cycle(self):
        """Refuse a cycle that makes no sense or does not say how it ends.

        :raise ValidationError: with a sentence for the user
        """
        for record in self:
            if not record.cycle_start_at:
                raise ValidationError(
                    self.env._("Say when the cycle happens for the first time.")
                )
            if not record.cycle_end:
                raise ValidationError(
                    self.env._(
                        "Say how the cycle ends: never, on a date or after a number "
                        "of times."
                    )
                )
            if record.cycle_end == "until" and not record.cycle_until:
                raise ValidationError(self.env._("Say on which date the cycle ends."))
            record._get_rule()

    def _get_occurrences(self, start, stop):
        """Return when the record recurs in a window, one after another.

        :param datetime start: UTC, naive, included
        :param datetime stop: UTC, naive, not included
        :return: UTC, naive
        :rtype: Iterator[datetime]
        """
        utc = ZoneInfo("UTC")
        moments = occurrences(
            self._get_rule(),
            self.cycle_start_at.replace(tzinfo=utc),
            start.replace(tzinfo=utc),
            stop.replace(tzinfo=utc),
        )
        return (moment.astimezone(utc).replace(tzinfo=None) for moment in moments)
