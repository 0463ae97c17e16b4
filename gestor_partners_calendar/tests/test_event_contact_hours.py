from freezegun import freeze_time

from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 07:30:00")  # Monday, 9:30 in Warsaw
class TestEventContactHours(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader.lang = "en_US"
        cls.firm = cls._create_with_hours("Firma", is_company=True)
        cls.contact = cls._create_client("Kontakt", parent_id=cls.firm.id)

    @classmethod
    def _create_with_hours(cls, name, **vals):
        hours = Command.create({"hour_from": 9, "hour_to": 17})
        return cls._create_client(
            name, tz="Europe/Warsaw", gestor_contact_window_ids=[hours], **vals
        )

    def _create_event(self, clients, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Spotkanie",
                "start": "2026-06-16 10:00:00",
                "stop": "2026-06-16 11:00:00",
                "partner_ids": [Command.set(clients.ids)],
                **vals,
            }
        )

    def test_user_is_warned_and_may_go_on(self):
        form = Form(self.env["calendar.event"].with_user(self.reader))
        form.name = "Spotkanie"
        form.start, form.stop = "2026-06-16 10:00:00", "2026-06-16 11:00:00"
        form.partner_ids.add(self.contact)
        self.assertFalse(form.gestor_contact_warning)
        form.start, form.stop = "2026-06-16 18:00:00", "2026-06-16 19:00:00"
        self.assertIn("Kontakt", form.gestor_contact_warning)
        event = form.save()
        self.assertIn("Kontakt", event.gestor_contact_warning)

    def test_whole_day_is_checked_by_its_weekday(self):
        event = self._create_event(
            self.firm, allday=True, start_date="2026-06-20", stop_date="2026-06-20"
        )
        self.assertIn("Firma", event.gestor_contact_warning)
        event.write({"start_date": "2026-06-19", "stop_date": "2026-06-19"})
        self.assertFalse(event.gestor_contact_warning)

    def test_colleagues_and_unread_clients_are_no_clients(self):
        colleague = self.reader.partner_id
        colleague.gestor_contact_window_ids = [
            Command.create({"hour_from": 9, "hour_to": 10})
        ]
        company = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_with_hours("Obcy", company_id=company.id)
        event = self._create_event(
            colleague | theirs | self.firm,
            start="2026-06-16 18:00:00",
            stop="2026-06-16 19:00:00",
        )
        warning = event.with_user(self.reader).gestor_contact_warning
        self.assertIn("Firma", warning)
        self.assertNotIn("Obcy", warning)
        self.assertNotIn(colleague.name, warning)

    def test_warnings_cost_the_same_for_many(self):
        clients = self.env["res.partner"].browse()
        for number in range(20):
            clients |= self._create_with_hours(f"Klient {number}")
        events = self.env["calendar.event"].browse()
        for client in clients:
            events |= self._create_event(
                client, start="2026-06-16 18:00:00", stop="2026-06-16 19:00:00"
            )
        costs = []
        for some in (events[:2], events):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(
                all(some.with_user(self.reader).mapped("gestor_contact_warning"))
            )
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])
