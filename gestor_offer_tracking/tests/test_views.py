from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestViews(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_sent_offer()
        cls.views = cls.env["gestor.offer.view"]

    def _read(self, moment, offer=None, variants=None):
        with freeze_time(moment):
            self.views._note_reading(offer or self.offer, 3, variants or {})

    def test_break_of_half_an_hour_begins_another_visit(self):
        for moment in ("2026-05-04 10:00", "2026-05-04 10:29", "2026-05-04 11:00"):
            self._read(moment)
        self.assertEqual(len(self.offer.view_ids), 2)
        self.assertRecordValues(
            self.offer,
            [
                {
                    "view_count": 2,
                    "view_first_at": fields.Datetime.to_datetime("2026-05-04 10:00:00"),
                    "view_last_at": fields.Datetime.to_datetime("2026-05-04 11:00:00"),
                }
            ],
        )

    def test_guardian_gets_a_todo_once_where_he_likes(self):
        self.salesperson.gestor_offer_notice = "todo"
        for moment in ("2026-05-04 10:00", "2026-05-05 10:00"):
            self._read(moment)
        self.assertEqual(len(self.offer.activity_ids), 1)
        self.assertEqual(self.offer.activity_ids.user_id, self.salesperson)
        self.assertIn(self.offer.name, self.offer.activity_ids.summary)

    def test_guardian_without_the_wish_gets_nothing(self):
        self.salesperson.gestor_offer_notice = "no"
        self._read("2026-05-04 10:00")
        self.assertFalse(self.offer.activity_ids)

    def test_next_version_is_not_opened_yet(self):
        self._read("2026-05-04 10:00")
        self.offer.with_user(self.salesperson).action_reset_to_draft()
        self.assertFalse(self.offer.view_count)
        self.assertFalse(self.offer.view_last_at)
        self.assertEqual(self.offer.view_ids.version, 1)

    def test_seller_forges_no_opening(self):
        offer = self.offer.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            offer.write({"view_last_at": "2026-05-04 10:00:00"})
        with self.assertRaises(AccessError):
            offer.env["gestor.offer.view"].create({"offer_id": offer.id})

    def test_colleague_and_other_company_read_no_visits(self):
        self._read("2026-05-04 10:00")
        self.env.invalidate_all()
        view = self.offer.view_ids
        self.assertTrue(view.with_user(self.salesperson).has_access("read"))
        self.assertFalse(view.with_user(self.other_salesperson).has_access("read"))
        other = self.env["res.company"].create({"name": "Other company"})
        self.offer_manager.company_ids |= other
        views = self.views.with_user(self.offer_manager)
        self.assertIn(view, views.search([]))
        views = views.with_context(allowed_company_ids=other.ids)
        self.assertNotIn(view, views.search([]))

    @freeze_time("2026-05-10 10:00:00")
    def test_old_visits_are_forgotten_and_the_figures_stay(self):
        self._read("2026-01-04 10:00")
        self._read("2026-05-09 10:00")
        self.offer.company_id.gestor_offer_view_days = 30
        with self.enter_registry_test_mode():
            self.env.ref(
                "gestor_offer_tracking.gestor_offer_view_cron_forget"
            ).method_direct_trigger()
        self.assertEqual(len(self.offer.view_ids), 1)
        self.assertEqual(self.offer.view_count, 2)

    def test_ready_automat_is_there_and_switched_off(self):
        automat = (
            self.env["gestor.automat"]
            .with_context(active_test=False)
            .search([("example_key", "=", "gestor.offer:opened")])
        )
        self.assertEqual(len(automat), 1)
        self.assertFalse(automat.active)
        automat.write({"active": True, "date_hour": 0})
        self._read("2026-05-04 10:00")
        answered = self._create_sent_offer()
        self._read("2026-05-04 10:00", answered)
        answered.action_accept(answered.order_ids[0])
        now = fields.Datetime.to_datetime("2026-05-07 11:00:00")
        automat._fire_dates(fields.Datetime.to_datetime("2026-05-07 09:00:00"), now)
        actions = self.env["gestor.planned.action"].search(
            [("automat_id", "=", automat.id)]
        )
        self.assertEqual(actions.mapped("res_id"), self.offer.ids)

    def test_visits_stand_in_the_time_line_of_the_client(self):
        self._read("2026-05-04 10:00")
        page = self.env["gestor.history"].get_page(
            self.client.id, {"kinds": ["gestor.offer.view"]}, None
        )
        self.assertEqual(len(page["entries"]), 1)

    def test_figures_cost_the_same_for_many_offers(self):
        offers = self.env["gestor.offer"].union(
            *(self._create_sent_offer() for _number in range(8))
        )
        for offer in offers:
            variant = offer.order_ids[0]
            self._read("2026-05-04 10:00", offer, {str(variant.id): 3})

        def count(ids):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            offers.browse(ids).mapped("view_text")
            return self.env.cr.sql_log_count - before

        count(offers.ids)
        self.assertLessEqual(count(offers.ids), count(offers[:2].ids))
