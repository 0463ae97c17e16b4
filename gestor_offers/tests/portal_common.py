import base64
import io
import re

from PIL import Image

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .common import GestorOffersCommon


def draw_signature(size=(60, 20), image_format="PNG"):
    """Return a picture as a browser sends it: base64 without the ``data:`` prefix."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, image_format)
    return base64.b64encode(buffer.getvalue()).decode()


class GestorOffersPortalCommon(GestorOffersCommon, HttpCase):
    """A sent offer with two variants, its client's and another client's account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_sent_offer()
        cls.proposed = cls.offer.proposed_order_id
        cls.other_variant = cls.offer.order_ids - cls.proposed
        cls.token = cls.offer._portal_ensure_token()
        cls.signature = draw_signature()
        cls.client_user = cls._create_portal_user("gestor_portal_client", cls.client)
        cls.stranger = cls._create_portal_user(
            "gestor_portal_stranger", cls.other_client
        )

    @classmethod
    def _create_portal_user(cls, login, parent):
        user = new_test_user(
            cls.env,
            login=login,
            groups="base.group_portal",
            email=f"{login}@example.com",
        )
        user.partner_id.write({"parent_id": parent.id, "lang": "en_US"})
        return user

    def setUp(self):
        super().setUp()
        # a visitor without an account has a session too: forms are bound to it
        self.authenticate(None, None)

    # === Requests ===

    def _get(self, offer=None, token=None, **params):
        offer = offer or self.offer
        if token:
            params["access_token"] = token
        query = "&".join(f"{key}={value}" for key, value in params.items())
        return self.url_open(f"/my/offers/{offer.id}?{query}", allow_redirects=False)

    def _accept(self, order=None, offer=None, token=None, **params):
        offer = offer or self.offer
        params.setdefault("name", "Anna Żuraw")
        params.setdefault("signature", self.signature)
        order_id = (order or self.other_variant).id
        return self.make_jsonrpc_request(
            f"/my/offers/{offer.id}/accept/{order_id}?access_token={token or ''}",
            params,
        )

    def _decline(self, offer=None, token=None, **data):
        offer = offer or self.offer
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        if token:
            data["access_token"] = token
        return self.url_open(
            f"/my/offers/{offer.id}/decline", data=data, allow_redirects=False
        )

    # === Assertions ===

    def assertUndecided(self, offer=None):
        """Check that an offer still waits for the client and has no trace of a try."""
        offer = offer or self.offer
        offer.invalidate_recordset()
        self.assertEqual(offer.state, "sent")
        self.assertFalse(offer.accepted_order_id)
        self.assertFalse(offer.signed_by)
        self.assertFalse(offer.reject_reason_id)
        self.assertEqual(set(offer.order_ids.mapped("state")), {"sent"})

    def assertNothingTold(self, response, offer=None):
        """Check that a page for a wrong link tells nothing about the offer."""
        offer = offer or self.offer
        self.assertEqual(response.status_code, 404)
        text = response.text
        for secret in (offer.name, offer.partner_id.name, self.products[0].name):
            self.assertNotIn(secret, text)

    def _words(self, response):
        """Return the text of a page without markup and repeated blanks."""
        body = re.sub(r"(?s)<(script|style).*?</\1>", " ", response.text)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ")
