from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferSending(GestorOffersCommon, MailCase):
    def test_preparing_names_what_is_missing(self):
        empty = self._create_offer(order_ids=[], partner_id=self.other_client.id)
        late = self._create_offer(date_from="2020-01-01", date_to="2020-01-02")
        with self.assertRaises(UserError) as error:
            (empty | late).action_prepare()
        message = str(error.exception)
        self.assertIn("Variant “Variant A” has no lines with a product.", message)
        self.assertIn(empty.name, message)
        self.assertIn("The validity ended on", message)
        self.assertIn(late.name, message)
        self.assertEqual(set((empty | late).mapped("state")), {"draft"})

    def test_section_is_not_a_product_line(self):
        lines = [Command.create({"display_type": "line_section", "name": "Section"})]
        offer = self._create_offer(order_ids=[Command.create({"order_line": lines})])
        with self.assertRaisesRegex(UserError, "no lines with a product"):
            offer.action_prepare()

    def test_sending_mails_each_client_in_their_language(self):
        offers = self._create_offer() | self._create_offer(
            partner_id=self.other_client.id
        )
        self.other_client.write({"email": "other@example.com", "lang": "en_US"})
        with self.mock_mail_gateway():
            offers.with_user(self.salesperson).action_send()
        self.assertEqual(set(offers.mapped("state")), {"sent"})
        self.assertEqual(set(offers.order_ids.mapped("state")), {"sent"})
        for offer in offers:
            mail = self._find_mail(offer)
            self.assertIn(offer.get_portal_url(), mail["body"].replace("&amp;", "&"))
            self.assertEqual(len(mail["attachments"]), 1)
        self.assertIn("Oferta", self._find_mail(offers[0])["subject"])
        self.assertIn("Offer", self._find_mail(offers[1])["subject"])

    def _find_mail(self, offer):
        mails = [m for m in self._mails if offer.partner_id.email in m["email_to"][0]]
        self.assertEqual(len(mails), 1)
        return mails[0]

    def test_nothing_is_sent_when_one_client_has_no_address(self):
        self.other_client.email = False
        offers = self._create_offer() | self._create_offer(
            partner_id=self.other_client.id
        )
        with (
            self.mock_mail_gateway(),
            self.assertRaisesRegex(UserError, "Other client has no e-mail"),
        ):
            offers.action_send()
        self.assertFalse(self._mails)
        self.assertEqual(set(offers.mapped("state")), {"draft"})

    def test_composer_marks_the_offer_as_sent_when_it_is_sent(self):
        offer = self._create_offer(user=self.salesperson)
        offer.action_prepare()
        action = offer.action_open_composer()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(offer.state, "prepared")
        self.assertEqual(composer.partner_ids, self.client)
        with self.mock_mail_gateway():
            composer._action_send_mail()
        self.assertEqual(offer.state, "sent")
        self.assertEqual(set(offer.order_ids.mapped("state")), {"sent"})
        self.assertEqual(len(self._mails), 1)

    def test_variant_is_sent_with_its_offer(self):
        offer = self._create_offer()
        action = offer.order_ids[0].action_quotation_send()
        self.assertEqual(action["context"]["default_model"], "gestor.offer")
        self.assertEqual(action["context"]["default_res_ids"], offer.ids)

    def test_offer_handed_over_by_hand_is_sent(self):
        offer = self._create_offer()
        with self.assertRaisesRegex(UserError, "prepared"):
            offer.action_mark_sent()
        offer.action_prepare()
        offer.action_mark_sent()
        self.assertEqual(offer.state, "sent")

    def test_withdrawing_rotates_the_link_and_raises_the_version(self):
        offer = self._create_sent_offer()
        token = offer._portal_ensure_token()
        offer.with_user(self.salesperson).action_reset_to_draft()
        self.assertEqual(offer.state, "draft")
        self.assertEqual(offer.version, 2)
        self.assertNotEqual(offer.access_token, token)
        self.assertEqual(set(offer.order_ids.mapped("state")), {"draft"})
        offer.action_prepare()
        offer.action_reset_to_draft()
        self.assertEqual(offer.version, 2, "the client has not seen this one")

    def test_accepted_offer_is_neither_sent_nor_withdrawn(self):
        offer = self._create_sent_offer()
        offer.action_accept(offer.order_ids[0])
        for action in (offer.action_send, offer.action_reset_to_draft):
            with self.assertRaises(UserError):
                action()

    def test_polish_salesperson_reads_polish_messages(self):
        self.salesperson.lang = "pl_PL"
        offer = self._create_offer(
            user=self.salesperson, order_ids=[], date_to=fields.Date.today()
        )
        with self.assertRaisesRegex(
            UserError, "Wariant „Wariant A” nie ma pozycji z towarem"
        ):
            offer.with_context(lang="pl_PL").action_prepare()

    def test_offers_go_to_the_contact_that_gets_offers(self):
        self._check_offers_go_to_the_buyer()

    def test_older_template_sends_to_the_contact_that_gets_offers_too(self):
        template = self.env.ref("gestor_offers.gestor_offer_mail_template")
        template.partner_to = "{{ object.partner_id.id }}"
        self._check_offers_go_to_the_buyer()
        template.write({"use_default_to": True, "partner_to": False})
        offer = self._create_offer(user=self.salesperson)
        action = offer.with_user(self.salesperson).action_open_composer()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(composer.partner_ids.mapped("name"), ["Buyer"])

    def _check_offers_go_to_the_buyer(self):
        buyer = self.env["res.partner"].create(
            {
                "name": "Buyer",
                "parent_id": self.client.id,
                "email": "buyer@example.com",
                "gestor_mail_purpose_ids": self.env.ref(
                    "gestor_partners.gestor_mail_purpose_offers"
                ).ids,
            }
        )
        self.client.email = False
        offers = self._create_offer(user=self.salesperson)
        offers |= self._create_offer(partner_id=self.other_client.id)
        with self.mock_mail_gateway():
            offers.with_user(self.salesperson).action_send()
        self.assertEqual(set(offers.mapped("state")), {"sent"})
        addresses = " ".join(mail["email_to"][0] for mail in self._mails)
        self.assertEqual(len(self._mails), 2)
        self.assertIn(buyer.email, addresses)
        self.assertIn(self.other_client.email, addresses)

    def test_letter_address_stands_on_the_print(self):
        self.client.child_ids = [
            Command.create({"type": "gestor_correspondence", "street": "Skrytka 12"})
        ]
        offer = self._create_offer()
        report = "gestor_offers.gestor_offer_report_action"
        html = self.env["ir.actions.report"]._render_qweb_html(report, offer.ids)[0]
        self.assertIn("Skrytka 12", html.decode())
        self.assertIn(self.client.name, html.decode())

    def test_client_becomes_standard_with_an_order_without_an_offer(self):
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "user_id": self.salesperson.id,
                    "order_line": [Command.create({"product_id": self.products[0].id})],
                }
                for partner in (self.client, self.salesperson.partner_id)
            ]
        )
        self.assertEqual(self.client.gestor_kind, "potential")
        orders.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.client.gestor_kind, "standard")
        self.assertFalse(self.salesperson.partner_id.gestor_kind)

    def test_open_matters_of_clients_are_counted_together(self):
        self._create_offer()
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.client.id}
        )
        self._create_offer(partner_id=contact.id)
        clients = (self.client | self.other_client).with_user(self.offer_manager)
        self.assertEqual(clients.mapped("gestor_open_matter_count"), [2, 0])
