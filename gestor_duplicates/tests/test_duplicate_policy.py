from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import NIP, OTHER_NIP, GestorDuplicatesCommon


@tagged("post_install", "-at_install")
class TestDuplicatePolicy(GestorDuplicatesCommon):
    """What the company wishes is done wherever clients come from."""

    def test_off_lets_in_without_a_trace(self):
        self._set_policy(nip="off", name="off")
        client = self._enter("Alfa Żurawie", vat=NIP)
        self.assertFalse(self._pairs(self.alfa, client))

    def test_warn_puts_the_client_on_the_work_list(self):
        client = self._enter("Alfa Żurawie", vat=NIP)
        self.assertRecordValues(
            self._pairs(self.alfa, client),
            [{"kinds": "nip,name", "score": 100, "state": "open"}],
        )

    def test_block_refuses_and_names_the_found_client(self):
        self._set_policy(nip="block")
        with self.assertRaisesRegex(ValidationError, "Alfa Żurawie.*Gdynia.*same NIP"):
            self._enter("Beta", vat="525-21-44-764")
        client = self._enter("Beta", vat=OTHER_NIP)
        with self.assertRaisesRegex(ValidationError, "Alfa Żurawie"):
            client.vat = NIP
        self.assertTrue(self._enter("Alfa Żurawie", phone="1"))

    def test_block_by_email_phone_and_name(self):
        self._set_policy(email="block", phone="block", name="block")
        for vals in (
            {"email": "BIURO@alfa-zurawie.example"},
            {"phone": "0048 22 765 43 21"},
            {"name": "Alfa Żurawie S.A."},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._enter(**vals)

    def test_refusal_leaks_nothing_of_a_client_one_may_not_see(self):
        self._set_policy(nip="block")
        self.alfa.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(ValidationError) as caught:
            self._enter("Beta", vat=NIP)
        self.assertIn("a client you may not see", str(caught.exception))
        self.assertNotIn("Alfa", str(caught.exception))
        self.assertNotIn("Gdynia", str(caught.exception))

    def test_refusal_says_that_the_found_client_is_archived(self):
        self._set_policy(nip="block")
        self.alfa.active = False
        with self.assertRaisesRegex(ValidationError, "archived"):
            self._enter("Beta", vat=NIP)

    def test_unarchiving_is_checked(self):
        self._set_policy(nip="block")
        old = self._create_firm("Beta", active=False, vat=NIP)
        with self.assertRaises(ValidationError):
            old.with_user(self.editor).action_unarchive()

    def test_branch_may_have_the_nip_until_it_is_none(self):
        self._set_policy(nip="block")
        branch = self._enter("Oddział", vat=NIP, gestor_head_office_id=self.alfa.id)
        with self.assertRaises(ValidationError):
            branch.gestor_head_office_id = False

    def test_units_share_a_nip_although_it_is_blocked(self):
        self._set_policy(nip="block")
        self.alfa.gestor_is_nip_shared = True
        school = self._enter("Szkoła", vat=NIP)
        self.assertTrue(school)
        with self.assertRaises(ValidationError):
            self.alfa.with_user(self.editor).gestor_is_nip_shared = False

    def test_only_a_manager_goes_on_where_it_is_blocked(self):
        self._set_policy(nip="block")
        decision = [{"id": self.alfa.id, "what": "go_on", "note": "court"}]
        vals = {"vat": NIP, "gestor_duplicate_decisions": decision}
        with self.assertRaises(AccessError):
            self._enter("Beta", **vals)
        client = self._enter("Beta", self.boss, **vals)
        self.assertEqual(self._pairs(self.alfa, client).user_id, self.boss)

    def test_each_company_has_its_own_policy(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._set_policy(other, nip="block", name="off")
        self.editor.write({"company_ids": [Command.link(other.id)]})
        client = self._enter("Beta", vat=NIP)
        self.assertTrue(client)
        with self.assertRaises(ValidationError):
            client.with_company(other).create({"name": "C", "vat": NIP})

    def test_import_names_the_row_and_the_reason(self):
        self._set_policy(nip="block")
        clients = self.env["res.partner"].with_user(self.editor)
        rows = [
            ["Pierwsza", OTHER_NIP],
            ["Druga", "525-21-44-764"],
            ["Trzecia", ""],
        ]
        result = clients.with_context(import_file=True).load(["name", "vat"], rows)
        self.assertFalse(result["ids"])
        errors = [m for m in result["messages"] if m["type"] == "error"]
        self.assertTrue(any(m["rows"] == {"from": 1, "to": 1} for m in errors))
        self.assertTrue(all("Alfa Żurawie" in m["message"] for m in errors))

    def test_import_of_two_equal_rows_is_noticed(self):
        clients = self.env["res.partner"].with_user(self.editor)
        rows = [["Pierwsza", OTHER_NIP, "1"], ["Druga", OTHER_NIP, "1"]]
        result = clients.load(["name", "vat", "is_company"], rows)
        pairs = self._pairs(*clients.browse(result["ids"]))
        self.assertRecordValues(pairs, [{"kinds": "nip", "state": "open"}])
        self._set_policy(nip="block")
        rows = [["A", "PL7740001454"], ["B", "PL7740001454"]]
        self.assertFalse(clients.load(["name", "vat"], rows)["ids"])

    def test_mail_gateway_and_web_form_lose_nothing(self):
        self._set_policy(email="block")
        public = self.env.ref("base.public_user")
        vals = {"name": "X", "email": self.alfa.email}
        gateway = self.env["res.partner"].with_user(self.env.ref("base.user_root"))
        for clients in (gateway, self.env["res.partner"].with_user(public).sudo()):
            with self.subTest(user=clients.env.user.name):
                client = clients.create(vals)
                self.assertEqual(self._pairs(self.alfa, client).kinds, "email")

    def test_portal_user_changes_his_data_without_learning_of_others(self):
        portal = new_test_user(self.env, "gestor_dup_portal", "base.group_portal")
        self._set_policy(email="block", phone="block")
        partner = portal.partner_id.with_user(portal).sudo()
        partner.write({"email": self.alfa.email, "phone": self.alfa.phone})
        self.assertEqual(self._pairs(self.alfa, partner).kinds, "email,phone")

    def test_save_without_a_changed_key_costs_nothing(self):
        client = self._enter("Beta", vat=NIP)
        client.read(["name", "vat", "active"])
        same = {"name": client.name, "vat": client.vat, "active": True}
        with self.assertQueryCount(0):
            self.assertFalse(client._get_gestor_touched_kinds({"function": "x"}))
            self.assertFalse(client._get_gestor_touched_kinds(same))
        with patch.object(type(client), "_gestor_guard_duplicates") as guard:
            client.write({**same, "function": "x"})
            guard.assert_not_called()
            client.name = "Gamma"
            guard.assert_called_once()

    def test_batch_needs_the_same_queries_for_more_clients(self):
        clients = self.env["res.partner"].with_user(self.editor)

        def queries(first, count):
            vals_list = [
                {"name": f"Firma {first + n}", "is_company": True, "phone": str(n)}
                for n in range(count)
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            clients.create(vals_list)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(0, 5)
        # the host itself inserts and logs in chunks
        self.assertLessEqual(queries(1000, 90), queries(100, 10) + 3)
