from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, tagged

from .common import GestorOfferProcessesCommon


@tagged("post_install", "-at_install")
class TestLoss(GestorOfferProcessesCommon):
    def test_process_is_not_lost_without_a_reason(self):
        process = self._create_process().with_user(self.salesperson)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            process.action_set_lost()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._lose(process, lost_reason_id=False)
        self.assertTrue(process.active)

    def test_seller_notes_reason_comment_and_competitor(self):
        deal = self._create_deal()
        self._lose(
            deal,
            lost_feedback="<p>They deliver sooner</p>",
            gestor_competitor_id=self.competitor.id,
        )
        self.assertEqual(deal.won_status, "lost")
        self.assertEqual(deal.lost_reason_id, self.lost_reason)
        self.assertEqual(deal.gestor_lost_note, "They deliver sooner")
        self.assertEqual(deal.gestor_competitor_id, self.competitor)
        self.assertEqual(deal.gestor_stage_id, self.given_up)
        deal.action_restore()
        self.assertFalse(deal.gestor_lost_note)
        self.assertEqual(deal.gestor_stage_id, self.talks)

    def test_lost_stage_asks_for_the_reason(self):
        deal = self._create_deal()
        deal.gestor_stage_id = self.offering
        with self.assertRaises(UserError), self.env.cr.savepoint():
            deal.gestor_stage_id = self.given_up
        with self.assertRaises(RedirectWarning) as caught, self.env.cr.savepoint():
            deal.web_save({"gestor_stage_id": self.given_up.id}, {})
        action = caught.exception.args[1]
        self.assertEqual(action["context"], {"default_lead_ids": deal.ids})

    def test_rejected_offer_names_the_competitor_of_the_process_too(self):
        deal = self._create_deal()
        offer = self._create_sent_offer(process_id=deal.id)
        wizard = Form(
            self.env["gestor.offer.reject"]
            .with_user(self.salesperson)
            .with_context(default_offer_ids=offer.ids)
        )
        wizard.reason_id = self.lost_reason
        wizard.competitor_id = self.competitor
        wizard.note = "Cheaper there"
        wizard.save().action_apply()
        self.assertEqual(offer.state, "rejected")
        self.assertEqual(offer.competitor_id, self.competitor)
        self.assertEqual(deal.gestor_competitor_id, self.competitor)
        self.assertEqual(deal.gestor_lost_note, "Cheaper there")
        self.assertEqual(deal.gestor_stage_id, self.given_up)

    def test_client_declines_with_his_own_words(self):
        deal = self._create_deal()
        offer = self._create_sent_offer(process_id=deal.id)
        offer.sudo()._gestor_decline(note="No money")
        self.assertEqual(deal.won_status, "lost")
        self.assertEqual(deal.gestor_lost_note, "No money")
        self.assertFalse(deal.gestor_competitor_id)

    def test_nobody_writes_the_competitor_of_a_rejected_offer_directly(self):
        offer = self._create_sent_offer().with_user(self.salesperson)
        with self.assertRaises(AccessError):
            offer.competitor_id = self.competitor

    def test_seller_adds_competitors_and_only_managers_change_them(self):
        own = self.competitor.with_user(self.salesperson)
        own.create({"name": "Another"})
        with self.assertRaises(AccessError):
            own.name = "Changed"
        self.competitor.with_user(self.offer_manager).name = "Changed"

    def test_competitor_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        hidden = self.competitor.create({"name": "Theirs", "company_id": other.id})
        seen = self.competitor.with_user(self.salesperson).search([])
        self.assertIn(self.competitor, seen)
        self.assertNotIn(hidden, seen)
