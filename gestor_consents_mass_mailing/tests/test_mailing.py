from odoo.tests import tagged

from odoo.addons.gestor_consents.tests.common import GestorConsentsCommon
from odoo.addons.gestor_consents.tests.smtp import open_mailbox, open_sms_gateway


@tagged("post_install", "-at_install")
class TestMailing(GestorConsentsCommon):
    """The host's mailings, for real, to a server that keeps what arrives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ewa = cls._create_client(
            "Ewa Gamma", email="ewa@gamma.example", phone="+48 603 100 200"
        )
        cls.clients = cls.anna | cls.jan | cls.ewa
        cls._record(cls.anna, cls.newsletter | cls.calls)
        cls._record(cls.jan, cls.newsletter | cls.calls, "withdrawn")

    def _create_mailing(self, model="res.partner", records=None, **vals):
        records = self.clients if records is None else records
        return self.env["mailing.mailing"].create(
            {
                "subject": "Spring",
                "body_html": "<p>Come and see</p>",
                "mailing_model_id": self.env["ir.model"]._get_id(model),
                "mailing_domain": repr([("id", "in", records.ids)]),
                **vals,
            }
        )

    def _send(self, mailing):
        with open_mailbox(self.env) as mailbox:
            mailing.action_send_mail()
            self.env["mail.mail"].process_email_queue()
        return mailbox

    def test_mailing_reaches_only_who_has_agreed(self):
        mailing = self._create_mailing()
        mailbox = self._send(mailing)
        self.assertEqual(mailbox.recipients, ["anna@alfa.example"])
        left_out = mailing.mailing_trace_ids.filtered(
            lambda trace: trace.trace_status == "cancel"
        )
        self.assertEqual(set(left_out.mapped("res_id")), {self.jan.id, self.ewa.id})
        self.assertEqual(set(left_out.mapped("failure_type")), {"gestor_consent"})
        self.assertTrue(all(left_out.mapped("failure_reason")))
        reasons = self.env["gestor.consent.exclusion"].search(
            [("partner_id", "in", self.clients.ids)]
        )
        self.assertEqual(set(reasons.mapped("reason")), {"withdrawn", "missing"})

    def test_subscriber_who_is_a_client_and_has_refused_is_left_out(self):
        mailing_list = self.env["mailing.list"].create({"name": "Readers"})
        contacts = self.env["mailing.contact"].create(
            [
                {"name": name, "email": email, "list_ids": mailing_list.ids}
                for name, email in (
                    ("Jan", "jan@beta.example"),
                    ("Zoe", "zoe@nobody.example"),
                )
            ]
        )
        mailing = self._create_mailing("mailing.contact", contacts)
        mailbox = self._send(mailing)
        self.assertEqual(mailbox.recipients, ["zoe@nobody.example"])

    def test_bulk_sms_reaches_only_who_has_agreed(self):
        mailing = self._create_mailing(
            mailing_type="sms", body_plaintext="Come and see", sms_force_send=True
        )
        with open_sms_gateway() as numbers:
            mailing.action_send_sms()
        self.assertEqual(numbers, [self.anna.phone_sanitized])
        states = {
            trace.res_id: trace.trace_status for trace in mailing.mailing_trace_ids
        }
        self.assertEqual(states[self.jan.id], "cancel")
        self.assertEqual(states[self.ewa.id], "cancel")
