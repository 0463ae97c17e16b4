from odoo import Command
from odoo.tests import Form, tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferProcess(GestorOffersCommon):
    def test_process_counts_the_proposed_then_the_accepted_variant(self):
        process = self._create_process()
        offer = self._create_offer(process_id=process.id)
        self.assertRecordValues(
            process,
            [
                {
                    "gestor_offer_count": 1,
                    "quotation_count": 1,
                    "gestor_amount_untaxed": 1500,
                    "gestor_cost": 900,
                    "gestor_margin": 600,
                    "gestor_margin_percent": 0.4,
                }
            ],
        )
        other = self._create_offer(process_id=process.id)
        self.assertEqual(process.gestor_amount_untaxed, 3000)
        (offer | other).action_prepare()
        offer.action_accept(offer.order_ids[1])
        self.assertRecordValues(
            process,
            [
                {
                    "gestor_amount_untaxed": 3000,
                    "sale_amount_total": 3000,
                    "sale_order_count": 1,
                    "quotation_count": 1,
                }
            ],
        )

    def test_process_counts_in_the_companys_currency(self):
        currency = self.env["res.currency"].create(
            {
                "name": "GES",
                "symbol": "G",
                "rate_ids": [
                    Command.create({"name": "2020-01-01", "company_rate": 0.25})
                ],
            }
        )
        foreign = self._create_pricelist("Foreign", 0, currency_id=currency.id)
        process = self._create_process()
        variants = [
            Command.create(self._prepare_variant_vals(pricelist_id=foreign.id))
            for _number in range(2)
        ]
        offer = self._create_offer(process_id=process.id, order_ids=variants)
        self.assertEqual(offer.currency_id, currency)
        self.assertAlmostEqual(offer.amount_untaxed, 375)
        self.assertAlmostEqual(process.gestor_amount_untaxed, 1500)
        self.assertAlmostEqual(process.gestor_margin, 600)

    def test_two_processes_at_once(self):
        processes = self._create_process() | self._create_process(
            partner_id=self.other_client.id
        )
        for process in processes:
            self._create_offer(process_id=process.id, partner_id=process.partner_id.id)
        processes.invalidate_recordset()
        self.assertEqual(processes.mapped("gestor_offer_count"), [1, 1])
        self.assertEqual(processes.mapped("gestor_amount_untaxed"), [1500, 1500])

    def test_merged_process_takes_the_offers_over(self):
        processes = self._create_process() | self._create_process()
        offers = [self._create_offer(process_id=p.id) for p in processes]
        merged = processes.merge_opportunity()
        self.assertEqual(merged.gestor_offer_count, 2)
        self.assertEqual({offer.process_id for offer in offers}, {merged})
        self.assertEqual(offers[0].order_ids.opportunity_id, merged)

    def test_sales_report_counts_an_offer_once(self):
        offer = self._create_offer()
        self.env.flush_all()
        report = self.env["sale.report"]
        domain = [("partner_id", "=", self.client.id)]
        self.assertEqual(
            report._read_group(domain, [], ["price_subtotal:sum"]), [(1500,)]
        )
        offer.action_prepare()
        offer.action_accept(offer.order_ids[1])
        self.env.flush_all()
        domain += [("state", "=", "sale")]
        self.assertEqual(
            report._read_group(domain, [], ["price_subtotal:sum"]), [(3000,)]
        )

    def test_new_offer_from_the_process_starts_with_its_client(self):
        process = self._create_process().with_user(self.salesperson)
        action = process.action_gestor_new_offer()
        offers = self.env["gestor.offer"].with_user(self.salesperson)
        offer = Form(offers.with_context(**action["context"])).save()
        self.assertEqual(offer.process_id, process)
        self.assertEqual(offer.partner_id, self.client)
        self.assertEqual(offer.user_id, self.salesperson)
        action = process.action_gestor_view_offers()
        self.assertEqual(action["res_id"], offer.id)
