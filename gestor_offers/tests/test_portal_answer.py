import base64
import hashlib
import re

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import GestorOffersPortalCommon, draw_signature

NO_LINK = "This link is not valid any more."


@tagged("post_install", "-at_install")
class TestPortalAnswer(GestorOffersPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.lang = "en_US"

    # === Accepting ===

    def test_client_signs_the_variant_not_proposed(self):
        answer = self._accept(token=self.token)
        self.assertIn(f"/my/offers/{self.offer.id}?", answer["redirect_url"])
        self.offer.invalidate_recordset()
        self.assertRecordValues(
            self.offer,
            [
                {
                    "state": "accepted",
                    "accepted_order_id": self.other_variant.id,
                    "signed_by": "Anna Żuraw",
                    "signed_ip": "127.0.0.1",
                }
            ],
        )
        self.assertTrue(self.offer.signed_at)
        self.assertTrue(self.offer.signature)
        self.assertEqual(self.other_variant.state, "sale")
        self.assertEqual(self.proposed.state, "cancel")
        page = self._words(self._get(token=self.token, message="accepted"))
        self.assertIn("Thank you, the offer is accepted.", page)
        self.assertNotIn("Choose and sign", page)

    def test_signed_document_is_kept_with_its_checksum(self):
        self._accept(token=self.token)
        message = self.offer.message_ids.filtered("attachment_ids")[:1]
        self.assertEqual(message.author_id, self.client)
        document = base64.b64decode(message.attachment_ids.datas)
        digest = re.search(r"[0-9a-f]{64}", message.body).group()
        self.assertEqual(hashlib.sha256(document).hexdigest(), digest)
        self.assertIn("Anna Żuraw", message.body)
        self.assertIn(self.other_variant.gestor_variant_name, message.body)
        self.assertEqual(
            message.attachment_ids.name,
            f"Offer {self.offer.name.replace('/', '_')}.pdf",
        )

    def test_account_of_the_client_signs_without_token(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        answer = self._accept()
        self.assertNotIn("access_token", answer["redirect_url"])
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.state, "accepted")
        message = self.offer.message_ids.filtered("attachment_ids")[:1]
        self.assertEqual(message.author_id, self.client_user.partner_id)

    def test_offer_of_another_company_is_signed(self):
        company = self.env["res.company"].create({"name": "Second company"})
        offers = self.env["gestor.offer"].with_context(allowed_company_ids=company.ids)
        offer = offers.create(
            {
                "partner_id": self.client.id,
                "user_id": False,
                "order_ids": [(0, 0, self._prepare_variant_vals())],
            }
        )
        offer.action_prepare()
        offer.action_mark_sent()
        answer = self._accept(
            offer.order_ids, offer=offer, token=offer._portal_ensure_token()
        )
        self.assertIn("redirect_url", answer)
        self.assertEqual(offer.order_ids.state, "sale")
        self.assertUndecided()

    # === Wrong links and people ===

    def test_forged_link_cannot_accept(self):
        for token in ("", "0" * 36):
            self.assertEqual(self._accept(token=token), {"error": NO_LINK})
        self.assertUndecided()

    def test_old_link_cannot_accept(self):
        self.offer.action_reset_to_draft()
        self.offer.action_prepare()
        self.offer.action_mark_sent()
        self.assertEqual(self._accept(token=self.token), {"error": NO_LINK})
        self.assertUndecided()

    def test_account_of_another_client_cannot_answer(self):
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertEqual(self._accept(), {"error": NO_LINK})
        self.assertNothingTold(self._decline(reason_id=self.lost_reason.id))
        self.assertUndecided()

    def test_seller_cannot_answer_for_the_client(self):
        self.authenticate(self.salesperson.login, self.salesperson.login)
        self.assertIn("preview", self._accept(token=self.token)["error"])
        response = self._decline(token=self.token, reason_id=self.lost_reason.id)
        self.assertEqual(response.status_code, 403)
        self.assertUndecided()

    # === Wrong state ===

    def test_expired_offer_is_refused(self):
        self.offer.date_from = fields.Date.subtract(fields.Date.today(), days=9)
        self.offer.date_to = fields.Date.subtract(fields.Date.today(), days=2)
        self.assertIn("was valid until", self._accept(token=self.token)["error"])
        response = self._decline(token=self.token, reason_id=self.lost_reason.id)
        self.assertEqual(response.status_code, 409)
        self.assertIn("was valid until", self._words(response))
        self.assertUndecided()

    def test_second_click_changes_nothing(self):
        self._accept(token=self.token)
        messages = self.offer.message_ids
        for order in (self.other_variant, self.proposed):
            answer = self._accept(order, token=self.token, name="Somebody Else")
            self.assertIn("accepted already", answer["error"])
        response = self._decline(token=self.token, reason_id=self.lost_reason.id)
        self.assertEqual(response.status_code, 409)
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.accepted_order_id, self.other_variant)
        self.assertEqual(self.offer.signed_by, "Anna Żuraw")
        self.assertEqual(self.offer.message_ids, messages)

    def test_declined_offer_cannot_be_accepted(self):
        self._decline(token=self.token, reason_id=self.lost_reason.id)
        self.assertIn("rejected already", self._accept(token=self.token)["error"])
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.state, "rejected")

    # === Wrong input ===

    def test_variant_of_another_offer_is_refused(self):
        foreign = self._create_sent_offer()
        answer = self._accept(foreign.order_ids[0], token=self.token)
        self.assertIn("does not belong", answer["error"])
        self.assertUndecided()
        self.assertUndecided(foreign)

    def test_unknown_variant_is_refused(self):
        unknown = self.env["sale.order"].browse(999999999)
        answer = self._accept(unknown, token=self.token)
        self.assertIn("does not belong", answer["error"])
        self.assertUndecided()

    def test_name_is_checked(self):
        for name in (None, "", "   ", "---", 7, "x" * 101):
            with self.subTest(name=name):
                answer = self._accept(token=self.token, name=name)
                self.assertIn("name", answer["error"])
        self.assertUndecided()

    def test_signature_is_checked(self):
        huge = base64.b64encode(b"\x00" * 600_000).decode()
        cases = {
            "draw your signature": (None, "", 5),
            "too large": (huge, draw_signature((3000, 2000))),
            "cannot be read": (
                "%%%",
                "aGVsbG8=",
                draw_signature(image_format="GIF"),
                self.signature[:60],
                base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
            ),
        }
        for text, signatures in cases.items():
            for signature in signatures:
                with self.subTest(text=text, signature=str(signature)[:20]):
                    answer = self._accept(token=self.token, signature=signature)
                    self.assertIn(text, answer["error"])
        self.assertUndecided()

    def test_flood_of_answers_is_stopped(self):
        for _try in range(20):
            self._accept(token=self.token, name="")
        answer = self._accept(token=self.token)
        self.assertIn("Too many attempts", answer["error"])
        response = self._decline(token=self.token, reason_id=self.lost_reason.id)
        self.assertEqual(response.status_code, 429)
        self.assertUndecided()

    @mute_logger("odoo.http")
    def test_answers_are_not_links(self):
        for path in (f"accept/{self.proposed.id}", "decline"):
            url = f"/my/offers/{self.offer.id}/{path}?access_token={self.token}"
            self.assertIn(self.url_open(url).status_code, (400, 405, 415))
        self.assertUndecided()

    # === Declining ===

    def test_client_declines_with_a_reason(self):
        response = self._decline(
            token=self.token, reason_id=self.lost_reason.id, note="  Next year.  "
        )
        self.assertEqual(response.status_code, 303)
        self.offer.invalidate_recordset()
        self.assertRecordValues(
            self.offer,
            [
                {
                    "state": "rejected",
                    "reject_reason_id": self.lost_reason.id,
                    "reject_note": "Next year.",
                }
            ],
        )
        self.assertEqual(set(self.offer.order_ids.mapped("state")), {"cancel"})
        page = self._words(self._get(token=self.token, message="declined"))
        self.assertIn("The offer is declined.", page)

    def test_declining_needs_a_reason(self):
        for reason_id in ("", "x", "-1", "999999999", "9" * 30):
            with self.subTest(reason_id=reason_id):
                response = self._decline(
                    token=self.token, reason_id=reason_id, note="Not <b>now</b>"
                )
                self.assertEqual(response.status_code, 400)
                self.assertIn("Please choose the reason", self._words(response))
                # what was typed is kept, and stays text
                self.assertIn("Not &lt;b&gt;now&lt;/b&gt;", response.text)
        self.assertUndecided()

    def test_forged_link_cannot_decline(self):
        response = self._decline(token="0" * 36, reason_id=self.lost_reason.id)
        self.assertNothingTold(response)
        self.assertUndecided()

    @mute_logger("odoo.http")
    def test_declining_needs_the_form_of_the_page(self):
        response = self._decline(
            token=self.token, reason_id=self.lost_reason.id, csrf_token="forged"
        )
        self.assertEqual(response.status_code, 400)
        self.assertUndecided()

    # === Messages of the answers, in the client's language ===

    def test_errors_speak_the_language_of_the_client(self):
        self.client.lang = "pl_PL"
        answer = self._accept(token=self.token, name="")
        self.assertEqual(answer["error"], "Proszę podać imię i nazwisko.")
