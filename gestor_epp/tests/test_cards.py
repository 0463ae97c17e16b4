from odoo.tests import tagged

from .common import GestorEppCommon

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81o=C5=9B;Ewa
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BB=C3=B3=C5=82w;Biuro
TEL;CELL:+48 600 700 800
EMAIL;INTERNET:ewa@example.com
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Adam Ćwik
ORG:Żółw
TITLE:Kupiec
TEL;VALUE=uri:tel:+48-22-111-22-33
EMAIL:adam@example.com
ADR:;;Prosta 1;Łódź;;90-001;Polska
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
 AAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Firma sama
ORG:Firma sama
X-NIP:525-224-84-81
END:VCARD
"""


@tagged("post_install", "-at_install")
class TestCards(GestorEppCommon):
    def _cards(self, text, name="a.vcf", **vals):
        data = text.replace("\n", "\r\n").encode()
        return self._import(data, file_name=name, **vals)

    def _found(self, name):
        return self.env["res.partner"].search(
            [("name", "=", name), ("company_id", "=", self.company.id)]
        )

    def test_cards_of_all_versions_become_contacts_of_their_firms(self):
        self.assertFine(self._cards(OLD + NEW))
        firm, ewa = self._found("Żółw"), self._found("Ewa Łoś")
        adam = self._found("Adam Ćwik")
        self.assertEqual(len(firm), 1)
        self.assertTrue(firm.is_company)
        self.assertEqual((ewa | adam).parent_id, firm)
        self.assertEqual(ewa.phone.replace(" ", ""), "+48600700800")
        self.assertEqual(
            (adam.function, adam.city, adam.country_id.code, adam.email),
            ("Kupiec", "Łódź", "PL", "adam@example.com"),
        )
        alone = self._found("Firma sama")
        self.assertTrue(alone.is_company)
        self.assertEqual(alone.gestor_nip, "5252248481")

    def test_known_people_are_found_and_only_completed(self):
        for vals in ({"email": "EWA@example.com"}, {"phone": "600 700 800"}):
            person = self.env["res.partner"].create(
                {"name": "E. Ł.", "company_id": self.company.id, **vals}
            )
            job = self._cards(OLD)
            self.assertEqual(job.line_ids.action, "update")
            self.assertEqual(person.name, "E. Ł.")
            self.assertTrue(person.email and person.phone)
            self.assertFalse(self._found("Żółw"))
            person.unlink()

    def test_card_twice_in_a_file_comes_once_and_undo_takes_it(self):
        job = self._cards(OLD + OLD)
        self.assertEqual(job.line_ids.mapped("action"), ["create", "skip"])
        self.assertEqual(self._cards(OLD).line_ids.action, "unchanged")
        job.action_undo()
        self._finish(job)
        self.assertFalse(self._found("Ewa Łoś") | self._found("Żółw"))

    def test_broken_cards_are_told_and_the_others_come(self):
        text = "junk\n" + "BEGIN:VCARD\nVERSION:3.0\nTITLE:x\nEND:VCARD\n" + NEW
        job = self._cards(text + "BEGIN:VCARD\nFN:cut")
        actions = job.line_ids.sorted("line").mapped("action")
        self.assertEqual(actions, ["error", "error", "create", "create", "error"])
        job = self._create_job(b"Data;x", file_name="b.vcf")
        job.action_check()
        self.assertEqual(job.state, "failed")
        self.assertIn("no business cards", job.error)

    def test_refused_create_is_an_error_of_its_row(self):
        model = self.env.registry["res.partner"]
        create = model.create

        def refuse(partners, vals_list):
            if any(vals.get("name") == "Adam Ćwik" for vals in vals_list):
                raise ValueError("refused by a rule")
            return create(partners, vals_list)

        self.patch(model, "create", refuse)
        job = self._cards(OLD + NEW)
        errors = self._lines(job, action="error")
        self.assertEqual(errors.mapped("name"), ["Adam Ćwik"])
        self.assertIn("refused by a rule", errors.reason)
        self.assertTrue(self._found("Ewa Łoś"))
