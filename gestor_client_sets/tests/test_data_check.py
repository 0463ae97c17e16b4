from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-04 10:00:00")
class TestDataCheck(GestorClientSetsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.user_id = cls.owner
        cls.checks = cls.env["gestor.data.check"]
        cls.check = cls.checks.create(
            {"name": "Bez miasta", "domain": "[('city', '=', False)]"}
        )
        cls.issues = cls.env["gestor.data.issue"].with_user(cls.owner)

    def _found(self, check, user=None):
        domain = [("check_id", "=", check.id)]
        return self.issues.with_user(user or self.owner).search(domain).partner_id

    def _ready(self, name):
        return self.env.ref(f"gestor_client_sets.gestor_data_check_{name}")

    def test_issue_appears_and_vanishes_by_itself(self):
        self.assertNotIn(self.north, self._found(self.check))
        self.north.city = False
        self.check._refresh()
        issue = self.issues.search(
            [("check_id", "=", self.check.id), ("partner_id", "=", self.north.id)]
        )
        self.assertEqual(issue.found_at, fields.Datetime.now())
        with freeze_time("2026-05-09 10:00:00"):
            self.check._refresh()
            self.assertEqual(str(issue.found_at), "2026-05-04 10:00:00")
        self.north.city = "Gdynia"
        self.check._refresh()
        self.assertFalse(issue.exists())

    def test_list_looks_again_at_the_own_clients_when_it_is_opened(self):
        self.north.city = self.south.city = False
        self.check._refresh()
        (self.north | self.south).city = "Gdynia"
        action = self.issues.action_open_mine()
        self.assertEqual(action["res_model"], "gestor.data.issue")
        found = self._found(self.check)
        self.assertNotIn(self.north, found)
        self.assertIn(self.south, found, "not his client: the cron sees to it")

    def test_user_looks_again_at_one_client(self):
        self.north.city = False
        self.check._refresh()
        self.north.city = "Gdynia"
        issue = self.issues.search(
            [("check_id", "=", self.check.id), ("partner_id", "=", self.north.id)]
        )
        issue.action_recheck()
        self.assertFalse(issue.exists())

    def test_ready_checks_find_what_is_wrong(self):
        clerk = self._create_user("clerk", "base.group_user")
        bad = self._create_client("Zła firma", user_id=clerk.id)
        bad.message_bounce = 2
        clerk.active = False
        self._age(bad, "2025-01-01")
        self.env.cr.execute(
            "UPDATE res_partner SET vat = '5252144768', gestor_nip = '5252144768' "
            "WHERE id = %s",
            [self.south.id],
        )
        self.south.invalidate_recordset()
        self.checks.search([])._refresh()
        names = ("no_nip", "no_contact_data", "bounced", "no_zip")
        for name in (*names, "archived_guardian", "no_contact"):
            with self.subTest(check=name):
                self.assertIn(bad, self._found(self._ready(name)))
        for name in ("no_guardian", "invalid_nip"):
            with self.subTest(check=name):
                self.assertIn(self.south, self._found(self._ready(name)))
        for name in ("bounced", "archived_guardian", "no_contact", "invalid_nip"):
            with self.subTest(check=name):
                self.assertNotIn(self.north, self._found(self._ready(name)))
        self.assertNotIn(bad, self._found(self._ready("no_guardian")))

    def test_check_of_a_missing_addon_waits(self):
        for name, model in (
            ("no_consent", "gestor.consent"),
            ("duplicate", "gestor.duplicate"),
        ):
            check = self._ready(name)
            self.assertEqual(check.is_available, model in self.env)
            check._refresh()
            self.assertFalse(check.error)

    def test_process_that_stands_still_is_found(self):
        if "crm.lead" not in self.env:
            self.skipTest("needs processes")
        quiet, lively, young, won = (
            self._create_client(f"Proces {number}") for number in range(4)
        )
        person = self._create_client("Osoba", parent_id=quiet.id, is_company=False)
        leads = self.env["crm.lead"].create(
            [
                {"name": "x", "type": "opportunity", "partner_id": partner.id}
                for partner in (person, lively, young, won)
            ]
        )
        leads[3].action_set_won()
        self.env.flush_all()
        old = leads - leads[2]
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %(day)s,"
            " date_last_stage_update = %(day)s WHERE id = ANY(%(ids)s)",
            {"day": "2026-01-01", "ids": old.ids},
        )
        self.env.invalidate_all()
        leads[1].message_post(body="Zadzwonił", message_type="comment")
        check = self._ready("stalled_process")
        check._refresh()
        found = self._found(check)
        self.assertIn(quiet, found)
        self.assertFalse(found & (lively | young | won))

    def test_tiles_count_what_the_user_may_see(self):
        (self.north | self.south | self.far).city = False
        self.check._refresh()
        mine = self.check.with_user(self.owner)
        visible = mine.issue_count
        self.assertEqual(mine.mine_count, 1)
        self.assertEqual(len(self._found(self.check)), visible)
        self.assertNotIn(self.far, self._found(self.check))
        self.assertIn(
            self.far,
            self._found(self.check, self.outsider).with_context(
                allowed_company_ids=self.company_b.ids
            ),
        )
        substitute = (
            self.env["gestor.substitution"].create(
                {
                    "user_id": self.owner.id,
                    "substitute_id": self.other.id,
                    "date_from": "2026-05-01",
                    "date_to": "2026-05-31",
                }
            )
            if "date_from" in self.env["gestor.substitution"]._fields
            else None
        )
        if substitute:
            self.assertEqual(self.check.with_user(self.other).mine_count, 1)

    def test_user_ignores_until_a_day_with_a_reason(self):
        self.north.city = False
        self.check._refresh()
        issue = self.issues.search(
            [("check_id", "=", self.check.id), ("partner_id", "=", self.north.id)]
        )
        wizards = self.env["gestor.data.issue.ignore"].with_user(self.owner)
        wizards = wizards.with_context(active_model=issue._name, active_ids=issue.ids)
        wizard = wizards.create({"reason": "Sezon", "date_until": "2026-05-04"})
        with self.assertRaises(ValidationError):
            wizard.action_ignore()
        wizard.date_until = "2026-05-20"
        wizard.action_ignore()
        self.assertRecordValues(
            issue, [{"is_ignored": True, "ignored_reason": "Sezon"}]
        )
        self.assertEqual(issue.ignored_user_id, self.owner)
        current = self.issues._get_current_domain()
        self.assertNotIn(issue, self.issues.search(current))
        self.check._refresh()
        self.assertTrue(issue.is_ignored, "the next look does not forget it")
        with freeze_time("2026-05-20 10:00:00"):
            current = self.issues._get_current_domain()
            self.assertIn(issue, self.issues.search(current))
        wizards.create({"reason": "Nigdy", "how_long": "ever"}).action_ignore()
        with freeze_time("2030-01-01 10:00:00"):
            current = self.issues._get_current_domain()
            self.assertNotIn(issue, self.issues.search(current))
        issue.action_restore()
        self.assertIn(issue, self.issues.search(current))

    def test_user_decides_nothing_about_clients_he_may_not_see(self):
        self.far.city = False
        self.check._refresh()
        issue = self.env["gestor.data.issue"].search(
            [("check_id", "=", self.check.id), ("partner_id", "=", self.far.id)]
        )
        for method in ("action_restore", "action_fix", "action_recheck"):
            with self.assertRaises(AccessError):
                getattr(issue.with_user(self.owner), method)()
        with self.assertRaises(AccessError):
            issue.with_user(self.owner)._gestor_ignore("x")
        with self.assertRaises(AccessError):
            issue.with_user(self.outsider).write({"is_ignored": True})

    def test_user_changes_no_checks(self):
        for user, allowed in ((self.owner, False), (self.manager, True)):
            check = self.check.with_user(user)
            if allowed:
                check.name = "Inaczej"
                continue
            with self.assertRaises(AccessError):
                check.name = "Inaczej"

    def test_check_of_a_manager_has_his_rights_only(self):
        with self.assertRaises(AccessError):
            self.checks.with_user(self.manager).create(
                {"name": "x", "domain": "[('invoice_ids.amount_total', '>', 10)]"}
            )

    def test_button_opens_the_card_at_the_field(self):
        self.check.fix_field = "city"
        self.north.city = False
        self.check._refresh()
        issue = self.issues.search(
            [("check_id", "=", self.check.id), ("partner_id", "=", self.north.id)]
        )
        action = issue.action_fix()
        self.assertEqual(action["res_id"], self.north.id)
        self.assertEqual(action["context"], {"gestor_client_sets_focus": "city"})

    def test_look_costs_as_many_queries_for_a_thousand_clients(self):
        costs = []
        self.check._refresh()
        for count in (10, 1000):
            self.env["res.partner"].create(
                [{"name": f"Bez miasta {count} {n}"} for n in range(count)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.check._refresh()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*costs)

    def test_cron_goes_on_after_a_broken_check(self):
        self.env.cr.execute(
            "UPDATE gestor_data_check SET domain = '[(' WHERE id = %s", [self.check.id]
        )
        self.check.invalidate_recordset()
        with self.enter_registry_test_mode():
            self.env.ref(
                "gestor_client_sets.gestor_data_check_cron"
            ).method_direct_trigger()
        self.assertTrue(self.check.error)
        self.assertTrue(self._ready("no_zip").checked_at)
