from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import GestorClientSetsCommon

FRIDAY, SUNDAY = "2026-11-27 06:00:00", "2026-11-29 06:00:00"


@tagged("post_install", "-at_install")
class TestDigest(GestorClientSetsCommon):
    """What is to do and to fix, by e-mail in the morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).gestor_is_digest_wanted = False
        cls.owner.write({"email": "owner@example.com", "lang": "en_US"})
        cls.owner.gestor_is_digest_wanted = True
        cls.north.write({"user_id": cls.owner.id, "zip": False})
        cls.south.write({"user_id": cls.other.id, "zip": False})
        cls.check = cls.env.ref("gestor_client_sets.gestor_data_check_no_zip")
        cls.check._refresh()

    def _send(self, moment=FRIDAY):
        before = self.env["mail.mail"].search([])
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(
                "gestor_client_sets.gestor_digest_cron"
            ).method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def test_user_is_told_what_to_fix_at_his_own_clients(self):
        mail = self._send()
        self.assertEqual(len(mail), 1)
        self.assertIn("owner@example.com", mail.email_to)
        self.assertIn("No postal code", mail.body_html)
        self.assertIn("/odoo/gestor-to-fix", mail.body_html)
        sections = self.env["gestor.digest"].with_user(self.owner)._get_sections()
        fix = next(item for item in sections if "to-fix" in item["url"])
        self.assertEqual(dict(fix["rows"])["No postal code"], 1)

    def test_user_is_told_what_is_late_and_what_is_for_today(self):
        # the host counts documents, each by its most urgent to-do
        for client, days in ((self.north, -1), (self.south, 0), (self.south, 5)):
            client.activity_schedule(
                "mail.mail_activity_data_todo",
                fields.Date.today() + timedelta(days=days),
                user_id=self.owner.id,
            )
        digest = self.env["gestor.digest"].with_user(self.owner)
        rows = dict(digest._get_section_to_do()["rows"])
        self.assertEqual(
            (rows["To-dos that are late"], rows["To-dos for today"]), (1, 1)
        )

    def test_nobody_is_written_to_on_a_sunday_or_about_nothing(self):
        self.assertFalse(self._send(SUNDAY))
        self.assertTrue(self._send())
        self.north.user_id = self.other
        self.env["gestor.data.issue"].search([]).unlink()
        self.assertFalse(self._send())

    def test_only_who_wants_to_is_written_to(self):
        self.owner.with_user(self.owner).gestor_is_digest_wanted = False
        self.assertFalse(self._send())

    def test_one_broken_account_does_not_keep_the_others_waiting(self):
        self.other.write({"email": "other@example.com"})
        self.other.gestor_is_digest_wanted = True
        digest = self.env.registry["gestor.digest"]
        sections = digest._get_sections

        def broken(record):
            if record.env.user == self.owner:
                raise ValueError("broken")
            return sections(record)

        self.south.user_id = self.other
        with (
            patch.object(digest, "_get_sections", broken),
            self.assertLogs("odoo.addons.gestor_client_sets", "ERROR"),
        ):
            mail = self._send()
        self.assertIn("other@example.com", mail.email_to)

    def test_employee_without_gestor_is_told_of_his_to_dos_only(self):
        clerk = self._create_user("clerk", "base.group_user")
        digest = self.env["gestor.digest"].with_user(clerk)
        self.assertFalse(digest._get_section_to_fix()["rows"])
        self.assertFalse(digest._get_sections())
