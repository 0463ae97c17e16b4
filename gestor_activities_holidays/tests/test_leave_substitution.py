from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorHolidaysCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaveSubstitution(GestorHolidaysCommon):
    """An approved leave brings the default substitute, for its days."""

    def _substitutions(self):
        return self.env["gestor.substitution"].search([("user_id", "=", self.anna.id)])

    def test_request_alone_brings_nobody(self):
        self._request()
        self.assertFalse(self._substitutions())

    def test_approval_brings_the_substitute_for_the_days_of_the_leave(self):
        self._approve()
        self.assertRecordValues(
            self._substitutions().with_context(tz="UTC"),
            [{"substitute_id": self.piotr.id, "state": "planned"}],
        )
        row = self._substitutions()
        self.assertEqual(
            [str(row.date_from), str(row.date_to)], ["2026-11-30", "2026-12-01"]
        )

    def test_substitute_acts_during_the_leave_only(self):
        self._approve(start="2026-11-27", stop="2026-11-27")
        self.assertIn(self.anna, self.piotr._gestor_acting_for())
        with freeze_time("2026-11-28 12:00:00"):
            self.env["gestor.substitution"]._cron_switch()
            self.assertNotIn(self.anna, self.piotr._gestor_acting_for())

    def test_refusal_takes_back_what_has_not_begun(self):
        leave = self._approve()
        leave.action_refuse()
        self.assertFalse(self._substitutions())

    def test_refusal_ends_what_has_begun(self):
        leave = self._approve(start="2026-11-27", stop="2026-11-30")
        self.assertEqual(self._substitutions().state, "active")
        leave.action_refuse()
        self.assertEqual(self._substitutions().state, "ended")

    def test_without_a_substitute_nothing_happens(self):
        self.anna.gestor_substitute_id = False
        self._approve()
        self.assertFalse(self._substitutions())

    def test_hours_and_past_days_bring_nobody(self):
        by_hours = self.kind.copy({"request_unit": "hour"})
        self._approve(
            holiday_status_id=by_hours.id,
            request_unit_hours=True,
            request_hour_from=9,
            request_hour_to=11,
            stop="2026-11-30",
        )
        self._approve(start="2026-11-23", stop="2026-11-24")
        self.assertFalse(self._substitutions())

    def test_substitute_on_leave_is_told_and_the_leave_stays_approved(self):
        self.piotr.gestor_substitute_id = self.chief
        self._approve(self.colleague)
        leave = self._approve()
        self.assertEqual(leave.state, "validate")
        self.assertFalse(self._substitutions())
        notices = self.env["mail.message"].search(
            [
                ("model", "=", leave._name),
                ("res_id", "=", leave.id),
                ("partner_ids", "in", self.anna.partner_id.ids),
                ("body", "ilike", self.piotr.name),
            ]
        )
        self.assertEqual(len(notices), 1)

    def test_colleague_does_not_learn_of_the_leave_by_the_substitution(self):
        leave = self._approve()
        with self.assertRaises(AccessError):
            leave.with_user(self.piotr).read(["gestor_substitution_id"])
