from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTour(HttpCase):
    def test_user_links_two_documents_in_the_browser(self):
        user = new_test_user(
            self.env,
            login="test_gestor_tour",
            groups="gestor_base.gestor_base_group_user",
            lang="en_US",
        )
        paper = self.env["test.gestor.document"].create(
            {"name": "Tour", "user_id": user.id}
        )
        secret = self.env["test.gestor.secret"].create(
            {"name": "Tour secret", "user_id": user.id}
        )
        self.start_tour(
            f"/odoo/m-test.gestor.document/{paper.id}",
            "test_gestor_link",
            login=user.login,
        )
        self.assertEqual(paper._gestor_linked("test.gestor.secret"), secret)
        self.assertEqual(paper.gestor_link_count, 1)

    def test_user_moves_a_document_in_the_browser(self):
        user = new_test_user(
            self.env,
            login="test_gestor_scenario_tour",
            groups="gestor_base.gestor_base_group_user",
            lang="en_US",
        )
        scenario = self.env["gestor.scenario"].create(
            {
                "name": "Tour",
                "model_id": self.env["ir.model"]._get_id("test.gestor.document"),
            }
        )
        new, work, lost = self.env["gestor.scenario.stage"].create(
            [
                {"scenario_id": scenario.id, "name": name, "sequence": number}
                for number, name in enumerate(("New", "Work", "Lost"))
            ]
        )
        new.next_stage_ids = work
        work.next_stage_ids = lost
        lost.is_reason_required = True
        paper = self.env["test.gestor.document"].create(
            {"name": "Tour", "user_id": user.id, "scenario_id": scenario.id}
        )
        self.start_tour(
            f"/odoo/m-test.gestor.document/{paper.id}",
            "test_gestor_scenario",
            login=user.login,
        )
        self.assertEqual(paper.stage_id, lost)
        self.assertEqual(paper.stage_reason, "Too dear")

    def test_manager_draws_a_scenario_in_the_browser(self):
        manager = new_test_user(
            self.env,
            login="test_gestor_editor_tour",
            groups="gestor_base.gestor_base_group_manager",
            lang="en_US",
        )
        scenario = self.env["gestor.scenario"].create(
            {
                "name": "Tour",
                "model_id": self.env["ir.model"]._get_id("test.gestor.document"),
            }
        )
        self.start_tour(
            f"/odoo/gestor-scenarios/{scenario.id}",
            "test_gestor_scenario_editor",
            login=manager.login,
        )
        first, second = scenario.stage_ids
        self.assertEqual((first + second).mapped("name"), ["Received", "Repaired"])
        self.assertEqual(first.next_stage_ids, second)
        self.assertFalse(second.next_stage_ids)
