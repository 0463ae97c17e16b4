from markupsafe import Markup

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferVariants(GestorOffersCommon):
    def test_new_offer_has_a_first_variant_and_the_companys_defaults(self):
        self.company.gestor_offer_intro_html = "<p>Thank you for asking.</p>"
        self.company.update_field_translations(
            "gestor_offer_intro_html",
            {"pl_PL": {"Thank you for asking.": "Dziękujemy za zapytanie."}},
        )
        offers = (
            self.env["gestor.offer"]
            .with_user(self.salesperson)
            .create(
                [{"partner_id": self.client.id}, {"partner_id": self.other_client.id}]
            )
        )
        self.assertRecordValues(
            offers,
            [
                {
                    "state": "draft",
                    "user_id": self.salesperson.id,
                    "intro_html": Markup("<p>Dziękujemy za zapytanie.</p>"),
                    "order_count": 1,
                },
                {
                    "state": "draft",
                    "user_id": self.salesperson.id,
                    "intro_html": Markup("<p>Thank you for asking.</p>"),
                    "order_count": 1,
                },
            ],
        )
        self.assertEqual(
            offers.order_ids.mapped("gestor_variant_name"), ["Wariant A", "Variant A"]
        )
        self.assertTrue(all(offers.order_ids.mapped("gestor_is_proposed")))

    def test_form_fills_the_client_from_the_process(self):
        process = self._create_process()
        form = Form(
            self.env["gestor.offer"]
            .with_user(self.salesperson)
            .with_context(default_process_id=process.id)
        )
        self.assertEqual(form.partner_id, self.client)
        self.assertEqual(form.user_id, self.salesperson)
        offer = form.save()
        self.assertEqual(offer.order_ids.opportunity_id, process)

    def test_variants_are_named_and_ordered(self):
        offer = self._create_offer(variants=1, partner_id=self.other_client.id)
        offer.action_add_variant()
        offer.action_add_variant()
        offer.invalidate_recordset()
        self.assertEqual(
            offer.order_ids.mapped("gestor_variant_name"),
            ["Variant A", "Variant B", "Variant C"],
        )
        offer.order_ids[2].gestor_variant_sequence = 1
        offer.invalidate_recordset()
        self.assertEqual(offer.order_ids[0].gestor_variant_name, "Variant C")
        self.assertEqual(offer._get_variant_name(25), "Variant Z")
        self.assertEqual(offer._get_variant_name(26), "Variant 27")

    def test_exactly_one_variant_is_proposed(self):
        offer = self._create_offer()
        first, second = offer.order_ids
        second.with_user(self.salesperson).action_gestor_propose()
        self.assertEqual(offer.proposed_order_id, second)
        self.assertEqual(offer.amount_untaxed, second.amount_untaxed)
        first.gestor_is_proposed = True
        self.assertRecordValues(
            offer.order_ids,
            [{"gestor_is_proposed": True}, {"gestor_is_proposed": False}],
        )
        with self.assertRaises(ValidationError):
            first.gestor_is_proposed = False

    def test_two_proposed_variants_are_refused_by_the_database(self):
        offer = self._create_offer()
        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError):
            offer.order_ids.write({"gestor_is_proposed": True})

    def test_second_currency_is_refused(self):
        offer = self._create_offer()
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = euro if self.company.currency_id != euro else self.env.ref("base.USD")
        foreign = self._create_pricelist("Foreign", 0, currency_id=other.id)
        offer.order_ids[0].pricelist_id = self.pricelist
        with self.assertRaisesRegex(ValidationError, "same currency"):
            offer.order_ids[0].pricelist_id = foreign

    def test_client_is_that_of_the_offer(self):
        offer = self._create_offer()
        with (
            self.assertRaisesRegex(ValidationError, "client of the"),
            self.cr.savepoint(),
        ):
            offer.order_ids[0].partner_id = self.other_client
        offer.order_ids[1].pricelist_id = self.pricelist
        offer.partner_id = self.other_client
        self.assertEqual(offer.order_ids.partner_id, self.other_client)
        self.assertEqual(offer.order_ids[1].pricelist_id, self.pricelist)

    def test_guardian_and_validity_reach_the_variants(self):
        offer = self._create_offer()
        offer.write({"user_id": self.other_salesperson.id, "date_to": "2099-01-31"})
        self.assertEqual(offer.order_ids.user_id, self.other_salesperson)
        self.assertEqual(set(offer.order_ids.mapped("validity_date")), {offer.date_to})

    def test_salesperson_duplicates_and_removes_variants(self):
        offer = self._create_offer(user=self.salesperson)
        first, second = offer.order_ids
        action = second.action_gestor_duplicate()
        third = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            third,
            [
                {
                    "gestor_offer_id": offer.id,
                    "gestor_is_proposed": False,
                    "amount_untaxed": second.amount_untaxed,
                }
            ],
        )
        first.action_gestor_remove()
        self.assertEqual(offer.order_ids, second | third)
        self.assertEqual(offer.proposed_order_id, second)

    def test_copy_takes_the_variants_along(self):
        offer = self._create_offer()
        offer.order_ids[1].gestor_is_proposed = True
        copy = offer.copy()
        self.assertNotEqual(copy.name, offer.name)
        self.assertRecordValues(
            copy.order_ids,
            [
                {"gestor_is_proposed": False, "amount_untaxed": 1500},
                {"gestor_is_proposed": True, "amount_untaxed": 3000},
            ],
        )
        self.assertFalse(offer.order_ids[0].copy().gestor_offer_id)

    def test_only_a_draft_is_deleted(self):
        draft, sent = (
            self._create_offer(user=self.salesperson),
            (self._create_sent_offer()),
        )
        orders = draft.order_ids
        draft.unlink()
        self.assertFalse(orders.exists())
        with self.assertRaisesRegex(UserError, "draft"):
            sent.unlink()
        self.assertEqual(len(sent.order_ids), 2)

    def test_what_the_client_has_seen_does_not_change(self):
        offer = self._create_sent_offer()
        order = offer.order_ids[0]
        line = order.order_line[0]
        changes = [
            lambda: line.write({"price_unit": 1}),
            lambda: line.unlink(),
            lambda: order.write(
                {"order_line": [Command.create({"product_id": line.product_id.id})]}
            ),
            lambda: order.write({"pricelist_id": self.pricelist.id}),
            lambda: order.action_gestor_remove(),
            lambda: order.action_gestor_duplicate(),
            lambda: offer.order_ids[1].action_gestor_propose(),
            lambda: offer.action_add_variant(),
            lambda: offer.write({"partner_id": self.other_client.id}),
        ]
        for change in changes:
            with (
                self.subTest(change=change),
                self.assertRaisesRegex(UserError, "has seen"),
                self.cr.savepoint(),
            ):
                change()
        offer.action_reset_to_draft()
        line.price_unit = 1
        self.assertEqual(line.price_unit, 1)
