from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common import OWN


@tagged("post_install", "-at_install")
class TestBoardTour(HttpCase):
    """The real screen: a bar and a card are dragged, a move is refused."""

    def test_planner_moves_bars_cards_and_is_refused(self):
        # nobody is warned of working hours, whatever day it is
        self.env.company.resource_calendar_id.flexible_hours = True
        groups = "gestor_resources.gestor_resources_group_all"
        groups += ",gestor_activities.gestor_activities_group_all"
        adam = new_test_user(
            self.env, "board_tour", groups, name="Tour Adam", lang="en_US", tz="UTC"
        )
        bea = new_test_user(self.env, "board_tour_b", OWN, name="Tour Bea", tz="UTC")
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        monday = today - timedelta(days=today.weekday())
        task = self.env.ref("gestor_activities.gestor_activity_type_task")
        visit, trip, call = self.env["gestor.activity"].create(
            [
                {
                    "name": name,
                    "type_id": task.id,
                    "user_id": user.id,
                    "planned_start_at": start,
                    "planned_stop_at": start + timedelta(hours=hours),
                }
                for name, user, start, hours in (
                    ("Tour visit", adam, monday + timedelta(days=1), 20),
                    ("Tour trip", adam, monday, 20),
                    ("Tour call", self.env["res.users"], monday, 2),
                )
            ]
        )
        kind = self.env["gestor.resource.kind"].create({"name": "Tour"})
        van = self.env["gestor.resource"].create(
            {"name": "Tour van", "kind_id": kind.id}
        )
        trip.resource_ids = van
        blocked = self.env["gestor.booking"].create(
            {
                "name": "Workshop",
                "resource_id": van.id,
                "start_at": monday + timedelta(hours=21),
                "stop_at": monday + timedelta(days=7),
            }
        )
        blocked.action_confirm()
        self.start_tour(
            "/odoo/gestor-board",
            "gestor_activities_resources_board",
            login="board_tour",
        )
        self.assertEqual(visit.executor_ids.user_id, bea)
        self.assertGreater(visit.planned_start_at, monday + timedelta(days=1))
        self.assertEqual(call.executor_ids.user_id, bea)
        self.assertEqual(trip.planned_start_at, monday)
        self.assertEqual(trip.executor_ids.user_id, adam)
        self.assertEqual(trip.booking_ids.state, "confirmed")
