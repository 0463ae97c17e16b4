from odoo import Command
from odoo.tests import tagged

from .common import GestorOfferProcessesCommon


@tagged("post_install", "-at_install")
class TestReport(GestorOfferProcessesCommon):
    """Of the salesperson, in the company's currency; the proposed variant is worth
    1,500 and costs 900, the other one is worth 3,000 and costs 1,800:

    ==========  =========================  ======  =====  =======
    offer       decision                   value    cost  counts
    ==========  =========================  ======  =====  =======
    won         second variant accepted     3,000  1,800  won
    lost        rejected, to the rival      1,500    900  lost
    waiting     sent                        1,500    900  open
    foreign     375 x at 4.00, accepted     1,500    900  won
    ==========  =========================  ======  =====  =======
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Fair in Poznań"})
        cls.deal = cls._create_process(source_id=cls.source.id)
        cls.won = cls._create_sent_offer(process_id=cls.deal.id)
        cls.won.action_accept(cls.won.order_ids[1])
        cls.lost = cls._create_sent_offer()
        cls.lost._write_by_action({"competitor_id": cls.competitor.id})
        cls.lost.action_reject(cls.lost_reason, "Too late")
        cls.waiting = cls._create_sent_offer()
        cls.foreign_currency = cls.env["res.currency"].create(
            {
                "name": "XGT",
                "symbol": "x",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.25})],
            }
        )
        pricelist = cls._create_pricelist("Foreign", percent=0)
        pricelist.currency_id = cls.foreign_currency
        cls.abroad = cls._create_client(
            name="Abroad", specific_property_product_pricelist=pricelist.id
        )
        cls.foreign = cls._create_sent_offer(partner_id=cls.abroad.id)
        cls.foreign.action_accept(cls.foreign.order_ids[0])
        cls.offers = cls.won + cls.lost + cls.waiting + cls.foreign
        cls.env.flush_all()
        cls.report = cls.env["gestor.offer.report"].with_user(cls.salesperson)
        cls.lines = cls.env["gestor.offer.report.line"].with_user(cls.salesperson)
        cls.domain = [("offer_id", "in", cls.offers.ids)]

    def _sums(self, model, groupby, *measures):
        return {
            key: tuple(values)
            for key, *values in model._read_group(self.domain, [groupby], measures)
        }

    def test_each_offer_counts_once_with_one_variant(self):
        rows = self.report.search(self.domain)
        self.assertEqual(len(rows), 4)
        self.assertEqual(rows.mapped("variant_count"), [2, 2, 2, 2])
        figures = {row.offer_id: (row.amount, row.cost, row.margin) for row in rows}
        self.assertEqual(figures[self.won], (3000, 1800, 1200))
        self.assertEqual(figures[self.lost], (1500, 900, 600))
        self.assertEqual(figures[self.waiting], (1500, 900, 600))

    def test_foreign_offer_counts_in_the_companys_currency(self):
        row = self.report.search([("offer_id", "=", self.foreign.id)])
        self.assertEqual(self.foreign.amount_untaxed, 375)
        self.assertEqual(row.amount, 1500)
        self.assertEqual(row.currency_id, self.company.currency_id)
        self.assertAlmostEqual(row.margin, 600)

    def test_effectiveness_is_won_of_decided(self):
        sums = self._sums(
            self.report, "user_id", "__count", "amount:sum", "success_percent:avg"
        )
        self.assertEqual(list(sums), [self.salesperson])
        count, amount, success = sums[self.salesperson]
        self.assertEqual((count, amount), (4, 7500))
        self.assertAlmostEqual(float(success), 2 / 3)

    def test_margin_of_a_group_is_weighed(self):
        # a line at cost price: 1,000 without profit
        self.waiting.action_reset_to_draft()
        self.waiting.order_ids[0].order_line.price_unit = 60
        self.env.flush_all()
        rows = self.report.search(self.domain)
        [(margin, amount, percent)] = self.report._read_group(
            self.domain, [], ["margin:sum", "amount:sum", "margin_percent:avg"]
        )
        self.assertAlmostEqual(float(percent), margin / amount)
        plain = sum(rows.mapped("margin_percent")) / len(rows)
        self.assertNotAlmostEqual(float(percent), plain)

    def test_source_reason_and_competitor_are_dimensions(self):
        by_source = self._sums(self.report, "source_id", "won_amount:sum")
        self.assertEqual(by_source[self.source], (3000,))
        reasons = self._sums(self.report, "lost_reason_id", "lost_amount:sum")
        self.assertEqual(reasons[self.lost_reason], (1500,))
        rivals = self._sums(self.report, "competitor_id", "lost_amount:sum")
        self.assertEqual(rivals[self.competitor], (1500,))

    def test_goods_count_of_one_variant_of_each_offer(self):
        sums = self._sums(
            self.lines, "product_id", "quantity:sum", "amount:sum", "won_amount:sum"
        )
        first = self.products[0]
        # two of the accepted second variant, one of each of the other three
        self.assertEqual(sums[first], (5, 500, 300))
        total = self.lines._read_group(self.domain, [], ["amount:sum", "margin:sum"])
        self.assertEqual([tuple(map(round, row)) for row in total], [(7500, 3000)])

    def test_time_in_stages_comes_from_the_history(self):
        deal = self._create_deal()
        deal.gestor_stage_id = self.offering
        action = self.env.ref("gestor_offer_processes.gestor_process_times_action")
        history = self.env["gestor.scenario.history"].with_user(self.salesperson)
        rows = history.search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "=", deal.id),
                ("left_at", "!=", False),
            ]
        )
        self.assertEqual(rows.stage_id, self.talks)
        self.assertIn("crm.lead", action.domain)
