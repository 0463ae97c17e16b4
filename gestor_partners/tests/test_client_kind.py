from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_partners.hooks import post_init_hook

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientKind(GestorPartnersCommon):
    def test_new_client_is_potential(self):
        self.assertEqual(self._create_client().gestor_kind, "potential")

    def test_potential_and_former_clients_become_standard_together(self):
        clients = self._create_client("One") | self._create_client(
            "Two", gestor_kind="former"
        )
        clients._gestor_become_standard()
        self.assertEqual(clients.mapped("gestor_kind"), ["standard", "standard"])

    def test_standard_client_is_left_alone(self):
        client = self._create_client(gestor_kind="standard")
        client.flush_recordset()
        with self.assertQueryCount(0):
            client._gestor_become_standard()
            client.flush_recordset()

    def test_becoming_standard_is_written_in_the_chatter(self):
        client = self._create_client().with_context(
            tracking_disable=False, mail_notrack=False
        )
        self._flush_tracking()
        client._gestor_become_standard()
        self._flush_tracking()
        client.invalidate_recordset(["message_ids"])
        tracked = client.message_ids.sudo().tracking_value_ids
        self.assertIn("gestor_kind", tracked.field_id.mapped("name"))

    def _flush_tracking(self):
        """Let the host write the messages it keeps for the commit."""
        self.env.flush_all()
        self.cr.flush()

    def test_contact_person_follows_its_firm(self):
        firm = self._create_client("Firm", is_company=True, gestor_kind="former")
        person = self._create_client("Person", parent_id=firm.id)
        self.assertEqual(person.gestor_kind, "former")
        person._gestor_become_standard()
        self.assertEqual((firm | person).mapped("gestor_kind"), ["standard"] * 2)

    def test_employee_is_no_client(self):
        self.assertFalse(self.reader.partner_id.gestor_kind)
        portal = new_test_user(
            self.env, login="gestor_portal", groups="base.group_portal"
        )
        self.assertEqual(portal.partner_id.gestor_kind, "potential")

    def test_own_company_is_no_client(self):
        companies = self.env["res.company"].create(
            [{"name": "Own one"}, {"name": "Own two"}]
        )
        self.assertEqual(companies.partner_id.mapped("gestor_kind"), [False, False])

    def test_install_gives_earlier_partners_their_kind(self):
        buyer = self._create_client("Buyer", customer_rank=1)
        other = self._create_client("Other")
        own = self.env.company.partner_id | self.reader.partner_id
        own.gestor_kind = "potential"
        post_init_hook(self.env)
        self.assertEqual(
            (buyer | other).mapped("gestor_kind"), ["standard", "potential"]
        )
        self.assertEqual(own.mapped("gestor_kind"), [False] * len(own))

    def test_copy_of_a_client_is_potential(self):
        client = self._create_client(gestor_kind="standard")
        self.assertEqual(client.copy().gestor_kind, "potential")

    def test_document_label_is_client(self):
        labels = dict(self.env["gestor.link"]._selection_document_models())
        self.assertEqual(labels["res.partner"], "Client")

    def test_user_flags_clients_from_the_list(self):
        clients = self._create_client("One") | self._create_client("Two")
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        action = self.env.ref("gestor_partners.gestor_client_flag_set_action")
        self.assertEqual(action.binding_model_id.model, "res.partner")
        dialog = self.env["gestor.flag.set"].with_user(self.editor)
        dialog.with_context(active_model="res.partner", active_ids=clients.ids).create(
            {"flag_id": flag.id}
        ).action_apply()
        self.assertEqual(clients.gestor_flag_id, flag)
        self.assertEqual(clients.gestor_flag_user_id, self.editor)

    def test_children_created_with_their_firm_follow_it(self):
        firm = self._create_client(
            "Firm",
            is_company=True,
            gestor_kind="standard",
            child_ids=[Command.create({"name": "Child"})],
        )
        self.assertEqual(firm.child_ids.gestor_kind, "standard")
