from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


class GestorOfferApprovalCommon(GestorOffersCommon):
    """A rule on discounts, one approver with the smallest rights, and a boss.

    ``approver``: own offers only; ``boss``: manager of offers
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gestor.offer.approval.rule"].search([]).active = False
        cls.approver = cls._create_user(
            "gestor_approver", "gestor_offers.gestor_offers_group_own"
        )
        cls.boss = cls.offer_manager
        cls.rule = cls._create_rule()
        cls.offer = cls._create_offer()
        cls.variant = cls.offer.order_ids[1]

    @classmethod
    def _create_rule(cls, **vals):
        vals.setdefault("approver_ids", cls.approver.ids)
        return cls.env["gestor.offer.approval.rule"].create(
            {
                "name": "Discounts above 10 %",
                "kind": "line_discount",
                "limit_percent": 10,
                **vals,
            }
        )

    @classmethod
    def _discount(cls, percent, offer=None, user=None):
        """Give a discount on the first line of the second variant."""
        offer = (offer or cls.offer).with_user(user or cls.salesperson)
        offer.order_ids[1].order_line[0].discount = percent

    @classmethod
    def _request(cls, offers=None, note="Big client", user=None):
        offers = (cls.offer if offers is None else offers).with_user(
            user or cls.salesperson
        )
        offers.action_request_approval(note)
        return offers

    @classmethod
    def _approve(cls, offers=None, user=None):
        offers = cls.offer if offers is None else offers
        offers.with_user(user or cls.approver).action_approve()
