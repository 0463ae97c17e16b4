from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
class TestScenarioMoves(ScenarioCommon):
    # === The way ===

    def test_new_document_stands_in_the_first_stage(self):
        self.assertEqual(self.paper.stage_id, self.new)
        self.assertEqual(self.paper.entered_stages, "New")
        self.assertEqual(self._histories(self.paper).mapped("stage_id"), self.new)

    def test_user_moves_two_documents_along_the_arrow(self):
        self.both._gestor_enter_stage(self.work)
        self.assertRecordValues(
            self.both, [{"stage_id": self.work.id, "entered_stages": "New, Work"}] * 2
        )

    def test_user_moves_by_a_plain_write_with_other_values(self):
        self.own.write({"stage_id": self.work.id, "name": "Renamed"})
        self.assertEqual(self.own.name, "Renamed")
        self.assertEqual(len(self._histories(self.paper)), 2)

    def test_user_moves_where_no_arrow_leads_and_is_refused(self):
        with self._refused(UserError, "cannot go from .*Allowed: Work"):
            self.both._gestor_enter_stage(self.done)
        self.assertEqual(self.both.stage_id, self.new)

    def test_user_moves_from_the_last_stage_and_is_refused(self):
        self.own._gestor_enter_stage(self.work)
        self.own._gestor_enter_stage(self.done)
        with self._refused(UserError, "it is the last stage"):
            self.own._gestor_enter_stage(self.work)

    def test_one_refused_document_keeps_all_where_they_are(self):
        self.paper_2._gestor_enter_stage(self.work)
        with self.assertRaises(UserError):
            self.both.write({"stage_id": self.done.id})
        self.assertEqual(self.paper.stage_id, self.new)
        self.assertEqual(self.paper_2.stage_id, self.work)

    def test_user_moves_anywhere_where_moves_are_free(self):
        self.scenario.transition_mode = "free"
        self.own._gestor_enter_stage(self.done)
        self.own._gestor_enter_stage(self.new)
        self.assertEqual(self.own.stage_id, self.new)

    def test_move_to_the_same_stage_changes_nothing(self):
        self.both.write({"stage_id": self.new.id})
        self.assertEqual(len(self._histories(self.both)), 2)
        self.assertEqual(self.paper.entered_stages, "New")

    def test_stage_cannot_be_emptied(self):
        with self._refused(UserError, "always stands in a stage"):
            self.own.stage_id = False

    def test_stage_of_another_scenario_is_refused(self):
        other = self._create_scenario("Other")
        stage = self._create_stages(other, "Foreign")
        with self._refused(UserError, "belongs to another scenario"):
            self.own._gestor_enter_stage(stage)
        with self.assertRaises(ValidationError):
            self._create_papers(
                self.anna, scenario_id=self.scenario.id, stage_id=stage.id
            )

    # === Rights ===

    def test_user_without_write_access_moves_nothing(self):
        with self.assertRaises(AccessError):
            self.paper.with_user(self.bolek)._gestor_enter_stage(self.work)
        with self.assertRaises(AccessError):
            self.paper.with_user(self.bolek).write({"stage_id": self.work.id})
        employee = new_test_user(self.env, "scenario_employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.paper.with_user(employee)._gestor_enter_stage(self.work)
        self.assertEqual(self.paper.stage_id, self.new)

    def test_user_does_not_stamp_the_move_by_hand(self):
        before = self.paper.stage_entered_at
        self.own.write({"stage_entered_at": "2001-01-01", "stage_reason": "mine"})
        self.assertEqual(self.paper.stage_entered_at, before)
        self.assertFalse(self.paper.stage_reason)

    # === Reason ===

    def test_stage_that_needs_a_reason_gets_it(self):
        self.both._gestor_enter_stage(self.work)
        for reason in (None, "", "  "):
            with self._refused(UserError, '"Lost" needs a reason'):
                self.both._gestor_enter_stage(self.lost, reason)
        self.both._gestor_enter_stage(self.lost, "Too dear")
        self.assertEqual(self.both.mapped("stage_reason"), ["Too dear"] * 2)
        rows = self._histories(self.both).filtered(lambda h: h.stage_id == self.lost)
        self.assertEqual(rows.mapped("reason"), ["Too dear"] * 2)

    def test_reason_is_forgotten_with_the_next_move(self):
        self._allow(self.lost, self.new)
        self.own._gestor_enter_stage(self.work)
        self.own.write({"stage_id": self.lost.id, "stage_reason": "Too dear"})
        self.own._gestor_enter_stage(self.new)
        self.assertFalse(self.own.stage_reason)

    def test_person_without_a_reason_is_asked_for_it(self):
        self.own._gestor_enter_stage(self.work)
        with self.assertRaises(RedirectWarning) as asked:
            self.own.web_save({"stage_id": self.lost.id}, {"stage_id": {}})
        action = asked.exception.args[1]
        self.assertEqual(action["res_model"], "gestor.scenario.move")
        move = (
            self.env["gestor.scenario.move"]
            .with_user(self.anna)
            .with_context(**action["context"])
            .create({"reason": "Too dear"})
        )
        self.assertEqual(move.allowed_stage_ids, self.done | self.lost | self.new)
        move.action_move()
        self.assertEqual(self.own.stage_id, self.lost)
        self.assertEqual(self.own.stage_reason, "Too dear")

    def test_dialog_offers_what_all_documents_may_do(self):
        self.paper_2._gestor_enter_stage(self.work)
        move = (
            self.env["gestor.scenario.move"]
            .with_user(self.anna)
            .with_context(active_model=self.both._name, active_ids=self.both.ids)
            .create({"stage_id": self.new.id})
        )
        self.assertEqual(move.document_count, 2)
        self.assertFalse(move.allowed_stage_ids)
        with self._refused(UserError, "have no scenarios"):
            move.with_context(active_model="res.partner").create(
                {"stage_id": self.new.id, "res_model": "res.partner"}
            ).action_move()

    # === Scenario of a document ===

    def test_document_without_a_scenario_has_no_stage(self):
        papers = self._create_papers(self.anna, 2, scenario_id=False)
        self.assertFalse(papers.stage_id)
        self.assertFalse(self._histories(papers))
        papers.scenario_id = self.scenario
        self.assertEqual(papers.stage_id, self.new)

    def test_new_document_gets_the_default_scenario_of_its_company(self):
        company = self.env["res.company"].create({"name": "Scenario company"})
        self.scenario.is_default = True
        own = self._create_scenario("Own", company_id=company.id, is_default=True)
        self._create_stages(own, "Own start")
        shared, local = self._create_papers(self.anna) + self._create_papers(
            self.anna, company_id=company.id
        )
        self.assertEqual(shared.stage_id, self.new)
        self.assertEqual(local.stage_id.name, "Own start")
        with self._refused(ValidationError, "another company"):
            self.papers.write({"company_id": self.env.company.id})
            self.papers.scenario_id = own

    def test_another_scenario_begins_with_its_first_stage(self):
        other = self._create_scenario("Other")
        first, second = self._create_stages(other, "First", "Second")
        self.own.scenario_id = other
        self.assertEqual(self.own.stage_id, first)
        self.paper_2.write({"scenario_id": other.id, "stage_id": second.id})
        self.assertEqual(self.paper_2.stage_id, second)
        self.own.scenario_id = False
        self.assertFalse(self.own.stage_id)
        self.assertTrue(all(self._histories(self.paper).mapped("left_at")))

    def test_copy_begins_anew(self):
        self.own._gestor_enter_stage(self.work)
        duplicate = self.own.copy()
        self.assertEqual(duplicate.scenario_id, self.scenario)
        self.assertEqual(duplicate.stage_id, self.new)

    def test_board_shows_all_stages_of_the_scenario(self):
        papers = self.own.with_context(read_group_expand=True)
        groups = papers.formatted_read_group(
            [("scenario_id", "=", self.scenario.id)], ["stage_id"], ["__count"]
        )
        self.assertEqual(
            [(group["stage_id"][1], group["__count"]) for group in groups],
            [("New", 2), ("Work", 0), ("Done", 0), ("Lost", 0)],
        )

    def test_board_column_gives_its_stage_to_a_new_document(self):
        paper = (
            self.env["test.gestor.document"]
            .with_user(self.anna)
            .with_context(default_stage_id=self.work.id)
            .create({"name": "Quick", "user_id": self.anna.id})
        )
        self.assertEqual(paper.scenario_id, self.scenario)
        self.assertEqual(self._histories(paper).stage_id, self.work)

    def test_client_sees_the_public_name(self):
        self.assertEqual(self.paper.stage_public_name, "New")
        self.new.public_name = "Received"
        self.assertEqual(self.paper.stage_public_name, "Received")

    # === History ===

    def test_history_measures_the_time_in_each_stage(self):
        with freeze_time("2026-03-02 08:00:00"):
            paper = self._create_papers(self.anna, scenario_id=self.scenario.id)
        with freeze_time("2026-03-02 09:30:00"):
            paper.with_user(self.anna)._gestor_enter_stage(self.work)
        with freeze_time("2026-03-04 09:30:00"):
            paper.with_user(self.anna)._gestor_enter_stage(self.new)
        self.assertRecordValues(
            self._histories(paper),
            [
                {"stage_from_id": False, "duration_hours": 1.5},
                {"stage_from_id": self.new.id, "duration_hours": 48},
                {"stage_from_id": self.work.id, "duration_hours": 0},
            ],
        )
        users = [row.user_id for row in self._histories(paper)]
        self.assertEqual(users, [self.env.user, self.anna, self.anna])
        with freeze_time("2026-03-04 10:00:00"):
            path = paper.with_user(self.anna).stage_path
        self.assertEqual(
            path,
            {
                "next": self.work.ids,
                "hours": {str(self.new.id): 2, str(self.work.id): 48},
            },
        )

    def test_history_is_read_with_the_document_only(self):
        rows = self._histories(self.paper)
        company = self.env["res.company"].create({"name": "Scenario company"})
        self.paper.company_id = company
        self.anna.company_ids = [Command.link(company.id)]
        anna_rows = rows.with_user(self.anna).with_context(
            allowed_company_ids=company.ids
        )
        self.assertEqual(anna_rows.read(["stage_id"])[0]["stage_id"][0], self.new.id)
        with self.assertRaises(AccessError):
            rows.with_user(self.bolek).read(["stage_id"])
        self.assertFalse(rows.with_user(self.bolek).search([("id", "in", rows.ids)]))
        with self.assertRaises(AccessError):
            anna_rows.write({"reason": "no"})

    def test_deleted_document_takes_its_history_along(self):
        rows = self._histories(self.both)
        self.both.unlink()
        self.assertFalse(rows.exists())
