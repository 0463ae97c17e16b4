from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferSecurity(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer()
        cls.offer_all = cls._create_user(
            "gestor_offers_all", "gestor_offers.gestor_offers_group_all"
        )
        cls.employee = cls._create_user("gestor_offers_employee", "base.group_user")
        cls.gestor_user = cls._create_user(
            "gestor_offers_base", "gestor_base.gestor_base_group_user"
        )
        cls.portal = new_test_user(
            cls.env, login="gestor_offers_portal", groups="base.group_portal"
        )
        cls.portal.partner_id.parent_id = cls.client

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_matrix_of_the_offers(self):
        matrix = {
            self.salesperson: "read write unlink",
            self.other_salesperson: "",
            self.offer_all: "read write unlink",
            self.offer_manager: "read write unlink",
            self.gestor_user: "",
            self.employee: "",
            self.portal: "",
        }
        for user, allowed in matrix.items():
            offer = self.offer.with_user(user)
            for operation in ("read", "write", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    self.assertEqual(
                        offer.has_access(operation), operation in allowed.split()
                    )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_own_means_own(self):
        unassigned = self._create_offer()
        unassigned.user_id = False
        offers = self.env["gestor.offer"].with_user(self.salesperson)
        self.assertIn(self.offer, offers.search([]))
        self.assertNotIn(unassigned, offers.search([]))
        with self.assertRaises(AccessError):
            offers.create(
                {
                    "partner_id": self.client.id,
                    "user_id": self.other_salesperson.id,
                }
            )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_payment_forms_are_made_by_managers(self):
        vals = {"name": "Barter"}
        forms = self.env["gestor.payment.form"]
        self.assertTrue(forms.with_user(self.offer_manager).create(vals))
        for user in (self.offer_all, self.salesperson, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                forms.with_user(user).create(vals)
        self.assertTrue(forms.with_user(self.gestor_user).search([]))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_client_with_an_account_reads_what_was_sent(self):
        offer = self.offer.with_user(self.portal)
        self.assertFalse(offer.has_access("read"))
        self.offer.action_prepare()
        self.offer.action_mark_sent()
        self.assertTrue(offer.has_access("read"))
        self.assertFalse(offer.has_access("write"))
        for field in ("margin", "gestor_flag_note", "signed_ip"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                offer.read([field])
        foreign = self._create_sent_offer(partner_id=self.other_client.id)
        self.assertFalse(foreign.with_user(self.portal).has_access("read"))

    def test_accountant_without_gestor_opens_and_invoices_the_order(self):
        accountant = self._create_user(
            "gestor_offers_accountant", "account.group_account_invoice"
        )
        self.offer.action_prepare()
        self.offer.action_accept(self.offer.order_ids[0])
        order = self.offer.accepted_order_id.with_user(accountant)
        order.invalidate_recordset()
        order.web_read(
            {
                "access_url": {},
                "gestor_offer_id": {"fields": {"display_name": {}}},
                "gestor_offer_state": {},
            }
        )
        self.offer.order_ids.with_user(accountant).mapped("access_url")
        invoice = order.sudo()._create_invoices().with_user(accountant)
        invoice.action_post()
        self.assertEqual(self.offer.state, "realized")

    def test_process_of_a_colleague_follows_the_decision(self):
        process = self._create_process(user_id=self.other_salesperson.id)
        self.offer.process_id = process
        offer = self.offer.with_user(self.salesperson)
        self.env.invalidate_all()
        offer.action_prepare()
        offer.action_accept(offer.order_ids[0])
        self.assertEqual(process.won_status, "won")
