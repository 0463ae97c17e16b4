from datetime import date, datetime

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.gestor_automation.models import gestor_automat_firing_mixin

from .automation_common import TestAutomationCommon

TIMED_CRON = "gestor_automation.gestor_automat_cron"


class AutomatCommon(TestAutomationCommon):
    @classmethod
    def _create_automat(cls, trigger="created", steps=None, **vals):
        tally = {"handler": "test_tally", "params_text": '{"word": "x"}'}
        return cls.env["gestor.automat"].create(
            {
                "name": "Test automat",
                "model_id": cls._model_id("test.gestor.order").id,
                "trigger": trigger,
                "step_ids": [Command.create(step) for step in steps or [tally]],
                **vals,
            }
        )

    @classmethod
    def _field(cls, name, model="test.gestor.order"):
        return cls.env["ir.model.fields"]._get(model, name)

    @classmethod
    def _state(cls, value):
        selection = cls._field("state").selection_ids
        return selection.filtered(lambda choice: choice.value == value).id

    def _server_step(self, code):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Change",
                "model_id": self._model_id("test.gestor.order").id,
                "state": "code",
                "code": code,
            }
        )
        return {"handler": "server_action", "server_action_id": action.id}

    def _planned(self, automat=None):
        domain = [("automat_id", "=", automat.id)] if automat else []
        return self.actions.search(domain, order="id")

    def _run_timed(self):
        with self.enter_registry_test_mode():
            self.env.ref(TIMED_CRON).method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAutomatEvents(AutomatCommon):
    def test_created_documents_of_the_weakest_user_fire_once_each(self):
        automat = self._create_automat(filter_domain="[('amount', '>', 10)]")
        orders = (
            self.env["test.gestor.order"]
            .with_user(self.anna)
            .create(
                [
                    {"name": f"New {amount}", "user_id": self.anna.id, "amount": amount}
                    for amount in (5, 20, 30)
                ]
            )
        )
        planned = self._planned(automat)
        self.assertEqual(planned.mapped("res_id"), orders[1:].ids)
        self.assertEqual(planned.create_uid, self.anna)
        self._run_cron()
        self._run_cron()
        self.assertEqual(self._tally(orders), [0, 1, 1])

    def test_mixin_extended_downstream_reaches_all_documents(self):
        automat = self._create_automat(
            model_id=self._model_id("test.gestor.document").id
        )
        papers = self._create_papers(self.anna, 2)
        self.assertEqual(self._planned(automat).mapped("res_id"), papers.ids)
        self.assertFalse(self._planned(automat).filtered("closed_at"))

    def test_change_counts_from_and_to(self):
        automat = self._create_automat(
            "changed",
            field_id=self._field("state").id,
            from_selection_id=self._state("new"),
            to_selection_id=self._state("ready"),
        )
        first, second = self.orders.with_user(self.anna)
        first.state = "closed"
        self.assertFalse(self._planned(automat), "to another value")
        first.state = "ready"
        self.assertFalse(self._planned(automat), "from another value")
        second.write({"state": "ready", "name": "Renamed"})
        self.assertEqual(self._planned(automat).res_id, second.id)
        second.state = "ready"
        self.assertEqual(len(self._planned(automat)), 1, "the same value again")
        second.state = "new"
        second.state = "ready"
        self.assertEqual(len(self._planned(automat)), 2, "each change is an event")

    def test_change_of_many_documents_at_once(self):
        automat = self._create_automat("changed", field_id=self._field("state").id)
        self.orders[0].state = "ready"
        self.orders.with_user(self.anna).write({"state": "ready"})
        self.assertEqual(
            self._planned(automat).mapped("res_id"), self.orders.ids, "one change each"
        )

    def test_change_of_a_link_to_one_record(self):
        other = self.client.create({"name": "Other"})
        automat = self._create_automat(
            "changed", field_id=self._field("partner_id").id, to_ref=other.id
        )
        self.orders[0].partner_id = False
        self.assertFalse(self._planned(automat))
        self.orders[0].partner_id = other
        self.assertEqual(self._planned(automat).res_id, self.orders[0].id)

    def test_flag_set_is_a_change(self):
        flag = self._create_flag(name="Urgent")
        automat = self._create_automat(
            "changed", field_id=self._field("gestor_flag_id").id, to_ref=flag.id
        )
        self.orders[0].with_user(self.anna).gestor_flag_id = flag
        self.assertEqual(self._planned(automat).res_id, self.orders[0].id)

    def test_yes_or_no_becomes_yes(self):
        automat = self._create_automat(
            "changed", field_id=self._field("is_paid").id, to_boolean="yes"
        )
        self.orders[0].is_paid = True
        self.orders[0].is_paid = False
        self.assertEqual(len(self._planned(automat)), 1)

    def test_condition_before_looks_at_the_old_values(self):
        automat = self._create_automat(
            "changed",
            field_id=self._field("state").id,
            filter_pre_domain="[('amount', '=', 0)]",
            filter_domain="[('amount', '>', 0)]",
        )
        self.orders[0].write({"state": "ready", "amount": 5})
        self.orders[0].write({"state": "closed", "amount": 6})
        self.assertEqual(len(self._planned(automat)), 1)

    def test_write_within_a_write_fires_once(self):
        automat = self._create_automat("changed", field_id=self._field("state").id)
        self.orders[0].write({"name": "close me"})
        self.assertEqual(self.orders[0].state, "closed")
        self.assertEqual(len(self._planned(automat)), 1)

    def test_done_to_do_fires_for_its_type(self):
        call = self.env.ref("mail.mail_activity_data_call")
        todo = self.env.ref("mail.mail_activity_data_todo")
        automat = self._create_automat("activity", activity_type_id=call.id)
        order = self.orders[0].with_user(self.anna)
        for kind in (call, todo):
            order.activity_schedule(
                activity_type_id=kind.id, user_id=self.anna.id
            ).action_feedback()
        self.assertEqual(self._planned(automat).res_id, order.id)

    def test_automat_of_one_company_leaves_the_others_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        automat = self._create_automat(company_id=other.id)
        here = self._create_orders(self.anna, company_id=self.env.company.id)
        there = self._create_orders(self.anna, company_id=other.id)
        planned = self._planned(automat)
        self.assertEqual(planned.res_id, there.id)
        self.assertEqual(planned.company_id, other)
        self.assertNotIn(here.id, planned.mapped("res_id"))

    def test_archived_automat_does_nothing(self):
        automat = self._create_automat()
        automat.active = False
        self._create_orders(self.anna)
        self.assertFalse(self._planned(automat))
        automat.active = True
        self._create_orders(self.anna)
        self.assertEqual(len(self._planned(automat)), 1)

    def test_steps_are_delayed_and_in_order(self):
        steps = [
            {"handler": "comment", "comment": "Second", "sequence": 20,
             "delay_number": 2, "delay_unit": "hours"},
            {"handler": "comment", "comment": "First", "sequence": 10},
        ]  # fmt: skip
        automat = self._create_automat(steps=steps)
        with freeze_time("2026-03-02 10:00:00"):
            self._create_orders(self.anna)
        self.assertRecordValues(
            self._planned(automat),
            [
                {"planned_at": datetime(2026, 3, 2, 10), "params": {"text": "First"}},
                {"planned_at": datetime(2026, 3, 2, 12), "params": {"text": "Second"}},
            ],
        )

    def test_asking_automat_asks_the_chosen_user(self):
        automat = self._create_automat(mode="ask", user_id=self.bolek.id)
        self._create_orders(self.anna)
        self.assertRecordValues(
            self._planned(automat), [{"mode": "ask", "user_id": self.bolek.id}]
        )

    def test_broken_automat_does_not_disturb_the_user(self):
        step = self._server_step("records.write({'amount': 1})")
        automat = self._create_automat(steps=[step])
        action = automat.step_ids.server_action_id
        action.model_id = self._model_id("test.gestor.document")
        order = self._create_orders(self.anna)
        self.assertTrue(order.exists())
        self.assertIn("another kind", automat.error)
        self.assertFalse(self._planned(automat))
        automat.name = "Mended"
        self.assertFalse(automat.error, "whoever changes it starts anew")

    def test_model_without_automats_costs_no_query(self):
        def count_queries():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.orders.write({"amount": before})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries()
        watched = gestor_automat_firing_mixin.GestorAutomatFiringMixin._watch
        with_hooks = count_queries()
        self.patch(type(self.env["gestor.automat"]), "_watch", lambda *args: None)
        self.assertEqual(with_hooks, count_queries())
        self.assertTrue(watched)

    def test_firing_needs_the_same_queries_for_many(self):
        self._create_automat("changed", field_id=self._field("state").id)

        def count_queries(count):
            orders = self._create_orders(self.anna, count).with_user(self.anna)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.with_context(tracking_disable=True).write({"state": "ready"})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(10)
        self.assertLessEqual(count_queries(90), few + 1)


@tagged("post_install", "-at_install")
class TestAutomatLoops(AutomatCommon):
    def _changed(self, code, **vals):
        return self._create_automat(
            "changed",
            [self._server_step(code)],
            field_id=self._field("amount").id,
            **vals,
        )

    def test_automat_that_sets_itself_off_is_stopped(self):
        automat = self._changed("records.write({'amount': records.amount + 1})")
        self.orders[0].amount = 1
        for _number in range(4):
            self._run_cron()
        planned = self._planned(automat)
        self.assertEqual(planned.mapped("state"), ["failed"])
        self.assertIn("in a circle", planned.error)
        self.assertIn('"Test automat" > "Test automat"', automat.error)
        self.assertEqual(self.orders[0].amount, 1, "nothing is half done")

    def test_automats_that_set_off_each_other_are_stopped(self):
        first = self._changed("records.write({'state': 'ready'})", name="First")
        second = self._create_automat(
            "changed",
            [self._server_step("records.write({'amount': records.amount + 1})")],
            field_id=self._field("state").id,
            name="Second",
        )
        self.orders[0].amount = 1
        for _number in range(4):
            self._run_cron()
        self.assertEqual(self._planned(first).mapped("state"), ["done"])
        self.assertEqual(self._planned(second).mapped("state"), ["failed"])
        for automat in (first, second):
            self.assertIn('"First" > "Second" > "First"', automat.error)
        self.assertEqual((self.orders[0].amount, self.orders[0].state), (1, "ready"))

    def test_circle_over_ever_new_documents_comes_to_an_end(self):
        code = "env['test.gestor.order'].create({'name': 'Child'})"
        automat = self._create_automat(steps=[self._server_step(code)])
        self._create_orders(self.anna)
        for _number in range(20):
            self._run_cron()
        self.assertEqual(len(self._planned(automat)), 10)
        self.assertEqual(self._planned(automat)[-1].state, "failed")

    def test_another_document_is_no_circle(self):
        code = (
            "env['test.gestor.order'].search("
            f"[('id', '=', {self.orders[1].id}), ('amount', '=', 0)]"
            ").write({'amount': 9})"
        )
        automat = self._changed(code)
        self.orders[0].amount = 1
        self._run_cron()
        self._run_cron()
        self.assertFalse(automat.error)
        self.assertEqual(self._planned(automat).mapped("state"), ["done", "done"])


@tagged("post_install", "-at_install")
class TestAutomatTime(AutomatCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/Warsaw"

    def _dated(self, field="date_due", **vals):
        with freeze_time("2026-03-01 00:00:00"):
            automat = self._create_automat(
                "date", date_field_id=self._field(field).id, **vals
            )
        return automat

    def _tick(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._run_timed()

    def test_days_before_a_date_at_an_hour_of_the_company(self):
        automat = self._dated(offset_number=3, offset_unit="days", date_hour=9.5)
        self.orders.write({"date_due": "2026-03-31"})
        # 28 March, half past nine in Warsaw, where it is still winter time
        self._tick("2026-03-28 08:29:00")
        self.assertFalse(self._planned(automat))
        self._tick("2026-03-28 08:31:00", "2026-03-28 08:36:00", "2026-03-28 09:00:00")
        self.assertEqual(self._planned(automat).mapped("res_id"), self.orders.ids)
        self.assertEqual(
            self._planned(automat)[0].planned_at, datetime(2026, 3, 28, 8, 30)
        )

    def test_moved_date_is_an_event_of_its_own(self):
        automat = self._dated(offset_number=0, date_hour=8)
        self.orders[0].date_due = "2026-03-10"
        self._tick("2026-03-08 12:00:00", "2026-03-10 12:00:00")
        self.orders[0].date_due = "2026-03-12"
        self._tick("2026-03-11 12:00:00", "2026-03-12 12:00:00")
        self.assertEqual(len(self._planned(automat)), 2)

    def test_hours_after_a_moment(self):
        automat = self._dated(
            "visit_at", offset_number=2, offset_unit="hours", offset_direction="after"
        )
        self.orders[0].visit_at = "2026-03-05 10:15:00"
        self._tick("2026-03-05 12:10:00")
        self.assertFalse(self._planned(automat))
        self._tick("2026-03-05 12:15:00")
        self.assertEqual(self._planned(automat).res_id, self.orders[0].id)

    def test_month_after_the_last_day_of_january(self):
        automat = self._dated(
            offset_number=1, offset_unit="months", offset_direction="after", date_hour=0
        )
        self.orders[0].date_due = "2026-03-31"
        self._tick("2026-04-29 22:05:00", "2026-04-30 12:00:00", "2026-05-02 12:00:00")
        self.assertEqual(
            self._planned(automat).planned_at, datetime(2026, 4, 29, 22), "30 April"
        )

    def test_condition_is_asked_at_the_moment(self):
        automat = self._dated(filter_domain="[('state', '!=', 'closed')]")
        self.orders.write({"date_due": "2026-03-05"})
        self._tick("2026-03-04 12:00:00")
        self.orders[0].state = "closed"
        self._tick("2026-03-05 12:00:00")
        self.assertEqual(self._planned(automat).res_id, self.orders[1].id)

    def test_what_was_due_before_it_was_switched_on_is_left(self):
        automat = self._dated()
        automat.active = False
        self.orders.write({"date_due": "2026-03-05"})
        with freeze_time("2026-03-06 00:00:00"):
            automat.active = True
        self._tick("2026-03-06 12:00:00")
        self.assertFalse(self._planned(automat))

    def test_cycle_fires_once_for_each_occurrence_and_document(self):
        with freeze_time("2026-03-27 00:00:00"):
            automat = self._create_automat(
                "cycle",
                cycle_frequency="daily",
                cycle_start_at="2026-03-28 07:00:00",
                cycle_end="count",
                cycle_count=2,
                filter_domain=f"[('id', 'in', {self.orders.ids})]",
            )
        self._tick("2026-03-28 06:59:00")
        self.assertFalse(self._planned(automat))
        # eight in Warsaw, before and after the change of clocks
        self._tick("2026-03-28 07:01:00", "2026-03-28 07:06:00", "2026-03-29 06:01:00")
        self._tick("2026-03-30 06:01:00", "2026-03-31 06:01:00")
        self.assertEqual(
            sorted(self._planned(automat).mapped("planned_at")),
            [datetime(2026, 3, 28, 7)] * 2 + [datetime(2026, 3, 29, 6)] * 2,
        )

    def test_two_hosts_plan_an_occurrence_once(self):
        with freeze_time("2026-03-27 00:00:00"):
            automat = self._create_automat(
                "cycle",
                cycle_frequency="daily",
                cycle_start_at="2026-03-28 07:00:00",
                cycle_end="never",
                filter_domain=f"[('id', 'in', {self.orders.ids})]",
            )
        since, now = datetime(2026, 3, 28), datetime(2026, 3, 28, 12)
        automat._fire_cycle(since, now)
        automat._fire_cycle(since, now)
        self.assertEqual(len(self._planned(automat)), 2)


@tagged("post_install", "-at_install")
class TestAutomatSetup(AutomatCommon):
    def test_wrong_automats_are_refused_with_a_sentence(self):
        papers = "test.gestor.document"
        cycle = {"cycle_frequency": "daily", "cycle_start_at": "2026-03-01 08:00:00"}
        for message, trigger, vals in (
            ("cannot be understood", "created", {"filter_domain": "[('a'"}),
            ("cannot be understood", "created", {"filter_domain": "[('no', '=', 1)]"}),
            ("cannot be understood", "created", {"filter_domain": "env.cr.commit()"}),
            ("Choose the field", "changed", {}),
            ("not a stored field", "changed", {"field_id": self._field("name", papers).id}),
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
        self.env["ir.actions.server"].browse(step["server_action_id"]).group_ids = system
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
