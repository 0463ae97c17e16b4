from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientRelation(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heating, cls.cooling = cls._create_interests("Heating", "Cooling")
        cls.pumps = cls._create_interests("Heat pumps", parent_id=cls.heating.id)
        cls.wide = cls._create_client(
            "Szeroki", gestor_interest_ids=(cls.heating | cls.pumps).ids
        )
        cls.narrow = cls._create_client("Wąski", gestor_interest_ids=cls.pumps.ids)

    @classmethod
    def _create_interests(cls, *names, **vals):
        return cls.env["gestor.interest"].create(
            [{"name": name, **vals} for name in names]
        )

    def test_broad_interest_finds_the_clients_of_narrower_ones(self):
        clients = self.env["res.partner"].with_user(self.reader)
        found = clients.search([("gestor_interest_ids", "child_of", self.heating.ids)])
        self.assertEqual(found, self.wide | self.narrow)
        self.assertFalse(
            clients.search([("gestor_interest_ids", "child_of", self.cooling.ids)])
        )

    def test_clients_of_a_tree_are_counted_once(self):
        self.assertRecordValues(
            self.heating | self.pumps | self.cooling,
            [{"partner_count": 2}, {"partner_count": 2}, {"partner_count": 0}],
        )
        action = self.heating.action_clients()
        self.assertEqual(
            self.env["res.partner"].search(action["domain"]), self.wide | self.narrow
        )

    def test_name_tells_the_way_from_the_top(self):
        self.assertEqual(self.pumps.display_name, "Heating / Heat pumps")
        self.assertEqual(self.heating.display_name, "Heating")

    def test_interest_cannot_be_a_part_of_itself(self):
        with self.assertRaises(UserError):
            self.heating.parent_id = self.pumps
        self.pumps.parent_id = self.cooling

    def test_ordinary_users_use_dictionaries_and_do_not_change_them(self):
        relation = self.env.ref("gestor_partners.gestor_relation_vip")
        client = self.narrow.with_user(self.editor)
        client.write({"gestor_relation_id": relation.id, "gestor_importance": "5"})
        self.assertEqual(client.gestor_relation_id.name, "VIP")
        for record in (relation, self.heating):
            with self.assertRaises(AccessError):
                record.with_user(self.editor).name = "Other"

    def test_portal_client_does_not_read_what_is_thought_of_him(self):
        portal = self._create_user("portal_relation", "base.group_portal")
        own = portal.partner_id.with_user(portal)
        for name in (
            "gestor_relation_id",
            "gestor_importance",
            "gestor_interest_ids",
            "gestor_anniversary_ids",
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                own.read([name])

    def test_employee_without_gestor_reads_what_is_ours(self):
        employee = self._create_user("employee_relation", "base.group_user")
        own = [name for name in self.wide._fields if name.startswith("gestor_")]
        read = self.wide.with_user(employee).read(own)[0]
        self.assertEqual(len(read["gestor_interest_ids"]), 2)
