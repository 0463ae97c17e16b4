from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPerformance(GestorCallListsCommon):
    def _count_queries(self, count):
        """Return the queries of one result with the next client, in a list."""
        partners = self.env["res.partner"].create(
            [{"name": f"P {n}", "phone": "600 000 000"} for n in range(count)]
        )
        calls = self._create_calls(partners)
        card = self._open(self.anna, calls)["card"]
        card = self._serve(self.anna, card, "talked")["card"]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._serve(self.anna, card, "talked")
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_next_client_costs_the_same_in_a_long_list(self):
        self._count_queries(10)
        short, long = self._count_queries(10), self._count_queries(90)
        self.assertLessEqual(long, short + 2)

    def test_adding_clients_does_not_query_for_each(self):
        counts = []
        for number in (10, 90):
            partners = self.env["res.partner"].create(
                [{"name": f"A {n}"} for n in range(number)]
            )
            calls = self._create_calls(self.first)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            calls._gestor_add_call_clients(partners)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)
