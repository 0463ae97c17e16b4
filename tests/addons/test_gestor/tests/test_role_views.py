from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people_common import TestPeopleCommon


@tagged("post_install", "-at_install")
class TestRoleViews(TestPeopleCommon):
    """The list of cases: for technicians it begins in another way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin", "base.group_system,gestor_base.gestor_base_group_manager"
        )
        cls.action = cls.env.ref("test_gestor.test_gestor_case_action")
        cls.technician = cls.env.ref("gestor_base.role_technician")
        cls.technician.line_ids = [Command.create({"user_id": cls.cyryl.id})]
        cls.role_view = cls._create_view()

    @classmethod
    def _field(cls, name):
        return cls.env["ir.model.fields"]._get("test.gestor.case", name).id

    @classmethod
    def _create_view(cls, **vals):
        columns = [("kind", "shown", 80), ("name", "shown", 0), ("hours", "show", 0)]
        columns += [("secret", "shown", 0), ("user_id", "gone", 0)]
        return (
            cls.env["gestor.role.view"]
            .with_user(cls.admin)
            .create(
                {
                    "name": "Big first",
                    "action_id": cls.action.id,
                    "role_ids": cls.technician.ids,
                    "view_mode": "kanban",
                    "domain": "[('kind', '=', 'big')]",
                    "group_by": "user_id, date_due:month",
                    "sort": "date_due desc, name",
                    "column_ids": [
                        Command.create(
                            {
                                "field_id": cls._field(name),
                                "state": state,
                                "width": width,
                            }
                        )
                        for name, state, width in columns
                    ],
                    "color_ids": [
                        Command.create(
                            {"color": "danger", "domain": "[('hours', '>', 8)]"}
                        ),
                        Command.create(
                            {"color": "muted", "domain": "[('partner_id', '=', False)]"}
                        ),
                    ],
                    **vals,
                }
            )
        )

    def _load(self, user, action=None):
        """Return what the web client loads for the screen."""
        views = [[False, "list"], [False, "search"]]
        options = {"action_id": (action or self.action).id, "load_filters": True}
        return self.env["test.gestor.case"].with_user(user).get_views(views, options)

    def _columns(self, result):
        arch = etree.fromstring(result["views"]["list"]["arch"])
        return [
            (node.get("name"), node.get("optional"))
            for node in arch.iterchildren("field")
            if not node.get("column_invisible")
        ]

    def _modes(self, user):
        action = self.env["ir.actions.actions"].with_user(user)
        action = action._for_xml_id("test_gestor.test_gestor_case_action")
        return [mode for _view, mode in action["views"]]

    def test_people_of_the_role_get_their_columns_and_colours(self):
        result = self._load(self.cyryl)
        self.assertEqual(
            self._columns(result), [("kind", None), ("name", None), ("hours", "show")]
        )
        arch = etree.fromstring(result["views"]["list"]["arch"])
        self.assertEqual(arch.get("decoration-danger"), "(is_urgent) or (hours > 8)")
        self.assertEqual(arch.get("decoration-muted"), "not partner_id")
        self.assertEqual(arch.find("field[@name='kind']").get("width"), "80px")
        self.assertEqual(
            arch.find("field[@name='partner_id']").get("column_invisible"), "True"
        )
        # buttons and technical fields stay
        self.assertEqual(len(arch.findall(".//button")), 2)
        self.assertIsNotNone(arch.find("field[@name='company_id']"))
        fields = result["models"]["test.gestor.case"]["fields"]
        self.assertIn("hours", fields)
        # a field closed to the user is no column for him
        self.assertNotIn("secret", fields)

    def test_others_keep_their_screen(self):
        plain = [("name", None), ("user_id", "show"), ("kind", "hide")]
        for user in (self.ala, self.boss):
            result = self._load(user)
            self.assertEqual(self._columns(result), plain)
            names = [f["name"] for f in result["views"]["search"]["filters"]]
            self.assertNotIn("Big first", names)
            self.assertEqual(self._modes(user)[0], "list")
        other = self.action.copy({"path": "test-other-cases"})
        self.assertEqual(self._columns(self._load(self.cyryl, other)), plain)

    def test_screen_begins_with_the_filter_and_the_kind_of_view(self):
        (favorite,) = self._load(self.cyryl)["views"]["search"]["filters"]
        self.assertTrue(favorite["is_default"])
        self.assertEqual(favorite["domain"], "[('kind', '=', 'big')]")
        self.assertIn("['user_id', 'date_due:month']", favorite["context"])
        self.assertEqual(favorite["sort"], '["date_due desc", "name"]')
        self.assertEqual(self._modes(self.cyryl), ["kanban", "list", "form"])

    def test_own_default_of_the_user_goes_first(self):
        self.env["ir.filters"].with_user(self.cyryl).create(
            {
                "name": "My own",
                "model_id": "test.gestor.case",
                "action_id": self.action.id,
                "user_ids": self.cyryl.ids,
                "is_default": True,
            }
        )
        filters = self._load(self.cyryl)["views"]["search"]["filters"]
        self.assertEqual(
            {f["name"]: f["is_default"] for f in filters},
            {"My own": True, "Big first": False},
        )

    def test_archived_view_resets_the_screen(self):
        self.role_view.active = False
        self.assertEqual(len(self._columns(self._load(self.cyryl))), 3)
        self.assertEqual(self._modes(self.cyryl)[0], "list")
        self.role_view.active = True
        self.role_view.unlink()
        self.assertFalse(
            self.env["ir.filters"]
            .with_context(active_test=False)
            .search([("name", "=", "Big first")])
        )

    def test_groups_work_like_roles_and_the_first_view_wins(self):
        self._create_view(
            name="Second",
            role_ids=False,
            group_ids=self.env.ref("gestor_base.gestor_base_group_user").ids,
            view_mode=False,
            sequence=20,
        )
        self.assertEqual(self._modes(self.cyryl)[0], "kanban")
        self.assertEqual(
            self._load(self.ala)["views"]["search"]["filters"][0]["name"], "Second"
        )

    def test_update_that_adds_or_removes_a_column_breaks_nothing(self):
        view = self.env.ref("test_gestor.test_gestor_case_view_list")
        view.arch = """
            <list><field name="date_due"/><field name="kind"/></list>
        """
        self.assertEqual(
            self._columns(self._load(self.cyryl)),
            [("kind", None), ("name", None), ("hours", "show"), ("date_due", "hide")],
        )

    def test_view_begins_as_the_screen_is(self):
        action = (
            self.env["gestor.role.view"]
            .with_user(self.admin)
            .action_from_screen(
                self.action.id,
                "list",
                {
                    "domain": "[('hours', '>', 1)]",
                    "context": {"group_by": ["kind"]},
                    "sort": '["name desc"]',
                },
            )
        )
        views = self.env["gestor.role.view"].with_user(self.admin)
        view = views.with_context(**action["context"]).create(
            {"role_ids": self.technician.ids}
        )
        self.assertEqual(
            [(c.field_id.name, c.state) for c in view.column_ids],
            [("name", "shown"), ("user_id", "show"), ("kind", "hide")],
        )
        self.assertEqual(
            (view.domain, view.group_by, view.sort),
            ("[('hours', '>', 1)]", "kind", "name desc"),
        )

    def test_only_administrators_make_views(self):
        views = self.env["gestor.role.view"]
        for user in (self.cyryl, self.boss):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                views.with_user(user).action_from_screen(self.action.id, "list", {})

    def test_filter_may_speak_of_the_user_and_of_today(self):
        self.role_view.domain = (
            "[('user_id', '=', uid), ('date_due', '<', context_today())]"
        )
        (favorite,) = self._load(self.cyryl)["views"]["search"]["filters"]
        self.assertIn("uid", favorite["domain"])

    @mute_logger("odoo.sql_db")
    def test_bad_settings_are_refused(self):
        for vals in (
            {"domain": "[('nothing', '=', 1)]"},
            {"domain": "[("},
            {"domain": "__import__('os')"},
            {"domain": "[('name', '=', 1/0)]"},
            {"domain": "[('id', '=', 'abc')]"},
            {"group_by": "nothing"},
            {"sort": "nothing desc"},
            {
                "color_ids": [
                    Command.create({"domain": "[('partner_id.city', '=', 1)]"})
                ]
            },
            {"color_ids": [Command.create({"domain": "[('nothing', '=', 1)]"})]},
            {"color_ids": [Command.create({"domain": "[('name', '=',"})]},
            {"color_ids": [Command.create({"domain": "1"})]},
            {"color_ids": [Command.create({"domain": "[None]"})]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.role_view.write(vals)

    def test_screens_cost_few_queries_more(self):
        self._load(self.ala)
        self._load(self.cyryl)
        with self.assertQueryCount(4):  # roles, view, and the favourites of the host
            self._load(self.ala)
