import base64
import io
import re
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from unittest.mock import patch

from aiosmtpd.controller import Controller
from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon

LOOPBACK = "127.0.0.1"


class _Mailbox:
    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((list(envelope.rcpt_tos), message))
        return "250 kept"


@tagged("post_install", "-at_install")
class TestMailBody(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.gestor_offer_mail_form = "body"
        picture = io.BytesIO()
        Image.new("RGB", (400, 300), "#336699").save(picture, "PNG")
        cls.products[0].image_1920 = base64.b64encode(picture.getvalue())
        cls.offer = cls._create_offer(user=cls.salesperson)

    @contextmanager
    def _mailbox(self):
        """Let the host send for real, to a server on the loopback interface."""
        mailbox = _Mailbox()
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = probe.getsockname()[1]
        controller = Controller(mailbox, hostname=LOOPBACK, port=port)
        controller.start()
        servers = self.env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {
                "name": "Loopback",
                "smtp_host": LOOPBACK,
                "smtp_port": port,
                "smtp_encryption": "none",
            }
        )
        try:
            with patch.object(
                self.env.registry["ir.mail_server"], "_disable_send", lambda _self: 0
            ):
                yield mailbox
        finally:
            controller.stop()

    def _send(self, offers=None):
        """Send offers; return the messages as a mail program reads them."""
        offers = (offers or self.offer).with_user(self.salesperson)
        with self._mailbox() as mailbox:
            offers.with_context(mail_notify_force_send=False).action_send()
            mails = self.env["mail.mail"].search(
                [("model", "=", "gestor.offer"), ("res_id", "in", offers.ids)]
            )
            mails.send()
        self.assertEqual(set(offers.mapped("state")), {"sent"})
        return [message for _to, message in mailbox.messages]

    def test_client_reads_the_offer_in_the_mail(self):
        (message,) = self._send()
        self.assertIn("Oferta", message["Subject"])
        self.assertFalse(list(message.iter_attachments()))
        html = message.get_body(("html",)).get_content()
        for product in self.products:
            self.assertIn(product.name, html)
        # the client reads Polish
        self.assertIn("Wybierz ten wariant", html)
        self.assertIn("Zadaj pytanie", html)
        self.assertNotIn("<script", html)
        self.assertNotIn("<style", html)

    def test_pictures_travel_inside_the_mail(self):
        (message,) = self._send()
        html = message.get_body(("html",)).get_content()
        cid = f"product-{self.products[0].id}@gestor"
        self.assertIn(f'src="cid:{cid}"', html)
        self.assertNotIn("/web/image/product.product", html)
        related = [part for part in message.walk() if part["Content-ID"] == f"<{cid}>"]
        self.assertEqual(len(related), 1)
        self.assertEqual(related[0].get_content_disposition(), "inline")
        image = Image.open(io.BytesIO(related[0].get_content()))
        self.assertEqual(image.width, 256)

    def test_text_reader_sees_lines_amounts_and_addresses(self):
        (message,) = self._send()
        text = message.get_body(("plain",)).get_content()
        row = next(line for line in text.splitlines() if "Product 2" in line)
        self.assertRegex(row, r"Product 2.* \| .*200,00")
        url = self.offer._get_mail_page_url("offer_conversation")
        self.assertIn(f"Zadaj pytanie: {url}", text.replace("\r", ""))
        self.assertNotIn("<", text)

    def test_buttons_lead_to_the_variants_of_the_page(self):
        (message,) = self._send()
        html = message.get_body(("html",)).get_content().replace("&amp;", "&")
        for order in self.offer.order_ids:
            self.assertIn(f"#variant_{order.id}", html)
        self.assertIn("#offer_conversation", html)
        links = re.findall(r'href="([^"]*)"', html)
        for link in links:
            if "/my/offers/" in link:
                self.assertIn(self.offer.access_token, link)

    def test_pdf_comes_along_where_wanted(self):
        self.offer.mail_form = "both"
        (message,) = self._send()
        (attachment,) = message.iter_attachments()
        self.assertIn("Product 1", message.get_body(("html",)).get_content())
        self.assertTrue(attachment.get_filename().startswith("Oferta"))

    def test_each_form_is_mailed_with_its_template(self):
        other = self._create_offer(
            partner_id=self.other_client.id, mail_form="attachment"
        )
        messages = self._send(self.offer | other)
        self.assertEqual(len(messages), 2)
        by_subject = {self.offer.name in m["Subject"]: m for m in messages}
        self.assertFalse(list(by_subject[True].iter_attachments()))
        self.assertTrue(list(by_subject[False].iter_attachments()))
        self.assertNotIn(
            "Product 1", by_subject[False].get_body(("html",)).get_content()
        )

    def test_nothing_is_sent_when_one_of_them_is_not_ready(self):
        other = self._create_offer(order_ids=[], mail_form="attachment")
        with self.assertRaises(UserError):
            (self.offer | other).action_send()
        self.assertEqual(self.offer.state, "draft")

    def test_composer_shows_the_offer(self):
        action = self.offer.action_open_composer()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Product 1", composer.body)
        self.assertEqual(composer.partner_ids, self.client)

    def test_names_of_goods_cannot_bring_code_along(self):
        self.products[1].name = '<img src=x onerror="alert(1)">Saw'
        offer = self._create_offer(
            user=self.salesperson,
            order_ids=[Command.create(self._prepare_variant_vals())],
        )
        (message,) = self._send(offer)
        html = message.get_body(("html",)).get_content()
        self.assertIn("&lt;img", html)
        self.assertIn("Saw", html)
        self.assertIn("Zaakceptuj ofert", html)

    def test_other_mails_are_left_alone(self):
        message = self.offer.message_post(
            body="Product 1", partner_ids=self.client.ids, message_type="comment"
        )
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        for email in mail._prepare_outgoing_list():
            self.assertFalse(email["attachments"])
