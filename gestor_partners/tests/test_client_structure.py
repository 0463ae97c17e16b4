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

    def test_branch_with_the_same_nip_is_no_duplicate(self):
        firms = self.head | self.branches[0]
        self.assertFalse(firms.same_vat_partner_id)
        stranger = self._create_firm("Obca", vat="PL5252144764")
        self.assertIn(stranger.same_vat_partner_id, firms)

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

    # === The group ===

    def test_every_member_knows_the_whole_group(self):
        below = self._create_firm("Pod", gestor_head_office_id=self.branches[0].id)
        alone = self._create_firm("Sama")
        group = self.head | self.branches | below
        found = (group | alone)._get_gestor_groups()
        for member in group:
            self.assertEqual(found[member.id], group)
        self.assertEqual(found[alone.id], alone)
        self.assertEqual(below.gestor_branch_count, 4)
        self.assertEqual(alone.gestor_branch_count, 0)
        action = below.with_user(self.reader).action_gestor_group()
        self.assertEqual(
            self.env["res.partner"].search(action["domain"]), group.sorted()
        )

    def test_figures_of_the_group_cost_the_same_for_more_branches(self):
        def count(head):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            head._gestor_group_totals()
            return self.cr.sql_log_count - before

        large = self._create_firm("Duża")
        self.env["res.partner"].create(
            [
                {
                    "name": f"Oddział {number}",
                    "is_company": True,
                    "gestor_head_office_id": large.id,
                }
                for number in range(40)
            ]
        )
        count(large)
        self.assertEqual(count(self.head), count(large))

    def test_reader_without_accounting_sees_no_turnover(self):
        labels = [
            label
            for label, text in self.head.with_user(self.reader)._gestor_group_totals()
        ]
        self.assertEqual(labels, ["Firms of the group", "Open matters"])
        labels = [label for label, text in self.head._gestor_group_totals()]
        self.assertIn("Turnover", labels)
        self.assertIn("<dt>", self.head.with_user(self.reader).gestor_group_summary)

    def test_archiving_a_head_office_asks_about_the_branches(self):
        above = self._create_firm("Nad")
        self.head.gestor_head_office_id = above
        action = self.head.with_user(self.editor).action_archive()
        self.assertEqual(action["res_model"], "gestor.client.archive")
        self.assertTrue(self.head.active)
        for choice, active, head in (
            ("keep", True, self.head),
            ("archive", False, self.head),
            ("detach", True, above),
        ):
            (self.head | self.branches).action_unarchive()
            self.env["gestor.client.archive"].with_user(self.editor).create(
                {"partner_ids": self.head.ids, "branches": choice}
            ).action_apply()
            self.assertFalse(self.head.active)
            self.assertEqual(self.branches.mapped("active"), [active] * 2)
            self.assertEqual(self.branches.gestor_head_office_id, head)

    def test_archiving_a_firm_without_branches_does_not_ask(self):
        self.assertFalse(self.branches.with_user(self.editor).action_archive())
        self.assertEqual(self.branches.mapped("active"), [False] * 2)

    def test_map_is_asked_for_the_address_only_on_a_click(self):
        self.head.write({"street": "Długa 5", "city": "Łódź"})
        action = self.head.action_gestor_map()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertIn("D%C5%82uga+5+%C5%81%C3%B3d%C5%BA", action["url"])
