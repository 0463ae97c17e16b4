from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import NOW, OWN, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivity(GestorActivitiesCommon):
    def test_user_plans_and_the_rest_follows(self):
        activity = self._create_activity(kind="phone", partner_id=self.client_a.id)
        self.assertRecordValues(
            activity,
            [
                {
                    "kind": "phone",
                    "state": "planned",
                    "user_id": self.anna.id,
                    "partner_id": self.client_a.id,
                    "phone": "600 100 200",
                    "progress_percent": 0,
                    "history_at": at(8),
                }
            ],
        )
        self.assertEqual(activity.executor_ids.user_id, self.anna)
        self.assertEqual(activity.client_ids.partner_id, self.client_a)

    def test_numbers_are_counted_per_type_company_and_year(self):
        other = self.env["res.company"].create({"name": "Second"})
        activities = self.env["gestor.activity"].create(
            [
                self._prepare_activity(user_id=False),
                self._prepare_activity("meeting", user_id=False),
                self._prepare_activity(user_id=False),
                self._prepare_activity(company_id=other.id, user_id=False),
                self._prepare_activity(
                    user_id=False,
                    planned_start_at="2027-03-01 08:00:00",
                    planned_stop_at="2027-03-01 09:00:00",
                ),
            ]
        )
        first = int(activities[0].number.rsplit("/", 1)[1])
        self.assertEqual(activities[0].number, f"ZAD/2026/{first:05}")
        self.assertEqual(activities[2].number, f"ZAD/2026/{first + 1:05}")
        self.assertTrue(activities[1].number.startswith("SPO/2026/"))
        self.assertEqual(activities[3].number, "ZAD/2026/00001")
        self.assertTrue(activities[4].number.startswith("ZAD/2027/"))

    def test_new_type_is_numbered_in_every_company(self):
        visit = self.env["gestor.activity.type"].create(
            {"name": "Visit", "kind": "meeting", "code": "WIZ"}
        )
        activity = self._create_activity(type_id=visit.id)
        self.assertEqual(activity.number, "WIZ/2026/00001")

    def test_branch_numbers_its_own_activities(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.env.company.id}
        )
        user = self._create_user(
            "act_branch",
            OWN,
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        activity = self._create_activity(user)
        self.assertEqual(activity.company_id, branch)
        self.assertRegex(activity.number, r"^ZAD/\d\d/2026/00001$")

    def test_end_before_start_is_refused(self):
        activity = self._create_activity()
        for vals in (
            {"planned_stop_at": at(7)},
            {"planned_start_at": at(12), "planned_stop_at": at(11)},
        ):
            with self.assertRaisesRegex(ValidationError, "cannot end before"):
                activity.write(vals)

    def test_longer_than_a_year_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "a year at most"):
            self._create_activity(planned_stop_at=datetime(2066, 11, 30))
        self.assertTrue(self._create_activity(planned_stop_at=datetime(2027, 11, 30)))

    def test_only_notes_have_no_time(self):
        with self.assertRaisesRegex(ValidationError, "Only notes"):
            self._create_activity(planned_start_at=False, planned_stop_at=False)
        note = (
            self.env["gestor.activity"]
            .with_user(self.anna)
            .create({"name": "Remember", "type_id": self.types["note"].id})
        )
        self.assertFalse(note.planned_start_at)
        self.assertFalse(note.executor_ids)
        with self.assertRaisesRegex(ValidationError, "Only notes"):
            self.types["note"].kind = "task"
        self.assertTrue(note.history_at)

    def test_start_moved_behind_the_end_takes_the_end_along(self):
        activity = self._create_activity()
        activity.planned_start_at = at(15)
        self.assertEqual(activity.planned_stop_at, at(16))

    def test_archived_user_gets_no_work(self):
        self.piotr.active = False
        with self.assertRaisesRegex(ValidationError, "only active employees"):
            self._create_activity(user_id=self.piotr.id)
        with self.assertRaisesRegex(ValidationError, "only active employees"):
            self._create_activity(self.anna, self.piotr)

    def test_done_activity_is_not_moved(self):
        activity = self._create_activity()
        activity.action_finish()
        start, event = activity.planned_start_at, activity.event_id
        with self.assertRaisesRegex(UserError, "is closed. Reopen it"):
            activity.write({"planned_start_at": at(14), "planned_stop_at": at(15)})
        self.assertEqual(activity.planned_start_at, start)
        self.assertEqual(activity.event_id, event)
        with self.assertRaisesRegex(UserError, "is closed. Reopen it"):
            activity._gestor_delegate(self.piotr)

    def test_delegating_gives_the_open_part_too(self):
        activity = self._create_activity()
        with self.assertRaisesRegex(UserError, "already"):
            activity._gestor_delegate(self.anna)
        activity._gestor_delegate(self.piotr)
        self.assertEqual(activity.user_id, self.piotr)
        self.assertEqual(activity.executor_ids.user_id, self.piotr)
        todo = activity.sudo().executor_ids.mail_activity_id
        self.assertEqual(todo.user_id, self.piotr)

    def test_main_client_is_the_first_one(self):
        activity = self._create_activity(
            client_ids=[
                Command.create({"partner_id": self.client_a.id, "sequence": 20}),
                Command.create({"partner_id": self.client_b.id, "sequence": 10}),
            ]
        )
        self.assertEqual(activity.partner_id, self.client_b)
        activity.client_ids.sorted("sequence")[0].unlink()
        self.assertEqual(activity.partner_id, self.client_a)
        activity.partner_id = self.client_b
        self.assertEqual(activity.client_ids.partner_id, self.client_b)
        activity.partner_id = False
        self.assertFalse(activity.client_ids)

    def test_serving_clients_counts_up(self):
        activity = self._create_activity(
            kind="phone",
            client_ids=[
                Command.create({"partner_id": client.id})
                for client in self.client_a | self.client_b
            ],
        )
        talked = self.env.ref("gestor_activities.gestor_activity_result_talked")
        activity.client_ids[0]._gestor_serve(talked, "Likes it")
        self.assertEqual(activity.progress_percent, 50)
        self.assertRecordValues(
            activity.client_ids,
            [
                {
                    "is_served": True,
                    "result_id": talked.id,
                    "note": "Likes it",
                    "served_by_id": self.anna.id,
                    "served_at": datetime(2026, 11, 27, 12),
                },
                {
                    "is_served": False,
                    "result_id": False,
                    "note": False,
                    "served_by_id": False,
                    "served_at": False,
                },
            ],
        )
        self.assertEqual((activity.served_count, activity.client_count), (1, 2))

    def test_nobody_says_that_another_served(self):
        activity = self._create_activity(partner_id=self.client_a.id)
        row = activity.client_ids
        row.write({"is_served": True, "served_by_id": self.piotr.id})
        self.assertEqual(row.served_by_id, self.anna)

    def test_late_is_found_and_shown(self):
        late = self._create_activity(day=-5)
        future = self._create_activity()
        done = self._create_activity(day=-5, state="done")
        activities = self.env["gestor.activity"].with_user(self.anna)
        ours = [("id", "in", (late | future | done).ids)]
        found = activities.search([*ours, ("is_late", "=", True)])
        self.assertEqual(found, late)
        self.assertEqual(
            activities.search([*ours, ("is_late", "=", False)]), future | done
        )
        self.assertEqual((late | future | done).mapped("is_late"), [True, False, False])

    def test_form_of_a_user_saves(self):
        form = Form(self.env["gestor.activity"].with_user(self.anna))
        form.name = "Call them"
        form.type_id = self.types["phone"]
        form.partner_id = self.client_a
        activity = form.save()
        self.assertEqual(activity.phone, "600 100 200")
        self.assertEqual(activity.client_ids.partner_id, self.client_a)
        with Form(activity) as form:
            form.planned_start_at = at(10)
            form.planned_stop_at = at(11)
        self.assertEqual(activity.planned_start_at, at(10))
