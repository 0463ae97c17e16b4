from odoo import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPrintSetting(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm, cls.branch = cls.env["res.partner"].create(
            [
                {"name": "Firm", "is_company": True, "email": "firm@example.com"},
                {"name": "Branch", "is_company": True, "email": "branch@example.com"},
            ]
        )
        cls.branch.gestor_head_office_id = cls.firm
        cls.purpose = cls.env.ref("gestor_partners.gestor_mail_purpose_contracts")
        cls.setting = cls._create_setting(cls.firm, mail_purpose_id=cls.purpose.id)

    @classmethod
    def _create_setting(cls, client, **vals):
        model = cls.env["ir.model"]._get("res.partner")
        return cls.env["gestor.print.setting"].create(
            {"partner_id": client.id, "model_id": model.id, **vals}
        )

    def test_contacts_of_the_purpose_get_the_print(self):
        lawyer = self.env["res.partner"].create(
            {
                "name": "Legal",
                "parent_id": self.firm.id,
                "email": "legal@example.com",
                "gestor_mail_purpose_ids": [Command.link(self.purpose.id)],
            }
        )
        clients = self.firm | self.branch
        self.assertEqual(
            self.setting._gestor_recipients(clients),
            {self.firm.id: lawyer, self.branch.id: self.branch},
        )
        self.setting.mail_purpose_id = False
        self.assertEqual(
            self.setting._gestor_recipients(self.firm), {self.firm.id: self.firm}
        )

    def test_branch_takes_over_the_parameters_of_its_head_office(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.branch.id}
        )
        self.assertEqual(self._find(contact), {contact.id: self.setting})
        own = self._create_setting(self.branch)
        self.assertEqual(self._find(contact), {contact.id: own})

    def _find(self, partner):
        return self.setting._find_for_clients("res.partner", partner)
