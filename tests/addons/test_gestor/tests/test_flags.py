from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestFlags(TestGestorCommon):
    def setUp(self):
        super().setUp()
        self.own = self.papers.with_user(self.anna)

    @freeze_time("2026-03-02 08:30:00")
    def test_user_sets_flag_on_two_records_with_author_and_time(self):
        flag = self._create_flag()
        self.own.gestor_flag_id = flag
        self.assertRecordValues(
            self.papers,
            [
                {
                    "gestor_flag_id": flag.id,
                    "gestor_flag_user_id": self.anna.id,
                    "gestor_flag_at": self.env.cr.now().replace(
                        year=2026,
                        month=3,
                        day=2,
                        hour=8,
                        minute=30,
                        second=0,
                        microsecond=0,
                    ),
                }
            ]
            * 2,
        )

    def test_user_creates_flagged_record_with_author(self):
        flag = self._create_flag()
        paper = self.own.create(
            {"name": "New", "user_id": self.anna.id, "gestor_flag_id": flag.id}
        )
        self.assertEqual(paper.gestor_flag_user_id, self.anna)
        self.assertTrue(paper.gestor_flag_at)

    def test_user_cannot_forge_author(self):
        self.own.write(
            {
                "gestor_flag_id": self._create_flag().id,
                "gestor_flag_user_id": self.bolek.id,
            }
        )
        self.assertEqual(self.papers.gestor_flag_user_id, self.anna)

    def test_user_cannot_forge_author_without_a_flag(self):
        stamp = {"gestor_flag_user_id": self.bolek.id, "gestor_flag_at": "2001-01-01"}
        self.own.write(stamp)
        created = self.own.create({"name": "New", "user_id": self.anna.id, **stamp})
        for paper in [*self.papers, created]:
            self.assertFalse(paper.gestor_flag_user_id)
            self.assertFalse(paper.gestor_flag_at)

    def test_foreign_flag_lets_the_rest_be_saved(self):
        manager = self.env.ref("gestor_base.gestor_base_group_manager")
        flag = self._create_flag(group_ids=manager)
        self.papers.write({"gestor_flag_id": flag.id, "gestor_flag_note": "x"})
        same = {"gestor_flag_id": flag.id, "gestor_flag_note": "x", "name": "Renamed"}
        self.own.write(same)
        self.assertEqual(set(self.papers.mapped("name")), {"Renamed"})
        self.assertEqual(self.papers.gestor_flag_user_id, self.env.user)
        with self.assertRaises(ValidationError):
            self.own.write({**same, "gestor_flag_note": "y"})

    def test_dialogs_refuse_records_that_are_no_documents(self):
        dialogs = self.env["gestor.flag.set"].with_user(self.anna)
        with self.assertRaises(UserError):
            dialogs.create({"res_model": "ir.cron"}).action_apply()
        dialog = (
            self.env["gestor.link.create"]
            .with_user(self.anna)
            .create(
                {
                    "res_model": "ir.cron",
                    "res_id": 1,
                    "target": f"test.gestor.document,{self.papers[0].id}",
                }
            )
        )
        with self.assertRaises(UserError):
            dialog.action_link()

    def test_clearing_flag_clears_note_and_author(self):
        self.own.write(
            {"gestor_flag_id": self._create_flag().id, "gestor_flag_note": "Call"}
        )
        self.own.gestor_flag_id = False
        self.assertRecordValues(
            self.papers,
            [
                {
                    "gestor_flag_note": False,
                    "gestor_flag_user_id": False,
                    "gestor_flag_at": False,
                }
            ]
            * 2,
        )

    def test_flag_of_other_area_is_refused(self):
        areas = self._model_id("test.gestor.secret")
        flag = self._create_flag(name="Only secrets", model_ids=areas)
        with self.assertRaisesRegex(ValidationError, "Only secrets"):
            self.own.gestor_flag_id = flag
        self.secret.with_user(self.anna).gestor_flag_id = flag
        self.assertEqual(self.secret.gestor_flag_id, flag)

    def test_flag_of_other_group_is_neither_set_nor_removed(self):
        group = self.env["res.groups"].create({"name": "Test bosses"})
        flag = self._create_flag(name="Boss", group_ids=group)
        with self.assertRaisesRegex(ValidationError, "Boss"):
            self.own.gestor_flag_id = flag
        self.papers.gestor_flag_id = flag
        with self.assertRaisesRegex(ValidationError, "Boss"):
            self.own.gestor_flag_id = False
        self.anna.group_ids = [Command.link(group.id)]
        self.own.gestor_flag_id = False
        self.assertFalse(self.papers.gestor_flag_id)

    def test_note_is_required_by_flag(self):
        flag = self._create_flag(name="Problem", is_note_required=True)
        for note in (False, "", "  "):
            with self.subTest(note=note), self.assertRaises(ValidationError):
                self.own.write({"gestor_flag_id": flag.id, "gestor_flag_note": note})
        self.own.write({"gestor_flag_id": flag.id, "gestor_flag_note": "No power"})
        with self.assertRaises(ValidationError):
            self.own.gestor_flag_note = False
        self.assertEqual(self.papers.gestor_flag_id, flag)

    def test_user_cannot_flag_foreign_record(self):
        with self.assertRaises(AccessError):
            self.foreign_papers.with_user(
                self.anna
            ).gestor_flag_id = self._create_flag()

    def test_flag_in_use_cannot_be_deleted_but_archived(self):
        flag = self._create_flag()
        self.papers.gestor_flag_id = flag
        flag.active = False
        self.own.gestor_flag_note = "An archived flag stays"
        self.assertEqual(self.papers.gestor_flag_id, flag)

    def test_copy_has_no_flag(self):
        self.own.gestor_flag_id = self._create_flag()
        self.assertFalse(self.own[0].copy().gestor_flag_id)

    def test_field_offers_only_settable_flags(self):
        group = self.env["res.groups"].create({"name": "Test bosses"})
        flags = {
            "everywhere": self._create_flag(),
            "here": self._create_flag(model_ids=self._model_id("test.gestor.document")),
            "elsewhere": self._create_flag(
                model_ids=self._model_id("test.gestor.secret")
            ),
            "bosses": self._create_flag(group_ids=group),
        }
        domain = self.own.fields_get(["gestor_flag_id"])["gestor_flag_id"]["domain"]
        found = self.env["gestor.flag"].with_user(self.anna).search(domain)
        offered = {name for name, flag in flags.items() if flag in found}
        self.assertEqual(offered, {"everywhere", "here"})

    def test_dialog_flags_many_records(self):
        flag = self._create_flag(is_note_required=True)
        elsewhere = self._create_flag(model_ids=self._model_id("test.gestor.secret"))
        action = self.own.action_gestor_set_flag()
        dialog = self.env["gestor.flag.set"].with_user(self.anna)
        with Form(dialog.with_context(**action["context"])) as form:
            self.assertEqual(form.document_count, 2)
            self.assertNotIn(elsewhere, form.allowed_flag_ids)
            form.flag_id = flag
            form.note = "Together"
        form.record.action_apply()
        self.assertEqual(self.papers.gestor_flag_id, flag)
        self.assertEqual(self.papers.mapped("gestor_flag_note"), ["Together"] * 2)

    def test_dialog_removes_flag(self):
        self.own.gestor_flag_id = self._create_flag()
        action = self.own.action_gestor_set_flag()
        dialog = self.env["gestor.flag.set"].with_user(self.anna)
        dialog.with_context(**action["context"]).create({}).action_apply()
        self.assertFalse(self.papers.gestor_flag_id)

    def test_flagging_hundred_records_needs_few_queries(self):
        papers = self._create_papers(self.anna, 100).with_user(self.anna)
        flag = self._create_flag()
        papers[0].gestor_flag_id = flag  # warm the caches
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            papers.gestor_flag_id = flag
            papers.flush_recordset()
