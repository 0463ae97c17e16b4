from datetime import datetime

from odoo import Command
from odoo.tests import HttpCase, tagged

from .test_relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestHistory(RelationsCommon):
    """What the documents of sales tell in the time line of their client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.env["calendar.event"].create(
            {
                "name": "Talk at the client's",
                "start": datetime(2026, 3, 2, 9),
                "stop": datetime(2026, 3, 2, 10),
                "user_id": cls.salesperson.id,
                "partner_ids": [Command.set(cls.person.ids)],
            }
        )
        cls.env.flush_all()

    def _entries(self, user=None, kinds=None):
        history = self.env["gestor.history"].with_user(user or self.salesperson)
        entries = history.get_page(self.client.id, {"kinds": kinds})["entries"]
        return {(entry["model"], entry["id"]): entry for entry in entries}

    def _key(self, record):
        return record._name, record.id

    def test_salesperson_sees_each_kind_of_document_once(self):
        entries = self._entries()
        for record in (
            self.process,
            self.offer,
            self.order,
            self.invoice,
            self.meeting,
        ):
            self.assertIn(self._key(record), entries)
        for variant in self.variants:
            self.assertNotIn(self._key(variant), entries, "the offer stands for it")

    def test_variant_that_became_an_order_is_told(self):
        self.offer._gestor_accept(self.variants[0])
        entries = self._entries()
        self.assertIn(self._key(self.variants[0]), entries)
        self.assertNotIn(self._key(self.variants[1]), entries)

    def test_messages_of_documents_are_told(self):
        letter = self.offer.message_post(
            body="Words", subject="Our offer", message_type="email"
        )
        entries = self._entries(kinds=["mail"])
        self.assertEqual(
            entries[self._key(self.offer)]["key"], f"mail.message,{letter.id}"
        )

    def test_other_salesperson_sees_nothing_foreign(self):
        self.offer.message_post(body="Words", message_type="email")
        entries = self._entries(self.other_salesperson)
        for record in (self.process, self.offer, self.order, self.invoice):
            self.assertNotIn(self._key(record), entries)
        manager = self._entries(self.offer_manager)
        self.assertIn(self._key(self.offer), manager)

    def test_private_meeting_of_others_is_only_a_taken_time(self):
        self.meeting.write({"privacy": "private", "location": "Secret place"})
        self.assertIn("Secret", self._entries()[self._key(self.meeting)]["summary"])
        self.env.invalidate_all()  # the host hides it when it is read
        entry = self._entries(self.other_salesperson)[self._key(self.meeting)]
        self.assertNotIn("Talk", entry["title"])
        self.assertNotIn("Secret", entry["summary"])

    def test_counts_are_those_of_the_kinds(self):
        history = self.env["gestor.history"].with_user(self.salesperson)
        counts = {
            kind["kind"]: kind["count"] for kind in history.get_counts(self.client.id)
        }
        for kind in ("crm.lead", "gestor.offer", "sale.order", "account.move"):
            self.assertEqual(counts[kind], 1, kind)
        self.assertEqual(counts["calendar.event"], 1)


@tagged("post_install", "-at_install")
class TestHistoryTour(HttpCase, RelationsCommon):
    def test_salesperson_reads_the_history_of_a_client(self):
        self.salesperson.write({"lang": "pl_PL"})
        self.start_tour(
            f"/odoo/res.partner/{self.client.id}",
            "gestor_history",
            login=self.salesperson.login,
        )
