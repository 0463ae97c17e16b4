from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
class TestSetMembers(GestorClientSetsCommon):
    def test_user_adds_clients_by_hand_each_once(self):
        client_set = self._create_static(self.north)
        both = self.north | self.south
        self.assertEqual(client_set._gestor_add(both), 1)
        self.assertEqual(client_set._gestor_partners(), both.with_user(self.owner))
        self.assertEqual(client_set.partner_count, 2)

    def test_user_adds_nobody_to_a_dynamic_set(self):
        client_set = self._create_dynamic(self.hurt)
        with self.assertRaises(UserError):
            client_set._gestor_add(self.far)

    def test_rule_finds_clients_and_says_why(self):
        client_set = self._create_dynamic(self.hurt)
        self.assertEqual(client_set._gestor_partners(), self.north | self.south)
        self.assertEqual(
            client_set.preview_member_ids.partner_id, self.north | self.south
        )
        self.assertEqual(
            set(client_set.preview_member_ids.mapped("reason")), {"own filter"}
        )
        self.assertTrue(client_set.refreshed_at)

    def test_refresh_notes_who_entered_and_left(self):
        client_set = self._create_dynamic(self.hurt)
        changes = self.env["gestor.client.set.change"]
        domain = [("set_id", "=", client_set.id)]
        self.assertFalse(changes.search(domain), "who was found first has not entered")
        self.south.name = "Detal Południe"
        third = self._create_client("Hurt Prawy")
        client_set.action_refresh()
        rows = changes.with_user(self.owner).search(domain)
        self.assertEqual(
            {(row.partner_id, row.direction) for row in rows},
            {(self.south, "left"), (third, "entered")},
        )
        self.assertRecordValues(client_set, [{"entered_count": 1, "left_count": 1}])
        client_set.action_refresh()
        self.assertEqual(len(changes.search(domain)), 2, "nothing changed any more")

    def test_change_of_the_rule_is_looked_up_at_once(self):
        client_set = self._create_dynamic(self.hurt)
        client_set.domain = "[('name', '=', 'Hurt Północ')]"
        self.assertEqual(client_set._gestor_partners(), self.north)

    def test_archived_client_is_never_in(self):
        static = self._create_static(self.north | self.south)
        dynamic = self._create_dynamic(self.hurt)
        self.south.active = False
        for client_set in (static, dynamic):
            everybody = client_set.with_context(active_test=False)
            self.assertEqual(everybody._gestor_partners(), self.north)
            self.assertEqual(client_set.partner_count, 1)
            self.assertFalse(
                client_set._gestor_add(self.south) if client_set == static else 0
            )
        self.south.active = True
        self.assertEqual(static.partner_count, 2)

    def test_rule_that_asks_for_archived_finds_none(self):
        self.south.active = False
        client_set = self._create_dynamic([("active", "=", False)])
        self.assertFalse(client_set._gestor_partners())

    def test_client_left_out_by_hand_stays_out(self):
        client_set = self._create_dynamic(self.hurt)
        members = client_set.preview_member_ids
        members.filtered(lambda row: row.partner_id == self.south).action_exclude()
        client_set.action_refresh()
        self.assertEqual(client_set._gestor_partners(), self.north)
        client_set.exclusion_ids.action_take_back()
        self.assertEqual(client_set._gestor_partners(), self.north | self.south)

    def test_client_left_out_of_a_static_set_comes_back(self):
        client_set = self._create_static(self.north | self.south)
        client_set._gestor_exclude(self.south)
        self.assertFalse(client_set._gestor_add(self.south))
        self.assertEqual(client_set._gestor_partners(), self.north)
        client_set.exclusion_ids.action_take_back()
        self.assertEqual(client_set._gestor_partners(), self.north | self.south)

    def test_contact_person_is_in_only_where_asked(self):
        person = self._create_client(
            "Hurt Pani", is_company=False, parent_id=self.north.id
        )
        domain = [("id", "in", [self.north.id, person.id])]
        self.assertEqual(self._create_dynamic(domain)._gestor_partners(), self.north)
        wide = self._create_dynamic(domain, has_contacts=True)
        self.assertEqual(wide._gestor_partners(), self.north | person)

    def test_clients_are_found_by_set(self):
        client_set = self._create_static(self.north)
        partners = self.env["res.partner"].with_user(self.owner)
        both = [("id", "in", (self.north | self.south).ids)]
        for domain, found in (
            ([("gestor_client_set_ids", "in", client_set.ids)], self.north),
            ([("gestor_client_set_ids", "=", client_set.id)], self.north),
            ([("gestor_client_set_ids", "ilike", "statycz")], self.north),
            ([("gestor_client_set_ids", "=", "Statyczny")], self.north),
            ([("gestor_client_set_ids", "not in", client_set.ids)], self.south),
            ([("gestor_client_set_ids", "=", False)], self.south),
            ([("gestor_client_set_ids", "!=", False)], self.north),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(partners.search(both + domain), found)
                self.assertEqual(partners.search(both).filtered_domain(domain), found)
        self.assertEqual(self.north.gestor_client_set_ids, client_set)

    def test_merged_client_takes_his_sets_along(self):
        client_set = self._create_static(self.north | self.south)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.north | self.south).ids, self.north)
        self.assertEqual(client_set._gestor_partners(), self.north)

    def test_cron_refreshes_what_is_due_and_skips_what_is_broken(self):
        with freeze_time("2026-05-04 08:00:00"):
            daily = self._create_dynamic(self.hurt)
            by_hand = self._create_dynamic(self.hurt, refresh_every="manual")
            broken = self._create_dynamic(self.hurt, name="Zepsuty")
            self.env.cr.execute(
                "UPDATE gestor_client_set SET domain = %s WHERE id = %s",
                ["[('no_such_field', '=', 1)]", broken.id],
            )
            broken.invalidate_recordset()
            third = self._create_client("Hurt Prawy")
        with freeze_time("2026-05-04 20:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "gestor_client_sets.gestor_client_set_cron"
            ).method_direct_trigger()
        self.assertNotIn(third, daily._gestor_partners(), "it was not due")
        with freeze_time("2026-05-05 08:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "gestor_client_sets.gestor_client_set_cron"
            ).method_direct_trigger()
        self.assertIn(third, daily._gestor_partners())
        self.assertNotIn(third, by_hand._gestor_partners())
        self.assertIn("no_such_field", broken.error)
        self.assertEqual(
            daily.refreshed_at, fields.Datetime.to_datetime("2026-05-05 08:00:00")
        )

    def test_refresh_costs_as_many_queries_for_a_thousand_clients(self):
        few = self._create_dynamic([("ref", "=like", "few-%")])
        many = self._create_dynamic([("ref", "=like", "many-%")])
        for prefix, count in (("few", 10), ("many", 1000)):
            self.env["res.partner"].create(
                [{"name": f"Klient {n}", "ref": f"{prefix}-{n}"} for n in range(count)]
            )
        self.env.flush_all()
        costs = []
        self._create_dynamic([]).action_refresh()  # warms the caches
        for client_set in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            client_set.action_refresh()
            self.assertEqual(
                client_set.entered_count, 10 if client_set == few else 1000
            )
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*costs)

    def test_list_of_sets_counts_in_as_many_queries(self):
        one = self._create_dynamic(self.hurt)
        many = one.copy() | one.copy() | one.copy()
        costs = []
        self.assertTrue(one.partner_count)  # warms the caches
        for sets in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            sets.mapped("name")
            before = self.env.cr.sql_log_count
            self.assertEqual(set(sets.mapped("partner_count")), {2})
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*costs)
