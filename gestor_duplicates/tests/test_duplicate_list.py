from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import SQL

from .common import NIP, GestorDuplicatesCommon


@tagged("post_install", "-at_install")
class TestDuplicateList(GestorDuplicatesCommon):
    """The work list and what is decided there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beta = cls._create_firm("Beta", vat=NIP)
        cls.gamma = cls._create_firm("Gamma", vat=NIP)

    def _pair(self, *partners, user=None):
        pair = self._pairs(*partners)
        self.assertEqual(len(pair), 1)
        return pair.with_user(user or self.editor)

    def test_user_tells_two_clients_apart_and_asks_again(self):
        pair = self._pair(self.alfa, self.beta)
        pair.action_not_duplicate()
        self.assertRecordValues(
            pair, [{"state": "not_duplicate", "user_id": self.editor.id}]
        )
        self.assertNotIn(self.alfa.id, self._hint(self.beta.with_user(self.editor)))
        pair.action_reopen()
        self.assertRecordValues(pair, [{"state": "open", "user_id": False}])
        self.assertIn(self.alfa.id, self._hint(self.beta.with_user(self.editor)))

    def test_batch_of_one_name_is_not_noted_as_each_with_each(self):
        clients = self.env["res.partner"].create(
            [{"name": "Ten Sam Zakład", "is_company": True}] * 60
        )
        pairs = self._pairs(*clients)
        # each is on the list, and 20 of the others with it at most
        self.assertEqual(pairs.partner_id | pairs.duplicate_id, clients)
        self.assertLess(len(pairs), 60 * 20)

    def test_batch_without_doubles_takes_no_lock_and_looks_for_no_branches(self):
        vals_list = [
            {"name": f"Zakład {chr(97 + n)}{chr(98 + n)}", "is_company": True}
            for n in range(10)
        ]
        queries, execute = [], Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            queries.append(str(query.code if isinstance(query, SQL) else query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", spy):
            self.env["res.partner"].create(vals_list)
        text = " ".join(queries)
        self.assertIn("INSERT", text)
        self.assertNotIn("gestor_duplicate_lock", text)
        self.assertNotIn('"gestor_head_office_id" IN', text)

    def test_user_makes_one_a_branch_of_the_other(self):
        self._pair(self.alfa, self.beta).action_make_branch()
        self.assertEqual(self.beta.gestor_head_office_id, self.alfa)
        self._pair(self.alfa, self.gamma).action_make_head_office()
        self.assertEqual(self.alfa.gestor_head_office_id, self.gamma)
        self.assertFalse(self._pairs(self.alfa, self.beta))
        self.assertFalse(self._pairs(self.alfa, self.gamma))

    def test_reader_sees_pairs_and_decides_nothing(self):
        pair = self._pair(self.alfa, self.beta, user=self.reader)
        self.assertTrue(pair.reasons)
        for action in (
            "action_not_duplicate",
            "action_reopen",
            "action_make_branch",
            "action_make_head_office",
            "action_merge",
            "action_scan",
        ):
            with self.subTest(action=action), self.assertRaises(AccessError):
                result = getattr(pair, action)()
                if action == "action_merge":
                    self.env["gestor.duplicate.merge"].with_user(
                        self.reader
                    ).with_context(**result["context"]).create({})

    def test_pairs_of_clients_one_may_not_read_are_hidden(self):
        self.beta.company_id = self.env["res.company"].create({"name": "Other"})
        pairs = self.env["gestor.duplicate"].with_user(self.editor)
        both = self.alfa | self.beta | self.gamma
        found = pairs.search([("partner_id", "in", both.ids)])
        self.assertEqual(found.duplicate_id, self.gamma)
        self.assertEqual(pairs.search_count([("duplicate_id", "=", self.beta.id)]), 0)
        with self.assertRaises(AccessError):
            self._pair(self.alfa, self.beta).read(["kinds"])

    def test_pairs_of_archived_clients_are_listed(self):
        self.beta.active = False
        pairs = self.env["gestor.duplicate"].with_user(self.reader)
        self.assertTrue(pairs.search([("duplicate_id", "=", self.beta.id)]))

    def test_nobody_deletes_a_decision(self):
        pair = self._pair(self.alfa, self.beta)
        pair.action_not_duplicate()
        with self.assertRaises(AccessError):
            pair.unlink()

    def test_scan_is_started_in_the_background(self):
        cron = self.env.ref("gestor_duplicates.gestor_duplicate_cron_scan")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.env["gestor.duplicate"].with_user(self.editor).action_scan()
        after = triggers.search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)

    def test_list_needs_the_same_queries_for_more_pairs(self):
        for number in range(12):
            self._create_firm(f"Zeta {number}", vat=NIP)
        pairs = self.env["gestor.duplicate"].with_user(self.reader)
        columns = {
            "partner_id": {"fields": {"display_name": {}}},
            "duplicate_id": {"fields": {"display_name": {}}},
            "partner_city": {},
            "duplicate_nip": {},
            "reasons": {},
        }

        def queries(limit):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pairs.web_search_read([], columns, limit=limit)
            return self.env.cr.sql_log_count - before

        queries(80)
        self.assertEqual(queries(2), queries(80))
