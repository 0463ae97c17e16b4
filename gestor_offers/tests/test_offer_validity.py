from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferValidity(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Warsaw"

    @freeze_time("2026-03-01 12:00:00")
    def test_validity_comes_from_the_company(self):
        self.company.gestor_offer_validity_days = 10
        offer = self._create_offer()
        self.assertEqual(offer.date_to, date(2026, 3, 11))
        self.assertEqual(offer.order_ids[0].validity_date, date(2026, 3, 11))
        self.company.gestor_offer_validity_days = 0
        self.assertFalse(self._create_offer().date_to)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.company.gestor_offer_validity_days = -1

    def test_validity_does_not_end_before_it_begins(self):
        with self.assertRaises(ValidationError):
            self._create_offer(date_from="2026-03-02", date_to="2026-03-01")
        self._create_offer(date_from="2026-03-01", date_to="2026-03-01")

    def test_last_day_counts_in_the_companys_time_zone(self):
        with freeze_time("2026-03-01 12:00:00"):
            offer = self._create_sent_offer(date_to="2026-03-10")
        # 22:59 UTC is 23:59 in Warsaw: still the last day
        with freeze_time("2026-03-10 22:59:00"):
            self.assertEqual(offer._cron_expire(), 0)
            self.assertFalse(offer._is_past_validity())
        with freeze_time("2026-03-10 23:01:00"):
            self.assertTrue(offer._is_past_validity())
            with self.assertRaisesRegex(UserError, "was valid until"):
                offer._gestor_accept(offer.order_ids[0])
            self.assertEqual(offer._cron_expire(), 1)
        self.assertEqual(offer.state, "expired")
        self.assertIn("validity", offer.message_ids[:1].body)

    def test_time_zone_of_a_company_without_one(self):
        self.company.partner_id.tz = False
        self.company.country_id = self.env.ref("base.pl")
        self.assertEqual(self.company._gestor_timezone().zone, "Europe/Warsaw")
        self.company.country_id = self.env.ref("base.us")
        self.assertEqual(self.company._gestor_timezone().zone, "UTC")

    @freeze_time("2026-03-20 12:00:00")
    def test_only_sent_offers_expire(self):
        past = {"date_from": "2026-03-01", "date_to": "2026-03-10"}
        draft = self._create_offer(**past)
        endless = self._create_sent_offer(date_to=False)
        self.assertEqual(self.env["gestor.offer"]._cron_expire(), 0)
        self.assertEqual((draft.state, endless.state), ("draft", "sent"))

    def test_expired_offer_is_extended(self):
        with freeze_time("2026-03-01 12:00:00"):
            first = self._create_sent_offer(date_to="2026-03-10")
            second = self._create_sent_offer(date_to="2026-03-10")
        with freeze_time("2026-03-20 12:00:00"):
            self.assertEqual(first._cron_expire(), 2)
            second.date_to = "2026-03-25"
            (first | second).with_user(self.salesperson).action_extend()
        self.assertRecordValues(
            first | second,
            [
                {"state": "sent", "date_to": date(2026, 4, 3)},
                {"state": "sent", "date_to": date(2026, 3, 25)},
            ],
        )
        self.assertEqual(first.order_ids[0].validity_date, date(2026, 4, 3))
        with self.assertRaises(UserError):
            self._create_offer().action_extend()

    def test_cron_cost_does_not_grow_with_the_number(self):
        with freeze_time("2026-03-01 12:00:00"):
            offers = [self._create_sent_offer(date_to="2026-03-10") for _i in range(9)]
        counts = []
        for batch in (offers[:3], offers[3:]):
            for offer in batch:
                offer.state = "sent"
            with freeze_time("2026-03-20 12:00:00"):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.env["gestor.offer"]._cron_expire()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
