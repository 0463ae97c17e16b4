from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OWN, ActivityResourcesCommon, at

WINDOW = ("2026-11-30 00:00:00", "2026-12-14 00:00:00")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestBoard(ActivityResourcesCommon):
    def _get_board(self, user=None, **filters):
        board = self.env["gestor.board"].with_user(user or self.anna)
        return board.get_board(*WINDOW, filters)

    def test_stranger_sees_busy_and_does_not_move(self):
        activity = self._create_activity(is_private=True)
        item = next(
            item
            for item in self._get_board(self.piotr)["items"]
            if item["id"] == activity.id
        )
        self.assertEqual((item["state"], item["is_movable"]), ("busy", False))
        self.assertNotIn("Visit", item["name"])

    def test_planner_moves_time_and_is_told_of_a_conflict(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        self._book(self.piotr, start=12, stop=14)
        board = self.env["gestor.board"].with_user(self.anna)
        vals = {
            "start": "2026-11-30 12:00:00",
            "stop": "2026-11-30 14:00:00",
            "user_id": self.anna.id,
            "from_user_id": self.anna.id,
        }
        answer = board.plan_activity(activity.id, vals, None, ["people"])
        self.assertEqual(answer["allow"], "resources")
        self.assertEqual(activity.planned_start_at, at(8))
        allowed = ["people", "resources"]
        self.assertFalse(board.plan_activity(activity.id, vals, None, allowed))
        self.assertEqual(activity.planned_start_at, at(12))
        self.assertEqual(activity.booking_ids.state, "cancelled")
        seen = {"start": "2026-11-30 08:00:00", "stop": "2026-11-30 10:00:00"}
        with self.assertRaisesRegex(UserError, "somebody else"):
            board.plan_activity(activity.id, vals, seen)

    def test_board_offers_to_go_without_taken_resources_only(self):
        self.van.max_hours = 3
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        vals = {"start": "2026-11-30 08:00:00", "stop": "2026-11-30 14:00:00"}
        board = self.env["gestor.board"].with_user(self.anna)
        with self.assertRaisesRegex(UserError, "at most"), self.env.cr.savepoint():
            board.plan_activity(activity.id, vals, None, ["people"])
        self.assertEqual(activity.planned_stop_at, at(10))

    def test_absence_and_time_off_work_are_shown_without_the_reason(self):
        calendar = self.env.company.resource_calendar_id
        calendar.tz = "UTC"
        resource = self.env["resource.resource"].create(
            {
                "name": self.anna.name,
                "user_id": self.anna.id,
                "calendar_id": calendar.id,
                "tz": "UTC",
            }
        )
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Hospital",
                    "resource_id": resource.id,
                    "calendar_id": calendar.id,
                    "date_from": at(0, 1),
                    "date_to": at(0, 2),
                    "time_type": "leave",
                },
                {
                    "name": "Day of the company",
                    "calendar_id": calendar.id,
                    "date_from": at(0, 3),
                    "date_to": at(0, 4),
                    "time_type": "leave",
                },
            ]
        )
        people = self._get_board(self.piotr)["people"]
        by_id = {person["id"]: person for person in people}
        absences = by_id[self.anna.id]["absences"]
        self.assertEqual(
            {(absence["name"], absence["start"]) for absence in absences},
            {
                ("Absent", "2026-12-01 00:00:00"),
                ("Day of the company", "2026-12-03 00:00:00"),
            },
        )
        loads = [available for _planned, available in by_id[self.anna.id]["loads"]]
        self.assertEqual(loads[1], 0)
        self.assertGreater(loads[2], 0)
        self.assertEqual(loads[5:7], [0, 0])
        night = {"name": "", "start": "2026-11-30 00:00:00"}
        self.assertEqual(
            by_id[self.anna.id]["shades"][0] | night, by_id[self.anna.id]["shades"][0]
        )
        names = {absence["name"] for absence in by_id[self.piotr.id]["absences"]}
        self.assertEqual(names, {"Day of the company"})

    def test_fifty_people_and_two_weeks_cost_the_same_as_ten(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            board = self._get_board(text="Crew")
            return self.env.cr.sql_log_count - before, board

        self._create_crew(range(10))
        count()
        few, board = count()
        self.assertEqual(len(board["people"]), 10)
        self._create_crew(range(10, 50))
        count()
        many, board = count()
        self.assertEqual(len(board["people"]), 50)
        self.assertEqual(len(board["plan"]["rows"]), 50)
        self.assertEqual(len(board["items"]), 250)
        self.assertEqual(many, few)

    def _create_crew(self, numbers):
        """Create people with their cars, who do something each day of a week."""
        users = self.env["res.users"].create(
            [
                {
                    "name": f"Crew {number:02}",
                    "login": f"gestor_crew_{number}",
                    "group_ids": [(4, self.env.ref(OWN).id)],
                }
                for number in numbers
            ]
        )
        cars = self._create_resources(*(f"Crew car {number}" for number in numbers))
        activities = self.env["gestor.activity"].create(
            [
                {
                    "name": "Visit",
                    "type_id": self.task.id,
                    "user_id": user.id,
                    "planned_start_at": at(8, day),
                    "planned_stop_at": at(10, day),
                }
                for user in users
                for day in range(5)
            ]
        )
        for index, car in enumerate(cars):
            self.assertFalse(activities[5 * index]._gestor_book(car))
