from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestRecord(GestorConsentsCommon):
    def _record_as(self, user, **vals):
        clients = self.anna | self.jan
        wizard = (
            self.env["gestor.consent.record"]
            .with_user(user)
            .with_context(active_model="res.partner", active_ids=clients.ids)
            .create({"type_ids": [Command.set(self.newsletter.ids)], **vals})
        )
        wizard.action_record()
        return self.consents.search([("type_id", "=", self.newsletter.id)])

    def test_editor_records_an_answer_of_many_clients_with_a_proof(self):
        proof = self.env["ir.attachment"].with_user(self.editor)
        proof = proof.create({"name": "fair.txt", "raw": b"list of the fair"})
        consents = self._record_as(
            self.editor,
            state="given",
            source="paper",
            note="Fair",
            proof_ids=[Command.set(proof.ids)],
        )
        self.assertEqual(consents.partner_id, self.anna | self.jan)
        self.assertEqual(set(consents.mapped("state")), {"given"})
        self.assertEqual(consents.proof_ids, proof)
        self.assertEqual(proof.res_model, "gestor.consent")
        log = self._get_log(self.jan)
        self.assertEqual(log.user_id, self.editor)
        self.assertEqual((log.source, log.note), ("paper", "Fair"))
        self.assertEqual(len(log.proof_hash), 64)

    def test_reader_of_clients_records_nothing(self):
        with self.assertRaises(AccessError):
            self._record_as(self.reader)
        with self.assertRaises(AccessError):
            self.consents.with_user(self.reader)._gestor_record(
                self.anna, self.newsletter, "given", "form"
            )

    def test_later_answer_is_logged_after_the_first(self):
        self._record(self.anna, self.newsletter)
        self._record(self.anna, self.newsletter)  # says nothing new
        self._record(self.anna, self.newsletter, "withdrawn", "phone")
        steps = [(log.state_before, log.state) for log in self._get_log(self.anna)]
        self.assertEqual(steps, [(False, "given"), ("given", "withdrawn")])

    def test_written_field_is_logged_too(self):
        consent = self._record(self.anna, self.newsletter)
        consent.with_user(self.editor).write({"state": "refused", "source": "phone"})
        self.assertEqual(self._get_log(self.anna)[-1].state, "refused")
        with self.assertRaises(UserError):
            consent.partner_id = self.jan
        with self.assertRaises(UserError):
            consent.unlink()

    def test_empty_dialog_gets_a_message(self):
        wizard = self.env["gestor.consent.record"].create({})
        with self.assertRaises(UserError):
            wizard.action_record()

    @freeze_time("2026-01-31")
    def test_consent_ends_after_its_months(self):
        self.newsletter.validity_months = 1
        consent = self._record(self.anna, self.newsletter)
        self.assertEqual(consent.valid_until, date(2026, 2, 28))

    def test_guardian_is_reminded_before_the_end_and_the_consent_ends_after_it(self):
        self.newsletter.write({"validity_months": 12, "remind_days": 30})
        self.anna.user_id = self.editor
        with freeze_time("2026-01-10"):
            consent = self._record(self.anna | self.jan, self.newsletter)
        with freeze_time("2026-12-10"):
            self._run_cron()
        self.assertFalse(self.anna.activity_ids)
        with freeze_time("2026-12-11"):
            self._run_cron()
            self._run_cron()
        self.assertEqual(len(self.anna.activity_ids), 1)
        self.assertEqual(self.anna.activity_ids.user_id, self.editor)
        with freeze_time("2027-01-10"):
            self._run_cron()
            self.assertEqual(set(consent.mapped("state")), {"given"})
            self.assertEqual(self._reason(self.anna), "given")
        with freeze_time("2027-01-11"):
            self.assertEqual(self._reason(self.anna), "expired")
            self._run_cron()
        self.assertEqual(set(consent.mapped("state")), {"withdrawn"})
        self.assertEqual(self._get_log(self.jan)[-1].source, "expiry")

    def _run_cron(self):
        cron = self.env.ref("gestor_consents.gestor_consent_cron_expire")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_template_of_clients_brings_waiting_consents(self):
        manager = self._create_user("manager", "gestor_base.gestor_base_group_manager")
        self.consents.create({"partner_id": self.anna.id, "type_id": self.calls.id})
        pattern = self.anna.with_user(manager)
        action = pattern.action_gestor_save_template()
        template = self.env["gestor.record.template"].browse(action["res_id"])
        template = template.with_user(manager)
        client, _problems = template._gestor_create_document({"name": "Another"})
        consent = client.gestor_consent_ids
        self.assertEqual(consent.type_id, self.calls)
        self.assertEqual(consent.state, "waiting")

    def test_ready_examples_are_in_polish_and_fill_the_clause(self):
        company = self.env.company
        company.gestor_information_clause = False
        self.env["gestor.consent.type"].action_use_examples()
        kind = self.env.ref("gestor_consents.gestor_consent_type_email")
        self.assertTrue(kind.active)
        self.assertEqual(
            kind.with_context(lang="pl_PL").name, "Marketing pocztą elektroniczną"
        )
        clause = company.with_context(lang="pl_PL").gestor_information_clause
        self.assertIn("Administratorem", clause)

    def test_print_has_the_clause_and_the_questions(self):
        self.env.company.gestor_information_clause = "<p>We keep it safe</p>"
        report = self.env["ir.actions.report"].with_user(self.reader)
        html = report._render_qweb_html(
            "gestor_consents.report_consents", self.anna.ids
        )[0].decode()
        self.assertIn("We keep it safe", html)
        self.assertIn("I agree to Newsletter", html)
        self.assertIn("Anna Alfa", html)
