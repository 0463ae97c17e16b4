from datetime import datetime

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

GROUP = "gestor_activities.gestor_activities_group_"
#: a Tuesday
NOW = datetime(2026, 11, 24, 10, 0)


class GestorTimeCommon(BaseCommon):
    """Two people with the least rights, a manager, an activity of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("time_user", "own")
        cls.other = cls._create_user("time_other", "own")
        cls.leader = cls._create_user("time_leader", "all")
        cls.manager = cls._create_user("time_manager", "manager")
        cls.client_a = cls.env["res.partner"].create(
            {"name": "Alfa", "is_company": True}
        )
        cls.activity = cls._create_activity(cls.user, partner_id=cls.client_a.id)
        cls.second = cls._create_activity(cls.user, name="Second")
        cls.foreign = cls._create_activity(cls.other, name="Foreign")
        cls.entries = cls.env["gestor.activity.time"]

    @classmethod
    def _create_user(cls, login, level):
        return new_test_user(cls.env, login, groups=GROUP + level, tz="Europe/Warsaw")

    @classmethod
    def _create_activity(cls, user, **vals):
        values = {
            "name": "First",
            "user_id": user.id,
            "planned_start_at": datetime(2026, 11, 24, 8),
            "planned_stop_at": datetime(2026, 11, 24, 16),
        }
        return cls.env["gestor.activity"].create({**values, **vals})

    @classmethod
    def _clock(cls, user=None):
        return cls.env["gestor.activity.time"].with_user(user or cls.user)

    @classmethod
    def _enter(cls, user, activity, start, stop, **vals):
        values = {"activity_id": activity.id, "start_at": start, "stop_at": stop}
        return cls._clock(user).create({"user_id": user.id, **values, **vals})

    def _entries_of(self, activity):
        return self.entries.search(
            [("activity_id", "=", activity.id)], order="start_at, id"
        )
