from odoo.tests import tagged

from ..models import gestor_duplicate_finder as finder
from .common import NIP, OTHER_NIP, GestorDuplicatesCommon


@tagged("post_install", "-at_install")
class TestDuplicateScan(GestorDuplicatesCommon):
    """The whole file is compared in the background."""

    def _scan(self, *partners):
        # what was found before was found in a transaction before this one
        self.env["gestor.duplicate"].search([]).found_at = "2020-01-01"
        self.env["gestor.duplicate"]._cron_scan()
        pairs = self._pairs(*partners)
        return {
            (pair.partner_id, pair.duplicate_id): (pair.kinds, pair.score)
            for pair in pairs
        }

    def _plant(self, name, **vals):
        """Return a firm that is on no list, as if it had always been there."""
        self._set_policy(nip="off", regon="off", email="off", phone="off", name="off")
        firm = self._create_firm(name, **vals)
        self._set_policy(
            nip="warn", regon="warn", email="warn", phone="warn", name="warn"
        )
        return firm

    def test_scan_finds_what_entry_finds(self):
        for name, vals in (
            ("Beta", {"vat": NIP}),
            ("Gamma", {"email": "biuro@alfa-zurawie.example"}),
            ("Delta", {"phone": "22 7654321"}),
            ("Żurawie Alfa S.A.", {}),
            ("Alfa Żurawje", {}),
            ("Alfa Żurawie", {"vat": NIP, "phone": "227654321"}),
            ("Omega", {"vat": OTHER_NIP}),
        ):
            planted = self._plant(name, **vals)
            with self.subTest(name=name):
                scanned = self._scan(self.alfa, planted)
                self.env["gestor.duplicate"].search([]).unlink()
                planted._gestor_guard_duplicates(
                    self.env.company._gestor_duplicate_policies()
                )
                pairs = self._pairs(self.alfa, planted)
                self.assertEqual(
                    scanned,
                    {
                        (pair.partner_id, pair.duplicate_id): (pair.kinds, pair.score)
                        for pair in pairs
                    },
                )
                self.assertEqual(bool(scanned), name != "Omega")
            planted.unlink()

    def test_scan_forgets_what_is_none_any_more_and_keeps_decisions(self):
        beta = self._plant("Beta", vat=NIP)
        gamma = self._plant("Gamma", vat=NIP)
        self.assertEqual(len(self._scan(self.alfa, beta, gamma)), 3)
        self._pairs(self.alfa, beta)._decide("two firms")
        gamma.vat = OTHER_NIP
        found = self._scan(self.alfa, beta, gamma)
        self.assertEqual(set(found), {(self.alfa, beta)})
        self.assertEqual(self._pairs(self.alfa, beta).state, "not_duplicate")

    def test_scan_leaves_out_families_and_archived_pairs(self):
        branch = self._plant("Oddział", vat=NIP, gestor_head_office_id=self.alfa.id)
        below = self._plant("Punkt", vat=NIP, gestor_head_office_id=branch.id)
        self.assertFalse(self._scan(self.alfa, branch, below))
        old = self._plant("Stara", vat=NIP)
        (old | self.alfa).active = False
        self.assertFalse(self._scan(self.alfa, old))
        self.alfa.active = True
        self.assertTrue(self._scan(self.alfa, old))

    def test_scan_looks_for_what_some_company_checks(self):
        beta = self._plant("Beta", vat=NIP)
        self._set_policy(nip="off")
        self.assertFalse(self._scan(self.alfa, beta))

    def test_great_group_costs_a_row_for_each_and_not_for_each_pair(self):
        size = finder.SCAN_GROUP + 10
        firms = self.env["res.partner"]
        for number in range(size):
            firms |= self._plant(
                f"{number}{number} X{number * 7919}", phone="555000111"
            )
        pairs = self._scan(*firms)
        self.assertEqual(len(pairs), size - 1)
        self.assertEqual({first for first, _other in pairs}, {firms[0]})
