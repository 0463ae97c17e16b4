from odoo.fields import Domain
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .scenario_common import ScenarioCommon

ACTION = "gestor_scenario.gestor_scenario_history_action_"


@tagged("post_install", "-at_install")
class TestScenarioReport(ScenarioCommon):
    """How long documents stand in their stages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls.slow, cls.fast = cls._create_papers(
                cls.anna, 2, scenario_id=cls.scenario.id
            )
        with freeze_time("2026-03-02 10:00:00"):
            cls.fast._gestor_enter_stage(cls.work)
        with freeze_time("2026-03-03 08:00:00"):
            cls.slow._gestor_enter_stage(cls.work)

    def _rows(self, name):
        action = self.env.ref(f"{ACTION}{name}")
        rows = self.env["gestor.scenario.history"].with_user(self.anna)
        papers = Domain("res_id", "in", (self.slow + self.fast).ids)
        return rows, Domain(safe_eval(action.domain)) & papers

    def test_report_averages_the_ended_stays_only(self):
        rows, domain = self._rows("times")
        found = rows._read_group(
            domain,
            ["scenario_id", "stage_id"],
            ["duration_hours:avg", "__count"],
        )
        self.assertEqual(found, [(self.scenario, self.new, 13.0, 2)])

    @freeze_time("2026-03-05 08:00:00")
    def test_report_tells_where_documents_stand_and_since_when(self):
        rows, domain = self._rows("standing")
        found = rows.search(domain, order="entered_at")
        self.assertEqual(
            found.mapped("document_name"), [self.fast.name, self.slow.name]
        )
        self.assertEqual(found.stage_id, self.work)
        self.assertEqual(found.mapped("open_hours"), [70.0, 48.0])
        self.assertEqual(found[0].action_open_document()["res_id"], self.fast.id)

    def test_report_counts_no_documents_of_others(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.slow.sudo().company_id = company
        rows, domain = self._rows("times")
        self.assertEqual(rows._read_group(domain, [], ["__count"]), [(1,)])
