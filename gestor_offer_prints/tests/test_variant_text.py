from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestVariantText(GestorOffersCommon):
    def setUp(self):
        super().setUp()
        self.template = self.env["gestor.text.template"].create(
            {
                "name": "Variant",
                "model_id": self.env["ir.model"]._get("gestor.offer").id,
                "user_id": False,
                "body_html": "<p>For {{Client name}}</p>",
            }
        )

    def _insert(self, record, user, **vals):
        inserts = self.env["gestor.text.insert"].with_user(user)
        inserts = inserts.with_context(
            active_model=record._name,
            active_id=record.id,
            gestor_base_text_field=vals.pop("field", "gestor_variant_description"),
        )
        insert = inserts.create({"template_id": self.template.id, **vals})
        insert.action_insert()
        return insert

    def test_text_about_the_offer_goes_into_one_variant(self):
        offer = self._create_offer()
        first, second = offer.order_ids
        insert = self._insert(first, self.salesperson)
        self.assertIn(("model", "=", "gestor.offer"), insert.template_domain)
        expected = f"<p>For {self.client.name}</p>"
        self.assertEqual(first.gestor_variant_description, expected)
        self.assertFalse(second.gestor_variant_description)
        self._insert(first, self.salesperson)
        self.assertEqual(first.gestor_variant_description, expected * 2)
        self._insert(first, self.salesperson, is_replacing=True)
        self.assertEqual(first.gestor_variant_description, expected)

    def test_variant_the_client_has_stays(self):
        offer = self._create_sent_offer()
        with self.assertRaisesRegex(UserError, offer.name):
            self._insert(offer.order_ids[0], self.salesperson)
        self.assertFalse(offer.order_ids[0].gestor_variant_description)

    def test_variant_of_a_colleague_is_closed(self):
        offer = self._create_offer()
        with self.assertRaises(AccessError):
            self._insert(offer.order_ids[0], self.other_salesperson)

    def test_no_other_field_of_an_order_takes_texts(self):
        offer = self._create_offer()
        with self.assertRaisesRegex(UserError, "cannot be inserted"):
            self._insert(offer.order_ids[0], self.salesperson, field="note")

    def test_line_takes_the_text_below_its_name(self):
        offer = self._create_offer()
        first, second = offer.order_ids[0].order_line[:2]
        name = first.name
        self._insert(first, self.salesperson, field="name")
        self.assertEqual(first.name, f"{name}\nFor {self.client.name}")
        self.assertNotIn(self.client.name, second.name)

    def test_line_of_an_order_without_offer_takes_none(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "user_id": self.salesperson.id,
                **self._prepare_variant_vals(),
            }
        )
        for record, field in (
            (order, "gestor_variant_description"),
            (order.order_line[0], "name"),
        ):
            with self.assertRaisesRegex(UserError, "cannot be inserted"):
                self._insert(record, self.salesperson, field=field)
