from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import OWN, ActivityResourcesCommon, at
from .test_board import WINDOW


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestActivityResourcesSecurity(ActivityResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.stranger = new_test_user(
            cls.env,
            "gestor_other_company",
            groups=f"{OWN},gestor_resources.gestor_resources_group_own",
            company_id=cls.other.id,
            company_ids=[(6, 0, cls.other.ids)],
        )

    def test_rights_of_each_role(self):
        self._assert_rights({"gestor.activity.plan": {}})
        plans = self.env["gestor.activity.plan"].with_user(self.anna)
        for operation in ("read", "write", "create", "unlink"):
            self.assertTrue(plans.has_access(operation))

    def test_board_is_closed_to_those_without_activities(self):
        portal = new_test_user(self.env, "gestor_portal", groups="base.group_portal")
        for user in (portal, self.employee):
            with self.assertRaises(AccessError):
                self.env["gestor.board"].with_user(user).get_board(*WINDOW)

    def test_stranger_neither_plans_nor_books_for_an_activity(self):
        activity = self._create_activity(is_private=True)
        board = self.env["gestor.board"].with_user(self.piotr)
        vals = {"start": "2026-11-30 12:00:00", "stop": "2026-11-30 14:00:00"}
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            board.plan_activity(activity.id, vals)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            board.book_for_activity(activity.id, self.van.id)
        self.assertEqual(activity.planned_start_at, at(8))
        self.assertFalse(activity.booking_ids)

    def test_other_company_is_not_on_the_board(self):
        self._create_activity()
        board = self.env["gestor.board"].with_user(self.stranger).get_board(*WINDOW)
        names = {person["name"] for person in board["people"]}
        self.assertIn(self.stranger.name, names)
        self.assertNotIn(self.anna.name, names)
        self.assertFalse(board["items"])
        # a resource without a company is of all companies
        self.van.company_id = self.env.company
        board = self.env["gestor.board"].with_user(self.stranger).get_board(*WINDOW)
        self.assertNotIn(self.van.id, [row["id"] for row in board["plan"]["rows"]])

    def test_resource_of_another_company_is_not_booked(self):
        car = self.env["gestor.resource"].create(
            {"name": "Bus", "kind_id": self.kind.id, "company_id": self.other.id}
        )
        activity = self._create_activity()
        with self.assertRaisesRegex(ValidationError, "another company"):
            activity.sudo().resource_ids = car
