from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 09:00:00")
class TestClientAnniversary(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._create_client(user_id=cls.editor.id)
        (cls.editor | cls.reader).lang = "en_US"
        cls.other_client = cls._create_client("Klient Drugi", user_id=cls.reader.id)

    @classmethod
    def _create_anniversary(cls, partner=None, day=1, month="1", **vals):
        return cls.env["gestor.anniversary"].create(
            {"partner_id": (partner or cls.client).id, "day": day, "month": month}
            | vals
        )

    def _remind(self):
        self.env["gestor.anniversary"]._cron_remind()
        return self.client.activity_ids | self.other_client.activity_ids

    def test_next_time_is_this_year_or_the_next(self):
        today = self._create_anniversary(day=24, month="11", year=1986)
        gone = self._create_anniversary(day=23, month="11", year=1986)
        leap = self._create_anniversary(day=29, month="2")
        self.assertRecordValues(
            today | gone | leap,
            [
                {"next_date": date(2026, 11, 24), "years": 40},
                {"next_date": date(2027, 11, 23), "years": 41},
                {"next_date": date(2027, 2, 28), "years": 0},
            ],
        )

    def test_guardian_is_reminded_once_of_each(self):
        self._create_anniversary(day=27, month="11", year=1986, kind="birthday")
        self._create_anniversary(self.other_client, day=27, month="11", kind="name_day")
        self._create_anniversary(day=28, month="11")
        todos = self._remind()
        self.assertRecordValues(
            todos.sorted(lambda todo: todo.user_id.id),
            [
                {
                    "user_id": user.id,
                    "summary": summary,
                    "date_deadline": date(2026, 11, 27),
                }
                for user, summary in sorted(
                    (
                        (self.editor, "Birthday (years: 40)"),
                        (self.reader, "Name day"),
                    ),
                    key=lambda pair: pair[0].id,
                )
            ],
        )
        self.assertEqual(self._remind(), todos)

    def test_reminder_speaks_the_language_of_the_guardian(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.editor.lang = "pl_PL"
        self._create_anniversary(day=24, month="11", kind="name_day")
        self.assertEqual(self._remind().summary, "Imieniny")

    def test_late_job_still_reminds_and_next_year_comes_again(self):
        anniversary = self._create_anniversary(day=26, month="11")
        with freeze_time("2026-11-26 09:00:00"):
            self.assertEqual(len(self._remind()), 1)
        with freeze_time("2026-11-27 09:00:00"):
            self.assertEqual(len(self._remind()), 1)
            self.assertEqual(anniversary.next_date, date(2027, 11, 26))
        with freeze_time("2027-11-24 09:00:00"):
            self.assertEqual(len(self._remind()), 2)

    def test_changed_day_is_reminded_of_anew(self):
        anniversary = self._create_anniversary(day=25, month="11")
        self.assertEqual(len(self._remind()), 1)
        anniversary.day = 26
        self.assertEqual(len(self._remind()), 2)

    def test_archived_client_is_left_in_peace(self):
        self._create_anniversary(day=25, month="11")
        self.client.active = False
        self.assertFalse(self._remind())

    def test_contact_of_a_firm_is_the_matter_of_the_guardian_of_the_firm(self):
        person = self._create_client("Osoba", parent_id=self.client.id)
        person.user_id = False
        self._create_anniversary(person, day=25, month="11")
        self._remind()
        self.assertEqual(person.activity_ids.user_id, self.editor)

    def test_impossible_days_and_years_are_refused(self):
        anniversary = self._create_anniversary(day=31, month="1")
        for vals in (
            {"day": 31, "month": "4"},
            {"day": 30, "month": "2"},
            {"day": 0},
            {"year": 86},
            {"year": 2027},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                anniversary.write(vals)
                anniversary.flush_recordset()
        anniversary.write({"day": 29, "month": "2", "year": 2024})

    def test_reader_sees_anniversaries_and_changes_none(self):
        anniversary = self._create_anniversary().with_user(self.reader)
        self.assertTrue(anniversary.next_date)
        with self.assertRaises(AccessError):
            anniversary.day = 2
        with self.assertRaises(AccessError):
            anniversary.create({"partner_id": self.client.id})
        self.env["gestor.anniversary"].with_user(self.editor).create(
            {"partner_id": self.client.id}
        )

    def test_anniversaries_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other company"})
        theirs = self._create_client("Obcy", company_id=other.id)
        foreign = self._create_anniversary(theirs)
        ours = self._create_anniversary()
        found = self.env["gestor.anniversary"].with_user(self.reader).search([])
        self.assertIn(ours, found)
        self.assertNotIn(foreign, found)

    def test_reminding_costs_little_more_than_the_todos_themselves(self):
        clients = self.env["res.partner"].create(
            [{"name": f"K{n}", "user_id": self.editor.id} for n in range(60)]
        )
        vals_list = [
            {"partner_id": client.id, "day": 25, "month": "11"} for client in clients
        ]
        anniversaries = self.env["gestor.anniversary"].create(vals_list)
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model_id = self.env["ir.model"]._get_id("res.partner")
        todos = [
            anniversary._prepare_reminder_vals(activity_type, model_id)
            for anniversary in anniversaries
        ]

        def count(work):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            work()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        plain = count(lambda: self.env["mail.activity"].create(todos))
        ours = count(lambda: self.env["gestor.anniversary"]._cron_remind())
        self.assertEqual(len(clients.activity_ids), 120)
        self.assertLess(ours - plain, 20)
