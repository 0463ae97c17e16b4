from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NIP, OTHER_NIP, GestorDuplicatesCommon


@tagged("post_install", "-at_install")
class TestDuplicateEntry(GestorDuplicatesCommon):
    """Whoever types a client sees at once who it may be."""

    def _type(self, user=None, **vals):
        """Return the hint of a new form after typing."""
        clients = self.env["res.partner"].with_context(
            default_is_company=vals.pop("is_company", True)
        )
        form = self._client_form(user or self.editor, clients)
        for name, value in vals.items():
            form[name] = value
        return form

    def _found(self, **vals):
        hint = self._type(**vals).gestor_duplicate_hint or {}
        return {row["id"]: row["reasons"] for row in hint.get("rows", ())}

    def test_user_types_a_nip_in_any_spelling_and_sees_who_it_is(self):
        for text in ("5252144764", "525-21-44-764", "PL 525 214 47 64"):
            with self.subTest(text=text):
                self.assertEqual(
                    self._found(name="Beta", vat=text), {self.alfa.id: "same NIP"}
                )
        self.assertFalse(self._found(name="Beta", vat=OTHER_NIP))

    def test_user_types_a_foreign_number_and_sees_who_it_is(self):
        german = self._create_firm("Heizung", vat="DE136695976")
        found = self._found(name="Beta", vat="de 136 695 976")
        self.assertEqual(found, {german.id: "same NIP"})

    def test_same_regon_is_a_reason(self):
        self.alfa.company_registry = "192598184"
        twin = self._create_firm("Beta", company_registry="192598184")
        self.assertEqual(
            self._hint(twin.with_user(self.editor)), {self.alfa.id: "same REGON"}
        )
        self.assertEqual(self._pairs(self.alfa, twin).kinds, "regon")

    def test_user_types_email_phone_or_name_and_sees_why(self):
        for vals, reason in (
            ({"name": "B", "email": "biuro@alfa-zurawie.EXAMPLE"}, "same e-mail"),
            ({"name": "B", "phone": "022/7654321"[1:]}, "same phone"),
            ({"name": "ALFA ŻURAWIE S.A."}, "similar name"),
            ({"name": "Zurawie Alfa"}, "similar name"),
            ({"name": "Alfa Żurawje"}, "similar name"),
        ):
            with self.subTest(vals=vals):
                self.assertEqual(self._found(**vals), {self.alfa.id: reason})
        for vals in ({"name": "Alfa"}, {"name": "Omega Dźwigi"}, {"name": "A. B."}):
            with self.subTest(vals=vals):
                self.assertNotIn(self.alfa.id, self._found(**vals))

    def test_hint_tells_who_where_and_whose(self):
        self.alfa.user_id = self.editor
        hint = self._type(name="Alfa Żurawie", vat=NIP).gestor_duplicate_hint
        row = hint["rows"][0]
        self.assertEqual(
            {
                "id": self.alfa.id,
                "name": self.alfa.name,
                "city": "Gdynia",
                "nip": "5252144764",
                "kind": "Potential",
                "guardian": self.editor.name,
                "is_archived": False,
                "is_company": True,
                "is_blocked": False,
                "reasons": "same NIP, similar name",
                "score": 100,
            },
            row,
        )
        self.assertEqual((hint["more"], hint["hidden"]), (0, 0))

    def test_hint_speaks_polish(self):
        editor = self.editor
        self.env["res.lang"]._activate_lang("pl_PL")
        editor.lang = "pl_PL"
        client = self._create_firm("Beta", vat=NIP).with_user(editor)
        client = client.with_context(lang="pl_PL")
        self.assertEqual(self._hint(client), {self.alfa.id: "ten sam NIP"})

    def test_existing_client_shows_whom_it_may_be_and_not_itself(self):
        copy = self._create_firm("Beta", vat=NIP).with_user(self.editor)
        self.assertEqual(self._hint(copy), {self.alfa.id: "same NIP"})
        with self._client_form(self.editor, copy) as form:
            form.vat = OTHER_NIP
            self.assertFalse(form.gestor_duplicate_hint)

    def test_archived_client_is_found_and_marked(self):
        self.alfa.active = False
        hint = self._type(name="B", vat=NIP).gestor_duplicate_hint
        self.assertTrue(hint["rows"][0]["is_archived"])
        action = self.alfa.with_user(self.editor).action_gestor_use()
        self.assertTrue(self.alfa.active)
        self.assertEqual(action["res_id"], self.alfa.id)

    def test_client_of_another_company_is_counted_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.alfa.company_id = other
        hint = self._type(name="B", vat=NIP).gestor_duplicate_hint
        self.assertEqual((hint["rows"], hint["hidden"]), ([], 1))
        self.assertNotIn("Alfa", str(hint))

    def test_files_of_two_companies_are_apart(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.alfa.company_id = other
        mine = self._create_firm("B", vat=NIP, company_id=self.env.company.id)
        self.assertFalse(mine.with_user(self.editor).gestor_duplicate_hint)

    def test_what_is_not_checked_is_not_shown(self):
        self._set_policy(nip="off")
        self.assertFalse(self._found(name="Beta", vat=NIP))
        self.assertTrue(self._found(name="Alfa Żurawie", vat=NIP))

    def test_firm_and_its_people_branches_and_employees_are_no_duplicates(self):
        person = self._create_client(
            "Jan Alfa", parent_id=self.alfa.id, email=self.alfa.email
        )
        branch = self._create_firm(
            "Alfa Żurawie Oddział", vat=NIP, gestor_head_office_id=self.alfa.id
        )
        sister = self._create_firm(
            "Alfa Żurawie", vat=NIP, gestor_head_office_id=self.alfa.id
        )
        self.editor.partner_id.write({"phone": self.alfa.phone})
        for client in person | branch | sister | self.alfa:
            with self.subTest(client=client.name):
                self.assertFalse(client.with_user(self.editor).gestor_duplicate_hint)

    def test_nip_shared_by_units_is_no_reason(self):
        self._create_firm("Gmina", vat=OTHER_NIP, gestor_is_nip_shared=True)
        self.assertFalse(self._found(name="Szkoła Podstawowa", vat=OTHER_NIP))

    def test_namesakes_are_asked_about_in_one_town_only(self):
        first = self._create_client("Jan Dębicki", city="Sopot")
        found = self._found(name="Dębicki Jan", city="sopot", is_company=False)
        self.assertEqual(found, {first.id: "similar name"})
        self.assertFalse(
            self._found(name="Dębicki Jan", city="Ustka", is_company=False)
        )

    def _decide(self, name, **vals):
        """Check that a decided client has no notice any more, and save it."""
        vals = {"name": name, "is_company": True, "vat": NIP, **vals}
        clients = self.env["res.partner"].with_user(self.editor)
        self.assertFalse(clients.new(vals).gestor_duplicate_hint)
        return clients.create(vals)

    def test_user_makes_the_new_one_a_branch(self):
        branch = self._decide("Alfa Rumia", gestor_head_office_id=self.alfa.id)
        self.assertEqual(branch.gestor_head_office_id, self.alfa)
        self.assertFalse(self._pairs(self.alfa, branch))

    def test_user_makes_the_new_one_the_head_office(self):
        decision = {"id": self.alfa.id, "what": "head_office"}
        head = self._decide("Alfa Holding", gestor_duplicate_decisions=[decision])
        self.assertEqual(self.alfa.gestor_head_office_id, head)
        self.assertFalse(self._pairs(self.alfa, head))

    def test_user_goes_on_and_is_not_asked_again(self):
        decision = {"id": self.alfa.id, "what": "go_on", "note": "another owner"}
        client = self._decide("Alfa Żurawie", gestor_duplicate_decisions=[decision])
        pair = self._pairs(self.alfa, client)
        self.assertRecordValues(
            pair,
            [
                {
                    "partner_id": self.alfa.id,
                    "duplicate_id": client.id,
                    "state": "not_duplicate",
                    "note": "another owner",
                    "user_id": self.editor.id,
                }
            ],
        )
        self.assertTrue(pair.decided_at)
        self.assertFalse(client.gestor_duplicate_hint)
        client.write({"name": "Alfa Żurawie S.A."})
        self.assertEqual(self._pairs(self.alfa, client).state, "not_duplicate")
        third = self._create_firm("Trzecia", vat=NIP).with_user(self.editor)
        self.assertEqual(len(self._hint(third)), 2)

    def test_user_who_may_not_write_a_client_cannot_make_it_a_branch(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.alfa.company_id = other
        with self.assertRaises(AccessError):
            self._enter(
                gestor_duplicate_decisions=[{"id": self.alfa.id, "what": "head_office"}]
            )

    def test_names_that_differ_in_a_number_are_two_clients(self):
        five = self._create_firm("Szkoła Podstawowa nr 5 Chojnice")
        same, six, none = (
            self._create_firm("Podstawowa Szkoła nr 5 w Chojnice"),
            *(
                self._create_firm(f"Szkoła Podstawowa {number} Chojnice")
                for number in ("nr 6", "nr")
            ),
        )
        self.assertTrue(self._pairs(five, same))
        self.assertTrue(self._pairs(five, none))
        self.assertFalse(self._pairs(five, six))
        self.env["gestor.duplicate"].search([]).unlink()
        self.env["gestor.duplicate"]._cron_scan()
        self.assertTrue(self._pairs(five, same))
        self.assertFalse(self._pairs(five, six))

    def test_hint_of_many_forms_is_found_at_once(self):
        few = self.env["res.partner"].with_user(self.editor)
        for number in range(3):
            few |= self._create_firm(f"Zeta {number}", vat=NIP)
        self.env.flush_all()

        def queries(clients):
            self.env.invalidate_all()
            clients.mapped("name")
            before = self.env.cr.sql_log_count
            clients.mapped("gestor_duplicate_hint")
            return self.env.cr.sql_log_count - before

        queries(few)
        self.assertLessEqual(queries(few), queries(few[:1]) + 2)
