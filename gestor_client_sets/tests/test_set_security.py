from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import GestorClientSetsCommon

VIEWER = "gestor_base.gestor_base_group_viewer"


@tagged("post_install", "-at_install")
class TestSetSecurity(GestorClientSetsCommon):
    def _readable(self, client_set, user):
        return bool(
            self.env["gestor.client.set"]
            .with_user(user)
            .search([("id", "=", client_set.id)])
        )

    def test_private_set_is_seen_by_owner_and_manager_only(self):
        client_set = self._create_static(self.north)
        self.assertTrue(self._readable(client_set, self.owner))
        self.assertTrue(self._readable(client_set, self.manager))
        self.assertFalse(self._readable(client_set, self.other))

    def test_chosen_users_and_groups_read_and_do_not_change(self):
        client_set = self._create_static(self.north, visibility="chosen")
        self.assertFalse(self._readable(client_set, self.other))
        client_set.user_ids = self.other
        self.assertTrue(self._readable(client_set, self.other))
        for change in (
            lambda mine: mine.write({"name": "Moje"}),
            lambda mine: mine.unlink(),
            lambda mine: mine._gestor_add(self.south),
            lambda mine: mine._gestor_exclude(self.north),
        ):
            with self.assertRaises(AccessError):
                change(client_set.with_user(self.other))
        viewer = new_test_user(self.env, "gestor_sets_viewer", groups=VIEWER)
        self.assertFalse(self._readable(client_set, viewer))
        client_set.sudo().group_ids = self.env.ref(VIEWER)
        self.assertTrue(self._readable(client_set, viewer))
        self.assertEqual(client_set.with_user(viewer)._gestor_partners(), self.north)

    def test_user_makes_no_set_in_the_name_of_others(self):
        with self.assertRaises(AccessError):
            self.sets.create({"name": "x", "user_id": self.other.id})
        client_set = self._create_static(self.north)
        with self.assertRaises(AccessError):
            client_set.user_id = self.other
        client_set.with_user(self.manager).user_id = self.other
        self.assertTrue(self._readable(client_set, self.other))

    def test_set_of_another_company_is_not_there(self):
        client_set = self._create_static(self.north, visibility="public")
        self.assertTrue(self._readable(client_set, self.other))
        self.assertFalse(self._readable(client_set, self.outsider))
        client_set.sudo().company_id = False
        self.assertTrue(self._readable(client_set, self.outsider))

    def test_each_user_sees_and_counts_only_clients_he_may_read(self):
        client_set = self._create_static(self.north, visibility="public")
        client_set.sudo().company_id = False
        client_set.sudo()._gestor_add(self.far)
        for user, clients in (
            (self.owner, self.north),
            (self.outsider, self.north | self.far),
        ):
            own = client_set.with_user(user)
            own = own.with_context(allowed_company_ids=user.company_ids.ids)
            self.assertEqual(own._gestor_partners(), clients)
            self.assertEqual(own.partner_count, len(clients))
            self.assertEqual(own.preview_member_ids.partner_id, clients)
        member = self.env["gestor.client.set.member"].search(
            [("partner_id", "=", self.far.id)]
        )
        with self.assertRaises(AccessError):
            member.with_user(self.owner).read(["partner_id"])
        self.assertTrue(member.with_user(self.outsider).read(["partner_id"]))

    def test_search_by_a_private_set_tells_nothing(self):
        client_set = self._create_static(self.north)
        partners = self.env["res.partner"]
        domain = [("gestor_client_set_ids", "in", client_set.ids)]
        self.assertEqual(partners.with_user(self.owner).search(domain), self.north)
        self.assertFalse(partners.with_user(self.other).search(domain))
        self.assertFalse(self.north.with_user(self.other).gestor_client_set_ids)
        members = self.env["gestor.client.set.member"].with_user(self.other)
        self.assertFalse(members.search([("partner_id", "=", self.north.id)]))

    def test_rule_finds_only_what_its_author_may_read(self):
        domain = [("name", "=like", "Hurt%")]
        client_set = self._create_dynamic(domain, company_id=False)
        self.assertNotIn(self.far.id, client_set.sudo()._gestor_partners().ids)

    def test_rule_about_a_closed_field_is_refused(self):
        field = "company_registry"
        partners = self.env.registry["res.partner"]
        self.patch(partners._fields[field], "groups", "base.group_system")
        with self.assertRaises(AccessError):
            self._create_dynamic([(field, "=", "1")])
        with self.assertRaises(AccessError):
            self._create_dynamic(["|", ("name", "=", "x"), (field, "=like", "1%")])

    def test_rule_about_a_closed_model_is_refused(self):
        with self.assertRaises(AccessError):
            self._create_dynamic([("invoice_ids.amount_total", ">", 1000)])
        with self.assertRaises(AccessError):
            self._create_dynamic([], [{"definition": "bought", "days": 10}])
        client_set = self._create_dynamic(self.hurt)
        with self.assertRaises(AccessError):
            self.env["gestor.client.set.condition"].with_user(self.owner).create(
                {"set_id": client_set.id, "definition": "bought"}
            )
            client_set.action_refresh()

    def test_author_is_never_chosen_from_outside(self):
        admin = self.env.ref("base.user_admin")
        client_set = self._create_dynamic(self.hurt, rule_user_id=admin.id)
        self.assertEqual(client_set.rule_user_id, self.owner)
        client_set.write({"rule_user_id": admin.id, "domain": "[]"})
        self.assertEqual(client_set.rule_user_id, self.owner)

    def test_who_changes_a_rule_answers_for_it(self):
        client_set = self._create_dynamic(self.hurt)
        client_set.with_user(self.manager).name = "Inna nazwa"
        self.assertEqual(client_set.rule_user_id, self.owner)
        client_set.with_user(self.manager).domain = "[]"
        self.assertEqual(client_set.rule_user_id, self.manager)
        condition = self.env["gestor.client.set.condition"].with_user(self.owner)
        condition.create({"set_id": client_set.id, "definition": "branch"})
        self.assertEqual(client_set.rule_user_id, self.owner)
        self.assertTrue(client_set.is_stale)

    def test_rule_of_who_left_is_refused(self):
        client_set = self._create_dynamic(self.hurt)
        self.owner.active = False
        mine = client_set.with_user(self.manager)
        with self.assertRaises(ValidationError):
            mine.action_refresh()
        mine.domain = "[('city', '=', 'Gdańsk')]"
        self.assertIn(self.north, mine._gestor_partners())

    def test_rule_of_who_works_elsewhere_is_refused(self):
        with self.assertRaises(UserError):
            self._create_dynamic(self.hurt, company_id=self.company_b.id)

    def test_conditions_of_others_are_closed(self):
        client_set = self._create_dynamic(self.hurt, [{"definition": "branch"}])
        condition = client_set.condition_ids.with_user(self.other)
        with self.assertRaises(AccessError):
            condition.read(["definition"])
        client_set.visibility = "public"
        self.assertTrue(condition.read(["definition"]))
        with self.assertRaises(AccessError):
            condition.write({"is_negated": True})

    def test_rows_of_sets_are_written_by_sets_only(self):
        client_set = self._create_static(self.north)
        vals = {"set_id": client_set.id, "partner_id": self.south.id}
        # who may not change the set adds nobody to it, by an import neither
        with self.assertRaises(AccessError):
            self.env["gestor.client.set.member"].with_user(self.other).create(vals)
        for name in ("exclusion", "change"):
            rows = self.env[f"gestor.client.set.{name}"].with_user(self.manager)
            with self.assertRaises(AccessError):
                rows.create({**vals, "direction": "left"} if name == "change" else vals)

    def test_portal_user_and_employee_see_no_sets(self):
        client_set = self._create_static(self.north, visibility="public")
        for login, group in (
            ("portal", "base.group_portal"),
            ("emp", "base.group_user"),
        ):
            user = new_test_user(self.env, f"gestor_sets_{login}", groups=group)
            with self.assertRaises(AccessError):
                client_set.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.env["gestor.data.issue"].with_user(user).search([])
