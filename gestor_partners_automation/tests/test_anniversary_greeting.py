from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 09:00:00")
class TestAnniversaryGreeting(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gestor.anniversary.greeting"].search([]).active = False
        cls.env["gestor.anniversary"].search([]).unlink()
        model_id = cls.env["ir.model"]._get_id("res.partner")
        cls.mail_template = cls.env["mail.template"].create(
            {
                "name": "Best wishes",
                "model_id": model_id,
                "subject": "Best wishes, {{ object.name }}",
                "partner_to": "{{ object.id }}",
            }
        )
        cls.sms_template = cls.env["sms.template"].create(
            {"name": "Wishes", "model_id": model_id, "body": "Best wishes!"}
        )
        cls.manager = cls._create_user(
            "manager", "gestor_base.gestor_base_group_manager"
        )
        cls.client = cls._create_client(
            "Anna",
            email="anna@client.example",
            phone="+48601000001",
            tz="Europe/Warsaw",
        )
        cls.birthday = cls._create_anniversary(cls.client, 27)
        cls.real_get_refusals = cls.env.registry[
            "gestor.anniversary.greeting"
        ]._get_refusals
        # the same with the addon that keeps consents and without it
        cls.refused = {}
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["gestor.anniversary.greeting"],
                "_get_refusals",
                lambda _self, clients, channel, company: {
                    client.id: cls.refused[channel]
                    for client in clients
                    if channel in cls.refused
                },
            )
        )

    def setUp(self):
        super().setUp()
        self.refused.clear()

    @classmethod
    def _create_anniversary(cls, client, day, **vals):
        return cls.env["gestor.anniversary"].create(
            {"partner_id": client.id, "day": day, "month": "11", **vals}
        )

    @classmethod
    def _create_greeting(cls, channel="mail", **vals):
        template = cls.mail_template if channel == "mail" else cls.sms_template
        return cls.env["gestor.anniversary.greeting"].create(
            {"channel": channel, f"{channel}_template_id": template.id, **vals}
        )

    def _plan(self, moment="2026-11-24 09:00:00"):
        with freeze_time(moment):
            self.env["gestor.anniversary"]._cron_remind()
        return self._get_planned()

    def _get_planned(self, client=None):
        return self.env["gestor.planned.action"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", (client or self.client).id),
            ],
            order="id",
        )

    def test_greeting_is_planned_for_the_hour_of_the_client(self):
        self._create_greeting(days_before=3, hour=8.5)
        action = self._plan()
        self.assertRecordValues(
            action,
            [
                {
                    "handler": "mail",
                    "params": {"template_id": self.mail_template.id},
                    "planned_at": datetime(2026, 11, 24, 7, 30),
                    "anniversary_id": self.birthday.id,
                    "anniversary_date": date(2026, 11, 27),
                    "mode": "auto",
                }
            ],
        )

    def test_greeting_is_planned_a_day_ahead_and_not_earlier(self):
        self._create_greeting(days_before=1)
        self.assertFalse(self._plan())
        action = self._plan("2026-11-25 23:00:00")
        self.assertEqual(action.planned_at, datetime(2026, 11, 26, 8))

    def test_each_channel_greets_once_a_year(self):
        for channel in ("mail", "sms"):
            self._create_greeting(channel, days_before=3)
            self._create_greeting(channel, days_before=2, kind="birthday")
        planned = self._plan()
        self.assertEqual(planned.mapped("handler"), ["mail", "sms"])
        for moment in ("2026-11-25 09:00", "2026-11-26 09:00", "2026-11-27 09:00"):
            self.assertEqual(self._plan(moment), planned)
        planned._close("done")
        self.assertEqual(self._plan("2026-11-28 09:00"), planned)
        again = self._plan("2027-11-24 09:00") - planned
        self.assertEqual(again.mapped("anniversary_date"), [date(2027, 11, 27)] * 2)

    def test_two_anniversaries_of_a_client_are_two_greetings(self):
        self._create_greeting(days_before=3)
        name_day = self._create_anniversary(self.client, 26, kind="name_day")
        planned = self._plan()
        self.assertEqual(planned.anniversary_id, self.birthday | name_day)

    def test_kind_and_company_choose_the_greeting(self):
        company = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_client(
            "Obcy", email="obcy@client.example", company_id=company.id
        )
        self._create_anniversary(theirs, 27)
        self._create_greeting(days_before=3, kind="name_day")
        self._create_greeting(days_before=3, company_id=self.env.company.id)
        self.assertEqual(self._plan().company_id, self.env.company)
        self.assertFalse(self._get_planned(theirs))
        self._create_greeting(days_before=3, company_id=company.id)
        self._plan()
        self.assertEqual(self._get_planned(theirs).company_id, company)

    def test_client_who_refused_is_not_greeted(self):
        self._create_greeting(days_before=3)
        self._create_greeting("sms", days_before=3)
        self.refused["email"] = "No consent"
        self.assertEqual(self._plan().handler, "sms")
        self.refused.clear()
        self.assertEqual(len(self._plan()), 2)

    def test_addon_of_consents_is_asked(self):
        asked = []

        def refuse(clients, channel, purpose="marketing"):
            asked.append((channel, clients.env.company))
            return {self.client.id: "No consent"}

        clients = self.client | self._create_client("Beata")
        with patch.object(
            self.env.registry["res.partner"],
            "_gestor_contact_refusals",
            refuse,
        ):
            refusals = type(self).real_get_refusals(
                self.env["gestor.anniversary.greeting"],
                clients,
                "email",
                self.env.company,
            )
        self.assertEqual(refusals, {self.client.id: "No consent"})
        self.assertEqual(asked, [("email", self.env.company)])

    def test_consent_withdrawn_later_stops_the_greeting(self):
        self._create_greeting(days_before=3)
        action = self._plan()
        self.refused["email"] = "No consent"
        action._execute_each()
        self.assertRecordValues(action, [{"state": "failed", "error": "No consent"}])
        self.assertFalse(self._get_mails())

    def test_archived_client_without_address_or_late_is_not_greeted(self):
        self._create_greeting(days_before=3)
        action = self._plan()
        with freeze_time("2026-11-28 09:00:00"):
            action._execute_each()
        self.assertIn("is over", action.error)
        self.client.active = False
        action._execute_each()
        self.assertIn("archived", action.error)
        nobody = self._create_client("Bez adresu")
        self._create_anniversary(nobody, 27)
        self._plan()
        self.assertFalse(self._get_planned(nobody))

    def test_greeting_is_sent(self):
        self._create_greeting(days_before=3)
        action = self._plan()
        action._execute_each()
        self.assertEqual(action.state, "done")
        mail = self._get_mails()
        self.assertEqual(mail.subject, "Best wishes, Anna")
        self.assertEqual(mail.recipient_ids, self.client)

    def _get_mails(self):
        return self.env["mail.mail"].search(
            [("subject", "=like", "Best wishes, %"), ("state", "=", "outgoing")]
        )

    def test_editor_moves_the_day_and_the_open_greeting_with_it(self):
        self._create_greeting(days_before=3)
        planned = self._plan()
        self.birthday.with_user(self.editor).day = 25
        self.assertFalse(planned.exists())
        planned = self._plan()
        self.assertEqual(planned.anniversary_date, date(2026, 11, 25))
        planned._close("done")
        self.birthday.day = 26
        self.assertEqual(self._plan(), planned)
        self.birthday.with_user(self.editor).unlink()
        self.assertFalse(planned.anniversary_id)

    def test_planning_costs_the_same_for_many(self):
        self._create_greeting(days_before=1)
        costs = []
        for day, count in ((25, 5), (26, 40)):
            clients = self.env["res.partner"].create(
                [
                    {"name": f"K {number}", "email": f"k{number}@client.example"}
                    for number in range(count)
                ]
            )
            for client in clients:
                self._create_anniversary(client, day)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(f"2026-11-{day - 1} 09:00:00"):
                planned = self.env["gestor.anniversary.greeting"]._plan_all()
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
            self.assertEqual(
                set(planned.mapped("res_id")) & set(clients.ids), set(clients.ids)
            )
        self.assertLessEqual(costs[1], costs[0] + 2)

    def test_template_is_needed_and_of_clients(self):
        with self.assertRaises(ValidationError) as caught:
            self._create_greeting("sms", sms_template_id=False)
        self.assertIn("Choose the template", str(caught.exception))
        self.mail_template.model_id = self.env["ir.model"]._get_id("res.users")
        with self.assertRaises(ValidationError) as caught:
            self._create_greeting()
        self.assertIn("no template for clients", str(caught.exception))

    def test_manager_configures_and_user_reads(self):
        company = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_greeting(company_id=company.id)
        ours = self._create_greeting()
        found = ours.with_user(self.reader).search([("id", "in", (ours | theirs).ids)])
        self.assertEqual(found, ours)
        with self.assertRaises(AccessError):
            found.days_before = 2
        found.with_user(self.manager).days_before = 2
        portal = self._create_user("portal", "base.group_portal")
        with self.assertRaises(AccessError):
            ours.with_user(portal).read(["channel"])
