import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from . import register_samples as samples
from .register_common import RegisterCommon
from .register_samples import ACCOUNT, KRS, NIP, OTHER_NIP, REGON
from .register_server import Answer


@tagged("post_install", "-at_install")
class TestRegisterFetch(RegisterCommon):
    def _open(self, partner=None, number=NIP, user=None):
        dialogs = self.env["gestor.register.fetch"].with_user(user or self.seller)
        action = dialogs.action_open_for(partner.id if partner else False, number)
        return dialogs.browse(action["res_id"])

    def _lines(self, dialog):
        return {line.key: line for line in dialog.line_ids if line.kind == "field"}

    def _states(self, dialog):
        return {answer.code: answer.state for answer in dialog.answer_ids}

    def _use_all(self):
        self._use(
            white_list=[samples.listed()],
            krs=samples.json_answer(samples.KRS_EXTRACT),
        )
        return self._use_gus()

    def test_seller_makes_a_client_of_a_nip_alone(self):
        self._use_all()
        dialog = self._open(number="526-104-08-28")
        action = dialog.action_apply()
        client = self.env["res.partner"].browse(action["res_id"])
        self.assertRecordValues(
            client,
            [
                {
                    "name": 'PRZYKŁAD "ŁÓDŹ" & WSPÓLNICY SP. Z O.O.',
                    "vat": f"PL{NIP}",
                    "gestor_nip": NIP,
                    "company_registry": REGON,
                    "gestor_krs": KRS,
                    "street": "ul. Piotrkowska 12/3",
                    "zip": "90-001",
                    "city": "Łódź",
                    "country_code": "PL",
                    "email": "biuro@przyklad.example",
                    "is_company": True,
                    "gestor_kind": "potential",
                }
            ],
        )
        self.assertEqual(client.state_id, self.env.ref("base.state_pl_ld"))
        self.assertIn("62.10.B PROGRAMOWANIE", client.gestor_pkd)
        self.assertEqual(client.bank_ids.sanitized_acc_number, f"PL{ACCOUNT}")
        proof = self._proofs(client)
        self.assertEqual((proof.service, proof.result), ("white_list", "confirmed"))
        self.assertEqual(proof.user_id, self.seller)
        self.assertEqual(proof.company_id, self.company)
        self.assertIn(b"requestId", base64.b64decode(proof.answer))

    def test_differences_are_shown_and_only_the_chosen_are_written(self):
        self._use_all()
        client = self._create_client(
            name="Przykład „Łódź” & Wspólnicy sp. z o.o.",
            street="ul. Stara 1",
            city="łódź",
            phone="600 100 200",
            company_registry=False,
        )
        dialog = self._open(client)
        lines = self._lines(dialog)
        self.assertNotIn("city", lines, "the same but for capitals")
        self.assertNotIn("nip", lines)
        self.assertNotIn("name", lines, "the same but for quotation marks")
        self.assertEqual(lines["street"].old_value, "ul. Stara 1")
        self.assertEqual(lines["street"].new_value, "ul. Piotrkowska 12/3")
        self.assertEqual(lines["street"].source, "GUS (REGON)")
        self.assertTrue(lines["street"].take)
        self.assertFalse(lines["phone"].take, "people know phones better")
        self.assertEqual(client.street, "ul. Stara 1", "nothing written yet")
        with Form(dialog) as form:
            for index, line in enumerate(dialog.line_ids):
                if line.key == "street":
                    with form.line_ids.edit(index) as row:
                        row.take = False
        dialog.action_apply()
        self.assertEqual(client.street, "ul. Stara 1")
        self.assertEqual(client.phone, "600 100 200")
        self.assertEqual(client.company_registry, REGON)
        self.assertEqual(client.zip, "90-001")

    def test_client_that_agrees_has_nothing_to_take(self):
        self._use_all()
        client = self._create_client()
        self._open(client).action_apply()
        again = self._open(client)
        self.assertFalse(self._lines(again))
        self.assertEqual(set(again.line_ids.mapped("kind")), {"account", "unit"})

    def test_local_units_and_accounts_are_added_once(self):
        self._use_all()
        client = self._create_client()
        dialog = self._open(client)
        dialog.line_ids.take = True
        dialog.action_apply()
        unit = client.child_ids
        self.assertRecordValues(
            unit, [{"name": "ODDZIAŁ W GDAŃSKU", "type": "other", "zip": "80-001"}]
        )
        self.assertEqual(client.bank_ids.sanitized_acc_number, f"PL{ACCOUNT}")
        self.assertFalse(self._open(client).line_ids)

    def test_register_that_is_down_leaves_the_others(self):
        self._use_all()
        self._use(gus=Answer(status=503))
        client = self._create_client()
        dialog = self._open(client)
        expected = {"gus": "failed", "white_list": "found"}
        self.assertEqual(self._states(dialog), expected)
        failed = dialog.answer_ids.filtered(lambda answer: answer.state == "failed")
        self.assertIn("503", failed.message)
        self.assertEqual(self._lines(dialog)["zip"].new_value, "90-001")
        dialog.action_apply()
        self.assertEqual(client.zip, "90-001")

    def test_slow_registers_never_keep_a_client_from_being_saved(self):
        self._use_gus()
        self._use(gus=Answer(cut=True), white_list=Answer(cut=True))
        with Form(self.env["res.partner"].with_user(self.seller)) as form:
            form.name = "Nowy klient"
            form.vat = f"PL{NIP}"
        client = form.record
        self.assertFalse(self.server.requests, "saving asks nobody")
        dialog = self._open(client)
        self.assertEqual(set(self._states(dialog).values()), {"failed"})
        self.assertFalse(dialog.is_found)
        self.assertTrue(client.exists())

    def test_unknown_number_gives_nothing(self):
        self._use_gus(firms=())
        self._use(white_list=[])
        dialog = self._open()
        self.assertEqual(set(self._states(dialog).values()), {"none"})
        self.assertFalse(dialog.line_ids)
        with self.assertRaises(UserError):
            dialog.action_apply()

    def test_wrong_number_is_told_before_anybody_is_asked(self):
        for number in ("5261040829", "abc", "0000000000"):
            with self.assertRaisesRegex(UserError, number):
                self._open(number=number)
        self.assertFalse(self.server.requests)

    def test_dialog_without_a_number_waits_for_one(self):
        self._use_all()
        dialog = self._open(number=False)
        self.assertFalse(dialog.is_asked)
        dialog.number = REGON
        dialog.action_fetch()
        self.assertTrue(dialog.is_found)
        self.assertEqual(self._lines(dialog)["nip"].new_value, NIP)

    def test_sole_trader_comes_from_ceidg_too(self):
        self.registers["ceidg"].write({"active": True, "key_input": "token"})
        self._use_gus(firms=(samples.PERSON_ROW,))
        self._use(ceidg=samples.json_answer(samples.CEIDG))
        self._use(white_list=[samples.listed(OTHER_NIP)])
        self.server.answers["/api/ceidg/"] = samples.json_answer(samples.CEIDG)
        dialog = self._open(number=OTHER_NIP)
        self.assertEqual(self._lines(dialog)["phone"].new_value, "126000000")
        self.assertEqual(self._lines(dialog)["phone"].source, "CEIDG")

    def test_company_is_not_asked_about_in_ceidg(self):
        self.registers["ceidg"].write({"active": True, "key_input": "token"})
        self._use_all()
        self.assertNotIn("ceidg", self._states(self._open()))

    def test_foreign_client_comes_from_vies(self):
        self._use(vies=samples.json_answer(samples.VIES_VALID))
        dialog = self._open(number="CZ 25123891")
        client_id = dialog.action_apply()["res_id"]
        client = self.env["res.partner"].browse(client_id)
        self.assertEqual((client.vat, client.country_code), ("CZ25123891", "CZ"))
        self.assertEqual(self._proofs(client).request_id, "WAPIAAAAYsQ1pXyz")

    def test_existing_client_is_offered(self):
        self._use_all()
        client = self._create_client(name="Stary")
        dialog = self._open()
        self.assertEqual(dialog.existing_partner_id, client)
        dialog.action_use_existing()
        self.assertEqual(self._lines(dialog)["name"].old_value, "Stary")
        dialog.action_apply()
        self.assertEqual(client.zip, "90-001")

    def test_ended_activity_is_warned_of(self):
        ended = {**samples.FIRM_ROW, "DataZakonczeniaDzialalnosci": "2020-01-31"}
        self._use_gus(firms=(ended,))
        self.assertIn("2020-01-31", self._open().warning)

    def test_weak_user_looks_but_writes_only_what_he_may(self):
        self._use_all()
        client = self._create_client()
        dialog = self._open(client, user=self.user)
        self.assertTrue(dialog.line_ids)
        with self.assertRaises(AccessError):
            dialog.action_apply()
        self.assertFalse(client.zip)
        self.assertFalse(self._proofs(client))

    def test_employee_without_gestor_asks_nothing(self):
        employee = self._create_user("register_employee", "base.group_user")
        with self.assertRaises(AccessError):
            self._open(user=employee)
        self.assertFalse(self.server.requests)

    def test_client_of_another_company_is_closed(self):
        other = self.env["res.company"].create({"name": "Obca"})
        client = self._create_client(company_id=other.id)
        with self.assertRaises(AccessError):
            self._open(client)

    def test_answer_of_a_register_cannot_be_forged(self):
        self._use_all()
        dialog = self._open(self._create_client())
        answer = dialog.answer_ids[0]
        for attempt in (
            lambda: answer.write({"request_id": "forged"}),
            lambda: answer.copy(),
            lambda: dialog.write({"answer_ids": [(0, 0, {"code": "white_list"})]}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_proof_is_not_put_on_another_client(self):
        self._use_all()
        dialog = self._open()
        other = self._create_client(OTHER_NIP)
        dialog.partner_id = other
        dialog.line_ids.unlink()
        dialog.action_apply()
        self.assertFalse(self._proofs(other))

    def test_dialog_of_another_user_is_closed(self):
        self._use_all()
        dialog = self._open()
        with self.assertRaises(AccessError):
            dialog.with_user(self.manager).action_apply()

    def test_invalid_value_writes_nothing_at_all(self):
        self._use_all()
        client = self._create_client(OTHER_NIP, zip="00-001")
        dialog = self._open(client, number=NIP)
        self._lines(dialog)["nip"].new_value = "1111111112"
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            dialog.action_apply()
        client.invalidate_recordset()
        self.assertEqual(client.zip, "00-001")
