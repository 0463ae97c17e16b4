from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
class TestSetCollect(GestorClientSetsCommon):
    """From the rows of lists, and from other sets."""

    def _collect(self, rows, user=None, **vals):
        wizards = self.env["gestor.client.set.collect"].with_user(user or self.owner)
        wizards = wizards.with_context(active_model=rows._name, active_ids=rows.ids)
        return wizards.create({"name": "Z listy", **vals})

    def _open(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_user_makes_a_set_of_chosen_clients(self):
        wizard = self._collect(self.north | self.south)
        self.assertRecordValues(
            wizard, [{"row_count": 2, "client_count": 2, "empty_count": 0}]
        )
        client_set = self._open(wizard.action_collect())
        self.assertEqual(client_set.user_id, self.owner)
        self.assertEqual(
            client_set.with_user(self.owner)._gestor_partners(), self.north | self.south
        )

    def test_contact_person_stands_for_his_firm(self):
        person = self._create_client("Osoba", is_company=False, parent_id=self.north.id)
        wizard = self._collect(person | self.north)
        self.assertEqual(wizard.client_count, 1)
        wizard.is_firms = False
        self.assertEqual(wizard.client_count, 2)

    def test_user_makes_a_set_of_the_clients_of_documents(self):
        banks = self.env["res.partner.bank"].create(
            [
                {"acc_number": f"PL{n}", "partner_id": partner.id}
                for n, partner in enumerate((self.north, self.north, self.south))
            ]
        )
        wizard = self._collect(banks)
        self.assertRecordValues(wizard, [{"row_count": 3, "client_count": 2}])
        client_set = self._open(wizard.action_collect())
        member = client_set.with_user(self.owner).preview_member_ids[:1]
        self.assertIn("From the list", member.reason)

    def test_rows_without_a_client_are_told(self):
        journals = self.env["account.journal"]
        self.assertFalse(self._collect(journals)._leads_to_clients("ir.ui.menu"))
        messages = self.env["gestor.anniversary"]
        self.assertTrue(self._collect(messages)._leads_to_clients(messages._name))
        users = self.env["res.country"].search([], limit=2)
        wizard = self._collect(users)
        with self.assertRaises(UserError):
            wizard.action_collect()

    def test_user_adds_to_his_own_static_set_only(self):
        mine = self._create_static(self.north)
        wizard = self._collect(self.south, target="existing", client_set_id=mine.id)
        wizard.action_collect()
        self.assertEqual(mine._gestor_partners(), self.north | self.south)
        mine.visibility = "public"
        wizard = self._collect(
            self.south, self.other, target="existing", client_set_id=mine.id
        )
        with self.assertRaises(AccessError):
            wizard.action_collect()
        rule = self._create_dynamic(self.hurt)
        wizard = self._collect(self.far, target="existing", client_set_id=rule.id)
        with self.assertRaises(UserError):
            wizard.action_collect()

    def test_clients_of_another_company_are_not_taken(self):
        wizard = self._collect(self.north)
        wizard.source_ids = (self.north | self.far).ids
        self.assertEqual(wizard.client_count, 1)

    def test_every_list_that_leads_to_clients_offers_it(self):
        action = self.env.ref("gestor_client_sets.gestor_client_set_collect_action")

        def offered(model, user):
            bindings = self.env["ir.actions.actions"].with_user(user)
            found = bindings.get_bindings(model).get("action", ())
            return [item["id"] for item in found].count(action.id)

        for model in ("res.partner", "account.move", "gestor.anniversary"):
            with self.subTest(model=model):
                self.assertEqual(offered(model, self.owner), 1)
        self.assertFalse(offered("ir.ui.menu", self.owner))
        employee = self._create_user("clerk", "base.group_user")
        self.assertFalse(offered("res.partner", employee))

    def test_sets_are_combined(self):
        a = self._create_static(self.north | self.south, name="A")
        b = self._create_static(self.south, name="B")
        wizards = self.env["gestor.client.set.combine"].with_user(self.owner)
        for operation, clients in (
            ("union", self.north | self.south),
            ("intersection", self.south),
            ("difference", self.north),
        ):
            with self.subTest(operation=operation):
                wizard = wizards.create(
                    {
                        "name": "Razem",
                        "operation": operation,
                        "first_set_id": a.id,
                        "other_set_ids": [Command.set(b.ids)],
                    }
                )
                new = self._open(wizard.action_combine()).with_user(self.owner)
                self.assertEqual(new._gestor_partners(), clients)
                self.assertIn("A, B", new.preview_member_ids[:1].reason)
        with self.assertRaises(UserError):
            wizards.create(
                {
                    "name": "x",
                    "first_set_id": a.id,
                    "other_set_ids": [Command.set(a.ids)],
                }
            ).action_combine()

    def test_sets_of_others_are_not_combined(self):
        mine = self._create_static(self.north)
        theirs = (
            self.env["gestor.client.set"].with_user(self.other).create({"name": "x"})
        )
        wizards = self.env["gestor.client.set.combine"].with_user(self.other)
        vals = {"name": "Razem", "first_set_id": theirs.id}
        with self.assertRaises(AccessError):
            wizards.create({**vals, "other_set_ids": [Command.set(mine.ids)]})
        wizard = wizards.create({**vals, "first_set_id": mine.id})
        wizard.other_set_ids = theirs
        with self.assertRaises(AccessError):
            wizard.action_combine()
