from odoo.tests import freeze_time, tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24")
class TestOfferTexts(GestorOffersCommon):
    def _insert(self, offer, body, field="intro_html"):
        template = self.env["gestor.text.template"].create(
            {
                "name": "Intro",
                "model_id": self.env["ir.model"]._get("gestor.offer").id,
                "user_id": False,
                "body_html": body,
            }
        )
        self.env["gestor.text.insert"].with_user(self.salesperson).with_context(
            active_model="gestor.offer",
            active_id=offer.id,
            gestor_base_text_field=field,
        ).create({"template_id": template.id, "is_replacing": True}).action_insert()

    def test_salesperson_inserts_a_text_about_the_offer(self):
        offer = self._create_offer()
        offer.partner_id.lang = "en_US"
        self._insert(
            offer,
            "<p>Offer {{Offer number}} for {{Client name}}, {{Offer variants}}</p>",
        )
        variants = ", ".join(offer.order_ids.mapped("gestor_variant_name"))
        self.assertEqual(
            offer.intro_html,
            f"<p>Offer {offer.name} for "
            f"{offer.partner_id.commercial_partner_id.name}, {variants}</p>",
        )

    def test_closing_takes_texts_and_the_rest_does_not(self):
        offers = self.env["gestor.offer"]
        self.assertEqual(offers._gestor_text_fields(), ["intro_html", "closing_html"])

    def test_each_autotext_of_an_offer_can_be_read_by_a_salesperson(self):
        offer = self._create_offer()
        autotexts = self.env["gestor.autotext"].search([("model", "=", "gestor.offer")])
        self.assertGreater(len(autotexts), 10)
        body = "".join(f"<p>{{{{{autotext.code}}}}}</p>" for autotext in autotexts)
        template = self.env["gestor.text.template"].create(
            {
                "name": "All",
                "model_id": self.env["ir.model"]._get("gestor.offer").id,
                "body_html": body,
                "user_id": self.salesperson.id,
            }
        )
        missing = template.with_user(self.salesperson)._gestor_missing(
            offer.with_user(self.salesperson)
        )
        refused = [pair for pair in missing[offer.id] if pair[1] != "empty"]
        self.assertFalse(refused)
