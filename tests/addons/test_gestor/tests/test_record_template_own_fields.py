from odoo.tests import Form, freeze_time, tagged

from .own_fields_common import TestOwnFieldsCommon

FIELD = "gestor_properties"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 12:00:00")
class TestRecordTemplateOwnFields(TestOwnFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.lang = "en_US"
        cls.note = cls._create_field("Note")
        cls.trade = cls._create_field("Trade", "dictionary")
        cls.inspection = cls._create_field("Inspection", "date")
        cls.pattern = cls.papers[0].with_user(cls.anna)
        cls.pattern[FIELD] = {
            cls.note.code: "usual",
            cls.trade.code: cls.dairy.id,
            cls.inspection.code: "2026-07-15",
        }
        cls.env.cr.execute(
            "UPDATE test_gestor_document SET create_date = '2026-07-01 10:00:00'"
        )
        cls.env.invalidate_all()

    def _save(self):
        action = self.pattern.action_gestor_save_template()
        templates = self.env["gestor.record.template"].with_user(self.anna)
        return templates.browse(action["res_id"])

    def _open(self, template):
        context = template.action_new()["context"]
        papers = self.env["test.gestor.document"].with_user(self.anna)
        return Form(papers.with_context(**context))

    def test_template_says_which_own_values_it_keeps(self):
        row = self._save().value_ids.filtered(lambda row: row.field_name == FIELD)
        self.assertEqual(row.label, "Own fields")
        self.assertTrue(
            row.summary.startswith("Note: usual; Trade: Dairy; Inspection: ")
        )

    def test_form_begins_with_the_own_values_counted_from_the_day(self):
        template = self._save()
        with freeze_time("2026-08-01 12:00:00"):
            form = self._open(template)
            form.name = "New"
            paper = form.save()
        self.assertEqual(
            self._values(paper),
            {
                self.note.code: "usual",
                self.trade.code: self.dairy.id,
                self.inspection.code: "2026-08-15",
            },
        )

    def test_code_makes_a_document_with_the_own_values(self):
        paper, problems = self._save()._gestor_create_document({"name": "New"})
        self.assertEqual(problems, [])
        self.assertEqual(self._values(paper)[self.trade.code], self.dairy.id)

    def test_what_is_archived_or_gone_is_left_out_and_named(self):
        template = self._save()
        self.dairy.active = False
        self.note.active = False
        vals, problems = template._gestor_prepare_vals()
        self.assertEqual(vals[FIELD], {self.inspection.code: "2026-07-15"})
        self.assertEqual(problems, [self.note.code, "Trade"])

    def test_template_of_a_document_without_own_values_has_no_row(self):
        self.pattern[FIELD] = dict.fromkeys(self.pattern[FIELD]._values, False)
        self.pattern.date_due = "2026-07-09"
        self.assertNotIn(FIELD, self._save().value_ids.mapped("field_name"))

    def test_test_run_of_a_step_tells_the_own_values(self):
        handler = self.env["gestor.auto.handler.document"]
        params = {"model": self.pattern._name, "template_id": self._save().id}
        told = dict(handler._preview(params, self.papers[1]))
        self.assertEqual(told["Trade"], "Dairy")
