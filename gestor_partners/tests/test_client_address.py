from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientAddress(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._create_client("Centrala", is_company=True, email="c@x.example")
        cls.branch = cls._create_client(
            "Oddział", is_company=True, gestor_head_office_id=cls.head.id
        )
        cls.contact = cls._create_client("Osoba", parent_id=cls.branch.id)

    def _create_address(self, parent, purpose, **vals):
        return self._create_client(
            f"{purpose} {parent.name}", parent_id=parent.id, type=purpose, **vals
        )

    def _address(self, partner, purpose):
        partners = self.env["res.partner"].with_user(self.reader)
        return partners.browse(partner.id)._gestor_address(purpose)[partner.id]

    # === Addresses ===

    def test_default_address_comes_before_the_first_one(self):
        first, second = (self._create_address(self.head, "delivery") for n in "ab")
        self.assertEqual(self._address(self.head, "delivery"), first)
        second.gestor_is_default_address = True
        self.assertEqual(self._address(self.head, "delivery"), second)
        self.assertEqual(
            self.head.address_get(["delivery", "invoice"]),
            {
                "delivery": second.id,
                "invoice": self.head.id,
                "contact": self.head.id,
            },
        )

    def test_a_new_default_takes_the_place_of_the_old_one(self):
        addresses = self.browse_all(
            self._create_address(self.head, purpose, gestor_is_default_address=True)
            for purpose in ("delivery", "delivery", "invoice")
        )
        self.assertEqual(
            addresses.mapped("gestor_is_default_address"), [False, True, True]
        )
        other = self._create_address(
            self.branch, "delivery", gestor_is_default_address=True
        )
        self.assertTrue(addresses[1].gestor_is_default_address)
        self.assertTrue(other.gestor_is_default_address)

    def browse_all(self, partners):
        return self.env["res.partner"].union(*partners)

    def test_letters_go_to_the_head_office_and_goods_do_not(self):
        letters = self._create_address(self.head, "gestor_correspondence")
        self._create_address(self.head, "delivery")
        for partner in (self.head, self.branch, self.contact):
            self.assertEqual(self._address(partner, "gestor_correspondence"), letters)
            self.assertEqual(
                partner.address_get(["gestor_correspondence"])["gestor_correspondence"],
                letters.id,
            )
        self.assertEqual(self._address(self.branch, "delivery"), self.branch)
        own = self._create_address(self.branch, "gestor_correspondence")
        self.assertEqual(self._address(self.contact, "gestor_correspondence"), own)
        own.active = False
        self.assertEqual(self._address(self.contact, "gestor_correspondence"), letters)

    def test_portal_user_gets_the_same_addresses_as_the_host(self):
        portal = new_test_user(
            self.env, login="gestor_address_portal", groups="base.group_portal"
        )
        portal.partner_id.parent_id = self.head
        address = self._create_address(
            self.head, "invoice", gestor_is_default_address=True
        )
        found = portal.partner_id.with_user(portal).address_get(["invoice"])
        self.assertEqual(found["invoice"], address.id)
        with self.assertRaises(AccessError):
            portal.partner_id.with_user(portal).read(["gestor_is_default_address"])

    # === E-mails ===

    def _mark(self, partner, *codes):
        purposes = self.env["gestor.mail.purpose"].search([("code", "in", codes)])
        partner.gestor_mail_purpose_ids = [Command.set(purposes.ids)]

    def _recipients(self, partner, purpose):
        partners = self.env["res.partner"].with_user(self.reader)
        return partners.browse(partner.id)._gestor_recipients(purpose)[partner.id]

    def test_marked_contacts_get_what_they_are_marked_for(self):
        buyer = self._create_client("A", parent_id=self.head.id, email="a@x.example")
        payer = self._create_client("B", parent_id=self.head.id, email="b@x.example")
        mute = self._create_client("Without e-mail", parent_id=self.head.id)
        self._mark(buyer | mute, "offers", "invoices")
        self._mark(payer, "invoices")
        self.assertEqual(self._recipients(self.head, "offers"), buyer)
        self.assertEqual(self._recipients(self.head, "invoices"), buyer | payer)
        self.assertEqual(self._recipients(buyer, "invoices"), buyer | payer)
        self.assertEqual(self._recipients(self.head, "service"), self.head)
        buyer.active = False
        self.assertEqual(self._recipients(self.head, "offers"), self.head)

    def test_branch_without_e_mail_falls_back_to_its_head_office(self):
        self.assertEqual(self._recipients(self.contact, "offers"), self.head)
        self.branch.email = "o@x.example"
        self.assertEqual(self._recipients(self.contact, "offers"), self.branch)
        self.contact.email = "p@x.example"
        self.assertEqual(self._recipients(self.contact, "offers"), self.contact)
        nobody = self._create_client("Nobody")
        self.assertFalse(self._recipients(nobody, "offers"))

    def test_invoices_are_mailed_to_the_contact_for_invoices(self):
        payer = self._create_client("B", parent_id=self.head.id, email="b@x.example")
        move = self.env["account.move"].new({"partner_id": self.head.id})
        template = self.env.ref("account.email_template_edi_invoice")
        send = self.env["account.move.send"]
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.head.id}
        )
        self.assertEqual(
            send._get_default_mail_partner_ids(move, template, "en_US"), self.head
        )
        self._mark(payer, "invoices")
        self.assertEqual(
            send._get_default_mail_partner_ids(move, template, "en_US"), payer
        )

    def _default_recipients(self, document):
        found = document._message_get_default_recipients()[document.id]
        return self.env["res.partner"].browse(found["partner_ids"])

    def test_quotations_are_mailed_to_the_contact_for_offers(self):
        orders = self.env.get("sale.order")
        if orders is None:
            self.skipTest("needs sales")
        buyer = self._create_client("B", parent_id=self.head.id, email="b@x.example")
        order = orders.create({"partner_id": self.head.id})
        self.assertEqual(self._default_recipients(order), self.head)
        self._mark(buyer, "offers")
        self.assertEqual(self._default_recipients(order), buyer)
        order.state = "sale"
        self.assertEqual(self._default_recipients(order), self.head)
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.head.id}
        )
        self.assertEqual(self._default_recipients(move), self.head)
        self._mark(buyer, "invoices")
        self.assertEqual(self._default_recipients(move), buyer)

    def test_many_clients_need_as_many_queries_as_few(self):
        firms = self.env["res.partner"].create(
            [
                {
                    "name": f"Branch {number}",
                    "is_company": True,
                    "gestor_head_office_id": self.head.id,
                    "child_ids": [
                        Command.create({"name": f"Contact {number}"}),
                        Command.create({"type": "delivery", "street": "A"}),
                    ],
                }
                for number in range(40)
            ]
        )
        contacts = firms.child_ids.filtered(lambda child: child.type == "contact")
        self._create_address(self.head, "gestor_correspondence")

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            partners._gestor_address("gestor_correspondence")
            partners._gestor_recipients("offers")
            return self.cr.sql_log_count - before

        count(contacts)
        self.assertEqual(count(contacts[:3]), count(contacts))
