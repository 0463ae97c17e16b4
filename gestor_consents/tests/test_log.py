from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestLog(GestorConsentsCommon):
    """What was said stays as it was said, whatever way somebody takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        evidence = {"ip": "203.0.113.7", "user_agent": "Firefox"}
        cls.consent = cls.consents._gestor_record(
            cls.anna, cls.newsletter, "given", "web", evidence=evidence
        )
        cls.log = cls.logs.search([("partner_id", "=", cls.anna.id)])

    def _run_sql(self, query, *params):
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(query, params)

    def test_answer_is_logged_with_text_time_and_proof(self):
        log = self.log
        self.assertEqual(len(log), 1)
        self.assertRecordValues(
            log,
            [
                {
                    "state_before": False,
                    "state": "given",
                    "source": "web",
                    "version_id": self.newsletter.version_id.id,
                    "ip": "203.0.113.7",
                    "user_id": self.env.uid,
                }
            ],
        )
        self.assertEqual(len(log.text_hash), 64)
        self.assertEqual(len(log.evidence_hash), 64)

    def test_administrator_cannot_change_the_log(self):
        with self.assertRaises(UserError):
            self.log.with_user(self.admin).sudo().write({"state": "refused"})
        with self.assertRaises(UserError):
            self.log.with_user(self.admin).sudo().unlink()

    def test_sql_cannot_change_the_log(self):
        queries = [
            "UPDATE gestor_consent_log SET state = 'refused'",
            "UPDATE gestor_consent_log SET logged_at = now() - interval '1 year'",
            "DELETE FROM gestor_consent_log",
            "TRUNCATE gestor_consent_log",
        ]
        for query in queries:
            with self.subTest(query), self.assertRaises(IntegrityError):
                self._run_sql(query)

    def test_privileged_ways_open_no_more_than_they_say(self):
        path = "SELECT set_config('gestor.consent_log_path', %s, true)"
        refused = {
            "merge": "UPDATE gestor_consent_log SET state = 'refused'",
            "anonymise": "UPDATE gestor_consent_log SET ip = '192.0.2.1'",
        }
        for way, query in refused.items():
            with self.subTest(way):
                self.env.cr.execute(path, [way])
                with self.assertRaises(IntegrityError):
                    self._run_sql(query)
                with self.assertRaises(IntegrityError):
                    self._run_sql("DELETE FROM gestor_consent_log")
        self.env.cr.execute(path, [""])

    def test_anonymised_log_keeps_the_evidence(self):
        kept = self.log.read(["logged_at", "text_hash", "evidence_hash", "state"])
        self.logs._gestor_anonymise(self.anna)
        self.assertFalse(self.log.ip)
        self.assertFalse(self.log.user_agent)
        names = ["logged_at", "text_hash", "evidence_hash", "state"]
        self.assertEqual(self.log.read(names), kept)
        with self.assertRaises(IntegrityError):
            self._run_sql("UPDATE gestor_consent_log SET ip = NULL, state = 'given'")
            self._run_sql("DELETE FROM gestor_consent_log")

    def test_client_with_a_log_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.anna.unlink()
        self.jan.unlink()

    def test_client_who_was_never_asked_can_be_deleted(self):
        self.consents.create({"partner_id": self.jan.id, "type_id": self.calls.id})
        self.jan.unlink()
        self.assertFalse(self.jan.exists())

    def test_text_that_was_answered_stays(self):
        version = self.newsletter.version_id
        with self.assertRaises(UserError):
            version.text = "<p>Something else</p>"
        with self.assertRaises(UserError):
            version.update_field_translations("text", {"pl_PL": {"": "Inny"}})
        with self.assertRaises(UserError):
            version.unlink()
        with self.assertRaises(IntegrityError):
            self._run_sql(
                "UPDATE gestor_consent_version SET text = '{}' WHERE id = %s",
                version.id,
            )

    def test_text_that_nobody_has_answered_changes(self):
        version = self.calls.version_id
        version.text = "<p>Something else</p>"
        self.assertIn("Something else", version.text)

    def test_new_version_does_not_touch_the_old_answer(self):
        old = self.newsletter.version_id
        self.newsletter.version_ids = [(0, 0, {"text": "<p>New words</p>"})]
        self.assertEqual(self.newsletter.version_id.number, old.number + 1)
        self.assertEqual(self.consent.version_id, old)
        self._record(self.anna, self.newsletter)
        self.assertEqual(self.consent.version_id, self.newsletter.version_id)
        self.assertEqual(len(self._get_log(self.anna)), 2)

    def test_log_stands_in_the_time_line(self):
        page = self.env["gestor.history"].with_user(self.reader)
        entries = page.get_page(self.anna.id, {}, None)["entries"]
        self.assertIn("Newsletter", [entry["title"] for entry in entries])
