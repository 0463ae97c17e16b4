import doctest
import random
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.easter import EASTER_WESTERN, easter
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from odoo.tests import BaseCase, tagged

from ..lib import recurrence, rule_checks, workdays
from ..lib.recurrence import Rule, occurrence_dates, occurrences
from ..lib.rule_checks import RecurrenceError
from ..lib.workdays import WorkCalendar

ROUNDS = 4000
WARSAW = ZoneInfo("Europe/Warsaw")


def days(rule, start, *window):
    return list(occurrence_dates(rule, start, *window))


def some_date(dice, years=4):
    return date(2019, 1, 1) + timedelta(days=dice.randrange(365 * years))


@tagged("post_install", "-at_install")
class TestRecurrence(BaseCase):
    """The patterns, against the library that everybody trusts."""

    def test_examples_in_the_engines_are_true(self):
        for module in (recurrence, rule_checks, workdays):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
        self.assertGreater(doctest.testmod(recurrence).attempted, 5)

    def _random_rule(self, dice):
        """Return values of a rule and what they mean in the library's words."""
        frequency = dice.choice(("daily", "weekly", "monthly", "yearly"))
        values = {"frequency": frequency, "interval": dice.randrange(1, 6)}
        words = {"interval": values["interval"]}
        if frequency == "weekly":
            values["weekdays"] = dice.sample(range(7), dice.randrange(1, 5))
            words["byweekday"] = values["weekdays"]
        elif frequency != "daily":
            if frequency == "yearly":
                values["month"] = words["bymonth"] = dice.randrange(1, 13)
            if dice.random() < 0.5:
                longest = 31 if frequency == "monthly" else 28
                values |= {"day": dice.randrange(1, longest + 1), "missing_day": "skip"}
                words["bymonthday"] = values["day"]
            else:
                nth, number = dice.choice((1, 2, 3, 4, 5, -1)), dice.randrange(7)
                values |= {"pattern": "weekday", "nth": nth, "weekday": number}
                words["byweekday"] = weekday(number)(nth)
        return values, words

    def test_random_rules_agree_with_the_library(self):
        dice = random.Random(20260302)
        frequencies = {
            "daily": DAILY,
            "weekly": WEEKLY,
            "monthly": MONTHLY,
            "yearly": YEARLY,
        }
        for number in range(ROUNDS):
            values, words = self._random_rule(dice)
            start = some_date(dice)
            end = dice.choice(("never", "until", "count"))
            if end == "until":
                values["until"] = start + timedelta(days=dice.randrange(2000))
                words["until"] = datetime.combine(values["until"], datetime.min.time())
            elif end == "count":
                values["count"] = words["count"] = dice.randrange(1, 40)
            first = start + timedelta(days=dice.randrange(-400, 2500))
            stop = first + timedelta(days=dice.randrange(1, 900))
            expected = [
                moment.date()
                for moment in rrule(
                    frequencies[values["frequency"]],
                    dtstart=datetime.combine(start, datetime.min.time()),
                    **words,
                ).between(
                    datetime.combine(first, datetime.min.time()),
                    datetime.combine(stop, datetime.min.time()) - timedelta(seconds=1),
                    inc=True,
                )
            ]
            found = days(Rule(**values), start, first, stop)
            self.assertEqual(found, expected, (number, values, start, first, stop))

    def test_windows_side_by_side_give_the_same_as_one(self):
        dice = random.Random(7)
        for number in range(500):
            values, _words = self._random_rule(dice)
            values["on_holiday"] = dice.choice(("keep", "skip", "before", "after"))
            values["on_weekend"] = dice.choice(("keep", "skip", "before", "after"))
            start = some_date(dice)
            cuts = sorted(start + timedelta(days=dice.randrange(900)) for _n in "abcd")
            rule = Rule(**values)
            pieces = [
                day
                for first, stop in zip(cuts, cuts[1:], strict=False)
                for day in occurrence_dates(rule, start, first, stop)
            ]
            whole = days(rule, start, cuts[0], cuts[-1])
            self.assertEqual(pieces, whole, (number, values, start, cuts))

    def test_rule_without_end_and_without_window_is_refused(self):
        for ask in (
            lambda: occurrence_dates(Rule("daily"), date(2026, 1, 1)),
            lambda: occurrences(Rule("daily"), datetime(2026, 1, 1)),
            lambda: occurrence_dates(Rule("daily"), date(2026, 1, 1), date(2026, 5, 1)),
        ):
            with self.assertRaises(RecurrenceError) as caught:
                ask()
            self.assertEqual(caught.exception.code, "endless")

    def test_endless_rule_is_lazy(self):
        far = days(Rule("daily"), date(1900, 1, 1), date(2900, 1, 1), date(2900, 1, 4))
        self.assertEqual(len(far), 3)
        endless = occurrence_dates(
            Rule("weekly", weekdays={0}), date(2026, 1, 1), window_stop=date.max
        )
        self.assertEqual(next(endless), date(2026, 1, 5))

    def test_wrong_rules_are_refused_with_their_reason(self):
        end = {"until": date(2026, 1, 1), "count": 3}
        for code, frequency, values in (
            ("interval", "daily", {"interval": 0}),
            ("weekdays", "weekly", {}),
            ("weekdays", "weekly", {"weekdays": {7}}),
            ("day", "monthly", {"day": 32}),
            ("day", "yearly", {"month": 2, "day": 30}),
            ("day", "yearly", {"month": 13}),
            ("nth", "monthly", {"pattern": "weekday", "nth": 6}),
            ("nth", "monthly", {"pattern": "workday", "nth": 16}),
            ("nth", "monthly", {"pattern": "workday", "nth": 0}),
            ("end", "daily", end),
            ("count", "daily", {"count": 0}),
            ("timezone", "daily", {"timezone": "Europe/Nowhere"}),
            ("choice", "hourly", {}),
            ("choice", "daily", {"on_holiday": "sometimes"}),
        ):
            with self.subTest(code=code, frequency=frequency, **values):
                with self.assertRaises(RecurrenceError) as caught:
                    Rule(frequency, **values)
                self.assertEqual(caught.exception.code, code)

    # === Days that a month or a year does not have ===

    def test_day_31_is_the_last_day_or_skips_the_month(self):
        start, stop = date(2023, 11, 1), date(2024, 5, 1)
        last = days(Rule("monthly", day=31), start, start, stop)
        self.assertEqual([day.day for day in last], [30, 31, 31, 29, 31, 30])
        skip = days(Rule("monthly", day=31, missing_day="skip"), start, start, stop)
        self.assertEqual([day.month for day in skip], [12, 1, 3])

    def test_day_30_in_february(self):
        rule = Rule("monthly", day=30, count=2)
        self.assertEqual(
            days(rule, date(2026, 1, 31)), [date(2026, 2, 28), date(2026, 3, 30)]
        )

    def test_29_february_in_common_years(self):
        for treatment, expected in {
            "before": [(2024, 2, 29), (2025, 2, 28), (2026, 2, 28), (2027, 2, 28)],
            "after": [(2024, 2, 29), (2025, 3, 1), (2026, 3, 1), (2027, 3, 1)],
            "skip": [(2024, 2, 29), (2028, 2, 29), (2032, 2, 29), (2036, 2, 29)],
        }.items():
            rule = Rule("yearly", month=2, day=29, leap_day=treatment, count=4)
            with self.subTest(treatment=treatment):
                self.assertEqual(
                    days(rule, date(2024, 1, 1)), [date(*day) for day in expected]
                )

    def test_2100_is_no_leap_year(self):
        rule = Rule("yearly", month=2, day=29, leap_day="skip", count=2)
        self.assertEqual(
            days(rule, date(2096, 3, 1)), [date(2104, 2, 29), date(2108, 2, 29)]
        )

    # === Holidays and weekends ===

    def test_polish_holidays_against_the_statute(self):
        """Source: the act on days free from work, with Christmas Eve since 2025."""
        fixed = [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11)]
        fixed += [(12, 25), (12, 26)]
        for year in range(2011, 2060):
            sunday = easter(year, EASTER_WESTERN)
            expected = {date(year, *day) for day in fixed}
            expected |= {sunday + timedelta(days=n) for n in (0, 1, 49, 60)}
            expected |= {date(2018, 11, 12)} if year == 2018 else set()
            expected |= {date(year, 12, 24)} if year >= 2025 else set()
            with self.subTest(year=year):
                self.assertEqual(workdays.public_holidays("PL", year), expected)

    def test_country_without_known_holidays_has_weekends_only(self):
        nowhere = WorkCalendar("XX")
        self.assertFalse(nowhere.has_holidays)
        self.assertTrue(nowhere.is_working(date(2026, 1, 1)))
        self.assertFalse(nowhere.is_working(date(2026, 1, 3)))

    def _brute_workdays(self, start, stop):
        poland = WorkCalendar("PL")
        span = (stop - start).days
        every = (start + timedelta(days=number) for number in range(span))
        return [day for day in every if poland.is_working(day)]

    def test_every_nth_working_day_against_counting(self):
        dice = random.Random(11)
        for _round in range(300):
            start, interval = some_date(dice, 8), dice.randrange(1, 30)
            first = start + timedelta(days=dice.randrange(500))
            stop = first + timedelta(days=dice.randrange(1, 400))
            expected = [
                day
                for day in self._brute_workdays(start, stop)[::interval]
                if day >= first
            ]
            found = days(Rule("workdaily", interval), start, first, stop)
            self.assertEqual(found, expected, (start, interval, first, stop))

    def test_nth_working_day_of_months_against_counting(self):
        dice = random.Random(13)
        for _round in range(300):
            nth = dice.choice((-1, 1)) * dice.randrange(1, 16)
            start, interval = some_date(dice, 8), dice.randrange(1, 5)
            stop = start + timedelta(days=dice.randrange(1, 1000))
            expected = []
            for number in range(0, 40, interval):
                year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
                first = date(year, month + 1, 1)
                after = (first + timedelta(days=32)).replace(day=1)
                month_days = self._brute_workdays(first, after)
                expected.append(month_days[nth - 1 if nth > 0 else nth])
            rule = Rule("monthly", interval, pattern="workday", nth=nth)
            self.assertEqual(
                days(rule, start, start, stop),
                [day for day in expected if start <= day < stop],
                (nth, start, interval, stop),
            )

    def test_last_working_day_of_the_year(self):
        rule = Rule("yearly", pattern="workday", nth=-1, month=12, count=3)
        self.assertEqual(
            days(rule, date(2023, 6, 1)),
            [date(2023, 12, 29), date(2024, 12, 31), date(2025, 12, 31)],
        )

    def _brute_landing(self, day, on_holiday, on_weekend):
        poland = WorkCalendar("PL")
        treatment = "keep"
        if poland.is_holiday(day) and on_holiday != "keep":
            treatment = on_holiday
        elif day.weekday() > 4:
            treatment = on_weekend
        if treatment in ("before", "after"):
            step = timedelta(days=1 if treatment == "after" else -1)
            while day.weekday() > 4 or poland.is_holiday(day):
                day += step
        return None if treatment == "skip" else day

    def test_moved_and_skipped_dates_against_walking(self):
        dice = random.Random(17)
        treatments = ("keep", "skip", "before", "after")
        for number in range(600):
            values, _words = self._random_rule(dice)
            values |= {"interval": dice.choice((1, 1, 2))}
            on_holiday, on_weekend = dice.choice(treatments), dice.choice(treatments)
            start = some_date(dice, 8)
            first = start + timedelta(days=dice.randrange(200))
            stop = first + timedelta(days=dice.randrange(1, 500))
            plain = days(Rule(**values), start, start, stop + timedelta(days=40))
            landed = {self._brute_landing(day, on_holiday, on_weekend) for day in plain}
            expected = sorted(day for day in landed - {None} if first <= day < stop)
            rule = Rule(**values, on_holiday=on_holiday, on_weekend=on_weekend)
            found = days(rule, start, first, stop)
            self.assertEqual(found, expected, (number, rule, start, first, stop))

    def test_two_dates_moved_to_one_day_are_one_occurrence(self):
        rule = Rule("daily", count=4, on_weekend="after", on_holiday="after")
        self.assertEqual(
            days(rule, date(2026, 5, 1)), [date(2026, 5, 4)], "1 and 3 May, a weekend"
        )

    def test_nothing_moves_before_the_start(self):
        rule = Rule("weekly", weekdays={6}, on_weekend="before", count=2)
        self.assertEqual(days(rule, date(2026, 3, 1)), [date(2026, 3, 6)])

    def test_skipped_date_is_the_one_that_the_user_sees(self):
        values = {"frequency": "weekly", "weekdays": {6}, "count": 3}
        moved = Rule(**values, on_weekend="after", skipped={date(2026, 3, 9)})
        self.assertEqual(
            days(moved, date(2026, 3, 1)), [date(2026, 3, 2), date(2026, 3, 16)]
        )
        original = Rule(**values, on_weekend="after", skipped={date(2026, 3, 8)})
        self.assertEqual(len(days(original, date(2026, 3, 1))), 3)

    # === Clocks ===

    def test_day_off_of_the_company_is_a_holiday_too(self):
        bridge = date(2026, 6, 5)
        start, stop = date(2026, 6, 3), date(2026, 6, 9)
        rule = Rule("workdaily", free_days={bridge})
        self.assertEqual(
            days(rule, start, start, stop), [date(2026, 6, 3), date(2026, 6, 8)]
        )
        for treatment, expected in (("before", 3), ("after", 8)):
            with self.subTest(treatment=treatment):
                rule = Rule("daily", 3, on_holiday=treatment, free_days={bridge})
                found = days(rule, date(2026, 6, 2), start, date(2026, 6, 10))
                self.assertIn(date(2026, 6, expected), found)
                self.assertNotIn(bridge, found)
        rule = Rule("monthly", pattern="workday", nth=5, free_days={bridge})
        found = days(rule, date(2026, 6, 1), None, date(2026, 7, 1))
        self.assertEqual(found, [date(2026, 6, 9)])

    def test_month_mostly_off_has_its_last_working_day(self):
        free = {date(2026, 6, day) for day in range(1, 25)}
        rule = Rule("monthly", pattern="workday", nth=15, free_days=free)
        self.assertEqual(
            days(rule, date(2026, 6, 1), None, date(2026, 7, 1)), [date(2026, 6, 30)]
        )

    def test_hour_on_the_wall_stays_over_the_change_of_time(self):
        rule = Rule("daily", timezone="Europe/Warsaw", count=3)
        moments = list(occurrences(rule, datetime(2026, 3, 28, 8, 0)))
        self.assertEqual([moment.hour for moment in moments], [8, 8, 8])
        self.assertEqual([moment.astimezone(UTC).hour for moment in moments], [7, 6, 6])

    def test_hour_that_does_not_exist_is_an_hour_later(self):
        rule = Rule("daily", timezone="Europe/Warsaw", count=2)
        moments = list(occurrences(rule, datetime(2026, 3, 29, 2, 15)))
        self.assertEqual(
            [moment.strftime("%H:%M %z") for moment in moments],
            ["03:15 +0200", "02:15 +0200"],
        )

    def test_hour_that_comes_twice_is_taken_once_the_first_time(self):
        rule = Rule("daily", timezone="Europe/Warsaw", count=2)
        moments = list(occurrences(rule, datetime(2026, 10, 24, 2, 30)))
        self.assertEqual(
            [moment.astimezone(UTC) for moment in moments],
            [
                datetime(2026, 10, 24, 0, 30, tzinfo=UTC),
                datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            ],
        )

    def test_date_is_that_of_the_time_zone(self):
        """Half past midnight in Warsaw is still the day before in London."""
        start = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
        rule = Rule("monthly", day=1, timezone="Europe/Warsaw")
        stop = datetime(2026, 9, 1, tzinfo=UTC)
        moments = list(occurrences(rule, start, start, stop))
        self.assertEqual([moment.day for moment in moments], [1, 1, 1])
        self.assertEqual(moments[0].astimezone(UTC), start)

    def test_window_of_moments_is_half_open(self):
        start = datetime(2026, 1, 1, 12, 0, tzinfo=WARSAW)
        rule = Rule("daily", timezone="Europe/Warsaw")
        one_day = timedelta(days=1)
        found = list(occurrences(rule, start, start + one_day, start + 3 * one_day))
        self.assertEqual(found, [start + one_day, start + 2 * one_day])

    def test_window_without_time_zone_is_refused(self):
        with self.assertRaises(RecurrenceError) as caught:
            occurrences(Rule("daily"), datetime(2026, 1, 1), datetime(2026, 1, 1))
        self.assertEqual(caught.exception.code, "naive")

    def test_far_window_costs_what_a_near_one_does(self):
        rule = Rule("monthly", day=31, on_weekend="before")
        far = date(2326, 1, 1)
        found = islice(occurrence_dates(rule, date(1926, 1, 31), far, date.max), 2)
        self.assertEqual([day.month for day in found], [1, 2])
