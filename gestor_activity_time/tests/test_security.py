from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, GestorTimeCommon


@tagged("post_install", "-at_install")
class TestSecurity(GestorTimeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start, cls.stop = datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 9)
        with freeze_time(NOW):
            cls.own = cls._enter(cls.user, cls.activity, cls.start, cls.stop)
            cls.strange = cls._enter(cls.other, cls.foreign, cls.start, cls.stop)

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))

    def _seen(self, user, model="gestor.activity.time"):
        found = self.env[model].with_user(user).search([])
        return {r.id for r in found} & {self.own.id, self.strange.id}

    def test_everybody_sees_what_the_level_says(self):
        self.env.flush_all()
        both = {self.own.id, self.strange.id}
        for model in ("gestor.activity.time", "gestor.activity.time.report"):
            self.assertEqual(self._seen(self.user, model), {self.own.id})
            self.assertEqual(self._seen(self.leader, model), both)
            self.assertEqual(self._seen(self.manager, model), both)

    def test_responsible_sees_the_time_of_executors_but_changes_none(self):
        self.activity.executor_ids = [(0, 0, {"user_id": self.other.id})]
        entry = self._enter(self.other, self.activity, self.start, self.stop)
        self.assertEqual(entry.with_user(self.user).hours, 1)
        for call in (
            lambda: entry.with_user(self.user).write({"note": "x"}),
            lambda: entry.with_user(self.user).unlink(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_user_enters_no_time_for_others_a_manager_does(self):
        vals = {
            "activity_id": self.activity.id,
            "user_id": self.other.id,
            "start_at": self.start,
            "stop_at": self.stop,
        }
        for user in (self.user, self.leader):
            with self.assertRaises(AccessError):
                self._clock(user).create(vals)
        with self.assertRaises(AccessError):
            self.own.with_user(self.user).user_id = self.other
        entry = self._clock(self.manager).create(vals)
        self.assertEqual(entry.user_id, self.other)

    def test_user_enters_no_time_on_what_he_may_not_read(self):
        with self.assertRaises(AccessError):
            self._enter(self.user, self.foreign, self.start, self.stop)

    def test_private_activity_hides_its_time_from_all_but_managers(self):
        self.foreign.is_private = True
        self.env.flush_all()
        self.assertNotIn(self.strange.id, self._seen(self.leader))
        self.assertIn(self.strange.id, self._seen(self.other))
        self.assertIn(self.strange.id, self._seen(self.manager))

    def test_employee_without_activities_has_no_access(self):
        nobody = new_test_user(self.env, "time_nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.own.with_user(nobody).read(["hours"])
        with self.assertRaises(AccessError):
            self._clock(nobody).clock_start(self.activity.id)

    def test_manager_of_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second"})
        stranger = new_test_user(
            self.env,
            "time_stranger",
            groups="gestor_activities.gestor_activities_group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.env.flush_all()
        self.assertFalse(self._seen(stranger))
        self.assertFalse(self._seen(stranger, "gestor.activity.time.report"))
        self.assertEqual(self.own.company_id, self.env.company)
