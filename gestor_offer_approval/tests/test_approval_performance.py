from odoo.tests import tagged

from .common import GestorOfferApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalPerformance(GestorOfferApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in ("variant_discount", "margin", "amount"):
            cls._create_rule(name=kind, kind=kind, limit_percent=1, limit_amount=1)
        cls.offers = cls.env["gestor.offer"].union(
            *(cls._create_offer(user=cls.salesperson) for _number in range(12))
        )
        cls.offers.order_ids.order_line.discount = 50
        cls.offers[:6].with_user(cls.salesperson).action_request_approval("")

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def _assert_constant(self, function):
        function(self.offers)  # fill the caches
        few = self._count(lambda: function(self.offers.browse(self.offers[:2].ids)))
        many = self._count(lambda: function(self.offers))
        self.assertLessEqual(many, few)
        return many

    def test_checking_costs_the_same_for_many_offers(self):
        def read(offers):
            offers = offers.with_user(self.salesperson)
            offers.mapped("approval_text")
            offers.mapped("approval_state")

        self.assertLessEqual(self._assert_constant(read), 20)

    def test_list_of_offers_costs_no_query_more(self):
        def read(names):
            offers = self.env["gestor.offer"].with_user(self.salesperson)
            offers.web_search_read(
                [("id", "in", self.offers.ids)], {name: {} for name in names}
            )

        names = ["name", "state", "amount_untaxed", "approval_state"]
        read(names)  # fill the caches
        plain = self._count(lambda: read(names[:-1]))
        self.assertEqual(self._count(lambda: read(names)), plain)

    def test_writing_a_price_costs_the_same_with_and_without_rules(self):
        line = self.offers[-1].order_ids[0].order_line[0]

        def write(discount):
            line.discount = discount
            self.env.flush_all()

        write(11)
        with_rules = self._count(lambda: write(12))
        self.env["gestor.offer.approval.rule"].search([]).active = False
        write(13)
        # the offer was never asked for: only its approvals are looked at
        self.assertLessEqual(with_rules, self._count(lambda: write(14)) + 1)
