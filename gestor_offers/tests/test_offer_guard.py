from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferGuard(GestorOffersCommon):
    """What a program may not write past the actions, whoever's rights it has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_sent_offer()
        cls.first, cls.second = cls.offer.order_ids
        cls.draft = cls._create_offer()
        cls.quotation = cls.env["sale.order"].create(
            cls._prepare_variant_vals(
                partner_id=cls.client.id, user_id=cls.salesperson.id
            )
        )

    def _assert_refused(self, error, calls):
        for number, call in enumerate(calls):
            with (
                self.subTest(call=number),
                self.assertRaises(error),
                self.cr.savepoint(),
            ):
                call()

    def test_decision_is_not_forged(self):
        offer = self.offer.with_user(self.salesperson)
        forged = [
            {"state": "accepted"},
            {"version": 7},
            {"name": "OF/1"},
            {"accepted_order_id": self.first.id},
            {"signed_by": "Somebody"},
            {"signature": b"R0lGODlhAQABAAAAACw="},
            {"reject_note": "No"},
        ]
        self._assert_refused(
            AccessError, [lambda vals=vals: offer.write(vals) for vals in forged]
        )
        vals = {"partner_id": self.client.id}
        self._assert_refused(
            AccessError,
            [
                lambda: offer.create({**vals, "state": "rejected"}),
                lambda: offer.create({**vals, "signed_by": "Somebody"}),
                lambda: offer.create({**vals, "version": 3}),
            ],
        )
        self.assertEqual(offer.create({**vals, "state": "draft"}).state, "draft")
        self.assertEqual(offer.state, "sent")

    def test_texts_the_client_has_seen_stay(self):
        offer = self.offer.with_user(self.salesperson)
        form = self.env["gestor.payment.form"].create({"name": "Barter"})
        self._assert_refused(
            UserError,
            [
                lambda: offer.write({"intro_html": "<p>Cheaper</p>"}),
                lambda: offer.write({"closing_html": "<p>Cheaper</p>"}),
                lambda: offer.write({"payment_form_ids": [Command.link(form.id)]}),
            ],
        )
        self.draft.with_user(self.salesperson).intro_html = "<p>Cheaper</p>"

    def test_status_of_a_variant_follows_the_offer(self):
        first = self.first.with_user(self.salesperson)
        draft = self.draft.order_ids[0].with_user(self.salesperson)
        self._assert_refused(
            UserError,
            [
                lambda: first.write({"state": "sale"}),
                lambda: first.write({"state": "cancel"}),
                draft.action_quotation_sent,
                lambda: draft.with_context(mark_so_as_sent=True).message_post(body="x"),
                (
                    draft | self.quotation.with_user(draft.env.user)
                ).action_quotation_send,
                (self.first | self.second).action_confirm,
            ],
        )
        self.quotation.action_quotation_sent()
        self.assertEqual(self.quotation.state, "sent")

    def test_lines_do_not_move_between_variants_the_client_has(self):
        line = self.first.order_line[0].with_user(self.salesperson)
        other = self.draft.order_ids[0].order_line[0].with_user(self.salesperson)
        self._assert_refused(
            UserError,
            [
                lambda: line.write({"order_id": self.draft.order_ids[0].id}),
                lambda: other.write({"order_id": self.first.id}),
            ],
        )

    def test_closed_variants_are_kept_as_they_were(self):
        self.offer._gestor_accept(self.second)
        closed = self.first.with_user(self.offer_manager)
        self._assert_refused(
            UserError,
            [
                closed.unlink,
                lambda: closed.order_line[0].write({"price_unit": 1}),
                lambda: closed.write({"gestor_variant_name": "Other"}),
                lambda: closed.write({"gestor_offer_id": False}),
                lambda: self.second.write({"gestor_offer_id": False}),
                lambda: self.second.write({"gestor_is_proposed": True}),
            ],
        )
        # the order that came out of the accepted one lives on as in the host
        self.second.order_line[0].price_unit = 1
        self.second.user_id = self.other_salesperson

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_quotation_joins_only_an_own_open_offer(self):
        quotation = self.quotation.with_user(self.salesperson)
        foreign = self._create_offer(user_id=self.other_salesperson.id)
        self._assert_refused(
            UserError, [lambda: quotation.write({"gestor_offer_id": self.offer.id})]
        )
        self._assert_refused(
            AccessError,
            [
                lambda: quotation.write({"gestor_offer_id": foreign.id}),
                lambda: quotation.create(
                    {"partner_id": self.client.id, "gestor_offer_id": foreign.id}
                ),
            ],
        )
        quotation.gestor_offer_id = self.draft
        self.assertRecordValues(
            self.quotation,
            [
                {
                    "gestor_offer_id": self.draft.id,
                    "gestor_variant_name": "Wariant C",
                    "gestor_is_proposed": False,
                    "validity_date": self.draft.date_to,
                }
            ],
        )
        with self.assertRaises(UserError):
            quotation.gestor_offer_id = False

    def test_variants_keep_the_guardian_of_the_offer(self):
        with self.assertRaisesRegex(ValidationError, "guardian"):
            self.first.user_id = self.other_salesperson

    def test_salesperson_gives_an_offer_to_a_colleague(self):
        self.env.invalidate_all()
        draft = self.draft.with_user(self.salesperson)
        draft.write({"user_id": self.other_salesperson.id})
        self.assertEqual(self.draft.order_ids.user_id, self.other_salesperson)

    def test_copy_of_a_variant_is_a_plain_quotation(self):
        self.assertIn(self.first.gestor_variant_name, self.first.display_name)
        copy = self.first.copy()
        self.assertEqual(copy.display_name, copy.name)

    def test_composer_does_not_send_what_is_not_ready(self):
        self.draft.order_ids[0].order_line.unlink()
        draft = self.draft.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "no lines with a product"):
            draft.with_context(gestor_offers_mark_sent=True).message_post(body="x")
        self.assertEqual(self.draft.state, "draft")

    def test_version_the_client_has_seen_is_not_deleted(self):
        offer = self.offer.with_user(self.salesperson)
        offer.action_reset_to_draft()
        with self.assertRaisesRegex(UserError, "earlier version"):
            offer.unlink()
        self.assertTrue(self.first.exists())

    def test_new_date_moves_the_validity_of_the_variants(self):
        self.draft.date_from = "2099-01-01"
        self.assertEqual(self.draft.date_to.year, 2099)
        self.assertEqual(self.draft.order_ids[0].validity_date, self.draft.date_to)

    def test_client_taxed_otherwise_gets_other_taxes(self):
        tax = self.env["account.tax"].create({"name": "VAT here", "amount": 20})
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        abroad = self.env["account.tax"].create(
            {
                "name": "VAT abroad",
                "amount": 0,
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(tax.ids)],
            }
        )
        self.products.taxes_id = tax
        offer = self._create_offer()
        self.assertEqual(offer.amount_tax, 300)
        self.other_client.property_account_position_id = position
        offer.partner_id = self.other_client
        self.assertEqual(offer.order_ids.order_line.tax_ids, abroad)
        self.assertEqual(offer.amount_tax, 0)
