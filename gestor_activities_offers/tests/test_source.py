from odoo.tests import Form, tagged

from .common import GestorActivitiesOffersCommon


@tagged("post_install", "-at_install")
class TestSource(GestorActivitiesOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {"partner_id": cls.client.id, "user_id": cls.salesperson.id}
        cls.process = cls.env["crm.lead"].create(
            {"name": "Process", "type": "opportunity", **vals}
        )
        cls.offer = cls.env["gestor.offer"].create(vals)
        cls.order = cls.env["sale.order"].create(vals)

    def test_each_document_begins_an_activity_with_client_and_link(self):
        for document in (self.process, self.offer, self.order):
            with self.subTest(document._name):
                document = document.with_user(self.salesperson)
                self.assertEqual(document.gestor_activity_count, 0)
                action = document.action_gestor_new_activity()
                activities = self.env["gestor.activity"].with_user(self.salesperson)
                form = Form(activities.with_context(**action["context"]))
                self.assertEqual(form.partner_id, self.client)
                activity = form.save()
                self.assertEqual(activity.partner_id, self.client)
                document.invalidate_recordset()
                self.assertEqual(document.gestor_activity_count, 1)
                shown = activities.search(document.action_gestor_activities()["domain"])
                self.assertEqual(shown, activity)

    def test_variant_shows_the_activities_of_its_offer(self):
        self.offer._gestor_link(self.activity)
        self.assertEqual(self.offer.order_ids.gestor_activity_count, 1)

    def test_activities_of_others_are_not_counted(self):
        foreign = self._create_activity(self.service)
        self.process._gestor_link(foreign + self.activity)
        process = self.process.with_user(self.salesperson)
        self.assertEqual(process.gestor_activity_count, 1)

    def test_count_of_a_list_costs_the_same_for_few_and_many(self):
        orders = self.env["sale.order"].create(
            [{"partner_id": self.client.id} for _number in range(40)]
        )
        orders.gestor_activity_ids = self.activity
        counts = []
        for number in (5, 5, 40):  # the first fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders[:number].mapped("gestor_activity_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
