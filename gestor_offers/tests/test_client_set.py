from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 12:00:00")
class TestClientSet(GestorOffersCommon):
    """Client sets in offers: who has an open one, and one for each client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.client | cls.other_client
        cls.sets = cls.env["gestor.client.set"].with_user(cls.salesperson)

    def _age(self, offer, date):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gestor_offer SET create_date = %s WHERE id = %s", [date, offer.id]
        )
        offer.invalidate_recordset()

    def _found(self, **vals):
        client_set = self.sets.create(
            {
                "name": "Open",
                "kind": "dynamic",
                "domain": repr([("id", "in", self.both.ids)]),
                "condition_ids": [(0, 0, {"definition": "open_offers", **vals})],
            }
        )
        return client_set._gestor_partners()

    def _use(self, **vals):
        client_set = self.sets.create({"name": "For whom"})
        client_set._gestor_add(self.both)
        wizards = self.env["gestor.client.set.use"].with_user(self.salesperson)
        return wizards.create({"client_set_id": client_set.id, "use": "offers", **vals})

    def test_clients_with_open_offers_are_found(self):
        self.assertFalse(self._found())
        offer = self._create_sent_offer()
        self.assertEqual(self._found(), offer.partner_id)
        self._age(offer, "2026-06-10")
        self.assertEqual(self._found(days=20), offer.partner_id)
        self.assertFalse(self._found(days=30))
        offer._gestor_decline(self.lost_reason, "no")
        self.assertFalse(self._found())

    def test_offers_of_colleagues_tell_nothing(self):
        self._create_offer(user_id=self.other_salesperson.id)
        self.assertFalse(self._found())

    def test_salesperson_makes_an_offer_for_each_client(self):
        pattern = self._create_offer(user=self.salesperson)
        self._age(pattern, "2026-07-01 10:00:00")
        action = pattern.action_gestor_save_template()
        template = self.env["gestor.record.template"].browse(action["res_id"])
        with self.assertRaises(ValidationError):
            self._use().action_use()
        wizard = self._use(offer_template_id=template.id, purpose="business")
        with trap_jobs() as trap:
            action = wizard.action_use()
            first = trap.enqueued_jobs[0]
            while trap.enqueued_jobs:
                trap.enqueued_jobs.pop(0).perform()
            first.perform()
        job = self.env["gestor.job"].search([], limit=1)
        self.assertRecordValues(job, [{"state": "done", "done_count": 2}])
        offers = self.env["gestor.offer"].search(
            [("partner_id", "in", self.both.ids), ("id", "!=", pattern.id)]
        )
        self.assertEqual(offers.partner_id, self.both)
        self.assertEqual(len(offers), 2)
        self.assertEqual(offers.user_id, self.salesperson)
        for offer in offers:
            self.assertEqual(len(offer.order_ids), len(pattern.order_ids))
            self.assertEqual(offer.order_ids.partner_id, offer.partner_id)

    def test_who_makes_no_offers_is_not_offered_it(self):
        user = self._create_user(
            "gestor_set_clerk", "gestor_base.gestor_base_group_user"
        )
        self.assertNotIn(
            "offers", self.env["gestor.set.use"].with_user(user)._get_keys()
        )
