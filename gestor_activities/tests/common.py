from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

OWN = "gestor_activities.gestor_activities_group_own"
ALL = "gestor_activities.gestor_activities_group_all"
MANAGER = "gestor_activities.gestor_activities_group_manager"
#: "now" of the tests, a Friday
NOW = "2026-11-27 12:00:00"
MONDAY = datetime(2026, 11, 30, 8)


def at(hour, day=0, minute=0):
    """Return a moment of the week that the tests plan in, UTC."""
    return MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)


class GestorActivitiesCommon(GestorBaseCommon):
    """Anna and Piotr do their own work, the desk all of it, the chief manages.

    =========  ==========================
    who        group
    =========  ==========================
    anna       own activities
    piotr      own activities
    desk       all activities
    chief      manager
    =========  ==========================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_user("act_anna", OWN)
        cls.piotr = cls._create_user("act_piotr", OWN)
        cls.desk = cls._create_user("act_desk", ALL)
        cls.chief = cls._create_user("act_chief", MANAGER)
        people = cls.anna | cls.piotr | cls.desk | cls.chief
        people.tz = "Europe/Warsaw"
        cls.client_a, cls.client_b = cls.env["res.partner"].create(
            [
                {"name": "Alfa", "is_company": True, "phone": "600 100 200"},
                {"name": "Beta", "is_company": True, "email": "biuro@beta.example"},
            ]
        )
        cls.types = {
            kind: cls.env.ref(f"gestor_activities.gestor_activity_type_{kind}")
            for kind in ("task", "meeting", "phone", "note")
        }

    @classmethod
    def _prepare_activity(cls, kind="task", start=8, stop=9, day=0, **vals):
        return {
            "name": "Work",
            "type_id": cls.types[kind].id,
            "planned_start_at": at(start, day),
            "planned_stop_at": at(stop, day),
            **vals,
        }

    @classmethod
    def _create_activity(cls, user=None, *executors, **vals):
        """Create an activity by a user, with executors or done by the user alone."""
        if executors:
            vals["executor_ids"] = [
                Command.create({"user_id": executor.id}) for executor in executors
            ]
        activities = cls.env["gestor.activity"].with_user(user or cls.anna)
        return activities.create(cls._prepare_activity(**vals))

    @classmethod
    def _part(cls, activity, user):
        """Return the part of one executor, as this executor sees it."""
        rows = activity.executor_ids.filtered(lambda row: row.user_id == user)
        return rows.with_user(user)
