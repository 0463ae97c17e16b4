from unittest.mock import patch

from psycopg2 import OperationalError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import TestGestorCommon

WORK = "_gestor_job_chunk"


@tagged("post_install", "-at_install")
class TestJobs(TestGestorCommon):
    """Background work, with the queue played by the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        # work speaks the language of its owner
        (cls.anna + cls.bolek).lang = "en_US"
        cls.pile = cls._create_papers(cls.anna, 7)
        cls.jobs = cls.env["gestor.job"]

    def _start(self, papers=None, user=None, **options):
        papers = (self.pile if papers is None else papers).with_user(user or self.anna)
        return papers._gestor_start_job("Work", **{"chunk_size": 3, **options})

    def _run_queue(self, trap, limit=None):
        """Do what the queue does: one chunk after the other, each may add one."""
        count = 0
        while trap.enqueued_jobs and count != limit:
            trap.enqueued_jobs.pop(0).perform()
            count += 1
        self.env.invalidate_all()
        return count

    def _run_all(self, papers=None, **options):
        with trap_jobs() as trap:
            job = self._start(papers, **options)
            self._run_queue(trap)
        return job

    # === Running ===

    def test_work_is_done_chunk_by_chunk(self):
        with trap_jobs() as trap:
            job = self._start()
            trap.assert_jobs_count(1, only=job.sudo()._run_next_chunk)
            self.assertEqual(job.state, "waiting")
            self._run_queue(trap, 1)
            self.assertRecordValues(
                job, [{"state": "running", "done_count": 3, "progress_percent": 42}]
            )
            self.assertEqual(self._run_queue(trap), 2)
        self.assertRecordValues(
            job, [{"state": "done", "done_count": 7, "progress_percent": 100}]
        )
        self.assertEqual(self.pile.mapped("work_count"), [1] * 7)
        self.assertTrue(job.ended_at)

    def test_work_runs_as_its_owner(self):
        job = self._run_all()
        self.assertEqual(set(job.item_ids.mapped("reason")), {"for test_gestor_anna"})
        # who may not write the papers cannot do it in the background either
        job = self._run_all(user=self.bolek)
        self.assertEqual(job.state, "partial")
        self.assertEqual(job.failed_count, 7)
        self.assertEqual(
            set(job.item_ids.mapped("reason")), {"Your rights do not allow this."}
        )
        self.assertEqual(self.pile.mapped("work_count"), [1] * 7)

    @mute_logger("odoo.addons.gestor_automation.models.gestor_job")
    def test_faulty_papers_fail_alone_with_their_reason(self):
        self.pile[1].name = "Bad"
        self.pile[4].name = "Crash"
        job = self._run_all()
        self.assertRecordValues(
            job, [{"state": "partial", "done_count": 5, "failed_count": 2}]
        )
        # an attempt that was taken back has left nothing behind
        self.assertEqual(self.pile.mapped("work_count"), [1, 0, 1, 1, 0, 1, 1])
        self.assertEqual(
            job.failed_item_ids.mapped("reason"),
            ["This paper cannot be done.", "Unexpected error: "],
        )

    def test_paper_deleted_meanwhile_fails_alone(self):
        with trap_jobs() as trap:
            job = self._start()
            self.pile[0].unlink()
            self._run_queue(trap)
        self.assertEqual(job.failed_item_ids.reason, "The record has been deleted.")
        self.assertEqual(job.done_count, 6)

    def test_retry_does_the_failed_ones_only(self):
        self.pile[1].name = "Bad"
        job = self._run_all()
        self.pile[1].name = "Good"
        with trap_jobs() as trap:
            job.with_user(self.anna).action_retry()
            self.assertEqual(job.state, "running")
            self._run_queue(trap)
        self.assertRecordValues(
            job, [{"state": "done", "done_count": 7, "failed_count": 0}]
        )
        self.assertEqual(self.pile.mapped("work_count"), [1] * 7)
        with self.assertRaisesRegex(UserError, "nothing to do once more"):
            job.action_retry()

    def test_cancel_stops_before_the_next_chunk(self):
        with trap_jobs() as trap:
            job = self._start()
            self._run_queue(trap, 1)
            job.with_user(self.anna).action_cancel()
            self._run_queue(trap)
        self.assertRecordValues(job, [{"state": "cancelled", "done_count": 3}])
        self.assertEqual(sum(self.pile.mapped("work_count")), 3)
        self.assertEqual(job.item_ids.mapped("state"), ["done"] * 3 + ["cancelled"] * 4)

    def test_chunk_run_twice_does_nothing_twice(self):
        with trap_jobs() as trap:
            job = self._start()
            self._run_queue(trap)
            job.sudo()._run_next_chunk()
        self.assertEqual(self.pile.mapped("work_count"), [1] * 7)
        self.assertEqual(job.done_count, 7)

    def test_conflict_in_the_database_is_left_to_the_queue(self):
        with trap_jobs() as trap:
            job = self._start()
            with (
                patch.object(
                    type(self.pile), WORK, side_effect=OperationalError("conflict")
                ),
                self.assertRaises(OperationalError),
            ):
                self._run_queue(trap, 1)
            self.assertEqual(job.failed_count, 0)
            # the queue has given the chunk up: it is noted, the others go on
            job.sudo()._fail_next_chunk(exc_name="Error", exc_message="conflict")
            self._run_queue(trap)
        self.assertRecordValues(
            job, [{"state": "partial", "done_count": 4, "failed_count": 3}]
        )
        self.assertEqual(job.failed_item_ids[0].reason, "conflict")

    def test_queue_knows_channel_and_what_to_do_on_failure(self):
        config = self.env["queue.job.function"].job_config(
            "<gestor.job>._run_next_chunk"
        )
        self.assertEqual(config.channel, "root.gestor")
        self.assertEqual(config.on_fail_method_name, "_fail_next_chunk")

    def test_work_without_records_gets_its_dictionaries(self):
        with trap_jobs() as trap:
            job = self.jobs.with_user(self.anna)._gestor_start(
                "New papers",
                "test.gestor.document",
                [{"label": "Made A"}, {"label": "Made B"}],
            )
            self._run_queue(trap)
        papers = self.env["test.gestor.document"].search([("name", "like", "Made %")])
        self.assertEqual(papers.mapped("user_id"), self.anna)
        self.assertEqual(job.item_ids.mapped("reason"), ["first of its chunk", False])

    def test_nothing_and_foreign_methods_are_refused(self):
        with self.assertRaisesRegex(UserError, "nothing to do"):
            self._start(self.pile.browse())
        for model, method in (
            ("test.gestor.secret", WORK),
            ("test.gestor.document", "unlink"),
            ("test.gestor.document", "_gestor_job_missing"),
        ):
            with self.assertRaises(ValueError):
                self.jobs._gestor_start("x", model, [1], method=method)

    # === What the user sees ===

    def test_each_chunk_is_told_to_the_owner(self):
        with (
            patch.object(
                type(self.env["res.users"]), "_bus_send", autospec=True
            ) as send,
            freeze_time("2026-03-02 10:00:00") as clock,
            trap_jobs() as trap,
        ):
            self._start()
            self._run_queue(trap, 1)
            clock.tick(60)
            self._run_queue(trap)
        calls = [call.args for call in send.call_args_list]
        self.assertEqual({call[0] for call in calls}, {self.anna})
        self.assertEqual({call[1] for call in calls}, {"gestor.job/progress"})
        self.assertEqual(
            [(c[2]["state"], c[2]["percent"], c[2]["seconds_left"]) for c in calls],
            [
                ("waiting", 0, 0),
                ("running", 42, 0),
                ("running", 85, 10),
                ("done", 100, 0),
            ],
        )

    def test_owner_sees_his_work_manager_sees_all(self):
        job = self._run_all()
        self.assertEqual(
            [item["id"] for item in self.jobs.with_user(self.anna).get_my_jobs()],
            job.ids,
        )
        for user in (self.bolek, self.boss):
            self.assertFalse(self.jobs.with_user(user).get_my_jobs())
        foreign = job.with_user(self.bolek)
        self.assertFalse(foreign.search([("id", "=", job.id)]))
        self.assertFalse(foreign.env["gestor.job.item"].search([]))
        for method in ("action_cancel", "action_retry", "action_dismiss"):
            with self.assertRaises(AccessError):
                getattr(foreign, method)()
        self.assertEqual(len(job.with_user(self.boss).item_ids), 7)
        self.assertTrue(job.with_user(self.boss).action_dismiss())

    def test_manager_of_another_company_does_not_see_it(self):
        company = self.env["res.company"].create({"name": "Job company"})
        self.boss.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        job = self._run_all()
        self.assertFalse(job.with_user(self.boss).search([("id", "=", job.id)]))

    def test_owner_changes_nothing_by_hand(self):
        job = self._run_all().with_user(self.anna)
        with self.assertRaises(AccessError):
            job.state = "waiting"
        with self.assertRaises(AccessError):
            job.item_ids[0].state = "waiting"
        with self.assertRaises(AccessError):
            job.create({"name": "Mine"})

    def test_dismissed_work_leaves_the_panel(self):
        job = self._run_all().with_user(self.anna)
        self.assertTrue(job.get_my_jobs())
        job.action_dismiss()
        self.assertFalse(job.get_my_jobs())

    def test_missing_runner_is_told(self):
        with trap_jobs():
            job = self._start()
        with patch.object(type(self.jobs), "_is_runner_alive", return_value=False):
            self.assertTrue(job.get_my_jobs()[0]["is_runner_missing"])
        job.invalidate_recordset()
        with patch.object(type(self.jobs), "_is_runner_alive", return_value=True):
            self.assertFalse(job.get_my_jobs()[0]["is_runner_missing"])

    def test_result_leads_to_the_paper(self):
        job = self._run_all()
        action = job.with_user(self.anna).item_ids[0].action_open_document()
        self.assertEqual(action["res_model"], "test.gestor.document")
        self.assertEqual(action["res_id"], self.pile[0].id)

    def test_old_work_is_forgotten(self):
        with freeze_time("2026-01-01"):
            old = self._run_all()
        with freeze_time("2026-05-01"):
            recent = self._run_all()
            self.jobs._gc_ended_jobs()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())

    def test_chunk_costs_the_same_whatever_the_number_of_items(self):
        counts = []
        for number in (10, 200):
            papers = self._create_papers(self.anna, number)
            with trap_jobs() as trap:
                self._start(papers, chunk_size=5)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._run_queue(trap, 1)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
