from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import NIP, OTHER_NIP, GestorDuplicatesCommon


@tagged("post_install", "-at_install")
class TestDuplicateMerge(GestorDuplicatesCommon):
    """Two clients become one and lose nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beta = cls._create_firm(
            "Beta Dźwigi", vat=OTHER_NIP, email="beta@beta.example", city="Sopot"
        )
        cls.third = cls._create_firm("Trzecia")

    def _open(self, partners, user=None):
        merges = self.env["gestor.duplicate.merge"].with_user(user or self.editor)
        context = {"active_model": "res.partner", "active_ids": partners.ids}
        return Form(merges.with_context(**context))

    def _merge(self, partners, target, user=None):
        form = self._open(partners, user)
        form.dst_partner_id = target.with_user(user or self.editor)
        merge = form.save()
        merge.action_merge()
        return merge

    def test_user_chooses_who_stays_and_which_values(self):
        form = self._open(self.alfa | self.beta)
        self.assertEqual(form.dst_partner_id, self.alfa)
        labels = {}
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                labels[line.field_name] = line.value
                if line.field_name in ("email", "city"):
                    line.partner_id = self.beta.with_user(self.editor)
                    labels[line.field_name] = line.value
        self.assertEqual(labels["name"], self.alfa.name)
        self.assertEqual(labels["city"], "Sopot")
        self.assertNotIn("country_id", labels)
        action = form.save().action_merge()
        self.assertEqual(action["res_id"], self.alfa.id)
        self.assertFalse(self.beta.exists())
        self.assertRecordValues(
            self.alfa,
            [
                {
                    "name": "Alfa Żurawie sp. z o.o.",
                    "vat": NIP,
                    "email": "beta@beta.example",
                    "city": "Sopot",
                }
            ],
        )

    def test_value_is_taken_from_whoever_has_one(self):
        self.beta.phone = False
        self.alfa.website = False
        self.beta.website = "https://beta.example"
        self._merge(self.alfa | self.beta, self.alfa)
        self.assertEqual(self.alfa.website, "https://beta.example")
        self.assertEqual(self.alfa.phone, "+48 22 765 43 21")

    def test_all_that_belongs_to_the_client_goes_along(self):
        flag = self.env["gestor.flag"].create({"name": "Ask"})
        self.beta.write({"gestor_flag_id": flag.id})
        self.beta._gestor_link(self.third)
        person = self._create_client("Jan", parent_id=self.beta.id)
        branch = self._create_firm("Oddział", gestor_head_office_id=self.beta.id)
        day = self.env["gestor.anniversary"].create(
            {"partner_id": self.beta.id, "day": 1, "month": "5"}
        )
        files = self.env["gestor.library.file"].create(
            {"raw": b"prices", "file_name": "Price list.txt"}
        )
        self.beta._gestor_add_library_files(files)
        message = self.beta.message_post(body="Called")
        attachment = self.env["ir.attachment"].create(
            {"name": "a", "res_model": "res.partner", "res_id": self.beta.id}
        )
        self.beta.gestor_participant_ids = [Command.create({"user_id": self.boss.id})]
        self._merge(self.alfa | self.beta, self.alfa)
        self.assertEqual(self.alfa.gestor_flag_id, flag)
        self.assertEqual(self.alfa._gestor_linked("res.partner"), self.third)
        self.assertEqual(person.parent_id, self.alfa)
        self.assertEqual(branch.gestor_head_office_id, self.alfa)
        self.assertEqual(day.partner_id, self.alfa)
        self.assertEqual(self.alfa.gestor_library_count, 1)
        self.assertEqual(message.res_id, self.alfa.id)
        self.assertEqual(attachment.res_id, self.alfa.id)
        self.assertEqual(self.alfa.gestor_participant_ids.user_id, self.boss)

    def test_merged_client_leaves_its_name_and_a_trace(self):
        self._merge(self.alfa | self.beta, self.alfa)
        self.assertEqual(self.alfa.gestor_former_names, "Beta Dźwigi")
        clients = self.env["res.partner"].with_user(self.reader)
        self.assertIn(
            self.alfa, clients.search([("gestor_search", "ilike", "beta dźwigi")])
        )
        trace = self.alfa.message_ids.filtered(
            lambda message: "Beta Dźwigi" in (message.body or "")
        )
        self.assertEqual(trace.author_id, self.editor.partner_id)

    def test_preview_counts_what_goes_along(self):
        self._create_client("Jan", parent_id=self.beta.id)
        moved = self._open(self.alfa | self.beta).moved
        self.assertIn("Contact persons and addresses: 1", moved)
        self.assertNotIn("Branches", moved)

    def test_decisions_about_merged_clients_are_kept(self):
        pairs = self.env["gestor.duplicate"]
        pairs._gestor_tell_apart(self.beta, self.third, "other owner")
        self._merge(self.alfa | self.beta, self.alfa)
        self.assertRecordValues(
            self._pairs(self.alfa, self.third),
            [{"state": "not_duplicate", "note": "other owner"}],
        )

    def test_clients_of_one_nip_merge_where_it_is_blocked(self):
        self.beta.vat = NIP
        self._set_policy(nip="block")
        self._merge(self.alfa | self.beta, self.beta)
        self.assertFalse(self.alfa.exists())
        self.assertEqual(self.beta.vat, NIP)

    def test_head_office_and_its_branch_merge(self):
        self.beta.gestor_head_office_id = self.alfa
        self._merge(self.alfa | self.beta, self.beta)
        self.assertFalse(self.beta.gestor_head_office_id)
        self.assertFalse(self.alfa.exists())

    def test_only_two_or_three_clients_merge(self):
        four = self.alfa | self.beta | self.third | self._create_firm("Czwarta")
        for partners in (four, self.alfa):
            with self.subTest(count=len(partners)), self.assertRaises(UserError):
                self._open(partners)

    def test_reader_and_foreign_company_merge_nothing(self):
        with self.assertRaises(AccessError):
            self._open(self.alfa | self.beta, self.reader)
        self.beta.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._open(self.alfa | self.beta)

    def test_values_come_from_the_merged_clients_only(self):
        merge = self._open(self.alfa | self.beta).save()
        merge.line_ids[:1].partner_id = self.third
        with self.assertRaises(UserError):
            merge.action_merge()

    def test_logins_of_two_people_are_not_joined(self):
        with self.assertRaises(UserError):
            self._merge(self.editor.partner_id | self.alfa, self.alfa)
