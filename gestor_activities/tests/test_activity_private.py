from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, GestorActivitiesCommon, at

SECRET = "Doctor"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityPrivate(GestorActivitiesCommon):
    """Nobody finds out what somebody else keeps private, only that it is there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.private = cls._create_activity(
            cls.anna,
            kind="meeting",
            name=SECRET,
            is_private=True,
            partner_id=cls.client_a.id,
        )
        cls.viewer = new_test_user(
            cls.env, "act_viewer", groups="gestor_base.gestor_base_group_viewer"
        )
        cls.others = cls.desk | cls.piotr | cls.viewer
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_others_do_not_read_it(self):
        for user in self.others:
            with self.subTest(user=user.login):
                activities = self.env["gestor.activity"].with_user(user)
                ours = [("id", "=", self.private.id)]
                self.assertFalse(activities.search(ours))
                self.assertFalse(activities.search_count([("name", "=", SECRET)]))
                self.assertFalse(activities.name_search(SECRET))
                self.assertFalse(activities._read_group(ours, ["name"], ["__count"]))
                for name in ("name", "number", "display_name", "is_late"):
                    with self.assertRaises(AccessError):
                        self.private.with_user(user).read([name])

    def test_others_do_not_read_its_rows(self):
        for user in self.others:
            for model in ("gestor.activity.executor", "gestor.activity.client"):
                rows = self.env[model].with_user(user)
                domain = [("activity_id", "=", self.private.id)]
                self.assertFalse(rows.search(domain))
                for row in rows.sudo().search(domain).with_user(user):
                    with self.assertRaises(AccessError):
                        row.read(["display_name"])

    def test_others_do_not_change_it(self):
        for user in self.desk | self.piotr:
            for vals in ({"name": "x"}, {"is_private": False}, {"state": "done"}):
                with self.assertRaises(AccessError):
                    self.private.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                self.env["gestor.activity.executor"].with_user(user).create(
                    {"activity_id": self.private.id, "user_id": user.id}
                )

    def test_nobody_lets_himself_in(self):
        own = self._create_activity(self.piotr)
        row = own.executor_ids
        with self.assertRaises(AccessError):
            row.with_user(self.piotr).write({"activity_id": self.private.id})
        self.env["gestor.participant"].create(
            {
                "model": "gestor.activity",
                "res_id": self.private.id,
                "user_id": self.desk.id,
            }
        )
        with self.assertRaises(AccessError):
            self.private.with_user(self.desk).read(["name"])

    def test_documents_that_name_it_do_not_tell(self):
        """What reads it with more rights, as a booking does, shows no name."""
        for user in self.desk | self.piotr:
            shown = self.private.with_user(user).sudo().display_name
            self.assertEqual(shown, "Busy")
        own = self.private.with_user(self.anna)
        self.assertIn(SECRET, own.display_name)

    def test_calendar_tells_only_when(self):
        for user in self.desk | self.piotr:
            activities = self.env["gestor.activity"].with_user(user)
            domain = activities._gestor_calendar_filter_domain(self.anna.ids)
            (item,) = activities._gestor_calendar_items(at(0), at(23), domain)
            self.assertTrue(item["is_busy_only"])
            self.assertFalse(item["can_move"])
            self.assertEqual(item["title"], "Busy")
            self.assertEqual(item["start"], at(8))
            self.assertFalse(item["partner_ids"])
            self.assertNotIn(SECRET, str(item))
            # a filter by client must not tell whom it is about
            domain = activities._gestor_calendar_filter_domain(
                self.anna.ids, self.client_a.ids
            )
            self.assertFalse(activities._gestor_calendar_items(at(0), at(23), domain))

    def test_meeting_in_the_host_is_private(self):
        self.assertEqual(self.private.event_id.privacy, "private")
        event = self.private.event_id.with_user(self.piotr)
        self.assertNotIn(SECRET, event.display_name)

    def test_time_line_search_and_map_do_not_tell(self):
        for user in self.desk | self.piotr:
            env = self.env(user=user)
            page = env["gestor.history"].get_page(self.client_a.id, {}, None)
            self.assertNotIn(SECRET, str(page))
            self.assertNotIn(
                SECRET, str(env["gestor.search"].search_everywhere(SECRET))
            )
            graph = env["gestor.relation.map"].get_map("res.partner", self.client_a.id)
            self.assertNotIn(SECRET, str(graph))

    def test_overlap_warning_does_not_tell(self):
        activity = self._create_activity(self.desk, self.anna)
        self.assertIn("Busy then", activity.planning_warning)
        self.assertNotIn(SECRET, activity.planning_warning)

    def test_executors_and_managers_read_it(self):
        self.assertEqual(self.private.with_user(self.anna).name, SECRET)
        self.assertEqual(self.private.with_user(self.chief).name, SECRET)
        shared = self._create_activity(
            self.anna, self.anna, self.piotr, name=SECRET, is_private=True
        )
        self.assertEqual(shared.with_user(self.piotr).name, SECRET)
        with self.assertRaises(AccessError):
            shared.with_user(self.desk).read(["name"])

    def test_substitute_does_not_read_it(self):
        self.env["gestor.substitution"].create(
            {
                "user_id": self.anna.id,
                "substitute_id": self.piotr.id,
                "date_from": "2026-11-27",
                "date_to": "2026-12-04",
            }
        )
        with self.assertRaises(AccessError):
            self.private.with_user(self.piotr).read(["name"])
