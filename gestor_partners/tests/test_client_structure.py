from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientStructure(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._create_firm("Centrala", vat="PL5252144764")
        cls.branches = cls._create_firm(
            "Oddział Łódź", gestor_head_office_id=cls.head.id, vat="PL5252144764"
        ) | cls._create_firm("Oddział Gdańsk", gestor_head_office_id=cls.head.id)

    @classmethod
    def _create_firm(cls, name, **vals):
        return cls._create_client(name, is_company=True, **vals)

    def test_branch_keeps_its_own_card(self):
        branch = self.branches[0]
        self.assertEqual(branch.commercial_partner_id, branch)
        self.head.write({"city": "Warszawa", "ref": "HQ"})
        self.assertFalse(branch.city or branch.ref)
        self.assertEqual(branch.gestor_nip, self.head.gestor_nip)
        self.assertEqual(self.head.gestor_branch_ids, self.branches)

    def test_circle_is_refused(self):
        below = self._create_firm("Pod", gestor_head_office_id=self.branches[0].id)
        for head in (below, self.head, self.branches[0]):
            with self.assertRaisesRegex(ValidationError, "branch of itself"):
                self.head.gestor_head_office_id = head

    def test_person_is_refused_as_branch_and_as_head_office(self):
        person = self._create_client("Osoba")
        firm = self._create_firm("Firma")
        with self.assertRaisesRegex(ValidationError, "Only firms"):
            person.gestor_head_office_id = self.head
        with self.assertRaisesRegex(ValidationError, "Only firms"):
            firm.gestor_head_office_id = person
        with self.assertRaisesRegex(ValidationError, "Only firms"):
            (firm | self.head).is_company = False

    def test_branch_of_another_company_is_refused(self):
        companies = self.env["res.company"].create([{"name": "A"}, {"name": "B"}])
        self.head.company_id = False
        self.branches[0].company_id = companies[0]
        self.branches[1].company_id = companies[1]
        with self.assertRaisesRegex(ValidationError, "belongs to the company"):
            self.head.company_id = companies[0]
        self.branches.company_id = companies[0]
        self.head.company_id = companies[0]
