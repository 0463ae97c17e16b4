from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferPerformance(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._create_process()
        cls.env["gestor.offer"].create(
            [
                {
                    "partner_id": cls.client.id,
                    "user_id": cls.salesperson.id,
                    "process_id": cls.process.id,
                }
                for _number in range(80)
            ]
        )

    def _count(self, model, view_type, limit):
        """Return the number of queries that a screen with so many records costs."""
        records = self.env[model].with_user(self.salesperson)
        view = records.get_view(view_type=view_type)
        names = view["models"][model]
        specification = {
            name: {"fields": {"display_name": {}}}
            if records._fields[name].type == "many2one"
            else {}
            for name in names
            if records._fields[name].type not in ("one2many", "many2many", "binary")
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.web_search_read([], specification, limit=limit)
        return self.env.cr.sql_log_count - before

    def test_cost_of_a_screen_does_not_grow_with_the_records(self):
        for view_type in ("list", "kanban"):
            with self.subTest(view_type=view_type):
                self._count("gestor.offer", view_type, 80)  # fill the caches
                few = self._count("gestor.offer", view_type, 2)
                many = self._count("gestor.offer", view_type, 80)
                self.assertLessEqual(many, few + 1)
                self.assertLessEqual(many, 30)

    def test_cost_of_the_processes_does_not_grow_with_the_records(self):
        for _number in range(19):
            self._create_process()
        for view_type in ("list", "kanban"):
            with self.subTest(view_type=view_type):
                self._count("crm.lead", view_type, 20)
                few = self._count("crm.lead", view_type, 2)
                many = self._count("crm.lead", view_type, 20)
                self.assertLessEqual(many, few + 2)
