from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

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

    def test_strength_is_kept_where_tags_change(self):
        row = self.wide.gestor_client_interest_ids.filtered(
            lambda row: row.interest_id == self.pumps
        )
        row.write({"strength": "3", "note": "asked twice"})
        self.wide.gestor_interest_ids = self.pumps | self.cooling
        self.assertRecordValues(
            self.wide.gestor_client_interest_ids,
            [
                {"interest_id": self.pumps.id, "strength": "3", "note": "asked twice"},
                {"interest_id": self.cooling.id, "strength": False, "note": False},
            ],
        )

    def test_row_is_a_tag(self):
        rows = self.env["gestor.client.interest"].with_user(self.editor)
        self.assertEqual(self.narrow.gestor_interest_ids, self.pumps)
        row = rows.create(
            {
                "partner_id": self.narrow.id,
                "interest_id": self.cooling.id,
                "strength": "1",
            }
        )
        self.assertEqual(row.display_name, "Cooling (Low)")
        self.assertEqual(row.write_uid, self.editor)
        self.assertEqual(self.narrow.gestor_interest_ids, self.pumps | self.cooling)
        row.unlink()
        self.assertEqual(self.narrow.gestor_interest_ids, self.pumps)

    @mute_logger("odoo.sql_db")
    def test_interest_is_given_once(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["gestor.client.interest"].create(
                {"partner_id": self.narrow.id, "interest_id": self.pumps.id}
            )

    def test_merged_clients_keep_the_stronger_interest(self):
        self.narrow.gestor_interest_ids |= self.cooling
        strengths = {(self.wide, self.pumps): "1", (self.narrow, self.pumps): "2"}
        for (client, interest), strength in strengths.items():
            client.gestor_client_interest_ids.filtered(
                lambda row, interest=interest: row.interest_id == interest
            ).strength = strength
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.wide | self.narrow).ids, self.wide
        )
        self.assertEqual(
            {
                row.interest_id: row.strength
                for row in self.wide.gestor_client_interest_ids
            },
            {self.pumps: "2", self.heating: False, self.cooling: False},
        )

    def test_reader_judges_no_interest(self):
        row = self.wide.gestor_client_interest_ids[0].with_user(self.reader)
        self.assertFalse(row.strength)
        with self.assertRaises(AccessError):
            row.strength = "2"

    def test_interests_of_another_company_are_not_found(self):
        self.narrow.company_id = self.env["res.company"].create({"name": "Other"})
        rows = self.env["gestor.client.interest"].with_user(self.reader)
        found = rows.search([("interest_id", "child_of", self.heating.ids)])
        self.assertEqual(found.partner_id, self.wide)

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
            "gestor_client_interest_ids",
            "gestor_anniversary_ids",
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                own.read([name])

    def test_employee_without_gestor_reads_what_is_ours(self):
        employee = self._create_user("employee_relation", "base.group_user")
        wide = self.wide.with_user(employee)
        own = [name for name in wide.fields_get() if name.startswith("gestor_")]
        read = wide.read(own)[0]
        self.assertEqual(len(read["gestor_interest_ids"]), 2)
