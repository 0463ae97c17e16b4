from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, SeriesCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSeriesSecurity(SeriesCommon):
    """Own means own, private means private, companies are apart."""

    def test_colleague_neither_sees_nor_changes_a_foreign_series(self):
        series = self._create_series()
        mine = self._create_series(self.piotr, name="Mine")
        found = self.env["gestor.activity.series"].with_user(self.piotr).search([])
        self.assertEqual(found, mine.with_user(self.piotr))
        with self.assertRaises(AccessError):
            series.with_user(self.piotr).write({"name": "Taken"})
        with self.assertRaises(AccessError):
            series.with_user(self.piotr).action_end()

    def test_executor_sees_the_series(self):
        series = self._create_series(
            executor_user_ids=[Command.set((self.anna | self.piotr).ids)]
        )
        self.assertEqual(series.with_user(self.piotr).name, "Monday meeting")

    def test_private_series_is_hidden_from_who_sees_all(self):
        boss = new_test_user(
            self.env,
            login="series_boss",
            groups="gestor_activities.gestor_activities_group_all",
        )
        private = self._create_series(is_private=True)
        public = self._create_series()
        found = self.env["gestor.activity.series"].with_user(boss).search([])
        self.assertIn(public, found)
        self.assertNotIn(private, found)

    def test_employee_and_portal_read_no_series(self):
        series = self._create_series()
        for group in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, login=f"series_{group}", groups=group)
            with self.subTest(group=group), self.assertRaises(AccessError):
                series.with_user(user).read(["name"])

    def test_viewer_reads_but_does_not_write(self):
        viewer = new_test_user(
            self.env,
            login="series_viewer",
            groups="base.group_user,gestor_base.gestor_base_group_viewer",
        )
        series = self._create_series().with_user(viewer)
        self.assertEqual(series.name, "Monday meeting")
        with self.assertRaises(AccessError):
            series.write({"name": "Taken"})

    def test_companies_have_their_own_series_and_cron_serves_both(self):
        other = self.env["res.company"].create(
            {"name": "Other company", "country_id": self.env.ref("base.de").id}
        )
        hans = new_test_user(
            self.env,
            login="series_hans",
            groups="gestor_activities.gestor_activities_group_all",
            tz="Europe/Berlin",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        ours = self._create_series(cycle_end="never")
        theirs = self._create_series(hans, cycle_end="never")
        self.assertEqual(theirs.company_id, other)
        self.assertEqual(theirs.activity_ids.company_id, other)
        found = self.env["gestor.activity.series"].with_user(hans).search([])
        self.assertEqual(found, theirs.with_user(hans))
        counts = [len(ours.activity_ids), len(theirs.activity_ids)]
        with freeze_time("2027-06-01"):
            self.env["gestor.activity.series"]._cron_make_ahead()
        self.env.invalidate_all()
        self.assertGreater(len(ours.activity_ids), counts[0])
        self.assertGreater(len(theirs.activity_ids), counts[1])
        self.assertEqual(theirs.activity_ids.company_id, other)

    def test_polish_holiday_is_none_in_germany(self):
        other = self.env["res.company"].create(
            {"name": "Other company", "country_id": self.env.ref("base.de").id}
        )
        self.anna.company_ids |= other
        series = self._create_series(
            self.anna,
            company_id=other.id,
            mon=False,
            wed=True,
            cycle_start_at="2026-11-11 08:00:00",
            cycle_count=1,
            cycle_on_holiday="after",
            timezone="Europe/Berlin",
        )
        self.assertEqual(self._days(series), ["2026-11-11"])
