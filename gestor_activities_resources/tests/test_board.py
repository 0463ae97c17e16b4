from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ActivityResourcesCommon, at

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

    def test_board_costs_the_same_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_board()
            return self.env.cr.sql_log_count - before

        self._create_activity()
        count()
        few = count()
        for day in range(10):
            self._create_activity(day=day)
        self.assertLessEqual(count(), few + 2)
