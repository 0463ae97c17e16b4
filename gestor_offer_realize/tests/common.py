from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


class GestorOfferRealizeCommon(GestorOffersCommon):
    """An accepted offer of the salesperson with five lines of two pieces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson.lang = "en_US"
        cls.offer_type = cls.env["gestor.offer.type"].create({"name": "Test"})
        cls.offer = cls._create_accepted_offer()
        cls.order = cls.offer.accepted_order_id
        cls.line = cls.order.order_line[0]

    @classmethod
    def _create_accepted_offer(cls, **vals):
        vals.setdefault("offer_type_id", cls.offer_type.id)
        offer = cls._create_sent_offer(**vals)
        offer.action_accept(offer.order_ids[1])
        return offer

    def _create_wizard(self, offer=None, user=None, **vals):
        offer = (offer or self.offer).with_user(user or self.salesperson)
        action = offer.action_realize()
        wizards = self.env[action["res_model"]].with_user(user or self.salesperson)
        return wizards.with_context(**action["context"]).create(vals)

    def _realize(self, offer=None, **vals):
        """Realize through the dialog; return the document."""
        action = self._create_wizard(offer, **vals).action_apply()
        return self.env[action["res_model"]].browse(action["res_id"])
