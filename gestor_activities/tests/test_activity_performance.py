from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityPerformance(GestorActivitiesCommon):
    """Nothing costs more queries when there are more activities."""

    def _count(self, callback, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        callback(*args)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _create_many(self, count, kind="task"):
        return (
            self.env["gestor.activity"]
            .with_user(self.desk)
            .create(
                [
                    self._prepare_activity(
                        kind,
                        partner_id=self.client_a.id,
                        day=number % 5,
                        executor_ids=[Command.create({"user_id": self.anna.id})],
                    )
                    for number in range(count)
                ]
            )
        )

    def test_creating_many_tasks(self):
        self._create_many(2)
        few = self._count(self._create_many, 10)
        many = self._count(self._create_many, 90)
        # the host looks up the followers of each document that somebody answers for
        self.assertLessEqual(many - few, 80)

    def test_calendar_asks_once(self):
        self._create_many(30)
        model = self.env["gestor.activity"].with_user(self.piotr)
        domain = model._gestor_calendar_filter_domain(self.anna.ids)
        few = self._count(model._gestor_calendar_items, at(0), at(9), domain)
        many = self._count(model._gestor_calendar_items, at(0), at(0, 6), domain)
        self.assertLessEqual(many, few)
