from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
class TestActivityFlow(GestorActivitiesCommon):
    """One activity is continued by others; together they are a tree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.call = cls._create_activity(
                kind="phone",
                client_ids=[
                    Command.create({"partner_id": cls.client_a.id, "is_served": True}),
                    Command.create({"partner_id": cls.client_b.id}),
                ],
            )

    def _open(self, activity, user=None, **vals):
        wizards = self.env["gestor.activity.continue"].with_user(user or self.anna)
        context = activity.with_user(user or self.anna).action_gestor_continue()
        return wizards.with_context(**context["context"]).create(vals)

    def _line(self, **vals):
        return Command.create(
            {
                "type_id": self.types["task"].id,
                "name": "Next",
                "user_id": self.anna.id,
                "planned_start_at": at(10, 1),
                **vals,
            }
        )

    @freeze_time(NOW)
    def test_executor_continues_a_call_into_two_activities(self):
        result = self.env["gestor.activity.result"].search([], limit=1)
        wizard = self._open(
            self.call,
            result_id=result.id,
            result_note="wants an offer",
            line_ids=[
                self._line(name="Make the offer", clients="all"),
                self._line(
                    name="Call the other",
                    type_id=self.types["phone"].id,
                    user_id=self.piotr.id,
                    clients="unserved",
                ),
            ],
        )
        self.assertEqual(wizard.closing, "done")
        wizard.action_continue()
        made = self.call.child_ids.sorted("id")
        self.assertEqual(made.mapped("name"), ["Make the offer", "Call the other"])
        self.assertEqual(made[0].client_ids.partner_id, self.client_a | self.client_b)
        self.assertFalse(any(made.client_ids.mapped("is_served")))
        self.assertEqual(made[1].client_ids.partner_id, self.client_b)
        self.assertEqual(made.user_id, self.anna)
        self.assertEqual(made[0].executor_ids.user_id, self.anna)
        self.assertEqual(made[1].executor_ids.user_id, self.piotr)
        self.assertEqual(made[0].planned_start_at, at(10, 1))
        self.assertRecordValues(
            self.call,
            [
                {
                    "state": "done",
                    "result_id": result.id,
                    "result_note": "wants an offer",
                    "child_count": 2,
                }
            ],
        )

    @freeze_time(NOW)
    def test_dialog_proposes_the_same_matter_tomorrow(self):
        wizard = self._open(self.call)
        self.assertRecordValues(
            wizard.line_ids, [{"name": self.call.name, "clients": "all"}]
        )
        self.assertEqual(str(wizard.line_ids.planned_start_at)[:10], "2026-11-28")

    @freeze_time(NOW)
    def test_closed_activity_is_continued_and_stays_as_it_was(self):
        self.call.action_fail()
        wizard = self._open(self.call, line_ids=[self._line(clients="none")])
        self.assertEqual(wizard.closing, "keep")
        wizard.action_continue()
        self.assertEqual(self.call.state, "failed")
        self.assertFalse(self.call.child_ids.client_ids)

    @freeze_time(NOW)
    def test_nothing_to_follow_is_refused_and_nothing_is_closed(self):
        wizard = self._open(self.call, line_ids=[])
        wizard.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "next activity"):
            wizard.action_continue()
        self.assertEqual(self.call.state, "planned")

    @freeze_time(NOW)
    def test_stranger_continues_nothing(self):
        wizard = self.env["gestor.activity.continue"].with_user(self.piotr)
        with self.assertRaises(AccessError):
            wizard.create(
                {
                    "activity_id": self.call.id,
                    "closing": "done",
                    "line_ids": [self._line()],
                }
            ).action_continue()
        self.assertEqual(self.call.state, "planned")
        self.assertFalse(self.call.child_ids)

    @freeze_time(NOW)
    def test_tree_begins_with_the_first_cause(self):
        wizard = self._open(self.call, line_ids=[self._line()])
        wizard.action_continue()
        child = self.call.child_ids.with_user(self.anna)
        self._open(child, line_ids=[self._line(name="Last")]).action_continue()
        last = child.child_ids
        other = self._create_activity(name="Other")
        action = last.with_user(self.anna).action_gestor_tree()
        tree = self.env["gestor.activity"].search(action["domain"])
        self.assertEqual(tree, self.call | child | last)
        self.assertNotIn(other, tree)

    @freeze_time(NOW)
    def test_what_follows_from_something_private_is_private(self):
        secret = self._create_activity(name="Secret", is_private=True)
        self._open(secret, line_ids=[self._line()]).action_continue()
        self.assertTrue(secret.child_ids.is_private)

    @freeze_time(NOW)
    def test_nobody_lets_an_activity_move_a_document(self):
        self.call.with_user(self.anna).write({"gestor_is_automatic": True})
        self.assertFalse(self.call.gestor_is_automatic)
