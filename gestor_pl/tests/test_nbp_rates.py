from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from . import register_samples as samples
from .register_common import RegisterCommon
from .register_server import Answer

TABLES = [
    ("226/A/NBP/2026", "2026-11-20", {"EUR": 4.2511, "USD": 3.6512}),
    ("227/A/NBP/2026", "2026-11-23", {"EUR": 4.2533, "USD": 3.6599}),
    ("047/B/NBP/2026", "2026-11-18", {"VND": 0.000139}),
]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 12:00:00")
class TestNbpRates(RegisterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("EUR", "USD", "VND"):
            cls.env.ref(f"base.{name}").active = True
        cls.euro = cls.env.ref("base.EUR")
        cls.dong = cls.env.ref("base.VND")
        cls.second = cls.env["res.company"].create(
            {"name": "Druga", "currency_id": cls.env.ref("base.PLN").id}
        )
        cls.in_euro = cls.env["res.company"].create(
            {"name": "W euro", "currency_id": cls.euro.id}
        )
        cls.registers["nbp"].company_ids = cls.company | cls.second
        cls.rates = cls.env["res.currency.rate"]
        cls.cron = cls.env.ref("gestor_pl.nbp_rates_cron")

    def setUp(self):
        super().setUp()
        self._use(nbp=samples.nbp(TABLES))

    def _rates(self, currency=None, company=None):
        return self.rates.search(
            [
                ("currency_id", "=", (currency or self.euro).id),
                ("company_id", "=", (company or self.company).id),
            ],
            order="name",
        )

    def _fetch(self, start, end, **vals):
        dialog = self.env["gestor.nbp.fetch"].with_user(self.manager)
        return dialog.create(
            {
                "date_start": start,
                "date_end": end,
                "company_ids": [(6, 0, self.company.ids)],
                **vals,
            }
        ).action_fetch()

    def test_cron_stores_rates_with_the_number_of_the_table(self):
        self.env["res.currency"]._cron_fetch_nbp_rates()
        for company in (self.company, self.second):
            self.assertRecordValues(
                self._rates(company=company),
                [
                    {
                        "name": date(2026, 11, 21),
                        "gestor_nbp_table": "226/A/NBP/2026",
                        "gestor_nbp_date": date(2026, 11, 20),
                        "gestor_nbp_mid": 4.2511,
                    },
                    {
                        "name": date(2026, 11, 24),
                        "gestor_nbp_table": "227/A/NBP/2026",
                        "gestor_nbp_date": date(2026, 11, 23),
                        "gestor_nbp_mid": 4.2533,
                    },
                ],
            )
        self.assertEqual(self._rates(self.dong).gestor_nbp_mid, 0.000139)
        self.assertFalse(self._rates(company=self.in_euro))

    def test_document_gets_the_rate_of_the_last_working_day_before(self):
        """The host's own conversion follows the VAT act: 24 November is a Tuesday."""
        self.env["res.currency"]._cron_fetch_nbp_rates()
        convert = self.env["res.currency"]._get_conversion_rate
        zloty = self.env.ref("base.PLN")
        for day, rate in (
            (date(2026, 11, 24), 4.2533),
            (date(2026, 11, 23), 4.2511),
            (date(2026, 11, 22), 4.2511),
            (date(2026, 11, 21), 4.2511),
        ):
            found = convert(self.euro, zloty, self.company, day)
            self.assertAlmostEqual(found, rate, 10, day)

    def test_rate_can_hold_from_the_day_of_the_table(self):
        self.registers["nbp"].rate_day = "same"
        self.env["res.currency"]._cron_fetch_nbp_rates()
        days = self._rates().mapped("name")
        self.assertEqual(days, [date(2026, 11, 20), date(2026, 11, 23)])

    def test_helper_gives_the_rate_and_its_table(self):
        self.env["res.currency"]._cron_fetch_nbp_rates()
        found = self.euro._gestor_rate_before(date(2026, 11, 24), self.company)
        self.assertEqual(
            found,
            {"rate": 4.2533, "table": "227/A/NBP/2026", "date": date(2026, 11, 23)},
        )
        # Monday: Friday's table
        found = self.euro._gestor_rate_before(date(2026, 11, 23), self.company)
        self.assertEqual(found["table"], "226/A/NBP/2026")
        # weekly table B
        found = self.dong._gestor_rate_before(date(2026, 11, 24), self.company)
        self.assertEqual(found["table"], "047/B/NBP/2026")

    def test_helper_takes_no_older_table_in_place_of_a_missing_one(self):
        self.env["res.currency"]._cron_fetch_nbp_rates()
        for currency, day in (
            (self.euro, date(2026, 11, 25)),
            (self.euro, date(2026, 11, 20)),
            (self.dong, date(2026, 11, 30)),
        ):
            with self.subTest(day=day), self.assertRaises(UserError):
                currency._gestor_rate_before(day, self.company)
        with self.assertRaises(UserError):
            self.euro._gestor_rate_before(date(2026, 11, 24), self.in_euro)

    def test_helper_knows_holidays(self):
        """After Independence Day the table of the day before it counts."""
        tables = [("218/A/NBP/2026", "2026-11-10", {"EUR": 4.24})]
        self._use(nbp=samples.nbp(tables))
        self._fetch(date(2026, 11, 9), date(2026, 11, 12))
        found = self.euro._gestor_rate_before(date(2026, 11, 12), self.company)
        self.assertEqual(found["date"], date(2026, 11, 10))

    def test_cron_asks_only_for_what_is_missing(self):
        currencies = self.env["res.currency"]
        currencies._cron_fetch_nbp_rates()
        self.server.requests.clear()
        currencies._cron_fetch_nbp_rates()
        first = self.server.asked("/api/exchangerates/tables/A")[0].path
        self.assertIn("/A/2026-11-24/2026-11-24", first)
        today = ("228/A/NBP/2026", "2026-11-24", {"EUR": 4.26})
        self._use(nbp=samples.nbp([*TABLES, today]))
        currencies._cron_fetch_nbp_rates()
        self.server.requests.clear()
        currencies._cron_fetch_nbp_rates()
        self.assertFalse(self.server.requests, "today's table is there")
        self.assertEqual(len(self._rates()), 3)

    def test_bank_that_is_down_is_noted_and_tried_again(self):
        self._use(nbp=Answer(status=503))
        self.env["res.currency"]._cron_fetch_nbp_rates()
        register = self.registers["nbp"]
        self.assertFalse(register.is_check_fine)
        self.assertIn("503", register.check_result)
        self.assertFalse(self._rates())
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.cron.id)]
        )
        moments = [str(moment) for moment in triggers.mapped("call_at")]
        self.assertIn("2026-11-24 13:00:00", moments)

    def test_damaged_answer_stores_nothing(self):
        broken = [{"table": "A", "no": "1/A/NBP/2026", "effectiveDate": "yesterday"}]
        for answer in (
            samples.json_answer(broken),
            samples.json_answer({"a": 1}),
            Answer(b"<html>", "text/html"),
        ):
            self._use(nbp=answer)
            with self.assertRaises(UserError):
                self._fetch(date(2026, 11, 1), date(2026, 11, 24))
        self.assertFalse(self._rates())

    def test_manager_fetches_a_period_twice_without_doubles(self):
        action = self._fetch(date(2026, 11, 16), date(2026, 11, 24))
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn("Tables: 3", action["params"]["message"])
        self._fetch(date(2026, 11, 16), date(2026, 11, 24))
        self.assertEqual(len(self._rates()), 2)

    def test_rate_typed_by_hand_is_replaced(self):
        rate = self.rates.create(
            {
                "name": date(2026, 11, 24),
                "currency_id": self.euro.id,
                "company_id": self.company.id,
                "inverse_company_rate": 5.0,
            }
        )
        self._fetch(date(2026, 11, 16), date(2026, 11, 24))
        self.assertAlmostEqual(rate.inverse_company_rate, 4.2533, 10)
        self.assertEqual(rate.gestor_nbp_table, "227/A/NBP/2026")

    def test_long_period_is_asked_for_in_parts(self):
        self._fetch(date(2026, 1, 1), date(2026, 11, 24))
        self.assertEqual(len(self.server.asked("/api/exchangerates/tables/A")), 4)

    def test_weekend_has_no_table(self):
        action = self._fetch(date(2026, 11, 14), date(2026, 11, 15))
        self.assertEqual(action["params"]["type"], "warning")

    def test_wrong_period_is_told(self):
        for start, end in (
            (date(2026, 11, 20), date(2026, 11, 19)),
            (date(2026, 11, 20), date(2026, 11, 25)),
            (date(2001, 1, 1), date(2001, 2, 1)),
            (date(2010, 1, 1), date(2026, 2, 1)),
        ):
            with self.assertRaises(UserError):
                self._fetch(start, end)
        with self.assertRaises(UserError):
            euro = [(6, 0, self.in_euro.ids)]
            self._fetch(date(2026, 11, 20), date(2026, 11, 24), company_ids=euro)
        self.assertFalse(self.server.requests)

    def test_company_in_another_currency_is_left_alone(self):
        self.registers["nbp"].company_ids = self.in_euro
        self.env["res.currency"]._cron_fetch_nbp_rates()
        self.assertFalse(self.server.requests)

    def test_bank_that_is_switched_off_is_not_asked(self):
        self.registers["nbp"].active = False
        self.env["res.currency"]._cron_fetch_nbp_rates()
        self.assertFalse(self.server.requests)

    def test_user_fetches_no_rates(self):
        with self.assertRaises(AccessError):
            self.env["gestor.nbp.fetch"].with_user(self.user).create({})
