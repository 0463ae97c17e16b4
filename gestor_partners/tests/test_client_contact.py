from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import GestorPartnersCommon

WORKING_HOURS = {"hour_from": 9, "hour_to": 17}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 07:30:00")  # Monday, 9:30 in Warsaw, 8:30 in London
class TestClientContact(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls._create_with_hours("Europe/Warsaw", is_company=True)
        cls.london = cls._create_with_hours("Europe/London")
        cls.free = cls._create_client("Zawsze")
        cls.contact = cls._create_client("Kontakt", parent_id=cls.firm.id)
        cls.clients = cls.firm | cls.london | cls.free | cls.contact

    @classmethod
    def _create_with_hours(cls, zone, hours=None, **vals):
        return cls._create_client(
            zone,
            tz=zone,
            gestor_contact_window_ids=[Command.create(hours or WORKING_HOURS)],
            **vals,
        )

    def _states(self, at=None):
        return self.clients.with_user(self.reader)._gestor_contact_open(at)

    def test_hours_are_those_of_the_client_or_the_firm(self):
        states = self._states()
        self.assertTrue(states[self.firm].is_open)
        self.assertTrue(states[self.contact].is_open)
        self.assertFalse(states[self.london].is_open)
        self.assertEqual(states[self.london].next_at, datetime(2026, 6, 15, 8))
        self.assertEqual(tuple(states[self.free]), (False, True, None))
        saturday = self._states(datetime(2026, 6, 20, 10))
        self.assertFalse(saturday[self.contact].is_open)
        self.assertEqual(saturday[self.contact].next_at, datetime(2026, 6, 22, 7))

    def test_winter_moves_the_opening_by_an_hour(self):
        states = self._states(datetime(2026, 12, 7, 7, 30))
        self.assertFalse(states[self.firm].is_open)
        self.assertEqual(states[self.firm].next_at, datetime(2026, 12, 7, 8))

    def test_filter_finds_the_same_as_the_clock(self):
        closed = self._create_client(
            "Wieczorem",
            parent_id=self.firm.id,
            gestor_contact_window_ids=[
                Command.create({"hour_from": 18, "hour_to": 20})
            ],
        )
        clients = (self.clients | closed).with_user(self.reader)
        for moment in ("2026-06-15 07:30", "2026-06-15 15:30", "2026-06-20 10:00"):
            with self.subTest(moment=moment), freeze_time(moment):
                clients.invalidate_recordset()
                reachable = clients.filtered("gestor_is_reachable")
                domain = [("id", "in", clients.ids)]
                for value, expected in (
                    (True, reachable),
                    (False, clients - reachable),
                ):
                    found = clients.search(
                        [*domain, ("gestor_is_reachable", "=", value)]
                    )
                    self.assertEqual(set(found), set(expected))

    def test_states_cost_the_same_for_many(self):
        many = self.env["res.partner"].browse()
        for _number in range(30):
            many |= self._create_with_hours("Europe/Warsaw")
        costs = []
        for clients in (many[:3], many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            clients._gestor_contact_open()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])

    def test_wrong_hours_are_refused(self):
        window = self.firm.gestor_contact_window_ids
        for vals in ({"hour_to": 8}, {"hour_from": -1}, {"hour_to": 24.5}):
            with self.assertRaises(ValidationError) as caught:
                window.write(vals)
            self.assertIn("begin and end on one day", str(caught.exception))
        window.hour_to = 24
        workdays = ("monday", "tuesday", "wednesday", "thursday", "friday")
        with self.assertRaises(ValidationError) as caught:
            window.write({f"is_{day}": False for day in workdays})
        self.assertIn("at least one day", str(caught.exception))

    def test_planning_outside_is_warned_of_and_allowed(self):
        form = Form(
            self.env["mail.activity.schedule"]
            .with_user(self.editor)
            .with_context(active_model="res.partner", active_ids=self.firm.ids)
        )
        form.activity_type_id = self.env.ref("mail.mail_activity_data_call")
        form.date_deadline = date(2026, 6, 16)
        self.assertFalse(form.gestor_contact_warning)
        form.date_deadline = date(2026, 6, 20)
        self.assertIn(self.firm.name, form.gestor_contact_warning)
        form.save().action_schedule_activities()
        activity = self.firm.activity_ids
        self.assertIn(self.firm.name, activity.gestor_contact_warning)
        activity.date_deadline = date(2026, 6, 19)
        self.assertFalse(activity.gestor_contact_warning)

    def test_warning_of_a_moment(self):
        warn = self.clients._gestor_contact_warning
        self.assertIn(self.london.name, warn(datetime(2026, 6, 15, 7, 30)))
        self.assertFalse(warn(datetime(2026, 6, 15, 9)))

    def test_call_list_begins_with_those_to_call_now(self):
        evening = self._create_with_hours(
            "Europe/Warsaw", {"hour_from": 18, "hour_to": 20}
        )
        clients = (evening | self.clients).with_user(self.reader)
        self.assertEqual(
            clients._gestor_sort_by_contact(),
            self.firm | self.free | self.contact | self.london | evening,
        )
        at_six = clients._gestor_sort_by_contact(datetime(2026, 6, 15, 16))
        self.assertEqual(at_six[:2], evening | self.free)

    def test_panel_tells_when_and_how(self):
        self.london.gestor_contact_channel = "phone"
        client = self.london.with_user(self.reader).with_context(
            tz="Europe/Warsaw", lang="en_US"
        )
        facts = {
            fact["label"]: fact["value"] for fact in client._gestor_client_facts(client)
        }
        self.assertEqual(facts["Preferred way of contact"], "Phone")
        self.assertIn("10:00", facts["Contact now"])
        self.assertNotIn(
            "Contact now", {f["label"] for f in client._gestor_client_facts(self.free)}
        )

    def test_reader_changes_no_hours(self):
        window = self.firm.gestor_contact_window_ids
        with self.assertRaises(AccessError):
            window.with_user(self.reader).hour_to = 18
        window.with_user(self.editor).hour_to = 18
        self.firm.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertNotIn(window, window.with_user(self.reader).search([]))
