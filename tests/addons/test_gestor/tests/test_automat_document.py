from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .automation_common import AutomatCommon

ENGINE_LOG = "odoo.addons.gestor_automation.models.gestor_due_mixin"


@tagged("post_install", "-at_install")
class TestAutomatDocument(AutomatCommon):
    """Steps that continue a document with a new one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["test.gestor.case"]
        cls.record_template = cls.env["gestor.record.template"].create(
            {
                "name": "Complaint",
                "model": "test.gestor.case",
                "value_ids": [
                    Command.create({"field_name": name, "value": value})
                    for name, value in (
                        ("kind", "big"),
                        ("partner_id", cls.env.company.partner_id.id),
                        ("date_due", 3),
                        ("line_ids", [{"name": "Look at it"}]),
                    )
                ],
            }
        )
        cls.params = {
            "model": "test.gestor.case",
            "template_id": cls.record_template.id,
        }

    def _made(self, orders=None):
        orders = self.orders if orders is None else orders
        return orders._gestor_linked("test.gestor.case")

    @freeze_time("2026-03-02 10:00:00")
    def test_step_makes_a_document_from_a_template(self):
        self._plan(self.orders[0], "document", params=self.params)
        self._run_cron()
        made = self._made()
        self.assertRecordValues(
            made,
            [
                {
                    "name": "Order 0",
                    "partner_id": self.client.id,
                    "user_id": self.anna.id,
                    "kind": "big",
                    "company_id": self.env.company.id,
                }
            ],
        )
        self.assertEqual(str(made.date_due), "2026-03-05")
        self.assertEqual(made.line_ids.name, "Look at it")

    def test_step_without_a_template_continues_the_document(self):
        self._plan(handler="document", params={"model": "test.gestor.case"})
        self._run_cron()
        self.assertEqual(
            sorted(self._made().mapped("name")), sorted(self.orders.mapped("name"))
        )
        self.assertEqual(self._made().partner_id, self.client)

    def test_document_is_made_once_whatever_happens(self):
        self._plan(handler="document", params=self.params, key="complaint")
        self._run_cron()
        again = self._plan(handler="document", params=self.params, key="complaint")
        self._run_cron()
        self.assertEqual(again.mapped("state"), ["done", "done"])
        self.assertEqual(len(self._made()), 2)

    def test_document_that_cannot_be_made_leaves_nothing(self):
        self.patch(
            type(self.cases), "_gestor_prepare_continued_vals", lambda *_args: {}
        )
        action = self._plan(
            self.orders[0], "document", params={"model": "test.gestor.case"}
        )
        before = self.cases.search_count([])
        with mute_logger("odoo.sql_db", ENGINE_LOG):
            action.with_user(self.anna).action_run()
        self.assertTrue(action.error)
        self.assertNotEqual(action.state, "done")
        self.assertEqual(self.cases.search_count([]), before)

    def test_wrong_settings_are_refused_with_a_sentence(self):
        foreign = self.record_template.copy({"value_ids": False})
        foreign.model = "test.gestor.order"
        for message, params in (
            ("needs to know which document", {}),
            ("needs to know which document", {"model": "res.users"}),
            ("another kind", {**self.params, "template_id": foreign.id}),
            ("lacks its setting", {**self.params, "template_id": 0x7FFFFFFF}),
        ):
            with (
                self.subTest(params=params),
                self.assertRaisesRegex(ValidationError, message),
            ):
                self.env["gestor.auto.handler.document"]._validate(
                    params, "test.gestor.order"
                )

    def test_manager_builds_the_step_in_the_form(self):
        with Form(self.env["gestor.automat"].with_user(self.manager)) as form:
            form.name = "Complaint of an order"
            form.model_id = self._model_id("test.gestor.order")
            form.trigger = "manual"
            with form.step_ids.new() as step:
                step.handler = "document"
                step.document_model = "test.gestor.case"
                step.record_template_id = self.record_template
        step = form.record.step_ids
        self.assertEqual(
            step.description, 'Make document "Test Case" from the template "Complaint"'
        )
        pairs = dict(step._get_handler()._preview(step._get_params(), self.orders[0]))
        self.assertEqual(pairs["Kind"], "big")
        self.assertEqual(pairs["Partner"], "Client")
        self.assertFalse(self._made())
        with Form(step, view="gestor_automation.gestor_automat_step_view_form") as form:
            form.document_model = "test.gestor.order"
            self.assertFalse(form.record_template_id)

    def test_manager_lets_no_documents_be_made_that_he_may_not_make(self):
        step = {"handler": "document", "document_model": "test.gestor.case"}
        automat = self._create_automat().with_user(self.manager)
        automat.step_ids = [Command.create(step)]
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "test.gestor.case")]
        )
        access.perm_create = False
        with self.assertRaisesRegex(AccessError, "made by themselves"):
            automat.step_ids = [Command.create(step)]
