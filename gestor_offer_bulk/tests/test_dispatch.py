import base64
import io
import zipfile
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.mail.tests.common import MailCase

from .common import GestorOfferBulkCommon


@tagged("post_install", "-at_install")
class TestDispatch(GestorOfferBulkCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offers = cls.env["gestor.offer"].union(
            *(
                cls._create_offer(partner_id=client.id)
                for client in (cls.client, cls.other_client, cls.client)
            )
        )

    def setUp(self):
        super().setUp()
        offers = self.env.registry["gestor.offer"]
        original = offers._gestor_job_print

        def render(self, records, params):
            # the host makes no PDF in tests unless it is told to
            self = self.with_context(force_report_rendering=True)
            return original(self, records, params)

        self.startPatcher(patch.object(offers, "_gestor_job_print", render))

    def _dispatch(self, mode, offers=None, **vals):
        offers = self.offers if offers is None else offers
        dispatches = self.env["gestor.offer.dispatch"].with_user(self.salesperson)
        dispatch = dispatches.with_context(active_ids=offers.ids).create(
            {"mode": mode, **vals}
        )
        self._run(dispatch.action_start)
        return dispatch

    def _read_file(self, dispatch):
        url = dispatch.action_download()["url"]
        file = self.env["ir.attachment"].browse(int(url.split("/")[3].split("?")[0]))
        # the owner of the dispatch may read it
        file.with_user(self.salesperson).check_access("read")
        return base64.b64decode(file.datas)

    def _queued(self):
        return self.env["mail.mail"].search(
            [("model", "=", "gestor.offer"), ("res_id", "in", self.offers.ids)],
            order="id",
        )

    def test_one_pdf_with_copies(self):
        one = self._dispatch("pdf", self.offers[0])
        pages = len(PdfFileReader(io.BytesIO(self._read_file(one))).pages)
        dispatch = self._dispatch("pdf", copies=2)
        self.assertEqual(dispatch.job_state, "done")
        content = self._read_file(dispatch)
        self.assertEqual(len(PdfFileReader(io.BytesIO(content)).pages), 6 * pages)
        self.assertEqual(dispatch.action_download(), dispatch.action_download())

    def test_zip_with_a_pdf_of_each_in_order_of_the_clients(self):
        dispatch = self._dispatch("zip", sorting="client")
        with zipfile.ZipFile(io.BytesIO(self._read_file(dispatch))) as archive:
            names = archive.namelist()
            self.assertEqual(len(set(names)), 3)
            for name in names:
                self.assertTrue(archive.read(name).startswith(b"%PDF"))
        items = dispatch.job_id.item_ids
        self.assertEqual(
            self.offers.browse(items.mapped("res_id")).partner_id[:1], self.other_client
        )

    def test_incomplete_offer_is_named_and_the_others_are_printed(self):
        empty = self._create_offer(order_ids=[])
        dispatch = self._dispatch("zip", self.offers | empty)
        self.assertEqual(dispatch.job_state, "partial")
        self.assertIn("no lines with a product", dispatch.job_id.failed_item_ids.reason)
        with zipfile.ZipFile(io.BytesIO(self._read_file(dispatch))) as archive:
            self.assertEqual(len(archive.namelist()), 3)

    def test_each_offer_is_mailed_once_to_its_address(self):
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
        with self.mock_mail_gateway():
            dispatch = self._dispatch("mail")
            self.assertFalse(self._mails, "they wait for the queue")
        self.assertEqual(dispatch.job_state, "done")
        self.assertEqual(set(self.offers.mapped("state")), {"sent"})
        mails = self._queued()
        self.assertEqual(len(mails), 3)
        self.assertEqual(mails.mapped("recipient_ids"), buyer | self.other_client)
        self.assertIn("buyer@example.com", dispatch.job_id.item_ids[0].reason)

    @freeze_time("2026-07-01 12:00:00")
    def test_mails_are_throttled(self):
        with self.mock_mail_gateway():
            self._dispatch("mail", per_minute=2)
        start = datetime(2026, 7, 1, 12)
        self.assertEqual(
            self._queued().mapped("scheduled_date"),
            [start + timedelta(seconds=30 * number) for number in range(3)],
        )

    def test_offer_without_address_is_named_and_stays(self):
        self.other_client.email = False
        dispatches = self.env["gestor.offer.dispatch"].with_user(self.salesperson)
        draft = dispatches.new({"mode": "mail", "offer_ids": self.offers.ids})
        self.assertIn("Other client", draft.left_html)
        with self.mock_mail_gateway():
            dispatch = self._dispatch("mail")
        self.assertEqual(dispatch.job_state, "partial")
        self.assertIn("has no e-mail", dispatch.job_id.failed_item_ids.reason)
        self.assertEqual(self.offers.mapped("state"), ["sent", "draft", "sent"])
        self.assertEqual(len(self._queued()), 2)

    def test_offer_that_waits_for_approval_does_not_leave(self):
        if "gestor.offer.approval.rule" not in self.env:
            self.skipTest("without approvals")
        self.env["gestor.offer.approval.rule"].create(
            {
                "name": "Discounts",
                "kind": "line_discount",
                "limit_percent": 10,
                "approver_ids": self.offer_manager.ids,
            }
        )
        self.offers[0].order_ids[1].order_line[0].discount = 50
        for mode in ("mail", "pdf"):
            with self.subTest(mode), self.mock_mail_gateway():
                dispatch = self._dispatch(mode)
                self.assertEqual(
                    dispatch.job_id.failed_item_ids.res_id, self.offers[0].id
                )
        self.assertEqual(self.offers[0].state, "draft")

    def test_colleague_sees_no_prints(self):
        dispatch = self._dispatch("pdf")
        with self.assertRaises(AccessError):
            dispatch.with_user(self.other_salesperson).action_download()

    def test_nothing_is_started_twice_or_downloaded_too_soon(self):
        dispatch = self._dispatch("pdf")
        with self.assertRaisesRegex(UserError, "started already"):
            dispatch.action_start()
        dispatch.job_id.sudo().state = "running"
        with self.assertRaisesRegex(UserError, "still being printed"):
            dispatch.action_download()
