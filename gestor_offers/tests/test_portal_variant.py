from odoo import http
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .portal_common import GestorOffersPortalCommon


@tagged("post_install", "-at_install")
class TestPortalVariant(GestorOffersPortalCommon):
    """The host's pages of an order, for a variant and for an ordinary order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_token = cls.proposed._portal_ensure_token()
        cls.plain = cls.env["sale.order"].create(
            {"partner_id": cls.client.id, **cls._prepare_variant_vals()}
        )
        cls.plain.action_quotation_sent()
        cls.plain_token = cls.plain._portal_ensure_token()

    def test_page_of_a_variant_leads_to_the_offer_without_its_link(self):
        response = self.url_open(
            f"/my/orders/{self.proposed.id}?access_token={self.order_token}"
        )
        self.assertTrue(response.url.endswith(f"/my/offers/{self.offer.id}"))
        self.assertNothingTold(response)

    def test_variant_is_not_accepted_on_its_own_page(self):
        answer = self.make_jsonrpc_request(
            f"/my/orders/{self.proposed.id}/accept",
            {
                "access_token": self.order_token,
                "name": "Anna",
                "signature": self.signature,
            },
        )
        self.assertIn("variant of an offer", answer["error"])
        self.assertUndecided()

    def test_variant_is_not_declined_on_its_own_page(self):
        response = self.url_open(
            f"/my/orders/{self.proposed.id}/decline",
            data={
                "access_token": self.order_token,
                "decline_message": "No",
                "csrf_token": http.Request.csrf_token(self),
            },
            allow_redirects=False,
        )
        self.assertEqual(response.status_code, 303)
        self.assertUndecided()

    @mute_logger("odoo.http")
    def test_variant_is_not_paid_before_it_is_accepted(self):
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                f"/my/orders/{self.proposed.id}/transaction",
                {"access_token": self.order_token},
            )
        self.assertUndecided()

    def test_forged_link_of_a_variant_is_the_hosts_to_refuse(self):
        response = self.url_open(f"/my/orders/{self.proposed.id}?access_token=forged")
        self.assertIn("/web/login", response.url)

    def test_accepted_order_has_the_hosts_page(self):
        self._accept(self.proposed, token=self.token)
        response = self.url_open(
            f"/my/orders/{self.proposed.id}?access_token={self.order_token}"
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn(f"/my/orders/{self.proposed.id}", response.url)
        self.assertIn(self.proposed.name, response.text)

    def test_ordinary_order_keeps_the_hosts_pages(self):
        page = self.url_open(
            f"/my/orders/{self.plain.id}?access_token={self.plain_token}"
        )
        self.assertIn(self.plain.name, page.text)
        answer = self.make_jsonrpc_request(
            f"/my/orders/{self.plain.id}/accept",
            {
                "access_token": self.plain_token,
                "name": "Anna",
                "signature": self.signature,
            },
        )
        self.assertTrue(answer["force_refresh"])
        self.assertEqual(self.plain.signed_by, "Anna")

    def test_ordinary_order_is_declined_on_the_hosts_page(self):
        self.url_open(
            f"/my/orders/{self.plain.id}/decline",
            data={
                "access_token": self.plain_token,
                "decline_message": "No",
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(self.plain.state, "cancel")
