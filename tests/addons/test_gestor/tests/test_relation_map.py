from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_base.models.gestor_relation_map import ROOM

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestRelationMap(TestGestorCommon):
    """Paper 0 belongs to a client and has sheets, letters and things to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create({"name": "Client"})
        cls.paper = cls.papers[0]
        cls.paper.partner_id = cls.client
        cls.sheets = cls._create_papers(cls.anna, 2, parent_id=cls.paper.id)

    def _map(self, record=None, user=None):
        record = self.paper if record is None else record
        model = self.env["gestor.relation.map"].with_user(user or self.anna)
        return model.get_map(record._name, record.id)

    def _levels(self, graph):
        return {
            (node["model"], node["id"]): node["level"]
            for node in graph["nodes"]
            if node["id"]
        }

    @staticmethod
    def _post(document, **values):
        return document.message_post(body="Words", **values)

    def test_user_sees_client_sheets_letters_and_activities(self):
        letter = self._post(self.paper, subject="Letter", message_type="email")
        comment = {"message_type": "comment"}
        talk = self._post(self.paper, subtype_xmlid="mail.mt_comment", **comment)
        note = self._post(self.paper, subtype_xmlid="mail.mt_note", **comment)
        todo = self.paper.activity_schedule("mail.mail_activity_data_call")
        graph = self._map()
        levels = self._levels(graph)
        self.assertEqual(
            graph["nodes"][0]["key"], f"{self.paper._name},{self.paper.id}"
        )
        for record in (self.client, *self.sheets, letter, talk, todo):
            self.assertEqual(levels[record._name, record.id], 1, record)
        self.assertNotIn((note._name, note.id), levels)
        kinds = {edge["to"]: edge["kind"] for edge in graph["edges"]}
        kinds |= {edge["from"]: edge["kind"] for edge in graph["edges"]}
        self.assertEqual(kinds[f"res.partner,{self.client.id}"], "client")
        self.assertEqual(kinds[f"test.gestor.document,{self.sheets[0].id}"], "sheet")

    def test_what_is_sent_and_planned_stands_on_the_map_by_itself(self):
        """No link is made by hand: mail out, mail in, SMS, to-do and document."""
        self.client.phone = "+48601202303"
        mail = self.env["mail.template"].create(
            {
                "name": "Letter",
                "model_id": self._model_id(self.paper._name).id,
                "subject": "Out",
                "body_html": "<p>Words</p>",
                "partner_to": str(self.client.id),
            }
        )
        mail.send_mail(self.paper.id)
        self._post(self.paper, message_type="email", subject="In")
        self.paper._message_sms("Ready", partner_ids=self.client.ids)
        todo = self.paper.activity_schedule("mail.mail_activity_data_todo")
        messages = self.paper.message_ids.filtered(
            lambda message: message.message_type in ("email", "email_outgoing", "sms")
        )
        self.assertEqual(
            set(messages.mapped("message_type")), {"email", "email_outgoing", "sms"}
        )
        self.assertTrue(
            self.env["sms.sms"].search([("mail_message_id", "in", messages.ids)])
        )
        levels = self._levels(self._map())
        for record in (*messages, todo, self.client, *self.sheets):
            self.assertEqual(levels[record._name, record.id], 1, record)
        todo.action_feedback()
        self.assertNotIn((todo._name, todo.id), self._levels(self._map()))

    def test_map_has_two_levels(self):
        near, far = self._create_papers(self.anna, 2)
        self.paper._gestor_link(self.papers[1], kind="proof")
        self.papers[1]._gestor_link(near)
        near._gestor_link(far)
        levels = self._levels(self._map())
        self.assertEqual(levels[self.papers._name, self.papers[1].id], 1)
        self.assertEqual(levels[near._name, near.id], 2)
        self.assertNotIn((far._name, far.id), levels)

    def test_neighbours_of_the_first_level_are_joined(self):
        self.sheets[0]._gestor_link(self.sheets[1], kind="copy")
        pairs = {
            frozenset((edge["from"], edge["to"])): edge["kind"]
            for edge in self._map()["edges"]
        }
        keys = frozenset(f"{sheet._name},{sheet.id}" for sheet in self.sheets)
        self.assertEqual(pairs[keys], "copy")

    def test_user_does_not_see_what_he_may_not_read(self):
        self.paper._gestor_link(self.foreign_secret)
        self.foreign_secret._gestor_link(self.papers[1])
        levels = self._levels(self._map())
        self.assertNotIn((self.foreign_secret._name, self.foreign_secret.id), levels)
        self.assertNotIn((self.papers._name, self.papers[1].id), levels)
        levels = self._levels(self._map(user=self.bolek))
        self.assertIn((self.foreign_secret._name, self.foreign_secret.id), levels)
        self.assertIn((self.papers._name, self.papers[1].id), levels)

    def test_user_does_not_learn_how_many_hidden_there_are(self):
        secrets = self.env["test.gestor.secret"].create(
            [{"name": f"S{n}", "user_id": self.bolek.id} for n in range(200)]
        )
        self.paper._gestor_link(secrets)
        nodes = self._map()["nodes"]
        self.assertFalse([node for node in nodes if node["model"] == secrets._name])
        nodes = self._map(user=self.bolek)["nodes"]
        rest = next(node for node in nodes if node["hidden"])
        shown = [
            node for node in nodes if node["model"] == secrets._name and node["id"]
        ]
        self.assertEqual(len(shown) + len(rest["hidden"]), 200)
        self.assertLessEqual(len(nodes), sum(ROOM.values()) + 10)

    def test_user_of_another_company_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_papers(self.bolek, company_id=other.id)
        self.paper._gestor_link(foreign)
        self.assertNotIn((foreign._name, foreign.id), self._levels(self._map()))
        with self.assertRaises(AccessError):
            self._map(foreign)

    def test_middle_must_be_readable(self):
        with self.assertRaises(AccessError):
            self._map(self.foreign_secret)

    def test_portal_and_plain_employee_get_no_map(self):
        for login, group in (
            ("portal", "base.group_portal"),
            ("man", "base.group_user"),
        ):
            user = self._create_user(login, group)
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._map(user=user)

    def test_unknown_kind_of_record_is_refused(self):
        for model in ("ir.model", "no.such.model"):
            with self.subTest(model=model), self.assertRaises(UserError):
                self.env["gestor.relation.map"].with_user(self.anna).get_map(model, 1)

    def test_deleted_document_is_not_on_the_map(self):
        self.paper._gestor_link(self.secret)
        self.cr.execute(
            "DELETE FROM test_gestor_secret WHERE id = %s", [self.secret.id]
        )
        self.env.invalidate_all()
        self.assertNotIn((self.secret._name, self.secret.id), self._levels(self._map()))

    def test_letter_in_the_middle_shows_its_document(self):
        letter = self._post(self.paper, subject="Letter", message_type="email")
        levels = self._levels(self._map(letter))
        self.assertEqual(levels[self.paper._name, self.paper.id], 1)
        self.assertEqual(levels[self.client._name, self.client.id], 2)

    def test_number_of_queries_does_not_depend_on_the_records(self):
        counts = []
        for added in (5, 45):
            sheets = self._create_papers(self.anna, added, parent_id=self.paper.id)
            for sheet in sheets:
                self._post(sheet, message_type="email")
            sheets._gestor_link(self.secret)
            self._map()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._map()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
