from datetime import date

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .automation_common import AutomatCommon


@tagged("post_install", "-at_install")
class TestAutomatSetup(AutomatCommon):
    def test_wrong_automats_are_refused_with_a_sentence(self):
        foreign = self._field("name", "test.gestor.document")
        cycle = {"cycle_frequency": "daily", "cycle_start_at": "2026-03-01 08:00:00"}
        for message, trigger, vals in (
            ("cannot be understood", "created", {"filter_domain": "[('a'"}),
            ("cannot be understood", "created", {"filter_domain": "[('no', '=', 1)]"}),
            ("cannot be understood", "created", {"filter_domain": "env.cr.commit()"}),
            ("Choose the field", "changed", {}),
            ("not a stored field", "changed", {"field_id": foreign.id}),
            ("Choose the date field", "date", {}),
            ("have no stages", "stage", {}),
            ("how the cycle ends", "cycle", cycle),
            ("first time", "cycle", {"cycle_end": "never"}),
            ("how many times", "cycle", {**cycle, "cycle_end": "count"}),
            ("on which date", "cycle", {**cycle, "cycle_end": "until"}),
            ("every 1 or more", "cycle",
             {**cycle, "cycle_end": "never", "cycle_interval": 0}),
            ("days of the week", "cycle",
             {**cycle, "cycle_end": "never", "cycle_frequency": "weekly"}),
            ("no steps", "created", {"step_ids": []}),
            ("business documents", "created",
             {"model_id": self._model_id("res.users").id}),
        ):  # fmt: skip
            with self.subTest(message=message, vals=vals):
                with self.assertRaisesRegex(ValidationError, message):
                    self._create_automat(trigger, **vals)
        self._create_automat("cycle", **cycle, cycle_end="never")

    def test_condition_that_cannot_be_read_is_refused(self):
        before = self.env["gestor.automat"].search_count([])
        for condition in (
            "[('name', '=', ",
            "nonsense",
            "1",
            "[None]",
            "['|']",
            "[('name', 'like')]",
            "[('no_such_field', '=', 1)]",
            "[('name', '=', 1/0)]",
            "[('name', '=', uid.no_such_attribute)]",
            "[('name', '=', __import__('os'))]",
            "[" * 500,
        ):
            for name in ("filter_domain", "filter_pre_domain"):
                with (
                    self.subTest(condition=condition, name=name),
                    self.assertRaisesRegex(ValidationError, "cannot be understood"),
                    self.env.cr.savepoint(),
                ):
                    self._create_automat("created", **{name: condition})
        self.assertEqual(self.env["gestor.automat"].search_count([]), before)

    def test_wrong_steps_are_refused_with_a_sentence(self):
        for message, step in (
            ("lacks its setting", {"handler": "mail"}),
            ("needs a text", {"handler": "comment", "comment": " "}),
            ("not JSON", {"handler": "test_tally", "params_text": "{word"}),
            ("needs a word", {"handler": "test_tally"}),
            ("no stages", {"handler": "stage", "stage_ref": 1}),
        ):
            with self.subTest(message=message):
                with self.assertRaisesRegex(UserError, message):
                    self._create_automat(steps=[step])

    def test_manager_builds_an_automat_in_the_form(self):
        with Form(self.env["gestor.automat"].with_user(self.manager)) as form:
            form.name = "From the form"
            form.model_id = self._model_id("test.gestor.order")
            form.trigger = "changed"
            form.field_id = self._field("state")
            form.to_selection_id = self.env["ir.model.fields.selection"].browse(
                self._state("ready")
            )
            with form.step_ids.new() as step:
                step.handler = "sms"
                step.sms_template_id = self.sms_template
        self.orders[0].state = "ready"
        self._run_cron()
        self.assertEqual(self._planned(form.record).state, "done")
        found = self.env["sms.sms"].search([("partner_id", "=", self.client.id)])
        self.assertEqual(found.body, "Order Order 0 is ready")

    def test_manager_gives_no_server_action_that_he_may_not_run(self):
        system = self.env.ref("base.group_system")
        step = self._server_step("records.write({'amount': 1})")
        self.env["ir.actions.server"].browse(
            step["server_action_id"]
        ).group_ids = system
        automats = self.env["gestor.automat"].with_user(self.manager)
        vals = self._create_automat().copy_data()[0]
        vals["step_ids"] = [Command.create(step)]
        with self.assertRaisesRegex(UserError, "server action"):
            automats.create(vals)

    def test_user_sees_only_what_he_may_run(self):
        self._create_automat()
        group = self.env["res.groups"].create({"name": "Others"})
        self._create_automat("manual", group_ids=group.ids)
        mine = self._create_automat("manual")
        automats = self.env["gestor.automat"].with_user(self.anna)
        self.assertEqual(automats.search([]), mine)
        with self.assertRaises(UserError):
            mine.with_user(self.anna).name = "Mine"
        with self.assertRaises(UserError):
            mine.with_user(self.anna).step_ids.read(["handler"])

    def test_sentence_in_english_and_polish(self):
        automat = self._create_automat(
            "changed",
            [{"handler": "sms", "sms_template_id": self.sms_template.id}],
            field_id=self._field("state").id,
            to_selection_id=self._state("ready"),
        )
        self.assertEqual(
            automat.sentence,
            'When the field "State" of "Order" changes to "Ready": send SMS "Ready".',
        )
        polish = automat.with_context(lang="pl_PL").sentence
        self.assertTrue(polish.startswith('Gdy pole "'), polish)
        self.assertIn('wyślij SMS "Ready"', polish)
        automat.write({"mode": "ask", "filter_domain": "[('amount', '>', 1)]"})
        self.assertIn("if the condition holds", automat.sentence)
        self.assertTrue(automat.sentence.endswith("is asked first."))

    def test_each_trigger_has_its_sentence(self):
        cycle = {
            "cycle_frequency": "weekly",
            "mon": True,
            "cycle_interval": 2,
            "cycle_start_at": "2026-03-01 08:00:00",
            "cycle_end": "never",
        }
        before = {"date_field_id": self._field("date_due").id, "offset_number": 3}
        for trigger, vals, text in (
            ("created", {}, 'When "Order" is created: '),
            ("activity", {}, 'When a to-do of "Order" is done: '),
            ("date", before, '3 days before the date in the field "Date Due" of'),
            ("manual", {}, 'When a user runs it on "Order": '),
            ("cycle", cycle, "(Every so many weeks: 2, Monday)"),
        ):
            with self.subTest(trigger=trigger):
                self.assertIn(text, self._create_automat(trigger, **vals).sentence)

    def test_ready_examples_are_added_once_and_switched_off(self):
        automats = self.env["gestor.automat"].with_user(self.manager)
        automats.action_add_examples()
        examples = automats.with_context(active_test=False).search(
            [("example_key", "=like", "test.gestor.order:%")]
        )
        self.assertEqual(len(examples), 2)
        self.assertFalse(any(examples.mapped("active")))
        with self.assertRaisesRegex(UserError, "there already"):
            automats.action_add_examples()
        examples.active = True
        self.orders[0].gestor_flag_id = self._create_flag()
        self._run_cron()
        self.assertEqual(self.orders[0].activity_ids.user_id, self.anna)


@tagged("post_install", "-at_install")
class TestAutomatDialogs(AutomatCommon):
    def _dialog(self, model, user, documents, **vals):
        context = {"active_model": documents._name, "active_ids": documents.ids}
        return self.env[model].with_user(user).with_context(**context).create(vals)

    def _is_offered(self, user):
        actions = self.env["ir.actions.actions"].with_user(user)
        bindings = actions.get_bindings("test.gestor.order")
        run = self.env.ref("gestor_automation.gestor_automat_run_action")
        return run.id in [action["id"] for action in bindings.get("action", ())]

    def test_action_menu_offers_it_to_who_may_run_one(self):
        self.assertFalse(self._is_offered(self.anna))
        group = self.env["res.groups"].create({"name": "Runners"})
        self._create_automat("manual", group_ids=group.ids)
        self.assertFalse(self._is_offered(self.anna))
        self.anna.group_ids |= group
        self.assertTrue(self._is_offered(self.anna))
        self.assertFalse(self._is_offered(self.bolek))

    def test_user_runs_an_automat_on_two_documents(self):
        automat = self._create_automat("manual")
        dialog = self._dialog("gestor.automat.run", self.anna, self.orders)
        self.assertEqual(dialog.automat_id, automat)
        answer = dialog.action_run()
        self.assertIn("Done: 2", answer["params"]["message"])
        self.assertEqual(self._tally(self.orders), [1, 1])

    def test_user_does_not_run_it_on_what_he_cannot_read(self):
        self._create_automat("manual")
        documents = self.orders | self.foreign_order
        dialog = self._dialog("gestor.automat.run", self.anna, documents)
        with self.assertRaises(UserError):
            dialog.action_run()
        self.assertEqual(self._tally(documents), [0, 0, 0])

    def test_user_does_not_run_another_automat(self):
        secret = self._create_automat()
        dialog = self._dialog(
            "gestor.automat.run", self.anna, self.orders, automat_id=secret.id
        )
        with self.assertRaisesRegex(UserError, "may not run"):
            dialog.action_run()

    def test_condition_that_does_not_hold_is_told(self):
        self._create_automat("manual", filter_domain="[('amount', '>', 1)]")
        dialog = self._dialog("gestor.automat.run", self.anna, self.orders)
        with self.assertRaisesRegex(UserError, "does not hold"):
            dialog.action_run()

    def _preview(self, automat, order):
        dialog = self.env["gestor.automat.preview"].with_user(self.manager)
        dialog = dialog.with_context(lang="en_US")
        return dialog.create(
            {"automat_id": automat.id, "document": f"{order._name},{order.id}"}
        )

    def test_test_run_shows_the_texts_and_changes_nothing(self):
        steps = [
            {"handler": "mail", "mail_template_id": self.template.id},
            {"handler": "sms", "sms_template_id": self.sms_template.id,
             "delay_number": 1, "delay_unit": "days"},
        ]  # fmt: skip
        automat = self._create_automat(steps=steps)
        counted = ("mail.mail", "mail.message", "sms.sms", "gestor.planned.action")
        before = [self.env[model].search_count([]) for model in counted]
        result = self._preview(automat, self.orders[0]).result
        after = [self.env[model].search_count([]) for model in counted]
        self.assertEqual(before, after)
        for text in (
            "The condition holds",
            "Order Order 0",
            "Ready: Order 0",
            "client@example.com",
            "Order Order 0 is ready",
            "+48601202303",
        ):
            self.assertIn(text, result)

    def test_test_run_begins_with_a_document_of_the_kind(self):
        action = self._create_automat().with_user(self.manager).action_test()
        dialogs = self.env["gestor.automat.preview"].with_user(self.manager)
        form = Form(dialogs.with_context(**action["context"]))
        self.assertEqual(form.document, f"test.gestor.order,{self.foreign_order.id}")
        form.document = f"test.gestor.document,{self.papers[0].id}"
        self.assertIn("other documents", form.result)

    def test_test_run_says_that_nothing_would_happen(self):
        automat = self._create_automat(filter_domain="[('amount', '>', 1)]")
        result = self._preview(automat, self.orders[0]).result
        self.assertIn("nothing would happen", result)

    def test_test_run_undoes_what_rendering_changes(self):
        self.template.body_html = (
            "<p t-out=\"object.write({'amount': 99})\"/><p t-out='object.name'/>"
        )
        self.orders.write({"amount": 0})  # the host renders a template when it is saved
        automat = self._create_automat(
            steps=[{"handler": "mail", "mail_template_id": self.template.id}]
        )
        self.assertIn("Order 0", self._preview(automat, self.orders[0]).result)
        self.assertEqual(self.orders[0].amount, 0)

    def test_test_run_shows_the_next_times(self):
        with freeze_time("2026-03-01 00:00:00"):
            automat = self._create_automat(
                "cycle",
                cycle_frequency="monthly",
                cycle_day=1,
                cycle_on_holiday="after",
                cycle_on_weekend="after",
                cycle_start_at="2026-05-01 08:00:00",
                cycle_end="count",
                cycle_count=2,
            )
            result = self._preview(automat, self.orders[0]).result
        self.assertIn("5/4/26", result, "1 May is a holiday, 2 and 3 a weekend")
        self.assertIn("6/1/26", result)

    def test_test_run_shows_the_moment_of_a_date(self):
        self.orders[0].date_due = date(2026, 3, 31)
        automat = self._create_automat(
            "date", date_field_id=self._field("date_due").id, offset_number=1
        )
        self.assertIn("3/30/26", self._preview(automat, self.orders[0]).result)
        self.assertIn("no such date", self._preview(automat, self.orders[1]).result)
