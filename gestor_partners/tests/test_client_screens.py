from ast import literal_eval

from odoo.tests import Form, tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientScreens(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env.ref("gestor_partners.gestor_client_action")
        cls.domain = literal_eval(cls.action.domain)

    def _search(self, *extra):
        return (
            self.env["res.partner"]
            .with_user(self.reader)
            .search(self.domain + list(extra))
        )

    def test_list_holds_clients_only(self):
        firm = self._create_client("Firm", is_company=True)
        person = self._create_client("Private person")
        employee_of_firm = self._create_client("Contact", parent_id=firm.id)
        found = self._search()
        self.assertLessEqual(firm | person, found)
        for outsider in (
            employee_of_firm | self.env.company.partner_id | self.reader.partner_id
        ):
            self.assertNotIn(outsider, found)

    def test_every_filter_works_as_the_weakest_user(self):
        arch = (
            self.env["res.partner"]
            .with_user(self.reader)
            .get_view(self.action.search_view_id.id, "search")["arch"]
        )
        for name in (
            "filter_mine",
            "filter_potential",
            "filter_standard",
            "filter_former",
            "filter_companies",
            "filter_persons",
            "filter_flagged",
            "filter_without_nip",
            "filter_without_guardian",
            "group_kind",
            "group_guardian",
            "group_city",
            "group_month",
        ):
            self.assertIn(f'name="{name}"', arch)

    def test_groups_of_the_list_are_counted_in_the_database(self):
        self._create_client("One", city="Łódź")
        self._create_client("Two", city="Łódź", gestor_kind="standard")
        partners = self.env["res.partner"].with_user(self.reader)
        for group in ("gestor_kind", "user_id", "city", "create_date:month"):
            with self.subTest(group=group):
                self.assertTrue(
                    partners.formatted_read_group(self.domain, [group], ["__count"])
                )

    def test_list_needs_the_same_queries_for_more_clients(self):
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        head = self._create_client("Head office", is_company=True)
        relation = self.env["gestor.relation"].create({"name": "Good"})
        clients = self.env["res.partner"].create(
            [
                {
                    "name": f"Client {number}",
                    "is_company": True,
                    "gestor_flag_id": flag.id,
                    "gestor_head_office_id": head.id,
                    "gestor_relation_id": relation.id,
                }
                for number in range(40)
            ]
        )
        specification = {
            "gestor_flag_id": {"fields": {"display_name": {}}},
            "gestor_flag_color": {},
            "gestor_flag_icon": {},
            "complete_name": {},
            "gestor_nip": {},
            "gestor_kind": {},
            "user_id": {"fields": {"display_name": {}}},
            "gestor_link_count": {},
            "gestor_subtype": {},
            "gestor_relation_id": {"fields": {"display_name": {}}},
            "gestor_head_office_id": {"fields": {"display_name": {}}},
            "gestor_branch_count": {},
            "gestor_open_matter_count": {},
            "gestor_mail_purpose_ids": {"fields": {"display_name": {}}},
        }

        def count_queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["res.partner"].with_user(self.reader).web_search_read(
                [("id", "in", records.ids)], specification, limit=80
            )
            return self.cr.sql_log_count - before

        count_queries(clients)
        self.assertEqual(count_queries(clients[:2]), count_queries(clients))

    def test_form_opens_for_reader_and_saves_for_editor(self):
        client = self._create_client("Client")
        self.assertEqual(self._client_form(self.reader, client).name, "Client")
        with self._client_form(self.editor, client) as form:
            form.gestor_kind = "standard"
            form.gestor_flag_id = self.env.ref("gestor_base.gestor_flag_to_call")
            form.gestor_flag_note = "Monday"
        self.assertRecordValues(
            client,
            [
                {
                    "gestor_kind": "standard",
                    "gestor_flag_note": "Monday",
                    "gestor_flag_user_id": self.editor.id,
                }
            ],
        )

    def test_employee_without_gestor_sees_the_plain_form(self):
        employee = self._create_user("employee", "base.group_user")
        view = (
            self.env["res.partner"]
            .with_user(employee)
            .get_view(self.env.ref("base.view_partner_form").id, "form")
        )
        self.assertNotIn("gestor_flag_id", view["arch"])
        self.assertNotIn("gestor_kind", view["arch"])

    def test_users_who_delegate_to_partners_offer_the_flags_of_clients(self):
        area = self.env["ir.model"]._get("res.partner")
        flag = self.env["gestor.flag"].create({"name": "Client", "model_ids": area})
        users = self.env["res.users"].with_user(self.reader)
        field = users.fields_get(["gestor_flag_id"])["gestor_flag_id"]
        self.assertIn(flag, self.env["gestor.flag"].search(field["domain"]))

    def test_viewer_sees_on_the_card_what_users_see(self):
        viewer = self._create_user("viewer", "gestor_base.gestor_base_group_viewer")
        client = self._create_client("Viewed").with_user(viewer)
        view = self.env.ref("base.view_partner_form")
        arch = client.get_view(view.id, "form")["arch"]
        for name in ("gestor_people", "gestor_contact", "gestor_structure"):
            self.assertIn(f'name="{name}"', arch)
        with Form(client, view=view) as form:
            self.assertEqual(form.name, "Viewed")
