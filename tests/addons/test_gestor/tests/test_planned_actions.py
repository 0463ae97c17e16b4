from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2.errors

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gestor_automation.models import gestor_due_mixin

from .automation_common import TestAutomationCommon

ENGINE_LOG = "odoo.addons.gestor_automation.models.gestor_due_mixin"


@tagged("post_install", "-at_install")
class TestPlannedActions(TestAutomationCommon):
    def test_due_actions_are_done_once_each(self):
        actions = self._plan()
        self._run_cron()
        self._run_cron()
        self.assertEqual(actions.mapped("state"), ["done", "done"])
        self.assertEqual(self._tally(self.orders), [1, 1])
        self.assertTrue(all(actions.mapped("closed_at")))

    def test_future_action_waits(self):
        later = fields.Datetime.now() + timedelta(hours=2)
        action = self._plan(self.orders[0], planned_at=later)
        self._run_cron()
        self.assertEqual(action.state, "planned")
        with freeze_time(later + timedelta(minutes=1)):
            self._run_cron()
        self.assertEqual(action.state, "done")

    def test_each_document_has_its_own_time(self):
        times = {
            self.orders[0].id: datetime(2026, 3, 1, 8),
            self.orders[1].id: datetime(2026, 3, 2, 8),
        }
        actions = self._plan(planned_at=times)
        self.assertEqual(actions.mapped("planned_at"), list(times.values()))

    def test_key_is_planned_once_for_ever(self):
        first = self._plan(key="ready")
        self.assertEqual(
            first[0].unique_key, f"test.gestor.order,{self.orders[0].id}:ready"
        )
        self._run_cron()
        again = self._plan(key="ready")
        self.assertEqual(first, again)
        other = self._plan(key="other")
        self.assertFalse(first & other)
        self._run_cron()
        self.assertEqual(self._tally(self.orders), [2, 2])

    def test_database_refuses_a_second_row_of_a_key(self):
        action = self._plan(self.orders[0], key="ready")
        vals = action.copy_data()[0] | {"unique_key": action.unique_key}
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.actions.create(vals)

    def test_bad_row_stands_failed_and_stops_nobody(self):
        orders = self._create_orders(self.anna, 5)
        orders[2].name = "Bad"
        actions = self._plan(orders)
        self._run_cron()
        self.assertEqual(
            actions.mapped("state"), ["done", "done", "failed", "done", "done"]
        )
        self.assertEqual(actions[2].error, "This one is bad.")
        self.assertEqual(self._tally(orders), [1, 1, 0, 1, 1])

    def test_failed_row_runs_after_it_was_mended(self):
        self.orders[0].name = "Bad"
        action = self._plan(self.orders[0])
        self._run_cron()
        self.orders[0].name = "Good"
        self._run_cron()
        self.assertEqual(action.state, "failed", "a failed one waits for a person")
        action.with_user(self.anna).action_retry()
        self.assertFalse(action.error)
        self._run_cron()
        self.assertEqual(action.state, "done")
        self.assertEqual(self._tally(self.orders), [1, 0])

    def test_unexpected_error_is_tried_again_later_and_later(self):
        self.orders[0].name = "Broken"
        action = self._plan(self.orders[0])
        now = fields.Datetime.now()
        waits = []
        with self.assertLogs(ENGINE_LOG, "ERROR"):
            for _number in range(gestor_due_mixin.MAX_ATTEMPTS + 2):
                with freeze_time(now):
                    self._run_cron()
                waits.append((action.due_at - now).total_seconds() // 60)
                now = max(now, action.due_at) + timedelta(seconds=1)
        self.assertEqual(action.state, "failed")
        self.assertEqual(action.attempts, gestor_due_mixin.MAX_ATTEMPTS)
        self.assertIn("KeyError", action.error)
        self.assertEqual(waits[:4], [5, 15, 45, 135])

    def test_row_that_kills_the_server_is_given_up(self):
        """Each attempt is written down before it begins."""
        killers = self._plan()
        now = fields.Datetime.now()
        due = self.actions._get_due_domain
        for number in range(gestor_due_mixin.MAX_ATTEMPTS + 1):
            with freeze_time(now):
                self.assertTrue(self.actions.search(due()))
                taken = self.actions._take_due()
                self.assertFalse(self.actions._take_due() & taken)
            self.assertEqual(
                len(taken), 2 if not number else 1, "alone after the first"
            )
            killers[0].write({"attempts": number + 1, "due_at": now})
            killers[1].write({"due_at": now + timedelta(days=9)})
            now += timedelta(days=1)
        killers[0]._run_taken()
        self.assertEqual(killers[0].state, "failed")
        self.assertIn("server stopped", killers[0].error)
        self.assertEqual(self._tally(self.orders), [0, 0])

    def test_action_of_a_deleted_document_goes_along(self):
        actions = self._plan()
        self.orders[0].with_user(self.anna).unlink()
        self.assertEqual(actions.exists(), actions[1])

    def test_action_of_a_document_deleted_behind_our_back_is_skipped(self):
        action = self._plan(self.orders[0])
        self.env.flush_all()
        self.cr.execute(
            "DELETE FROM test_gestor_order WHERE id = %s", [self.orders[0].id]
        )
        self.env.invalidate_all()
        self._run_cron()
        self.assertEqual(action.state, "skipped")
        self.assertIn("deleted", action.error)

    def test_wrong_plans_are_refused_with_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "nonsense"):
            self._plan(handler="nonsense")
        with self.assertRaisesRegex(UserError, "needs a word"):
            self._plan(params={})
        with self.assertRaisesRegex(ValidationError, "business documents"):
            self._plan(self.client.user_ids)
        with self.assertRaisesRegex(ValidationError, "has been deleted"):
            self._plan(handler="mail", params={"template_id": 0})
        with self.assertRaisesRegex(ValidationError, "another kind"):
            self._plan(
                self.papers, handler="mail", params={"template_id": self.template.id}
            )
        with self.assertRaisesRegex(ValidationError, "does not work on documents"):
            self._plan(self.secret, handler="comment", params={"text": "x"})

    def test_planning_needs_the_same_queries_for_many(self):
        def count_queries(count):
            orders = self._create_orders(self.anna, count)
            self.env.flush_all()
            self.env.invalidate_all()
            orders = orders.with_user(self.anna)
            before = self.env.cr.sql_log_count
            orders.env["gestor.planned.action"]._gestor_plan(
                orders, "mail", {"template_id": self.template.id}, key="x"
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(10)
        self.assertLessEqual(count_queries(90), few + 1)

    def test_doing_needs_the_same_queries_for_each_of_many(self):
        def count_queries(count):
            actions = self._plan(self._create_orders(self.anna, count))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            actions._execute_each()
            self.env.flush_all()
            return (self.env.cr.sql_log_count - before) / count

        count_queries(1)
        few = count_queries(10)
        self.assertLessEqual(count_queries(90), few + 1)

    def test_list_needs_the_same_queries_for_many(self):
        def count_queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.actions.with_user(self.anna).search([])
            found.read(["description", "document_name", "can_decide", "state"])
            return self.env.cr.sql_log_count - before

        self._plan()
        count_queries()
        few = count_queries()
        self._plan(self._create_orders(self.anna, 80))
        self.assertLessEqual(count_queries(), few)

    def test_counter_on_the_document_counts_open_ones(self):
        self._plan()
        self._plan(self.orders[0])
        self._plan(self.orders[0]).action_skip()
        counts = self.orders.with_user(self.anna).mapped("gestor_planned_action_count")
        self.assertEqual(counts, [2, 1])
        action = self.orders[0].with_user(self.anna).action_gestor_planned_actions()
        found = self.actions.with_user(self.anna).search(action["domain"])
        self.assertEqual(len(found), 3)


@tagged("post_install", "-at_install")
class TestPlannedActionRights(TestAutomationCommon):
    def test_user_sees_the_actions_of_readable_documents(self):
        mine, foreign = self._plan(), self._plan(self.foreign_order)
        self.assertEqual(self.actions.with_user(self.anna).search([]), mine[::-1])
        with self.assertRaises(AccessError):
            foreign.with_user(self.anna).read(["state"])
        self.assertIn(foreign, self.actions.with_user(self.manager).search([]))

    def test_action_follows_the_company_of_its_document(self):
        other = self.env["res.company"].create({"name": "Other"})
        elsewhere = self._create_orders(self.anna, company_id=other.id)
        action = self._plan(elsewhere)
        self.assertEqual(action.company_id, other)
        self.assertFalse(self.actions.with_user(self.anna).search([]))
        self.anna.company_ids |= other
        allowed = [self.anna.company_id.id, other.id]
        actions = self.actions.with_user(self.anna)
        actions = actions.with_context(allowed_company_ids=allowed)
        self.assertEqual(actions.search([]), action)

    def test_user_neither_makes_nor_changes_actions(self):
        action = self._plan(self.orders[0]).with_user(self.anna)
        for change in (
            lambda: action.write({"planned_at": "2030-01-01"}),
            lambda: action.write({"state": "done"}),
            lambda: action.copy(),
            lambda: action.unlink(),
            lambda: action.create(
                {
                    "res_model": "test.gestor.order",
                    "res_id": self.orders[0].id,
                    "handler": "comment",
                    "params": {"text": "x"},
                }
            ),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_manager_moves_an_action_but_not_its_state(self):
        action = self._plan(self.orders[0]).with_user(self.manager)
        action.planned_at = "2030-01-01 10:00:00"
        self.assertEqual(action.due_at, action.planned_at)
        for vals in (
            {"state": "done"},
            {"unique_key": "x"},
            {"due_at": "2030-01-01"},
            {"res_id": self.orders[1].id},
            {"error": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                action.write(vals)
        action.action_skip()
        with self.assertRaisesRegex(UserError, "done or skipped already"):
            action.planned_at = "2031-01-01"

    def _server_action(self, **vals):
        return self.env["ir.actions.server"].create(
            {
                "name": "Raise the amount",
                "model_id": self._model_id("test.gestor.order").id,
                "state": "code",
                "code": "records.write({'amount': 7})",
                **vals,
            }
        )

    def _manual_vals(self, server_action):
        return {
            "res_model": "test.gestor.order",
            "res_id": self.orders[0].id,
            "handler": "server_action",
            "params": {"action_id": server_action.id},
        }

    def test_manager_plans_a_server_action_that_he_may_run(self):
        actions = self.actions.with_user(self.manager)
        actions.create(self._manual_vals(self._server_action()))
        self._run_cron()
        self.assertEqual(self.orders[0].amount, 7)

    def test_manager_does_not_plan_what_he_may_not_run(self):
        system = self.env.ref("base.group_system")
        vals = self._manual_vals(self._server_action(group_ids=system.ids))
        with self.assertRaisesRegex(AccessError, "server action"):
            self.actions.with_user(self.manager).create(vals)
        papers = self._model_id("test.gestor.document")
        vals = self._manual_vals(self._server_action(model_id=papers.id))
        with self.assertRaisesRegex(ValidationError, "another kind"):
            self.actions.with_user(self.manager).create(vals)
        allowed = self._manual_vals(self._server_action())
        action = self.actions.with_user(self.manager).create(allowed)
        with self.assertRaisesRegex(AccessError, "server action"):
            action.params = {"action_id": self._server_action(group_ids=system.ids).id}

    def test_employee_without_gestor_sees_no_actions(self):
        employee = self._create_user("employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.actions.with_user(employee).search([])

    def test_engine_is_closed_to_remote_calls(self):
        public = {
            name
            for name in dir(type(self.actions))
            if name.startswith(("action_", "_gestor", "_cron"))
            and not name.startswith("_")
        }
        self.assertEqual(
            {name for name in public if name.startswith("action_")}
            - {"action_archive", "action_unarchive"},
            {
                "action_run",
                "action_skip",
                "action_retry",
                "action_postpone",
                "action_open_document",
            },
        )


@tagged("post_install", "-at_install")
class TestAskedActions(TestAutomationCommon):
    def _ask(self, documents=None):
        action = self._plan(documents, mode="ask")
        with patch.object(type(self.env["res.users"]), "_bus_send") as send:
            self._run_cron()
        return action, send

    def test_responsible_user_is_asked_and_nothing_is_done(self):
        action, send = self._ask(self.orders[0])
        self.assertEqual((action.state, action.user_id), ("asked", self.anna))
        send.assert_called_once_with(
            "gestor_automation/asked",
            {"id": action.id, "title": "Tally x", "message": "Order 0"},
        )
        self.assertEqual(self._tally(self.orders), [0, 0])
        self._run_cron()
        self.assertEqual(send.call_count, 1)

    def test_asked_user_runs_it_once(self):
        action, _send = self._ask(self.orders[0])
        action.with_user(self.anna).action_run()
        self.assertEqual((action.state, action.closed_user_id), ("done", self.anna))
        with self.assertRaisesRegex(UserError, "done or skipped already"):
            action.with_user(self.anna).action_run()
        self.assertEqual(self._tally(self.orders), [1, 0])

    def test_asked_user_is_told_why_it_failed(self):
        self.orders[0].name = "Bad"
        action, _send = self._ask(self.orders[0])
        answer = action.with_user(self.anna).action_run()
        self.assertIn("This one is bad.", answer["params"]["message"])
        self.assertEqual(action.state, "failed")

    def test_asked_user_skips_or_puts_off(self):
        actions, _send = self._ask()
        skipped, put_off = actions.with_user(self.anna)
        skipped.action_skip()
        self.assertEqual(skipped.state, "skipped")
        with freeze_time("2026-03-28 22:15:00"):
            for delay, due_at in {
                "quarter": datetime(2026, 3, 28, 22, 30),
                "hour": datetime(2026, 3, 28, 23, 15),
                # 29 March in Warsaw, whose clocks have gone forward that night
                "tomorrow": datetime(2026, 3, 29, 6, 0),
            }.items():
                put_off.with_context(tz="Europe/Warsaw").action_postpone(delay)
                self.assertEqual((put_off.state, put_off.due_at), ("planned", due_at))
            with self.assertRaises(UserError):
                put_off.action_postpone("never")
        with freeze_time("2026-03-29 06:00:30"):
            self._run_cron()
        self.assertEqual(put_off.state, "asked")

    def test_dialog_puts_many_off(self):
        actions, _send = self._ask()
        dialog = self.env["gestor.planned.action.postpone"].with_user(self.anna)
        dialog = dialog.with_context(active_ids=actions.ids).create({"delay": "hour"})
        dialog.action_apply()
        self.assertEqual(actions.mapped("state"), ["planned", "planned"])

    def test_user_does_not_decide_about_what_is_not_addressed_to_him(self):
        action = self._plan(self.orders[0], mode="ask", user=self.bolek)
        self._run_cron()
        for decide in ("action_run", "action_skip", "action_retry"):
            with self.assertRaises(AccessError):
                getattr(action.with_user(self.anna), decide)()
            with self.assertRaises(AccessError):
                getattr(action.with_user(self.bolek), decide)()
        self.assertEqual(action.state, "asked")
        action.with_user(self.manager).action_run()
        self.assertEqual(action.state, "done")

    def test_manual_action_waits_for_a_person(self):
        action = self._plan(self.orders[0], mode="manual")
        self._run_cron()
        self.assertEqual(action.state, "planned")
        waiting = self.env.ref("gestor_automation.gestor_planned_action_action_waiting")
        domain = safe_eval(waiting.domain, {"uid": self.anna.id})
        self.assertEqual(self.actions.with_user(self.anna).search(domain), action)
        action.with_user(self.anna).action_run()
        self.assertEqual(action.state, "done")


@tagged("post_install", "-at_install")
class TestHandlers(TestAutomationCommon):
    def _done(self, handler, params, documents=None):
        actions = self._plan(documents, handler=handler, params=params)
        self._run_cron()
        return actions

    def test_mail_is_queued_for_each_document(self):
        actions = self._done("mail", {"template_id": self.template.id})
        self.assertEqual(actions.mapped("state"), ["done", "done"])
        mails = self.env["mail.mail"].search(
            [("model", "=", "test.gestor.order"), ("res_id", "in", self.orders.ids)],
            order="id",
        )
        self.assertRecordValues(
            mails,
            [
                {
                    "state": "outgoing",
                    "subject": f"Order {order.name}",
                    "recipient_ids": self.client.ids,
                }
                for order in self.orders
            ],
        )
        self.assertIn("Ready: Order 0", mails[0].body_html)
        self.assertEqual(actions[0].description, 'Send e-mail "Ready for pickup"')

    def test_mail_without_address_fails_and_leaves_nothing(self):
        self.client.email = False
        actions = self._done("mail", {"template_id": self.template.id})
        self.assertEqual(actions.mapped("state"), ["failed", "failed"])
        self.assertIn("no e-mail address", actions[0].error)
        mails = self.env["mail.mail"].search([("model", "=", "test.gestor.order")])
        self.assertFalse(mails.filtered(lambda m: m.res_id in self.orders.ids))

    def test_sms_is_queued(self):
        self._done("sms", {"template_id": self.sms_template.id})
        found = self.env["sms.sms"].search([("partner_id", "=", self.client.id)])
        self.assertEqual(
            sorted(found.mapped("body")),
            ["Order Order 0 is ready", "Order Order 1 is ready"],
        )
        self.assertEqual(set(found.mapped("state")), {"outgoing"})

    def test_sms_without_number_fails(self):
        self.client.phone = False
        actions = self._done("sms", {"template_id": self.sms_template.id})
        self.assertIn("no phone number", actions[0].error)

    @freeze_time("2026-03-02 09:00:00")
    def test_activity_goes_to_the_responsible_user(self):
        kind = self.env.ref("mail.mail_activity_data_todo")
        params = {"activity_type_id": kind.id, "days": 3, "summary": "Call back"}
        self._done("activity", params)
        self.assertRecordValues(
            self.orders[0].activity_ids,
            [
                {
                    "user_id": self.anna.id,
                    "summary": "Call back",
                    "date_deadline": fields.Date.to_date("2026-03-05"),
                }
            ],
        )

    def test_activity_of_an_archived_user_goes_to_who_planned_it(self):
        self.anna.active = False
        kind = self.env.ref("mail.mail_activity_data_todo")
        self._done("activity", {"activity_type_id": kind.id}, self.orders[0])
        self.assertEqual(self.orders[0].activity_ids.user_id, self.env.user)

    def test_comment_is_plain_text(self):
        self._done("comment", {"text": "<b>Ready</b>"}, self.orders[0])
        self.assertIn("&lt;b&gt;Ready", self.orders[0].message_ids[0].body)

    def test_comment_is_by_the_user_who_caused_it(self):
        planning = self.actions.with_user(self.anna)
        planning._gestor_plan(self.orders[0], "comment", {"text": "Hello"})
        self._run_cron()
        author = self.orders[0].message_ids[0].author_id
        self.assertEqual(author, self.anna.partner_id)

    def test_stage_needs_a_model_with_stages(self):
        with self.assertRaisesRegex(ValidationError, "no stages"):
            self._plan(handler="stage", params={"stage_id": 1})

    def test_template_deleted_later_is_told(self):
        action = self._plan(
            self.orders[0], handler="mail", params={"template_id": self.template.id}
        )
        self.template.unlink()
        self._run_cron()
        self.assertEqual(action.state, "failed")
        self.assertIn("has been deleted", action.error)
        self.assertEqual(action.description, "mail")

    def test_kind_of_an_outside_developer_is_in_the_registry(self):
        kinds = dict(self.actions._selection_handlers())
        self.assertEqual(kinds["test_tally"], "Count In The Tally")
        self.assertEqual(list(kinds)[0], "mail")
