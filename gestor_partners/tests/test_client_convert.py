from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import GestorPartnersCommon

KEPT = (
    "name",
    "vat",
    "email",
    "phone",
    "street",
    "gestor_kind",
    "gestor_subtype",
    "gestor_first_name",
    "gestor_last_name",
    "gestor_pesel",
    "gestor_birth_date",
    "gestor_krs",
    "company_registry",
    "gestor_legal_form",
    "user_id",
)


@tagged("post_install", "-at_install")
class TestClientConvert(GestorPartnersCommon):
    def _convert(self, partners, **vals):
        dialogs = self.env["gestor.client.convert"].with_user(self.editor)
        dialog = dialogs.with_context(
            active_model="res.partner", active_ids=partners.ids
        ).create(vals)
        dialog.action_apply()
        return dialog

    def _create_person(self, name="Ana de la Cruz", **vals):
        return self._create_client(
            name,
            gestor_first_name="Ana",
            gestor_last_name="de la Cruz",
            gestor_pesel="44051401359",
            vat="5252144764",
            email="ana@example.com",
            phone="+48 600 100 200",
            user_id=self.editor.id,
            gestor_kind="standard",
            child_ids=[
                Command.create({"name": "Helper", "email": "helper@example.com"}),
                Command.create({"type": "delivery", "street": "Boczna 1"}),
            ],
            **vals,
        )

    def test_way_there_and_back_loses_nothing(self):
        person = self._create_person()
        other = self._create_client("Linked")
        self.env["gestor.link"].create(
            {
                "model_a": "res.partner",
                "res_id_a": person.id,
                "model_b": "res.partner",
                "res_id_b": other.id,
            }
        )
        before = {name: person[name] for name in KEPT}
        children, messages = person.child_ids, person.message_ids
        self._convert(person, name="Ana Cruz Usługi")
        self.assertTrue(person.is_company)
        self.assertEqual(person.name, "Ana Cruz Usługi")
        self.assertEqual(person.gestor_subtype, "firm")
        self.assertEqual(person.gestor_nip, "5252144764")
        self._convert(person, first_name="Ana", last_name="de la Cruz")
        self.assertFalse(person.is_company)
        self.assertEqual({name: person[name] for name in KEPT}, before)
        self.assertEqual(person.child_ids, children)
        self.assertEqual(children.commercial_partner_id, person)
        self.assertLessEqual(messages, person.message_ids)
        self.assertEqual(person.gestor_link_count, 1)

    def test_firm_goes_there_and_back(self):
        firm = self._create_client(
            "Zakład Anna Lis",
            is_company=True,
            country_id=self.poland.id,
            company_registry="192598184",
            gestor_krs="0000028860",
            gestor_legal_form="JDG",
        )
        before = {name: firm[name] for name in KEPT if "name" not in name}
        self._convert(firm, first_name="Anna", last_name="Lis")
        self.assertEqual(firm.name, "Anna Lis")
        self._convert(firm, name="Zakład Anna Lis")
        after = {name: firm[name] for name in KEPT if "name" not in name}
        self.assertEqual(after, before)
        self.assertEqual(firm.name, "Zakład Anna Lis")

    def test_person_may_stay_as_contact_of_the_firm(self):
        person = self._create_person()
        self._convert(person, name="Cruz sp. z o.o.", keeps_contact=True)
        contact = person.child_ids.filtered(lambda c: c.name == "Ana de la Cruz")
        self.assertRecordValues(
            contact, [{"email": "ana@example.com", "is_company": False}]
        )

    def test_many_at_once_keep_their_names_and_the_wrong_ones_are_skipped(self):
        persons = self._create_client("Jan Lis") | self._create_client("Ewa Sowa")
        firm = self._create_client("Firm", is_company=True)
        contact = self._create_client("Contact", parent_id=firm.id)
        dialog = self._convert(persons | firm | contact, direction="firm")
        self.assertEqual(dialog.affected_count, 0)  # all are firms by now
        self.assertEqual(persons.mapped("is_company"), [True, True])
        self.assertEqual(persons.mapped("name"), ["Jan Lis", "Ewa Sowa"])
        self.assertFalse(contact.is_company)
        with self.assertRaisesRegex(UserError, "None of these"):
            self._convert(persons, direction="firm")

    def test_dialog_warns_of_posted_documents(self):
        firm = self._create_client("Firm", is_company=True)
        dialogs = self.env["gestor.client.convert"].with_user(self.editor)
        dialogs = dialogs.with_context(active_model="res.partner", active_ids=firm.ids)
        self.assertEqual(Form(dialogs).document_count, 0)
        self._create_invoice(firm).action_post()
        form = Form(dialogs)
        self.assertEqual(form.document_count, 1)
        self.assertFalse(form.skipped_names)
        self.assertEqual(form.direction, "person")

    def _create_invoice(self, partner):
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.env.company.id)], limit=1
        )
        account = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        )
        if not journal or not account:
            self.skipTest("no chart of accounts")
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "invoice_date": "2026-01-10",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "A", "price_unit": 100, "account_id": account.id}
                    )
                ],
            }
        )

    def test_first_invoice_makes_a_standard_client(self):
        firm = self._create_client("Firm", is_company=True)
        contact = self._create_client("Contact", parent_id=firm.id)
        own = self.reader.partner_id
        invoices = self._create_invoice(contact) | self._create_invoice(own)
        self.assertEqual(firm.gestor_kind, "potential")
        invoices.action_post()
        self.assertEqual(firm.gestor_kind, "standard")
        self.assertFalse(own.gestor_kind)

    def test_head_office_is_not_made_a_person(self):
        head = self._create_client("Head", is_company=True)
        self._create_client("Branch", is_company=True, gestor_head_office_id=head.id)
        with self.assertRaisesRegex(UserError, "out of the structure"):
            self._convert(head)

    def test_reader_may_not_convert(self):
        with self.assertRaises(AccessError):
            self.env["gestor.client.convert"].with_user(self.reader).create(
                {"partner_ids": self._create_client().ids}
            )
