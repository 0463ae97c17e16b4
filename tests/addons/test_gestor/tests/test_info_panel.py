from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestInfoPanel(TestGestorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create(
            {
                "name": "Client",
                "is_company": True,
                "phone": "600 100 200",
                "email": "client@example.com",
            }
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Person", "parent_id": cls.client.id}
        )
        cls.paper = cls.papers[0]
        cls.paper.partner_id = cls.person

    def _info(self, record=None, user=None):
        record = self.paper if record is None else record
        panel = self.env["gestor.info"].with_user(user or self.anna)
        return panel.get_info(record._name, record.id)

    def test_viewer_gets_the_panel_the_map_and_the_history_of_a_client(self):
        viewer = self._create_user("viewer", "gestor_base.gestor_base_group_viewer")
        viewer.lang = "en_US"
        self.assertEqual(self._info(self.client, viewer)["client"]["name"], "Client")
        env = self.env(user=viewer)
        self.assertTrue(
            env["gestor.relation.map"].get_map("res.partner", self.client.id)
        )
        self.assertIn("entries", env["gestor.history"].get_page(self.client.id))
        hits = env["gestor.search"].search_everywhere("client@example.com")
        self.assertIn(self.client.id, [hit["id"] for hit in hits])

    def _rows(self, key, info=None):
        sections = {
            section["key"]: section["rows"]
            for section in (info or self._info())["sections"]
        }
        return sections.get(key, [])

    def test_panel_tells_the_firm_of_the_contact_person(self):
        client = self._info()["client"]
        self.assertEqual(client["id"], self.client.id)
        values = {fact["value"]: fact["href"] for fact in client["facts"]}
        self.assertEqual(values["client@example.com"], "mailto:client@example.com")
        self.assertIn(self.client.phone, values)

    def test_own_card_of_a_client_does_not_repeat_its_head(self):
        client = self._info(self.client)["client"]
        self.assertEqual(client["name"], "Client")
        self.assertFalse(client["facts"])
        self.assertTrue(self._info(self.person)["client"]["facts"])

    def test_clients_of_many_documents(self):
        self.papers[1].partner_id = self.client
        self.assertEqual(self.papers._gestor_client(), self.client)
        self.assertEqual(self.secret._gestor_client(), self.env["res.partner"])

    def test_document_without_client_has_no_client(self):
        self.assertEqual(self._info(self.secret), {"client": False, "sections": []})

    def test_panel_tells_what_is_to_do_for_document_and_client(self):
        today = fields.Date.today()
        call = "mail.mail_activity_data_call"
        self.paper.activity_schedule(
            call, fields.Date.subtract(today, days=2), "Late call"
        )
        self.client.activity_schedule(
            call, today, "Call the firm", user_id=self.anna.id
        )
        rows = self._rows("activities")
        self.assertEqual(
            [(row["title"], row["is_late"], row["model"]) for row in rows],
            [
                ("Late call", True, self.paper._name),
                ("Call the firm", False, "res.partner"),
            ],
        )

    def test_panel_tells_five_last_contacts_newest_first(self):
        for number in range(7):
            self.person.message_post(
                body="Words",
                subject=f"Letter {number}",
                message_type="email",
            )
        self.paper.message_post(body="Changed", message_type="notification")
        titles = [row["title"] for row in self._rows("contacts")]
        self.assertEqual(titles, [f"Letter {number}" for number in (6, 5, 4, 3, 2)])

    def test_panel_tells_readable_links_only(self):
        self.paper._gestor_link(self.papers[1], kind="proof")
        self.paper._gestor_link(self.foreign_secret)
        rows = self._rows("links")
        self.assertEqual([row["id"] for row in rows], self.papers[1].ids)
        self.assertEqual(rows[0]["subtitle"], "Paper · proof")
        both = self._rows("links", self._info(user=self.bolek))
        self.assertEqual(len(both), 2)

    def test_addon_adds_a_section(self):
        sheets = self._create_papers(self.anna, 2, parent_id=self.paper.id)
        rows = self._rows("sheets")
        self.assertEqual({row["id"] for row in rows}, set(sheets.ids))

    def test_panel_is_closed_to_whoever_may_not_read(self):
        with self.assertRaises(AccessError):
            self._info(self.foreign_secret)
        for login, group in (
            ("portal", "base.group_portal"),
            ("man", "base.group_user"),
        ):
            user = self._create_user(login, group)
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._info(user=user)

    def test_client_of_another_company_is_not_told(self):
        self.client.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self._info()["client"])

    def test_deleted_and_unknown_records(self):
        panel = self.env["gestor.info"].with_user(self.anna)
        self.assertEqual(
            panel.get_info(self.paper._name, 10**8), {"client": False, "sections": []}
        )
        with self.assertRaises(UserError):
            panel.get_info("ir.model", 1)

    def test_number_of_queries_does_not_depend_on_the_records(self):
        counts = []
        for added in (5, 45):
            papers = self._create_papers(self.anna, added)
            self.paper._gestor_link(papers)
            for number in range(added):
                self.person.message_post(body=f"Words {number}", message_type="email")
                self.paper.activity_schedule("mail.mail_activity_data_call")
            self._info()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._info()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
