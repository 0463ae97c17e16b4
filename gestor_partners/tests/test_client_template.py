from odoo.tests import Form, tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientTemplate(GestorPartnersCommon):
    def test_manager_adds_a_client_like_another_one(self):
        groups = "gestor_base.gestor_base_group_manager,account.group_account_invoice"
        manager = self._create_user("manager", groups)
        term = self.env["account.payment.term"].create({"name": "30 days"})
        tag = self.env["res.partner.category"].create({"name": "Wholesale"})
        pattern = self._create_client(
            name="Pattern",
            is_company=True,
            email="pattern@example.com",
            city="Gdynia",
            category_id=tag.ids,
            user_id=manager.id,
            comment="<p>Invoices by mail</p>",
            property_payment_term_id=term.id,
        ).with_user(manager)
        action = pattern.action_gestor_save_template()
        template = self.env["gestor.record.template"].browse(action["res_id"])
        kept = template.value_ids.mapped("field_name")
        self.assertLessEqual(
            {"category_id", "user_id", "comment", "property_payment_term_id"},
            set(kept),
        )
        self.assertTrue({"name", "email", "city", "vat"}.isdisjoint(kept))
        context = template.with_user(manager).action_new()["context"]
        clients = self.env["res.partner"].with_user(manager).with_context(**context)
        with Form(clients) as form:
            form.name = "New one"
            self.assertEqual(form.user_id, manager)
        client = form.record
        self.assertEqual(client.category_id, tag)
        self.assertEqual(client.property_payment_term_id, term)
        self.assertFalse(client.email)
