from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestMayContact(GestorConsentsCommon):
    def test_everybody_learns_why_a_client_may_not_be_contacted(self):
        anna = self.anna.with_user(self.reader)
        self.assertEqual(self._reason(anna), "missing")
        for state in ("waiting", "given", "refused", "withdrawn"):
            self._record(self.anna, self.newsletter, state)
            verdict = anna._gestor_may_contact("email")[anna.id]
            self.assertEqual(verdict.reason, state)
            self.assertEqual(verdict.allowed, state == "given")
            self.assertTrue(verdict.explanation)

    def test_consent_covers_its_channels_only(self):
        self._record(self.anna, self.calls)
        reasons = {
            channel: self._reason(self.anna, channel)
            for channel in ("email", "sms", "phone", "letter")
        }
        self.assertEqual(
            reasons,
            {"email": "missing", "sms": "given", "phone": "given", "letter": "free"},
        )

    def test_one_refusal_is_stronger_than_another_consent(self):
        other = self._create_type("Partners' offers", is_email=True)
        self._record(self.anna, self.newsletter)
        self.assertEqual(self._reason(self.anna), "given")
        self._record(self.anna, other, "refused")
        self.assertEqual(self._reason(self.anna), "refused")
        self.assertEqual(self._reason(self.anna, purpose=self.newsletter), "given")

    def test_lists_of_the_host_count_as_a_refusal(self):
        self._record(self.anna, self.newsletter | self.calls)
        self.env["mail.blacklist"]._add(self.anna.email)
        self.assertEqual(self._reason(self.anna), "blacklisted")
        self.assertEqual(self._reason(self.anna, "sms"), "given")
        self.env["phone.blacklist"].create({"number": self.anna.phone_sanitized})
        self.assertEqual(self._reason(self.anna, "sms"), "blacklisted")

    def test_users_of_the_company_are_no_clients(self):
        self.assertEqual(self._reason(self.editor.partner_id), "internal")

    def test_types_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Second"})
        self.newsletter.company_id = other
        self.assertEqual(self._reason(self.anna), "free")
        self.assertEqual(self._reason(self.anna, company=other), "missing")
        self._record(self.anna, self.newsletter)
        self.assertEqual(self._reason(self.anna, company=other), "given")

    def test_number_of_queries_does_not_grow(self):
        clients = self.env["res.partner"].create(
            [{"name": f"C{n}", "email": f"c{n}@x.example"} for n in range(90)]
        )
        self._record(clients[::2], self.newsletter)
        clients[:10]._gestor_may_contact("email")
        counts = []
        for some in (clients[:10], clients):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._gestor_may_contact("email")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_recording_for_many_takes_as_many_queries_as_for_few(self):
        clients = self.env["res.partner"].create(
            [{"name": f"C{n}"} for n in range(100)]
        )
        counts = []
        for some in (clients[:10], clients[10:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._record(some, self.newsletter)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_filter_finds_clients_without_consent(self):
        self._record(self.anna, self.newsletter)
        self._record(self.jan, self.newsletter, "refused")
        partners = self.env["res.partner"].with_user(self.reader)
        both = [("id", "in", (self.anna | self.jan).ids)]
        with mute_logger("odoo.domains"):
            found = partners.search(
                [*both, ("gestor_has_marketing_consent", "=", False)]
            )
        self.assertEqual(found, self.jan.with_user(self.reader))
        self.assertTrue(self.anna.gestor_has_marketing_consent)
        self.assertFalse(self.jan.gestor_has_marketing_consent)
