import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestJobSurvival(GestorRaceCommon):
    """Workers that meet, die and are cancelled, in real transactions."""

    def setUp(self):
        super().setUp()
        # the queue is played by the test
        self.startPatcher(patch.object(self.registry["gestor.job"], "_enqueue"))
        with self._transaction() as env:
            papers = env["test.gestor.document"].create(
                [{"name": f"Survival {number}"} for number in range(6)]
            )
            job = papers._gestor_start_job("Survival", chunk_size=2)
            self.paper_ids = papers.ids
            self.job_id = job.id
        self.addCleanup(self._delete)

    def _delete(self):
        with self._transaction() as env:
            env["gestor.job"].browse(self.job_id).unlink()
            env["test.gestor.document"].browse(self.paper_ids).unlink()

    def _run_chunk(self, env):
        env["gestor.job"].browse(self.job_id)._run_next_chunk()

    def _work_counts(self):
        with self._transaction() as env:
            papers = env["test.gestor.document"].browse(self.paper_ids)
            return papers.mapped("work_count")

    def test_worker_that_dies_leaves_nothing_half_done(self):
        cr = self.registry.cursor()
        self._run_chunk(api.Environment(cr, SUPERUSER_ID, {}))
        cr.close()  # killed before the commit
        self.assertEqual(self._work_counts(), [0] * 6)
        for _number in range(3):
            with self._transaction() as env:
                self._run_chunk(env)
        self.assertEqual(self._work_counts(), [1] * 6)
        with self._transaction() as env:
            self.assertEqual(env["gestor.job"].browse(self.job_id).state, "done")

    def test_two_workers_at_one_work_do_each_paper_once(self):
        with self._transaction() as env:
            self._run_chunk(env)
            with self._transaction() as other:
                self._run_chunk(other)
        self.assertEqual(self._work_counts(), [1, 1, 0, 0, 0, 0])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_cancelled_while_a_chunk_runs_stops_after_or_before_it(self):
        started = threading.Event()
        cancelled = threading.Event()

        def work():
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})

                def attempt():
                    # the snapshot begins before the user cancels
                    env["gestor.job"].browse(self.job_id).read(["state"])
                    started.set()
                    cancelled.wait(timeout=20)
                    self._run_chunk(env)

                retrying(attempt, env)

        worker = threading.Thread(target=work)
        worker.start()
        started.wait(timeout=20)
        with self._transaction() as env:
            env["gestor.job"].browse(self.job_id).action_cancel()
        cancelled.set()
        worker.join(timeout=60)
        with self._transaction() as env:
            job = env["gestor.job"].browse(self.job_id)
            self.assertEqual(job.state, "cancelled")
            self.assertEqual(set(job.item_ids.mapped("state")), {"cancelled"})
        self.assertEqual(self._work_counts(), [0] * 6)
