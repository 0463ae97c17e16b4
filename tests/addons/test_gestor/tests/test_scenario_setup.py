from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
class TestScenarioSetup(ScenarioCommon):
    """What a manager may set up, and what is refused at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("boss", "gestor_base.gestor_base_group_manager")

    def test_manager_sets_up_a_scenario_user_only_reads_it(self):
        scenario = self.scenario.with_user(self.manager)
        scenario.name = "Renamed"
        scenario.stage_ids[0].name = "First"
        self.assertTrue(scenario.diagram["can_edit"])
        scenario = self.scenario.with_user(self.anna)
        self.assertFalse(scenario.diagram["can_edit"])
        self.assertEqual(scenario.diagram["stages"][0]["next"], self.work.ids)
        values = scenario.web_read({"model_id": {"fields": {"display_name": {}}}})
        self.assertEqual(values[0]["model_id"]["display_name"], "Test Document")
        with self.assertRaises(AccessError):
            scenario.name = "Mine"
        with self.assertRaises(AccessError):
            scenario.stage_ids[0].next_stage_ids = [Command.clear()]

    def test_scenario_of_another_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Scenario company"})
        self.scenario.company_id = company
        scenarios = self.env["gestor.scenario"].with_user(self.manager)
        self.assertFalse(scenarios.search([("id", "=", self.scenario.id)]))
        with self.assertRaises(AccessError):
            self.new.with_user(self.manager).read(["name"])

    def test_scenario_is_for_documents_that_have_stages(self):
        with self._refused(ValidationError, "have no scenarios"):
            self.scenario.model_id = self._model_id("res.partner")

    @mute_logger("odoo.sql_db")
    def test_second_default_scenario_is_refused(self):
        self.scenario.is_default = True
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_scenario("Other", is_default=True)

    def test_stages_that_move_on_in_a_circle_are_refused(self):
        for stage in (self.new, self.work, self.done):
            self._add_activity(stage, is_automatic=True)
        self._advance(self.new, "automatic", self.work)
        self._advance(self.work, "all", self.done)
        with self._refused(ValidationError, "circle: Done → New → Work"):
            self._advance(self.done, "automatic", self.new)

    def test_stage_that_moves_on_needs_activities_and_a_target(self):
        with self._refused(ValidationError, "Choose where"):
            self.new.auto_advance = "all"
        with self._refused(ValidationError, "add at least one"):
            self._advance(self.new, "all", self.work)
        line = self._add_activity(self.new)
        with self._refused(ValidationError, "Mark the activity"):
            self._advance(self.new, "automatic", self.work)
        line.is_automatic = True
        self._advance(self.new, "automatic", self.work)
        with self._refused(ValidationError, "Mark the activity"):
            line.is_automatic = False

    def test_stage_does_not_follow_itself_or_a_foreign_one(self):
        with self._refused(ValidationError, "follow itself"):
            self._allow(self.new, self.new)
        foreign = self._create_stages(self._create_scenario("Other"), "Foreign")
        with self._refused(ValidationError, "same scenario"):
            self._allow(self.new, foreign)
        with self._refused(UserError, "another scenario"):
            self.new.scenario_id = foreign.scenario_id

    def test_template_of_other_documents_is_refused(self):
        template = self.env["mail.template"].create(
            {"name": "Partner", "model_id": self._model_id("res.partner").id}
        )
        with self._refused(ValidationError, "not for the documents"):
            self.new.mail_template_ids = template

    def test_chosen_user_must_be_given(self):
        with self._refused(ValidationError, "becomes responsible"):
            self.new.responsible_rule = "user"
        with self._refused(ValidationError, "gets the activity"):
            self._add_activity(self.new, responsible_rule="user")

    def test_stage_with_documents_is_neither_deleted_nor_archived(self):
        with self._refused(UserError, "move them first"):
            self.new.active = False
        self.both._gestor_enter_stage(self.work)
        self.new.active = False
        with self._refused(UserError, "archive it instead"):
            self.new.unlink()
        with self._refused(UserError, "archive it instead"):
            self.scenario.unlink()
        self.lost.unlink()

    def test_stage_that_another_moves_on_to_is_kept(self):
        self._add_activity(self.work)
        self._advance(self.work, "all", self.done)
        with self._refused(UserError, "change that first"):
            self.done.unlink()
        self.assertEqual(self.new._get_next_stages(), self.work)
        self.assertIn(self.done, self.work._get_next_stages())

    def test_unused_scenario_is_deleted_with_its_stages(self):
        scenario = self._create_scenario("Unused")
        first, second = self._create_stages(scenario, "First", "Second")
        self._add_activity(first)
        self._advance(first, "all", second)
        scenario.unlink()
        self.assertFalse((first + second).exists())

    def test_copied_scenario_has_its_own_arrows(self):
        self._add_activity(self.work)
        self._advance(self.work, "all", self.done)
        duplicate = self.scenario.copy()
        self.assertEqual(duplicate.name, "Papers (copy)")
        new, work, done, lost = duplicate.stage_ids
        self.assertEqual(new.next_stage_ids, work)
        self.assertEqual(work.next_stage_ids, new + done + lost)
        self.assertEqual(work.target_stage_id, done)
        self.assertEqual(work.auto_advance, "all")
        self.assertEqual(work.activity_ids.activity_type_id, self.todo)
        self.assertFalse(duplicate.stage_ids & self.scenario.stage_ids)

    def test_manager_adds_a_stage_in_its_form(self):
        stages = self.env["gestor.scenario.stage"].with_user(self.manager)
        form = Form(stages.with_context(default_scenario_id=self.scenario.id))
        form.name = "Waiting"
        form.responsible_rule = "mover"
        stage = form.save()
        self.assertEqual(stage.scenario_id, self.scenario)
        diagram = self.scenario.with_user(self.manager).diagram
        self.assertIn(stage.id, [item["id"] for item in diagram["stages"]])

    def test_diagram_tells_what_the_boxes_show(self):
        self._add_activity(self.work)
        self._advance(self.work, "all", self.done)
        item = self.scenario.diagram["stages"][1]
        self.assertEqual(item["target"], self.done.id)
        self.assertEqual(item["activities"], 1)
        self.assertEqual(self.scenario.diagram["stages"][2]["outcome"], "won")
        self.assertEqual(self.scenario.stage_count, 4)
