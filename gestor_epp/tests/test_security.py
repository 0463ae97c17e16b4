from odoo.exceptions import AccessError
from odoo.tests import tagged

from . import epp_sample
from .common import GestorEppCommon


@tagged("post_install", "-at_install")
class TestSecurity(GestorEppCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls._create_company("Druga Sp. z o.o.")
        cls.other = cls._create_user("epp_other")
        cls.stranger = cls._create_user("epp_stranger", company=cls.other_company)
        cls.plain = cls._create_user("epp_user", "gestor_base.gestor_base_group_user")
        cls.manager = cls._create_user(
            "epp_manager", "gestor_base.gestor_base_group_manager"
        )
        cls.data = epp_sample.build(clients=4, goods=3)

    def test_importer_cannot_create_by_hand(self):
        for model in ("product.template", "product.pricelist", "uom.uom"):
            records = self.env[model].with_user(self.importer)
            self.assertFalse(records.has_access("create"), model)
        self.assertFine(self._import(self.data))

    def test_who_sees_and_changes_an_import(self):
        job = self._create_job(self.data)
        job.action_check()
        line = job.line_ids[0]
        matrix = (
            (self.importer, True),
            (self.other, False),
            (self.stranger, False),
            (self.plain, False),
            (self.manager, True),
        )
        for user, allowed in matrix:
            for operation in ("read", "write", "unlink"):
                self.assertEqual(
                    job.with_user(user).has_access(operation),
                    allowed,
                    (user.login, operation),
                )
            seen = line.with_user(user).has_access("read")
            self.assertEqual(seen, allowed, user.login)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(line.with_user(user).has_access(operation))

    def test_user_without_the_group_may_not_import(self):
        with self.assertRaises(AccessError):
            self._create_job(self.data, user=self.plain)
        job = self._create_job(self.data)
        with self.assertRaises(AccessError):
            job.with_user(self.other).action_check()

    def test_importer_forges_no_owner_and_no_state(self):
        job = self._create_job(self.data)
        admin = self.env.ref("base.user_admin")
        for vals in (
            {"user_id": admin.id},
            {"state": "checking", "task": "check"},
            {"state": "ready"},
            {"read_offset": 900},
            {"undo_from_at": "2020-01-01"},
        ):
            with self.assertRaises(AccessError, msg=vals):
                job.write(vals)
            with self.assertRaises(AccessError, msg=vals):
                self._create_job(self.data, **vals)
        job.write({"name": "Mine", "with_goods": False})
        self.assertEqual(job.sudo().state, "draft")
        self.assertEqual(job.copy().user_id, self.importer)
        with self.assertRaises(AccessError):
            job.line_ids = [
                (0, 0, {"line": 1, "section": "TOWARY", "action": "create"})
            ]

    def test_copy_of_a_foreign_import_is_ones_own(self):
        job = self._create_job(self.data)
        self.assertEqual(job.with_user(self.manager).copy().user_id, self.manager)

    def test_portal_client_reads_nothing_from_files(self):
        portal = self._create_user("epp_portal", "base.group_portal")
        portal.partner_id.gestor_epp_data = {"user_1": "pays late"}
        own = portal.partner_id.with_user(portal)
        for name in ("gestor_epp_data", "gestor_epp_text"):
            with self.assertRaises(AccessError, msg=name):
                own.read([name])

    def test_engine_stops_when_the_right_is_taken_away(self):
        job = self._create_job(self.data)
        job.action_check()
        job.action_import()
        group = self.env.ref("gestor_epp.gestor_epp_group_import")
        self.importer.write({"group_ids": [(3, group.id)]})
        self._finish(job)
        self.assertEqual(job.sudo().state, "failed")
        self.assertFalse(self._partner("K00001"))

    def test_foreign_company_is_refused(self):
        job = self._create_job(self.data)
        job.sudo().company_id = self.other_company
        with self.assertRaises(AccessError):
            job.action_check()

    def test_import_stays_in_its_company(self):
        first = self._import(self.data)
        second = self._import(self.data, user=self.stranger)
        self.assertFine(first)
        self.assertFine(second)
        for model in ("res.partner", "product.template", "product.pricelist"):
            names = {
                company: self.env[model].search_count([("company_id", "=", company.id)])
                for company in (self.company, self.other_company)
            }
            self.assertEqual(len(set(names.values())), 1, names)
            self.assertTrue(names[self.company])
        taxes = (
            self.env["product.template"]
            .search([("company_id", "=", self.other_company.id)])
            .taxes_id
        )
        self.assertEqual(taxes.company_id, self.other_company)
        self.assertEqual(second.update_count, first.update_count)

    def test_manager_runs_two_imports_at_once(self):
        jobs = self._create_job(self.data) | self._create_job(self.data)
        managed = jobs.with_user(self.manager)
        managed.action_check()
        managed.action_import()
        for job in jobs:
            self._finish(job)
        self.assertEqual(jobs.mapped("state"), ["done", "done"])
        counts = managed.sorted("id").mapped("unchanged_count")
        self.assertEqual(counts[0], 0)
        self.assertEqual(counts[1], 4 + 4 + 3 + 9)
