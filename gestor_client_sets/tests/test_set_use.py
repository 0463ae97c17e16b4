from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-04 10:00:00")
class TestSetUse(GestorClientSetsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.user_id = cls.other
        # the host lets only those add to-dos to a client who may change him
        (cls.owner | cls.other).group_ids += cls.env.ref("base.group_partner_manager")
        cls.client_set = cls._create_static(cls.north | cls.south)

    def _use(self, use, user=None, **vals):
        wizards = self.env["gestor.client.set.use"].with_user(user or self.owner)
        return wizards.create({"client_set_id": self.client_set.id, "use": use, **vals})

    def _run_all(self, trap):
        while trap.enqueued_jobs:
            trap.enqueued_jobs.pop(0).perform()

    def _activities(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("summary", "=", "Zadzwoń")]
        )

    def test_user_plans_a_todo_for_each_client_exactly_once(self):
        wizard = self._use("activities", activity_summary="Zadzwoń")
        with trap_jobs() as trap:
            action = wizard.action_use()
            job = self.env["gestor.job"].browse(action["res_id"])
            self.assertFalse(self._activities(), "it runs in the background")
            first = trap.enqueued_jobs[0]
            self._run_all(trap)
            first.perform()
        self.assertRecordValues(job, [{"state": "done", "done_count": 2}])
        activities = self._activities().sorted("res_id")
        self.assertEqual(activities.mapped("res_id"), (self.north | self.south).ids)
        self.assertRecordValues(
            activities,
            [
                {
                    "user_id": self.other.id,
                    "date_deadline": fields.Date.to_date("2026-05-11"),
                },
                {
                    "user_id": self.owner.id,
                    "date_deadline": fields.Date.to_date("2026-05-11"),
                },
            ],
        )
        self.assertEqual(
            set(job.item_ids.mapped("reason")), {self.other.name, self.owner.name}
        )

    def test_who_may_only_read_clients_plans_no_todos(self):
        uses = self.env["gestor.set.use"]
        self.assertIn("activities", uses.with_user(self.owner)._get_keys())
        reader = self._create_user("reader", "gestor_base.gestor_base_group_user")
        self.assertNotIn("activities", uses.with_user(reader)._get_keys())
        self.assertIn("mail", uses.with_user(reader)._get_keys())

    def test_todos_go_to_whom_the_user_says(self):
        for whom, user in (("me", self.owner), ("chosen", self.manager)):
            wizard = self._use(
                "activities",
                activity_summary="Zadzwoń",
                activity_for=whom,
                activity_user_id=self.manager.id,
            )
            with trap_jobs() as trap:
                wizard.action_use()
                self._run_all(trap)
            self.assertEqual(self._activities().user_id, user)
            self._activities().unlink()

    def test_failing_client_is_told_and_the_others_are_done(self):
        wizard = self._use("activities", activity_summary="Zadzwoń")
        with trap_jobs() as trap:
            action = wizard.action_use()
            self.south.company_id = self.company_b
            self._run_all(trap)
        job = self.env["gestor.job"].browse(action["res_id"])
        self.assertRecordValues(
            job, [{"state": "partial", "done_count": 1, "failed_count": 1}]
        )
        self.assertEqual(self._activities().res_id, self.north.id)

    def test_who_has_no_address_is_left_out_and_told(self):
        wizard = self._use("mail")
        self.assertRecordValues(wizard, [{"taken_count": 1, "left_count": 1}])
        self.assertIn("No e-mail address", wizard.left_html)
        self.assertIn(self.south.name, wizard.left_html)
        action = wizard.action_use()
        self.assertEqual(action["context"]["default_res_ids"], self.north.ids)
        action = wizard.action_show_left_out()
        self.assertEqual(action["domain"], [("id", "in", self.south.ids)])

    def test_blacklisted_address_is_left_out(self):
        self.env["mail.blacklist"]._add(self.north.email)
        wizard = self._use("mail")
        self.assertEqual(wizard.taken_count, 0)
        with self.assertRaises(UserError):
            wizard.action_use()

    def test_mail_goes_to_each_client_of_the_set(self):
        self.owner.group_ids += self.env.ref("mail.group_mail_template_editor")
        action = self._use("mail").action_use()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.owner)
            .with_context(**action["context"])
        )
        composer.subject = "Nowości"
        composer.body = "<p>Dzień dobry</p>"
        composer.save()._action_send_mail()
        mails = self.env["mail.mail"].search([("subject", "=", "Nowości")])
        self.assertEqual(mails.recipient_ids, self.north)

    def test_sms_goes_to_who_has_a_phone(self):
        self.south.phone = "+48 600 100 200"
        wizard = self._use("sms")
        self.assertIn("No phone number", wizard.left_html)
        action = wizard.action_use()
        self.assertEqual(action["res_model"], "sms.composer")
        self.assertEqual(action["context"]["default_res_ids"], self.south.ids)

    def test_print_makes_one_document_of_all(self):
        pattern = self.env["gestor.print.pattern"].create(
            {
                "name": "List",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_html": "<p>Szanowni Państwo</p>",
            }
        )
        with self.assertRaises(ValidationError):
            self._use("print").action_use()
        action = self._use("print", pattern_id=pattern.id).action_use()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(
            sorted(action["context"]["active_ids"]), (self.north | self.south).ids
        )

    def test_registry_of_consents_leaves_out_who_did_not_agree(self):
        asked = []

        def refusals(partners, channel, purpose):
            asked.append((channel, purpose))
            return {
                partner.id: "No consent"
                for partner in partners
                if partner.city == "Gdańsk"
            }

        self.south.email = "biuro@poludnie.example"
        partners = type(self.env["res.partner"])
        self.startPatcher(patch.object(partners, "_gestor_contact_refusals", refusals))
        wizard = self._use("mail", purpose="marketing")
        self.assertIn("No consent", wizard.left_html)
        self.assertEqual(
            wizard.action_use()["context"]["default_res_ids"], self.south.ids
        )
        self.assertEqual(set(asked), {("email", "marketing")})

    def test_only_visible_clients_of_a_shared_set_are_used(self):
        self.client_set.sudo().company_id = False
        self.client_set.visibility = "public"
        self.client_set.sudo()._gestor_add(self.far)
        wizard = self._use("activities", self.other)
        self.assertEqual(wizard.taken_count, 2)
        self.client_set.visibility = "private"
        with self.assertRaises(UserError):
            wizard.action_use()
