from odoo.tests import HttpCase, tagged

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
class TestCallTour(GestorCallListsCommon, HttpCase):
    def test_weakest_user_calls_a_list_with_the_keyboard_alone(self):
        people = self.env["res.partner"].create(
            [{"name": f"Tour {letter}", "phone": "600 100 200"} for letter in "ABC"]
        )
        calls = self._create_calls(people, description="<p>Good morning</p>")
        action = self.env["ir.actions.client"].create(
            {
                "name": "Tour",
                "tag": "gestor_call_lists.screen",
                "path": "gestor-call-tour",
                "context": f"{{'active_id': {calls.id}}}",
            }
        )
        self.start_tour(
            f"/odoo/action-{action.id}",
            "gestor_call_lists_keyboard",
            login=self.anna.login,
        )
        first, second, third = calls.client_ids
        self.assertEqual(first.result_id, self.results["talked"])
        self.assertEqual((second.note, second.call_count), ("Room 2", 1))
        self.assertFalse(second.is_served)
        self.assertTrue(second.call_again_at)
        self.assertTrue(third.is_served)
        self.assertEqual(third.call_count, 1)
        self.assertEqual(third.result_id.sequence, 50)
        self.assertEqual(calls.state, "in_progress")
        self.assertEqual(self._part(calls, self.anna).state, "done")
