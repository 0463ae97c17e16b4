from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOfferProcessesCommon


@tagged("post_install", "-at_install")
class TestProcessScenario(GestorOfferProcessesCommon):
    def test_new_process_stands_in_first_stage_and_its_place_of_the_pipeline(self):
        deal = self._create_deal()
        self.assertEqual(deal.gestor_stage_id, self.talks)
        self.assertEqual(deal.stage_id, self.crm_talks)
        self.assertEqual(deal.stage_outcome, "open")

    def test_default_scenario_is_for_processes_and_not_for_leads(self):
        self.scenario.is_default = True
        lead = self._create_process(type="lead")
        self.assertFalse(lead.scenario_id)
        self.assertEqual(self._create_process().gestor_stage_id, self.talks)
        lead.convert_opportunity(self.client)
        self.assertEqual(lead.gestor_stage_id, self.talks)

    def test_process_made_in_a_column_stands_in_the_stage_of_the_column(self):
        self.scenario.is_default = True
        process = (
            self.env["crm.lead"]
            .with_context(default_stage_id=self.crm_offering.id)
            .create({"name": "Quick", "type": "opportunity"})
        )
        self.assertEqual(process.gestor_stage_id, self.offering)
        self.assertEqual(process.stage_id, self.crm_offering)

    def test_seller_moves_along_the_arrows_only(self):
        deal = self._create_deal()
        with self.assertRaisesRegex(UserError, "Talks"), self.env.cr.savepoint():
            deal._gestor_enter_stage(self.signed)
        deal.gestor_stage_id = self.offering
        self.assertEqual(deal.stage_id, self.crm_offering)
        deal.gestor_stage_id = self.signed
        self.assertEqual(deal.won_status, "won")

    def test_seller_drags_along_the_arrows_only(self):
        deal = self._create_deal()
        deal.stage_id = self.crm_offering
        self.assertEqual(deal.gestor_stage_id, self.offering)
        with self.assertRaisesRegex(UserError, "Offering"), self.env.cr.savepoint():
            deal.stage_id = self.crm_talks
        self.assertEqual(deal.gestor_stage_id, self.offering)

    def test_done_activity_moves_the_process_on(self):
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.env["gestor.scenario.stage.activity"].create(
            {
                "stage_id": self.talks.id,
                "activity_type_id": todo.id,
                "summary": "Call the client",
                "is_automatic": True,
                "days": 2,
            }
        )
        self.talks.write(
            {"auto_advance": "automatic", "target_stage_id": self.offering.id}
        )
        with freeze_time("2026-03-02 10:00:00"):
            deal = self._create_deal()
        activity = deal.activity_ids
        self.assertEqual(activity.summary, "Call the client")
        self.assertEqual(str(activity.date_deadline), "2026-03-04")
        self.assertEqual(activity.user_id, self.salesperson)
        activity.action_feedback("Called")
        self.assertEqual(deal.gestor_stage_id, self.offering)
        self.assertEqual(deal.stage_id, self.crm_offering)
        rows = deal.scenario_history_ids.sorted("id")
        self.assertEqual(rows.stage_id, self.talks + self.offering)
        self.assertIn("Call the client", rows[1].reason)

    def test_clients_decision_goes_before_the_arrows_and_back(self):
        deal = self._create_deal()
        offer = self._create_sent_offer(process_id=deal.id)
        offer.with_user(self.salesperson).action_accept(offer.order_ids[0])
        self.assertEqual(deal.won_status, "won")
        self.assertEqual(deal.gestor_stage_id, self.signed)
        offer.accepted_order_id.with_user(self.offer_manager).action_unlock()
        offer.accepted_order_id._action_cancel()
        offer._gestor_reopen()
        self.assertEqual(deal.won_status, "pending")
        self.assertEqual(deal.gestor_stage_id, self.talks)

    def test_process_without_scenario_is_the_hosts_process(self):
        process = self._create_process().with_user(self.salesperson)
        self.assertFalse(process.scenario_id)
        process.stage_id = self.crm_offering
        process.action_set_won()
        self.assertEqual(process.won_status, "won")
        self.assertFalse(process.scenario_history_ids)

    def test_list_of_80_processes_costs_as_many_queries_as_of_8(self):
        self.env["crm.lead"].search([]).active = False
        fields = ["gestor_stage_id", "stage_outcome", "gestor_realized_percent"]
        counts = []
        for count in (8, 72):
            for number in range(count):
                deal = self._create_deal(name=f"Deal {number}")
                self._create_offer(process_id=deal.id, order_ids=[])
            self.env.flush_all()
            self.env.invalidate_all()
            leads = self.env["crm.lead"].with_user(self.salesperson)
            domain = [("scenario_id", "=", self.scenario.id)]
            start = self.env.cr.sql_log_count
            leads.web_search_read(domain, {name: {} for name in fields}, limit=80)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])
