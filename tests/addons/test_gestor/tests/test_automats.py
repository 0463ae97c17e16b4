from datetime import datetime

from odoo.tests import freeze_time, tagged

from .automation_common import AutomatCommon


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
        with_hooks = count_queries()
        self.patch(type(self.env["gestor.automat"]), "_watch", lambda *args: None)
        self.assertEqual(with_hooks, count_queries())

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
