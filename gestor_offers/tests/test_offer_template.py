from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 12:00:00")
class TestOfferTemplate(GestorOffersCommon):
    def test_salesperson_makes_an_offer_like_another_one(self):
        pattern = self._create_offer(
            user=self.salesperson, intro_html="<p>Dear Sir</p>", date_to="2026-07-31"
        )
        pattern.order_ids[1].gestor_variant_name = "Premium"
        self.env.cr.execute(
            "UPDATE gestor_offer SET create_date = '2026-07-01 10:00' WHERE id = %s",
            [pattern.id],
        )
        pattern.invalidate_recordset()
        action = pattern.action_gestor_save_template()
        template = self.env["gestor.record.template"].browse(action["res_id"])
        template = template.with_user(self.salesperson)
        self.assertFalse(template.sudo().is_shared)
        offers = self.env["gestor.offer"].with_user(self.salesperson)
        offers = offers.with_context(**template.action_new()["context"])
        with freeze_time("2026-08-01 12:00:00"), Form(offers) as form:
            form.partner_id = self.other_client
        offer = form.record
        self.assertEqual(offer.intro_html, "<p>Dear Sir</p>")
        self.assertEqual(str(offer.date_to), "2026-08-31")
        self.assertEqual(offer.order_ids.partner_id, self.other_client)
        self.assertEqual(offer.order_ids.mapped("gestor_variant_name")[1], "Premium")
        for old, new in zip(pattern.order_ids, offer.order_ids, strict=True):
            self.assertEqual(
                old.order_line.mapped("product_id"), new.order_line.mapped("product_id")
            )
            self.assertEqual(old.amount_untaxed, new.amount_untaxed)
        self.assertEqual(len(offer.order_ids.filtered("gestor_is_proposed")), 1)

    def test_process_and_goods_have_templates_too(self):
        process = self._create_process(description="<p>Steps</p>")
        product = self.products[0].product_tmpl_id
        for document in (process, product):
            document.action_gestor_save_template()
            template = self.env["gestor.record.template"].search(
                [("model", "=", document._name)]
            )
            made, problems = template._gestor_create_document({"name": "Copy"})
            with self.subTest(model=document._name):
                self.assertFalse(problems)
                self.assertEqual(made.name, "Copy")
                self.assertNotEqual(made, document)
