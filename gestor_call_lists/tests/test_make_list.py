from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMakeList(GestorCallListsCommon):
    def _make(self, partners, user=None, **vals):
        user = user or self.anna
        action = partners.with_user(user).action_gestor_call_list()
        wizard = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        with Form(wizard) as form:
            for name, value in {"name": "Spring", **vals}.items():
                form[name] = value
        return wizard

    def _find(self, name="Spring"):
        return self.env["gestor.activity"].search([("name", "=", name)])

    def test_weakest_user_makes_a_list_of_selected_clients(self):
        action = self._make(self.clients).action_make()
        calls = self.env["gestor.activity"].browse(action["res_id"])
        self.assertTrue(calls.is_call_list)
        self.assertEqual(calls.kind, "phone")
        self.assertEqual(calls.client_ids.partner_id, self.clients)
        self.assertEqual(calls.executor_ids.user_id, self.anna)
        self.assertEqual(calls.action_gestor_call()["tag"], "gestor_call_lists.screen")

    def test_list_without_subject_is_refused(self):
        action = self.clients.with_user(self.anna).action_gestor_call_list()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "Fill in"):
            wizard.with_user(self.anna).action_make()

    def test_client_who_is_there_already_is_not_doubled(self):
        self._make(self.clients[:2]).action_make()
        calls = self._find()
        self._make(self.clients, activity_id=calls).action_make()
        self.assertEqual(calls.client_ids.partner_id, self.clients)
        self.assertEqual(len(calls.client_ids), 4)

    def test_clients_go_to_their_guardians(self):
        self.first.user_id = self.piotr
        self.second.user_id = self.desk
        calls = self._create_calls(self.clients, share="guardian")
        self.assertEqual(self._row(self.first, calls).assigned_user_id, self.piotr)
        self.assertFalse(self._row(self.second, calls).assigned_user_id)

    def test_long_list_is_made_in_the_background(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Long {n}", "phone": "600 000 000"} for n in range(201)]
        )
        action = self._make(partners).action_make()
        self.assertEqual(action["res_model"], "gestor.job")
        calls = self._find()
        self.assertFalse(calls.client_ids)
        params = {"activity_id": calls.id, "share": "pool"}
        as_anna = partners.with_user(self.anna)
        self.assertFalse(as_anna._gestor_job_call_list(as_anna[:200], params))
        remarks = as_anna._gestor_job_call_list(as_anna, params)
        self.assertEqual(len(remarks), 200)
        self.assertEqual(calls.client_count, 201)

    def test_set_is_used_without_those_who_refused(self):
        self.second.gestor_is_phone_refused = True
        client_set = (
            self.env["gestor.client.set"]
            .with_user(self.anna)
            .create({"name": "My set"})
        )
        client_set._gestor_add(self.clients[:2])
        wizard = self.env["gestor.client.set.use"].with_user(self.anna)
        use = wizard.create(
            {
                "client_set_id": client_set.id,
                "use": "call_list",
                "purpose": "business",
            }
        )
        action = use.action_use()
        made = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(made.partner_ids, self.first)
        self.assertEqual((made.name, made.purpose), ("My set", "business"))

    def test_rows_give_a_new_list(self):
        rows = self.calls.client_ids[:2].with_user(self.anna)
        action = rows.action_gestor_call_list()
        made = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(made.partner_ids, self.first | self.second)

    def test_activity_with_a_table_of_clients_becomes_a_list(self):
        rows = [Command.create({"partner_id": p.id}) for p in self.clients[:2]]
        activity = self._create_activity(kind="phone", client_ids=rows)
        self.assertFalse(activity.is_call_list)
        action = activity.action_gestor_call()
        self.assertTrue(activity.is_call_list)
        self.assertEqual(action["params"], {"activity_id": activity.id})
        self.assertEqual(
            self._open(self.anna, activity)["card"]["partner_id"], self.first.id
        )

    def test_list_of_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other"})
        calls = self.env["gestor.activity"].create(
            self._prepare_activity(
                kind="phone",
                is_call_list=True,
                company_id=company.id,
                user_id=False,
                client_ids=[Command.create({"partner_id": self.first.id})],
            )
        )
        self.assertNotIn(
            calls, self.env["gestor.activity"].with_user(self.anna).search([])
        )
        with self.assertRaises(UserError):
            self._open(self.anna, calls)
