from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestClientGuardian(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = cls.env.ref("gestor_partners.gestor_guardian_area_sales")
        cls.service = cls.env.ref("gestor_partners.gestor_guardian_area_service")
        cls.other = cls._create_user("other", "gestor_base.gestor_base_group_user")
        cls.clients = cls._create_client("Alfa") | cls._create_client("Beta")
        cls.alfa, cls.beta = cls.clients
        cls.alfa.user_id = cls.other

    @classmethod
    def _guard(cls, client, user, area=None, **vals):
        return cls.env["gestor.guardian"].create(
            {
                "partner_id": client.id,
                "user_id": user.id,
                "area_id": (area or cls.service).id,
                **vals,
            }
        )

    def _get_mine(self, user, *extra):
        partners = self.env["res.partner"].with_user(user)
        return partners.search(
            [("gestor_is_mine", "=", True), ("id", "in", self.clients.ids), *extra]
        )

    def test_guardian_in_an_area_has_the_client_among_own(self):
        self.assertFalse(self._get_mine(self.reader))
        self._guard(self.alfa, self.reader)
        self.assertEqual(self._get_mine(self.reader), self.alfa)
        self.assertTrue(self.alfa.with_user(self.reader).gestor_is_in_charge)
        self.assertFalse(self.beta.with_user(self.reader).gestor_is_mine)
        self.assertEqual(self._get_mine(self.other), self.alfa)

    def test_ended_and_coming_guardian_has_nothing(self):
        row = self._guard(self.alfa, self.reader, date_to="2026-06-15")
        self._guard(self.beta, self.reader, date_from="2026-06-16")
        self.assertEqual(self._get_mine(self.reader), self.alfa)
        row.date_to = "2026-06-14"
        self.assertFalse(self._get_mine(self.reader))
        self.assertFalse(self.alfa.with_user(self.reader).gestor_is_mine)

    def test_substitute_has_the_clients_of_the_absent_guardian(self):
        self._guard(self.alfa, self.reader)
        self.assertFalse(self._get_mine(self.editor))
        self.env["gestor.substitution"].create(
            {
                "user_id": self.reader.id,
                "substitute_id": self.editor.id,
                "date_from": "2026-06-15",
                "date_to": "2026-06-15",
            }
        )
        self.assertEqual(self._get_mine(self.editor), self.alfa)
        self.assertTrue(self.alfa.with_user(self.editor).gestor_is_mine)

    def test_main_flag_is_the_guardian_of_the_host(self):
        row = self._guard(self.alfa, self.reader)
        self.assertFalse(row.is_main)
        row.is_main = True
        self.assertEqual(self.alfa.user_id, self.reader)
        self.assertEqual(row.search([("is_main", "=", True)]) & row, row)
        self.alfa.user_id = self.other
        self.assertFalse(row.is_main)
        self.assertIn(row, row.search([("is_main", "=", False)]))
        row.is_main = True
        row.is_main = False
        self.assertFalse(self.alfa.user_id)

    def test_double_is_refused(self):
        self._guard(self.alfa, self.reader, date_to="2026-06-15")
        self._guard(self.alfa, self.reader, date_from="2026-06-16")
        self._guard(self.alfa, self.reader, area=self.sales)
        with self.assertRaises(ValidationError) as caught:
            self._guard(self.alfa, self.reader, date_from="2026-06-01")
        self.assertIn("in this area at this time already", str(caught.exception))

    def test_portal_user_is_refused(self):
        portal = self._create_user("portal", "base.group_portal")
        with self.assertRaises(ValidationError) as caught:
            self._guard(self.alfa, portal)
        self.assertIn("is no employee", str(caught.exception))

    def test_guardians_of_an_area_are_found_for_many(self):
        self._guard(self.alfa, self.reader)
        left = self._create_user("left", "base.group_user")
        self._guard(self.beta, left)
        left.active = False
        found = self.clients.with_user(self.reader)._gestor_get_guardians("service")
        self.assertEqual(found[self.alfa], self.reader)
        self.assertFalse(found[self.beta])
        found = self.clients._gestor_get_guardians()
        self.assertEqual(found[self.alfa], self.other)

    def test_client_whose_guardian_left_is_without_guardian(self):
        self.other.active = False
        view = self.env.ref("gestor_partners.res_partner_view_search")
        self.assertIn("'user_id.active', '=', False", view.arch)
        domain = ["|", ("user_id", "=", False), ("user_id.active", "=", False)]
        found = self.env["res.partner"].with_user(self.reader).search(domain)
        self.assertLessEqual(self.clients, found)

    # === Handing over ===

    def _open_dialog(self, user=None, clients=None, **vals):
        context = {"active_ids": (clients or self.clients).ids}
        dialog = Form(
            self.env["gestor.guardian.move"]
            .with_user(user or self.editor)
            .with_context(**context)
        )
        for name, value in vals.items():
            dialog[name] = value
        return dialog.save()

    def test_editor_hands_chosen_clients_over(self):
        dialog = self._open_dialog(user_id=self.reader)
        self.assertEqual(dialog.client_count, 2)
        dialog.action_apply()
        self.assertEqual(self.clients.user_id, self.reader)
        dialog.invalidate_recordset(["client_count"])
        self.assertEqual(dialog.client_count, 0)
        with self.assertRaises(UserError) as caught:
            dialog.action_apply()
        self.assertIn("no clients to hand over", str(caught.exception))

    def test_editor_hands_over_all_clients_of_one_who_left(self):
        self.other.active = False
        dialog = self._open_dialog(user_id=self.reader, from_user_id=self.other)
        self.assertEqual(dialog.client_count, 1)
        dialog.action_apply()
        self.assertEqual(self.alfa.user_id, self.reader)
        self.assertFalse(self.beta.user_id)

    def test_area_keeps_the_old_guardian_as_history(self):
        old = self._guard(self.alfa, self.other)
        today = self._guard(self.beta, self.other, date_from="2026-06-15")
        dialog = self._open_dialog(
            user_id=self.reader, from_user_id=self.other, area_id=self.service
        )
        self.assertEqual(dialog.client_count, 2)
        dialog.action_apply()
        self.assertEqual(str(old.date_to), "2026-06-14")
        self.assertFalse(today.exists())
        current = self.env["gestor.guardian"].search(
            [("partner_id", "in", self.clients.ids), ("is_current", "=", True)]
        )
        self.assertEqual(current.user_id, self.reader)
        self.assertEqual(len(current), 2)
        self.assertEqual(self.alfa.user_id, self.other)

    def test_handing_over_costs_the_same_for_many(self):
        costs = []
        for count in (5, 40):
            clients = self.env["res.partner"].create(
                [{"name": f"Klient {number}"} for number in range(count)]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            clients._gestor_hand_over(self.reader, self.service)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 2)

    def test_reader_hands_nothing_over(self):
        with self.assertRaises(AccessError):
            self._open_dialog(user=self.reader, user_id=self.reader)
        with self.assertRaises(AccessError):
            self._guard(self.alfa, self.reader).with_user(self.reader).note = "x"

    def test_merge_keeps_one_row_of_each_guardian(self):
        self._guard(self.alfa, self.reader, date_from="2026-02-01")
        self._guard(self.beta, self.reader, date_to="2026-12-31", note="note")
        self._guard(self.beta, self.editor)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge(self.clients.ids, self.alfa)
        rows = self.alfa.gestor_guardian_ids
        self.assertEqual(len(rows), 2)
        row = rows.filtered(lambda row: row.user_id == self.reader)
        self.assertEqual((row.date_from, row.date_to, row.note), (False, False, "note"))

    def test_guardians_of_another_company_are_not_seen(self):
        row = self._guard(self.alfa, self.other)
        own = self._guard(self.beta, self.other)
        self.alfa.company_id = self.env["res.company"].create({"name": "Other"})
        found = row.with_user(self.reader).search([("user_id", "=", self.other.id)])
        self.assertEqual(found, own)
