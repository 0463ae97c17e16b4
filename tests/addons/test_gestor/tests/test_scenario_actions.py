from contextlib import contextmanager, nullcontext
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
class TestScenarioActions(ScenarioCommon):
    """What happens by itself when a document enters a stage."""

    # === Responsible ===

    def test_stage_gives_the_document_to_a_chosen_user(self):
        self.work.write(
            {"responsible_rule": "user", "responsible_user_id": self.bolek.id}
        )
        self._add_activity(self.work)
        self.both._gestor_enter_stage(self.work)
        self.assertEqual(self.paper.user_id, self.bolek)
        # anna may not write them any more, yet the whole move was done
        self.assertFalse(self.own.has_access("write"))
        self.assertEqual(self.both.sudo().activity_ids.user_id, self.bolek)
        self.assertEqual(len(self._histories(self.both)), 4)

    def test_stage_gives_the_document_to_whoever_moves_it(self):
        self.work.responsible_rule = "mover"
        self.paper.user_id = self.bolek
        self.paper.with_user(self.bolek)._gestor_enter_stage(self.work)
        self.assertEqual(self.paper.user_id, self.bolek)

    def test_stage_gives_each_document_to_its_clients_guardian(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Client A", "user_id": self.anna.id},
                {"name": "Client B", "user_id": self.bolek.id},
            ]
        )
        third = self._create_papers(self.anna, scenario_id=self.scenario.id)
        for paper, partner in zip(self.both, partners, strict=True):
            paper.partner_id = partner
        self.work.responsible_rule = "guardian"
        (self.both + third.with_user(self.anna))._gestor_enter_stage(self.work)
        self.assertEqual(
            [paper.user_id for paper in self.paper + self.paper_2 + third],
            [self.anna, self.bolek, self.anna],
        )

    # === Activities ===

    @freeze_time("2026-03-02 10:00:00")
    def test_stage_plans_its_activities_on_each_document(self):
        self._add_activity(self.work, summary="Call", days=3, responsible_rule="mover")
        self._add_activity(
            self.work, summary="Check", responsible_rule="user", user_id=self.bolek.id
        )
        self.both._gestor_enter_stage(self.work)
        for paper in self.both.sudo():
            self.assertRecordValues(
                paper.activity_ids.sorted("date_deadline"),
                [
                    {
                        "summary": "Check",
                        "user_id": self.bolek.id,
                        "date_deadline": date(2026, 3, 2),
                    },
                    {
                        "summary": "Call",
                        "user_id": self.anna.id,
                        "date_deadline": date(2026, 3, 5),
                    },
                ],
            )

    # === Messages ===

    def _add_messages(self):
        model = self._model_id("test.gestor.document")
        self.work.mail_template_ids = self.env["mail.template"].create(
            {
                "name": "In work",
                "model_id": model.id,
                "subject": "{{ object.name }}",
                "partner_to": "{{ object.partner_id.id }}",
                "body_html": "<p><t t-out='object.stage_public_name'/></p>",
            }
        )
        self.work.sms_template_ids = self.env["sms.template"].create(
            {"name": "In work", "model_id": model.id, "body": "{{ object.name }} works"}
        )
        self.both.sudo().partner_id = self.env["res.partner"].create(
            {
                "name": "Client",
                "email": "client@example.com",
                "phone": "+48 600 100 200",
            }
        )

    def _messages(self, papers):
        return self.env["gestor.planned.action"].search(
            [("res_model", "=", papers._name), ("res_id", "in", papers.ids)]
        )

    def test_stage_queues_a_mail_and_an_sms_for_each_document(self):
        self._add_messages()
        self.both._gestor_enter_stage(self.work)
        planned = self._messages(self.both)
        self.assertEqual(sorted(planned.mapped("handler")), ["mail"] * 2 + ["sms"] * 2)
        planned.action_run()
        self.assertEqual(set(planned.mapped("state")), {"done"})
        mails = self.env["mail.mail"].search(
            [("model", "=", self.paper._name), ("res_id", "in", self.both.ids)]
        )
        self.assertEqual(len(mails), 2)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertIn("Work", mails[0].body_html)
        sms = self.env["sms.sms"].search([("body", "like", "% works")])
        self.assertEqual(len(sms), 2)
        self.assertEqual(set(sms.mapped("number")), {"+48600100200"})

    def test_refused_move_queues_nothing(self):
        self._add_messages()
        self._allow(self.done, self.work)
        self._create_back_rule()
        with self._refused(UserError, "in a circle"):
            self.own._gestor_enter_stage(self.work)
        self.assertFalse(self._messages(self.own))

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_broken_template_holds_up_no_move(self):
        self._add_messages()
        self.work.sms_template_ids = [Command.clear()]
        self.work.mail_template_ids.subject = "{{ 1 / (object.name != 'Broken') }}"
        self.paper_2.name = "Broken"
        self.both._gestor_enter_stage(self.work)
        self._messages(self.both).action_run()
        self.assertEqual(self.both.stage_id, self.work)
        self.assertEqual(self._messages(self.paper).state, "done")
        self.assertTrue(self._messages(self.paper_2).error)

    # === Moving on after activities ===

    def _prepare_two_activities(self, mode):
        self._add_activity(self.work, summary="First", is_automatic=True)
        self._add_activity(self.work, summary="Second")
        self._advance(self.work, mode, self.done)
        self.both._gestor_enter_stage(self.work)
        return tuple(
            self.both.activity_ids.filtered(lambda a, name=name: a.summary == name)
            for name in ("First", "Second")
        )

    def test_automatic_activity_moves_its_document_on(self):
        first, second = self._prepare_two_activities("automatic")
        second[0].action_feedback()
        self.assertEqual(self.both.stage_id, self.work)
        first[0].action_feedback()
        moved = self.both.browse(first[0].res_id)
        self.assertEqual(moved.stage_id, self.done)
        self.assertEqual((self.both - moved).stage_id, self.work)
        row = self._histories(moved)[-1]
        self.assertEqual(row.user_id, self.anna)
        self.assertEqual(row.reason, "By itself, after: First")

    def test_last_of_all_activities_moves_the_documents_on(self):
        first, second = self._prepare_two_activities("all")
        first.action_feedback()
        self.assertEqual(self.both.stage_id, self.work)
        second.action_feedback()
        self.assertEqual(self.both.stage_id, self.done)

    def test_cancelled_activity_is_no_success(self):
        first, second = self._prepare_two_activities("all")
        first.action_cancel()
        second.action_feedback()
        self.assertEqual(self.both.stage_id, self.work)

    def test_archived_activity_is_no_success(self):
        first, second = self._prepare_two_activities("all")
        first.action_archive()
        second.action_feedback()
        self.assertEqual(self.both.stage_id, self.work)

    def test_reopened_activity_counts_no_more(self):
        first, second = self._prepare_two_activities("all")
        first.action_feedback()
        first.action_unarchive()
        second.action_feedback()
        self.assertEqual(self.both.stage_id, self.work)
        first.action_feedback()
        self.assertEqual(self.both.stage_id, self.done)

    def test_reopened_activity_moves_nothing_back(self):
        first, second = self._prepare_two_activities("all")
        (first + second).action_feedback()
        first.action_unarchive()
        self.assertEqual(self.both.stage_id, self.done)
        first.action_feedback()
        self.assertEqual(self.both.stage_id, self.done)

    def test_activity_of_an_earlier_stay_moves_nothing(self):
        first, _second = self._prepare_two_activities("automatic")
        self.both._gestor_enter_stage(self.new)
        self.both._gestor_enter_stage(self.work)
        first.action_feedback()
        self.assertEqual(self.both.stage_id, self.work)

    def test_assigned_user_without_rights_moves_the_document_by_his_work(self):
        self._add_activity(
            self.work, responsible_rule="user", user_id=self.bolek.id, is_automatic=True
        )
        self._advance(self.work, "automatic", self.lost)
        self.own._gestor_enter_stage(self.work)
        self.own.activity_ids.with_user(self.bolek).action_feedback()
        self.assertEqual(self.paper.stage_id, self.lost)
        self.assertEqual(self._histories(self.paper)[-1].user_id, self.bolek)

    # === Circles ===

    def test_circle_on_entering_stops_with_nothing_done(self):
        self._allow(self.new, self.done)
        self._allow(self.done, self.work)
        # the paper goes back by its own hook, whoever moves it to the other stage
        self._create_back_rule()
        with self._refused(UserError, "in a circle: Done → Work → Done"):
            self.own._gestor_enter_stage(self.done)
        self.assertEqual(self.own.stage_id, self.new)
        self.assertEqual(self.own.entered_stages, "New")
        self.assertEqual(len(self._histories(self.paper)), 1)

    def test_circle_through_savepoints_stops_with_nothing_done(self):
        self._allow(self.new, self.done)
        self._allow(self.done, self.work)

        @contextmanager
        def savepoint():
            self.env.cr.precommit.add(lambda: None)  # as the tracking of a field does
            with self.env.cr.savepoint():
                yield

        self._create_back_rule(savepoint)
        with self._refused(UserError, "in a circle: Done → Work → Done"):
            self.own._gestor_enter_stage(self.done)
        self.assertEqual(self.own.stage_id, self.new)

    def _create_back_rule(self, surrounding=nullcontext):
        """Send a paper that comes to Done to Work, and back again."""
        ways = {self.done: self.work, self.work: self.done}

        def entered(papers, stage):
            if stage in ways:
                with surrounding():
                    papers.sudo()._gestor_enter_stage(ways[stage])

        self.patch(
            type(self.env["test.gestor.document"]), "_gestor_stage_entered", entered
        )

    def test_hook_moves_a_document_on_once(self):
        self._allow(self.new, self.done)
        self.both.next_stage_id = self.done
        self.both._gestor_enter_stage(self.work)
        self.assertEqual(self.both.stage_id, self.done)
        self.assertEqual(
            self._histories(self.paper).mapped("stage_id"),
            self.new + self.work + self.done,
        )

    # === Bulk ===

    def test_moving_many_documents_costs_no_more_queries(self):
        self._add_messages()
        self._add_activity(self.work, responsible_rule="user", user_id=self.bolek.id)
        self.work.write({"responsible_rule": "mover"})
        counts = []
        for number in (3, 10, 100):
            papers = self._create_papers(
                self.anna, number, scenario_id=self.scenario.id
            ).with_user(self.anna)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            papers._gestor_enter_stage(self.work)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 2, counts)
