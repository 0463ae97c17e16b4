from contextlib import contextmanager

from odoo import Command

from .common import TestGestorCommon


class ScenarioCommon(TestGestorCommon):
    """A scenario of papers; anna moves hers.

    ::

        New --> Work --> Done (won)
                 |  \\-> Lost (a reason is required)
                 \\----> New
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gestor.scenario"].search([]).is_default = False
        cls.scenario = cls._create_scenario("Papers")
        cls.new, cls.work, cls.done, cls.lost = cls._create_stages(
            cls.scenario, "New", "Work", "Done", "Lost"
        )
        cls.done.outcome = "won"
        cls.lost.write({"outcome": "lost", "is_reason_required": True})
        cls._allow(cls.new, cls.work)
        cls._allow(cls.work, cls.done, cls.lost, cls.new)
        cls.todo = cls.env.ref("mail.mail_activity_data_todo")
        cls.paper, cls.paper_2 = cls._create_papers(
            cls.anna, 2, scenario_id=cls.scenario.id
        )
        cls.own = cls.paper.with_user(cls.anna)
        cls.both = (cls.paper + cls.paper_2).with_user(cls.anna)

    @classmethod
    def _create_scenario(cls, name, **vals):
        return cls.env["gestor.scenario"].create(
            {"name": name, "model_id": cls._model_id("test.gestor.document").id, **vals}
        )

    @classmethod
    def _create_stages(cls, scenario, *names):
        return cls.env["gestor.scenario.stage"].create(
            [
                {"scenario_id": scenario.id, "name": name, "sequence": number}
                for number, name in enumerate(names)
            ]
        )

    @classmethod
    def _allow(cls, stage, *stages):
        stage.next_stage_ids = [Command.link(other.id) for other in stages]

    @classmethod
    def _add_activity(cls, stage, **vals):
        return cls.env["gestor.scenario.stage.activity"].create(
            {"stage_id": stage.id, "activity_type_id": cls.todo.id, **vals}
        )

    @classmethod
    def _advance(cls, stage, mode, target):
        stage.write({"auto_advance": mode, "target_stage_id": target.id})

    @contextmanager
    def _refused(self, error, regex):
        """Expect an error that leaves nothing half done."""
        with self.assertRaisesRegex(error, regex), self.env.cr.savepoint():
            yield

    def _histories(self, papers):
        return self.env["gestor.scenario.history"].search(
            [("res_model", "=", papers._name), ("res_id", "in", papers.ids)],
            order="id",
        )
