import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestScenarioConcurrency(BaseCase):
    """Two people at one document, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            scenario = env["gestor.scenario"].create(
                {
                    "name": "Race",
                    "model_id": env["ir.model"]._get_id("test.gestor.document"),
                    "stage_ids": [
                        Command.create({"name": name, "sequence": number})
                        for number, name in enumerate("ABCD")
                    ],
                }
            )
            stages = scenario.stage_ids
            stages[0].next_stage_ids = stages[1] + stages[2]
            stages[1].next_stage_ids = stages[3]
            todo = env.ref("mail.mail_activity_data_todo")
            stages[1].activity_ids = [
                Command.create({"activity_type_id": todo.id}) for _number in range(2)
            ]
            stages[1].write({"auto_advance": "all", "target_stage_id": stages[3].id})
            self.stage_ids = stages.ids
            paper = env["test.gestor.document"].create(
                {"name": "Race", "scenario_id": scenario.id}
            )
            self.paper_id = paper.id
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            paper = env["test.gestor.document"].browse(self.paper_id)
            scenario = paper.scenario_id
            paper.unlink()
            scenario.unlink()

    def _race(self, *operations):
        """Run each operation in its own transaction, at the same time."""
        barrier = threading.Barrier(len(operations))
        results = {}

        def run(number, operation):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                paper = env["test.gestor.document"].browse(self.paper_id)
                attempts = []

                def attempt():
                    attempts.append(number)
                    paper.read(["stage_id"])  # the snapshot begins before the lock
                    if len(attempts) == 1:
                        barrier.wait(timeout=20)
                    operation(paper)
                    # as long as the others are sure to wait for the row
                    if len(attempts) == 1:
                        threading.Event().wait(0.3)

                try:
                    retrying(attempt, env)
                    results[number] = "done"
                except UserError as error:
                    cr.rollback()
                    results[number] = str(error)

        threads = [
            threading.Thread(target=run, args=item) for item in enumerate(operations)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        self.assertEqual(len(results), len(operations))
        return results

    def _read_chain(self):
        """Return the stages of the document and check that they are one chain."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["gestor.scenario.history"].search(
                [
                    ("res_model", "=", "test.gestor.document"),
                    ("res_id", "=", self.paper_id),
                ],
                order="id",
            )
            for before, after in zip(rows, rows[1:], strict=False):
                self.assertEqual(after.stage_from_id, before.stage_id)
                self.assertEqual(after.entered_at, before.left_at)
            self.assertFalse(rows[-1].left_at)
            paper = env["test.gestor.document"].browse(self.paper_id)
            self.assertEqual(paper.stage_id, rows[-1].stage_id)
            return rows.stage_id.mapped("name")

    def _stage(self, env, name):
        return env["gestor.scenario.stage"].browse(self.stage_ids["ABCD".index(name)])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_second_move_is_judged_by_where_the_first_one_led(self):
        results = self._race(
            lambda paper: paper._gestor_enter_stage(self._stage(paper.env, "B")),
            lambda paper: paper._gestor_enter_stage(self._stage(paper.env, "C")),
        )
        refused = [text for text in results.values() if text != "done"]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("cannot go from", refused[0])
        winner = "B" if results[0] == "done" else "C"
        self.assertEqual(self._read_chain(), ["A", winner])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_same_move_twice_at_once_is_one_move(self):
        def move(paper):
            paper._gestor_enter_stage(self._stage(paper.env, "B"))

        results = self._race(move, move)
        self.assertEqual(results, {0: "done", 1: "done"})
        self.assertEqual(self._read_chain(), ["A", "B"])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_last_two_activities_done_at_once_move_the_document_once(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            paper = env["test.gestor.document"].browse(self.paper_id)
            paper._gestor_enter_stage(self._stage(env, "B"))
            activity_ids = paper.activity_ids.ids
        self.assertEqual(len(activity_ids), 2)
        results = self._race(
            *(
                lambda paper, activity_id=activity_id: (
                    paper.env["mail.activity"].browse(activity_id).action_feedback()
                )
                for activity_id in activity_ids
            )
        )
        self.assertEqual(results, {0: "done", 1: "done"})
        self.assertEqual(self._read_chain(), ["A", "B", "D"])
