from datetime import datetime

from freezegun import freeze_time

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: a Tuesday, before the change to winter time
NOW = "2026-10-20 10:00:00"


@freeze_time(NOW)
class SeriesCommon(BaseCommon):
    """A company in Warsaw, a user with the least rights and a colleague."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.pl")
        group = "gestor_activities.gestor_activities_group_own"
        cls.anna, cls.piotr = (
            new_test_user(
                cls.env,
                login=f"series_{login}",
                groups=group,
                tz="Europe/Warsaw",
                company_id=cls.company.id,
            )
            for login in ("anna", "piotr")
        )
        cls.client = cls.env["res.partner"].create({"name": "Series client"})

    @classmethod
    def _prepare_series_vals(cls, **vals):
        return {
            "name": "Monday meeting",
            "type_id": cls.env.ref("gestor_activities.gestor_activity_type_task").id,
            # a Monday, 9 o'clock in Warsaw
            "cycle_start_at": datetime(2026, 10, 26, 8, 0),
            "cycle_frequency": "weekly",
            "mon": True,
            "cycle_end": "count",
            "cycle_count": 4,
            **vals,
        }

    @classmethod
    def _create_series(cls, user=None, **vals):
        series = cls.env["gestor.activity.series"].with_user(user or cls.anna)
        return series.create(cls._prepare_series_vals(**vals))

    @classmethod
    def _create_activity(cls, user=None, **vals):
        return (
            cls.env["gestor.activity"]
            .with_user(user or cls.anna)
            .create(
                {
                    "name": "Call the client",
                    "type_id": cls.env.ref(
                        "gestor_activities.gestor_activity_type_task"
                    ).id,
                    "planned_start_at": datetime(2026, 10, 26, 8, 0),
                    "planned_stop_at": datetime(2026, 10, 26, 9, 0),
                    **vals,
                }
            )
        )

    def _days(self, series, domain=()):
        activities = self.env["gestor.activity"].search(
            [("series_id", "=", series.id), *domain], order="planned_start_at"
        )
        return [str(activity.planned_start_at.date()) for activity in activities]

    def _at(self, series, day):
        """Return the occurrence of a day, as its user sees it."""
        return series.activity_ids.filtered(lambda a: str(a.series_day) == day)
