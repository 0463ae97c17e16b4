from odoo import Command
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestScenarioConcurrency(GestorRaceCommon):
    """Two people at one document, in two real transactions."""

    race_hold_seconds = 0.3

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
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
        with self._transaction() as env:
            paper = env["test.gestor.document"].browse(self.paper_id)
            scenario = paper.scenario_id
            paper.unlink()
            scenario.unlink()

    def _race_moves(self, *operations):
        """Run each operation on the document at the same time.

        :return: what became of each: "done" or the message
        """

        def get_work(operation):
            def work(env):
                operation(env["test.gestor.document"].browse(self.paper_id))
                return "done"

            return work

        return [str(result) for result in self._race(*map(get_work, operations))]

    def _read_chain(self):
        """Return the stages of the document and check that they are one chain."""
        with self._transaction() as env:
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

    def test_second_move_is_judged_by_where_the_first_one_led(self):
        results = self._race_moves(
            lambda paper: paper._gestor_enter_stage(self._stage(paper.env, "B")),
            lambda paper: paper._gestor_enter_stage(self._stage(paper.env, "C")),
        )
        refused = [text for text in results if text != "done"]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("cannot go from", refused[0])
        winner = "B" if results[0] == "done" else "C"
        self.assertEqual(self._read_chain(), ["A", winner])

    def test_same_move_twice_at_once_is_one_move(self):
        def move(paper):
            paper._gestor_enter_stage(self._stage(paper.env, "B"))

        results = self._race_moves(move, move)
        self.assertEqual(results, ["done", "done"])
        self.assertEqual(self._read_chain(), ["A", "B"])

    def test_last_two_activities_done_at_once_move_the_document_once(self):
        with self._transaction() as env:
            paper = env["test.gestor.document"].browse(self.paper_id)
            paper._gestor_enter_stage(self._stage(env, "B"))
            activity_ids = paper.activity_ids.ids
        self.assertEqual(len(activity_ids), 2)
        results = self._race_moves(
            *(
                lambda paper, activity_id=activity_id: (
                    paper.env["mail.activity"].browse(activity_id).action_feedback()
                )
                for activity_id in activity_ids
            )
        )
        self.assertEqual(results, ["done", "done"])
        self.assertEqual(self._read_chain(), ["A", "B", "D"])
