from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestClientRepresentation(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firms = cls._create_client("Alfa", is_company=True) | cls._create_client(
            "Beta", is_company=True
        )
        cls.alfa, cls.beta = cls.firms
        cls.person = cls._create_client(
            "Księgowa Testowa", email="dom@osoba-testowa.example"
        )
        cls.rows = cls._represent(cls.person, cls.alfa, email="K@Alfa.example")
        cls.rows |= cls._represent(
            cls.person, cls.beta, email="k@beta.example", phone="+48 601 222 333"
        )

    @classmethod
    def _represent(cls, person, firm, **vals):
        return cls.env["gestor.representation"].create(
            {"person_id": person.id, "firm_id": firm.id, **vals}
        )

    def _match(self, *emails, **options):
        partners = self.env["res.partner"].with_user(self.reader)
        return partners._gestor_match_email(emails, **options)

    def test_one_person_represents_many_firms_on_both_cards(self):
        self.assertEqual(self.person.gestor_represented_firm_ids.firm_id, self.firms)
        for firm in self.firms:
            self.assertEqual(firm.gestor_representative_ids.person_id, self.person)

    def test_contact_of_a_firm_is_in_the_list_without_a_row(self):
        contact = self._create_client(
            "Kontakt", parent_id=self.alfa.id, function="Kierownik", phone="123"
        )
        self._create_client("Magazyn", parent_id=self.alfa.id, type="delivery")
        listed = self.env["gestor.representative"].with_user(self.reader)
        rows = listed.search([("firm_id", "=", self.alfa.id)])
        self.assertEqual(rows.person_id, self.person | contact)
        plain = rows.filtered(lambda row: row.person_id == contact)
        self.assertEqual((plain.function, plain.phone), ("Kierownik", "123"))
        self.assertTrue(plain.is_current)
        # what a row adds to a contact does not list the contact twice
        self._represent(contact, self.alfa, is_main=True)
        rows = listed.search([("firm_id", "=", self.alfa.id)])
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[0].person_id, contact)
        self.assertEqual(rows[0].function, "Kierownik")

    def test_ended_row_stays_as_history(self):
        self.rows[0].action_end()
        self.assertTrue(self.rows[0].is_current)
        with freeze_time("2026-06-16 10:00:00"):
            self.rows.invalidate_recordset(["is_current"])
            self.assertFalse(self.rows[0].is_current)
            listed = self.env["gestor.representative"].search(
                [("person_id", "=", self.person.id), ("is_current", "=", False)]
            )
            self.assertEqual(listed.representation_id, self.rows[0])
            self._represent(self.person, self.alfa, date_from="2026-06-16")

    def test_overlapping_double_is_refused(self):
        self.rows[0].write({"date_from": "2026-01-01", "date_to": "2026-03-31"})
        self._represent(self.person, self.alfa, date_from="2026-04-01")
        with self.assertRaises(ValidationError) as caught:
            self.rows[0].date_to = "2026-04-01"
        self.assertIn("at this time already", str(caught.exception))

    def test_one_main_of_a_firm_at_a_time(self):
        other = self._create_client("Inna osoba")
        self.rows.is_main = True  # of two firms
        with self.assertRaises(ValidationError) as caught:
            self._represent(other, self.alfa, is_main=True)
        self.assertIn("one main representative at a time", str(caught.exception))
        self.rows[0].date_to = "2026-06-14"
        self._represent(other, self.alfa, is_main=True, date_from="2026-06-15")

    def test_wrong_kinds_are_refused(self):
        for person, firm in ((self.alfa, self.beta), (self.person, self.person)):
            with self.assertRaises(ValidationError) as caught:
                self._represent(person, firm)
            self.assertIn("A person represents a firm", str(caught.exception))

    def test_email_is_matched_by_role_card_and_firm(self):
        self.alfa.email = "biuro@alfa.example"
        contact = self._create_client(
            "Kontakt", parent_id=self.beta.id, email="kontakt@beta.example"
        )
        nobody = self.env["res.partner"]
        found = self._match(
            '"Księgowa" <k@alfa.example>',
            "K@BETA.example",
            "dom@osoba-testowa.example",
            "biuro@alfa.example",
            "kontakt@beta.example",
            "unknown@nobody.example",
            "no address",
        )
        self.assertEqual(
            found,
            {
                "k@alfa.example": [(self.person, self.alfa)],
                "k@beta.example": [(self.person, self.beta)],
                "dom@osoba-testowa.example": [(self.person, nobody)],
                "biuro@alfa.example": [(nobody, self.alfa)],
                "kontakt@beta.example": [(contact, self.beta)],
            },
        )

    def test_email_is_matched_on_the_day_of_the_message(self):
        self.rows[0].date_to = "2026-05-31"
        self.assertFalse(self._match("k@alfa.example"))
        self.assertTrue(self._match("k@alfa.example", date=date(2026, 5, 31)))

    def test_matching_costs_the_same_for_many(self):
        emails = [f"osoba{number}@alfa.example" for number in range(40)]
        people = self.env["res.partner"].create([{"name": mail} for mail in emails])
        for person, email in zip(people, emails, strict=True):
            self._represent(person, self.alfa, email=email)
        costs = []
        for count in (2, 40):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.env["res.partner"]._gestor_match_email(emails[:count])
            costs.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(found), count)
        self.assertLessEqual(costs[1], costs[0])

    def test_person_is_found_by_email_and_phone_of_a_role(self):
        partners = self.env["res.partner"].with_user(self.reader)
        for text in ("k@beta", "601 222 333", "601222"):
            with self.subTest(text=text):
                found = partners.search([("gestor_search", "ilike", text)])
                self.assertIn(self.person, found)
                names = partners.name_search(text)
                self.assertIn(self.person.id, [person_id for person_id, _ in names])
        hits = self.env["gestor.search"].with_user(self.reader)
        titles = [hit["title"] for hit in hits.search_everywhere("k@beta")]
        self.assertIn(self.person.display_name, titles)
        self.assertNotIn(
            self.person, partners.search([("gestor_search", "ilike", "777 888")])
        )

    def test_time_line_has_a_person_who_stands_for_one_firm_only(self):
        own = self._create_client("Pełnomocnik")
        self._represent(own, self.alfa)
        history = self.env["gestor.history"].with_user(self.reader)
        family = history._get_family(self.alfa.id)
        self.assertEqual(family, self.alfa | own)

    def test_map_shows_people_and_firms(self):
        related = self.person.with_user(self.reader)._gestor_related()
        firms = {
            other for _own, model, other, _kind in related if model == "res.partner"
        }
        self.assertLessEqual(set(self.firms.ids), firms)

    def test_merge_of_people_keeps_one_row_of_each_firm(self):
        double = self._create_client("Księgowa T.")
        self.rows[0].phone = False
        self._represent(double, self.alfa, phone="111", is_main=True)
        past = self._represent(
            double, self.beta, date_from="2020-01-01", date_to="2020-12-31"
        )
        self.rows[1].date_from = "2021-01-01"
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.person | double).ids, self.person)
        rows = self.person.gestor_represented_ids
        self.assertEqual(len(rows), 3)
        self.assertIn(past, rows)
        alfa = rows.filtered(lambda row: row.firm_id == self.alfa)
        self.assertEqual(
            (alfa.phone, alfa.email, alfa.is_main), ("111", "K@Alfa.example", True)
        )
        self.assertIn("111", self.person.gestor_role_contacts)

    def test_merge_of_firms_keeps_one_main(self):
        other = self._create_client("Inna osoba")
        self.rows[0].is_main = True
        self._represent(other, self.beta, is_main=True)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge(self.firms.ids, self.alfa)
        rows = self.alfa.gestor_representation_ids
        self.assertEqual(rows.person_id, self.person | other)
        self.assertEqual(rows.mapped("is_main").count(True), 1)

    def test_reader_changes_nothing_and_editor_does(self):
        row = self.rows[0]
        with self.assertRaises(AccessError):
            row.with_user(self.reader).note = "x"
        with self.assertRaises(AccessError):
            row.with_user(self.reader).copy({"firm_id": self.beta.id})
        row.with_user(self.editor).note = "x"
        self.assertEqual(row.note, "x")

    def test_people_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.alfa.company_id = company
        rows = self.env["gestor.representation"].with_user(self.reader)
        listed = self.env["gestor.representative"].with_user(self.reader)
        domain = [("person_id", "=", self.person.id)]
        self.assertEqual(rows.search(domain), self.rows[1])
        self.assertEqual(listed.search(domain).firm_id, self.beta)
        self.assertFalse(self._match("k@alfa.example"))
        self.reader.company_ids = [Command.link(company.id)]
        rows = rows.with_context(allowed_company_ids=self.reader.company_ids.ids)
        self.assertEqual(rows.search(domain), self.rows)

    def test_portal_reads_nothing(self):
        portal = self._create_user("portal", "base.group_portal")
        for model in ("gestor.representation", "gestor.representative"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
        # the names in the portal are still looked for by anything
        partners = self.env["res.partner"].with_user(portal)
        self.assertFalse(partners.name_search("601 222 333"))

    def test_card_opens_the_right_thing(self):
        contact = self._create_client("Kontakt", parent_id=self.alfa.id)
        self.env.invalidate_all()
        by_person = {row.person_id: row for row in self.alfa.gestor_representative_ids}
        self.assertEqual(by_person[contact].action_open()["res_model"], "res.partner")
        opened = by_person[self.person].action_open()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]),
            ("gestor.representation", self.rows[0].id),
        )
        for client, field in ((self.alfa, "firm_id"), (self.person, "person_id")):
            context = client.action_gestor_add_representative()["context"]
            self.assertEqual(context, {f"default_{field}": client.id})
