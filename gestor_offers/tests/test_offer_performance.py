from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferPerformance(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._create_process()
        cls.offers = cls.env["gestor.offer"].create(
            [
                {
                    "partner_id": cls.client.id,
                    "user_id": cls.salesperson.id,
                    "process_id": cls.process.id,
                }
                for _number in range(80)
            ]
        )

    def _count(self, records, view_type):
        """Return the number of queries that a screen with the records costs."""
        records = records.with_user(self.salesperson)
        view = records.get_view(view_type=view_type)
        specification = {
            name: {"fields": {"display_name": {}}}
            if records._fields[name].type == "many2one"
            else {}
            for name in view["models"][records._name]
            if records._fields[name].type not in ("one2many", "many2many", "binary")
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = records.web_search_read([("id", "in", records.ids)], specification)
        self.assertEqual(found["length"], len(records))
        return self.env.cr.sql_log_count - before

    def _assert_constant(self, records, limit):
        for view_type in ("list", "kanban"):
            with self.subTest(view_type=view_type):
                self._count(records, view_type)  # fill the caches
                few = self._count(records[:2], view_type)
                many = self._count(records, view_type)
                self.assertLessEqual(many, few + 1)
                self.assertLessEqual(many, limit)

    def test_cost_of_the_offers_does_not_grow_with_their_number(self):
        self._assert_constant(self.offers, limit=30)

    def test_cost_of_the_processes_does_not_grow_with_their_number(self):
        processes = self.env["crm.lead"].union(
            *(self._create_process() for _number in range(20))
        )
        self._assert_constant(processes, limit=30)
