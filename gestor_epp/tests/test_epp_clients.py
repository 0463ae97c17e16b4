from odoo.tests import tagged

from . import epp_sample
from .common import OWN_NIP, GestorEppCommon

NIP = "1996030822"
ACCOUNT = "79913909960308246281948219"


@tagged("post_install", "-at_install")
class TestEppClients(GestorEppCommon):
    def _import_clients(self, *clients, **vals):
        return self._import(self._document(clients), **vals)

    def test_client_gets_its_values(self):
        job = self._import_clients(
            epp_sample.client(
                "K1", "Zakład Łoś Sp. z o.o.", kind=0, nip="199-603-08-22",
                account=ACCOUNT, contact="Ewa Śliwa", regon="281948215",
                phone="22 777 74 12", email="a@example.com", website="www.los.pl",
                user_1="VIP", fax="22 1",
            )
        )  # fmt: skip
        self.assertFine(job)
        partner = self._partner("K1")
        self.assertRecordValues(
            partner,
            [
                {
                    "name": "Zakład Łoś Sp. z o.o.",
                    "is_company": True,
                    "vat": f"PL{NIP}",
                    "gestor_nip": NIP,
                    "company_registry": "281948215",
                    "country_id": self.env.ref("base.pl").id,
                    "city": "Łódź",
                    "customer_rank": 1,
                    "supplier_rank": 1,
                    "gestor_kind": "standard",
                    "company_id": self.company.id,
                    "gestor_epp_data": {"fax": "22 1", "user_1": "VIP"},
                }
            ],
        )
        self.assertEqual(partner.child_ids.name, "Ewa Śliwa")
        self.assertEqual(partner.bank_ids.sanitized_acc_number, f"PL{ACCOUNT}")
        self.assertEqual(partner.bank_ids.bank_id.name, "mBank")
        self.assertIn("VIP", partner.gestor_epp_text)
        self.assertEqual(job.line_ids.action_open_record()["res_id"], partner.id)
        self.assertFalse(partner.message_ids.filtered(lambda m: m.tracking_value_ids))

    def test_kinds_say_who_it_is(self):
        rows = [epp_sample.client(f"K{n}", f"Klient {n}", kind=n) for n in range(10)]
        rows.append(epp_sample.client("K10", "Sklep", kind=3, nip=NIP))
        self._import_clients(*rows)
        partners = [self._partner(f"K{n}") for n in range(11)]
        company = [p.is_company for p in partners]
        self.assertEqual(company, [True] * 3 + [False] * 7 + [True])
        suppliers = [n for n, p in enumerate(partners) if p.supplier_rank]
        self.assertEqual(suppliers, [0, 1, 4, 5, 7, 8])
        customers = [n for n, p in enumerate(partners) if p.customer_rank]
        self.assertEqual(customers, [0, 2, 3, 4, 6, 7, 9, 10])

    def test_client_is_found_by_nip_in_any_spelling(self):
        partner = self.env["res.partner"].create({"name": "Moja", "vat": f"PL{NIP}"})
        for spelling in ("PL1996030822", "199-603-08-22", "199-60-30-822", NIP):
            partner.write({"ref": False, "company_id": self.company.id})
            job = self._import_clients(epp_sample.client("K9", "Moja", nip=spelling))
            self.assertEqual(job.line_ids.action, "update", spelling)
            self.assertEqual(partner.ref, "K9")
        self.assertIn(NIP, job.line_ids.reason)

    def test_branches_with_one_nip_stay_apart(self):
        job = self._import_clients(
            epp_sample.client("K1", "Centrala", nip=NIP),
            epp_sample.client("K2", "Oddział", nip=f"PL{NIP}"),
        )
        self.assertFine(job)
        self.assertEqual(job.line_ids.mapped("action"), ["create", "create"])
        self.assertIn("branch", job.line_ids[1].reason)
        job = self._import_clients(epp_sample.client("K3", "Filia", nip=NIP))
        self.assertEqual(job.line_ids.action, "create")
        self.assertIn("Centrala", job.line_ids.reason)

    def test_doubtful_clients_are_skipped_with_a_reason(self):
        for name in ("A", "B"):
            self.env["res.partner"].create(
                {"name": name, "ref": "K2", "company_id": self.company.id}
            )
        self.env["res.partner"].create(
            {"name": "C", "ref": "K4", "active": False, "company_id": self.company.id}
        )
        job = self._import_clients(
            epp_sample.client("K1", "Własna", nip=OWN_NIP),
            epp_sample.client("K2", "Niejednoznaczna"),
            epp_sample.client("K3", "Pierwsza"),
            epp_sample.client("K3", "Druga"),
            epp_sample.client("K4", "Zarchiwizowana"),
        )
        self.assertEqual(
            job.line_ids.mapped("action"), ["skip", "skip", "create", "skip", "skip"]
        )
        words = ("own company", "2 records", None, "line 10", "archived")
        for line, word in zip(job.line_ids, words, strict=True):
            self.assertIn(word or "", line.reason or "")

    def test_wrong_numbers_are_kept_not_lost(self):
        job = self._import_clients(
            epp_sample.client("K1", "Zły NIP", nip="123-456-78-90"),
            epp_sample.client("K2", "Zero", nip="0000000000"),
            epp_sample.client("K3", "Złe konto", account="11" * 13),
            epp_sample.client("K4", "Niemiec", nip="DE136695976", iso="DE"),
            epp_sample.client("K5", "Zły Niemiec", nip="DE1", iso="DE"),
            epp_sample.client("K6", "Szwajcar", nip="CHE1234", iso="CH"),
        )
        self.assertFine(job)
        first, zero, account, german, _bad, _swiss = [
            self._partner(f"K{n}") for n in range(1, 7)
        ]
        self.assertFalse(first.vat or zero.vat)
        self.assertEqual(first.gestor_epp_data["nip"], "123-456-78-90")
        self.assertIn("123-456-78-90", self._lines(job, key="K1").reason)
        self.assertEqual(account.bank_ids.acc_number, "11" * 13)
        self.assertIn("check digits", self._lines(job, key="K3").reason)
        self.assertEqual(german.vat, "DE136695976")
        self.assertEqual(german.country_id.code, "DE")

    def test_empty_fields_wipe_nothing(self):
        full = epp_sample.client("K1", "Pełny", nip=NIP, phone="1", account=ACCOUNT)
        self._import_clients(full)
        job = self._import_clients(epp_sample.client("K1", "Pełny"))
        self.assertEqual(job.line_ids.action, "unchanged")
        self.assertEqual(
            (self._partner("K1").gestor_nip, self._partner("K1").phone), (NIP, "1")
        )

    def test_update_adds_contact_and_account_once(self):
        self._import_clients(epp_sample.client("K1", "Firma"))
        row = epp_sample.client("K1", "Firma", contact="Jan Łoś", account=ACCOUNT)
        self.assertEqual(self._import_clients(row).line_ids.action, "update")
        partner = self._partner("K1")
        self.assertEqual((len(partner.child_ids), len(partner.bank_ids)), (1, 1))
        self.assertEqual(self._import_clients(row).line_ids.action, "unchanged")
        # an account that somebody removed (the host archives it) comes back
        partner.bank_ids.unlink()
        self.assertEqual(self._import_clients(row).line_ids.action, "update")
        self.assertEqual(len(partner.bank_ids), 1)

    def test_former_client_stays_former_and_potential_grows(self):
        self._import_clients(
            epp_sample.client("K1", "Były"), epp_sample.client("K2", "Nowy")
        )
        self._partner("K1").gestor_kind = "former"
        self._partner("K2").gestor_kind = "potential"
        self._import_clients(
            epp_sample.client("K1", "Były"), epp_sample.client("K2", "Nowy")
        )
        self.assertEqual(self._partner("K1").gestor_kind, "former")
        self.assertEqual(self._partner("K2").gestor_kind, "standard")

    def test_groups_and_features_become_tags(self):
        data = epp_sample.document(
            [
                ("KONTRAHENCI", [epp_sample.client("K1", "Firma")]),
                ("GRUPYKONTRAHENTOW", [["K1", "Hurt"], ["K7", "Hurt"]]),
                ("CECHYKONTRAHENTOW", [["K1", "Targi"], ["K1", "Targi"]]),
            ]
        )
        job = self._import(data)
        self.assertEqual(
            job.line_ids.mapped("action"),
            ["create", "update", "skip", "update", "skip"],
        )
        self.assertEqual(
            set(self._partner("K1").category_id.mapped("name")), {"Hurt", "Targi"}
        )
