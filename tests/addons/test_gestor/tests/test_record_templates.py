from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .people_common import TestPeopleCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 12:00:00")
class TestRecordTemplates(TestPeopleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner, cls.other_partner = cls.env["res.partner"].create(
            [{"name": "Client"}, {"name": "Other client"}]
        )
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "A"}, {"name": "B"}]
        )
        cls.pattern = cls._create_cases(
            cls.ala,
            partner_id=cls.partner.id,
            category_ids=cls.tags.ids,
            kind="big",
            description="<p>Long</p>",
            hours=2.5,
            is_urgent=True,
            date_due="2026-07-15",
            meeting_at="2026-07-02 08:00:00",
            number="7",
            secret="S",
            line_ids=[
                Command.create(
                    {
                        "name": "First",
                        "note": "not kept",
                        "partner_id": cls.partner.id,
                        "date_due": "2026-07-03",
                    }
                ),
                Command.create({"name": "Second", "date_due": "2026-06-29"}),
            ],
        )
        cls.env.cr.execute(
            "UPDATE test_gestor_case SET create_date = '2026-07-01 10:00:00'"
        )
        cls.env.invalidate_all()

    def _save(self, user=None):
        action = self.pattern.with_user(user or self.ala).action_gestor_save_template()
        self.assertEqual(action["res_model"], "gestor.record.template")
        templates = self.env["gestor.record.template"].with_user(user or self.ala)
        return templates.browse(action["res_id"])

    def _row(self, template, name):
        return template.value_ids.filtered(lambda row: row.field_name == name)

    def _open(self, template, user=None):
        """Return the empty form that the web client shows."""
        context = template.action_new()["context"]
        cases = self.env["test.gestor.case"].with_user(user or self.ala)
        return Form(cases.with_context(**context))

    # === From a document to a template and back ===

    def test_template_keeps_what_users_type(self):
        template = self._save()
        self.assertEqual(
            {row.field_name: row.value for row in template.value_ids},
            {
                "user_id": self.ala.id,
                "partner_id": self.partner.id,
                "category_ids": self.tags.ids,
                "kind": "big",
                "description": "<p>Long</p>",
                "hours": 2.5,
                "is_urgent": True,
                "date_due": 14,
                "meeting_at": 1,
                "line_ids": [
                    {"name": "First", "partner_id": self.partner.id, "date_due": 2},
                    {"name": "Second", "date_due": -2},
                ],
            },
        )
        self.assertEqual(template.name, self.pattern.name)
        summaries = {row.field_name: row.summary for row in template.value_ids}
        self.assertEqual(summaries["partner_id"], "Client")
        self.assertEqual(summaries["kind"], "Big")
        self.assertEqual(summaries["line_ids"], "Lines: 2")
        self.assertEqual(summaries["description"], "Long")

    def test_form_begins_with_the_template(self):
        template = self._save()
        with freeze_time("2026-08-01 12:00:00"), self._open(template) as form:
            self.assertEqual(form.partner_id, self.partner)
            self.assertEqual(str(form.date_due), "2026-08-15")
            form.name = "New one"
            case = form.save()
        self.assertEqual(case.kind, "big")
        self.assertEqual(case.category_ids, self.tags)
        self.assertEqual(case.line_ids.mapped("name"), ["First", "Second"])
        self.assertEqual(
            [str(line.date_due) for line in case.line_ids],
            ["2026-08-03", "2026-07-30"],
        )
        self.assertFalse(case.number)
        # the description is not on this form, and the lines are new ones
        self.assertFalse(case.line_ids & self.pattern.line_ids)

    def test_other_code_creates_documents_from_the_template(self):
        template = self._save()
        case, problems = template._gestor_create_document({"name": "Auto", "hours": 9})
        self.assertFalse(problems)
        self.assertEqual(case.hours, 9)
        self.assertEqual(case.description, "<p>Long</p>")
        self.assertEqual(len(case.line_ids), 2)

    def test_removed_rows_are_not_filled_in(self):
        template = self._save()
        self._row(template, "partner_id").unlink()
        with self._open(template) as form:
            self.assertFalse(form.partner_id)
            form.name = "New one"

    def test_values_are_edited_by_their_kind(self):
        template = self._save()
        for name, editor, value, kept in (
            ("kind", "value_key", "small", "small"),
            ("hours", "value_number", 4, 4),
            ("date_due", "value_days", 30, 30),
            ("partner_id", "value_res_id", self.other_partner.id, None),
            ("is_urgent", "value_boolean", False, False),
            ("description", "value_html", "<p>Short</p>", "<p>Short</p>"),
        ):
            row = self._row(template, name)
            row[editor] = value
            with self.subTest(name=name):
                self.assertEqual(row.value, value if kept is None else kept)
        self.assertEqual(self._row(template, "partner_id").summary, "Other client")

    # === What is gone ===

    def test_what_is_gone_is_told_and_left_out(self):
        template = self._save()
        self.partner.unlink()
        self.tags[0].unlink()
        self._row(template, "kind").value = "huge"
        self.env.cr.execute(
            "UPDATE gestor_record_template_value SET field_name = 'gone'"
            " WHERE field_name = 'hours'"
        )
        self.env.invalidate_all()
        vals, problems = template._gestor_prepare_vals()
        self.assertEqual(problems, ["Partner", "Category", "Kind", "gone", "Partner"])
        self.assertNotIn("partner_id", vals)
        self.assertEqual(vals["category_ids"], [Command.set(self.tags[1].ids)])
        self.assertEqual(vals["line_ids"][0][2].keys(), {"name", "date_due"})
        result = (
            self.env["test.gestor.case"]
            .with_user(self.ala)
            .with_context(**template.action_new()["context"])
            .onchange({}, [], {"kind": {}, "hours": {}, "is_urgent": {}})
        )
        self.assertIn("Kind", result["warning"]["message"])
        self.assertTrue(result["value"]["is_urgent"])

    def test_record_of_another_company_is_left_out(self):
        template = self._save()
        template.sudo().is_shared = True
        self.partner.company_id = self.env["res.company"].create({"name": "Second"})
        _vals, problems = template.with_user(self.bea)._gestor_prepare_vals()
        self.assertIn("Partner", problems)

    # === Rights ===

    def test_own_templates_are_private_and_shared_ones_are_everybodys(self):
        own = self._save()
        shared = self._save(self.boss_with_rights())
        templates = self.env["gestor.record.template"].with_user(self.bea)
        self.assertEqual(templates.search([]), shared.with_user(self.bea))
        self.assertTrue(shared.with_user(self.bea).value_ids)
        for act in (
            lambda: own.with_user(self.bea).action_new(),
            lambda: shared.with_user(self.bea).write({"name": "Mine"}),
            lambda: own.write({"is_shared": True}),
            lambda: shared.with_user(self.bea).value_ids.unlink(),
        ):
            with self.assertRaises(AccessError):
                act()
        own.name = "Renamed"

    def boss_with_rights(self):
        self._join(self.pattern, self.boss)
        return self.boss

    def test_closed_fields_do_not_pass_through_a_template(self):
        template = self._save(self.boss_with_rights())
        self.assertEqual(self._row(template, "secret").value, "S")
        _vals, problems = template.with_user(self.bea)._gestor_prepare_vals()
        self.assertEqual(problems, ["Secret"])

    def test_rights_of_the_user_decide_about_the_new_document(self):
        template = self._save(self.boss_with_rights())
        # Ala is the guardian in the template: Bea may not create for her
        with self.assertRaises(AccessError):
            template.with_user(self.bea)._gestor_create_document({"name": "X"})
        employee = self._create_user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            template.with_user(employee).action_new()

    def test_template_of_another_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Second"})
        shared = self._save(self.boss_with_rights())
        shared.sudo().company_id = company
        self.assertFalse(shared.with_user(self.bea).search([]))
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.bea.company_id.id}
        )
        shared.sudo().company_id = self.bea.company_id
        self.bea.write({"company_ids": branch.ids, "company_id": branch.id})
        self.assertTrue(shared.with_user(self.bea).search([]))

    # === Begin with it ===

    def test_default_template_fills_new_forms_own_before_shared(self):
        shared = self._save(self.boss_with_rights())
        shared.is_default = True
        self._row(shared, "user_id").unlink()
        self._row(shared, "secret").unlink()
        own = self._save(self.bea_as_guardian())
        self._row(own, "hours").value = 8
        own.is_default = True
        cases = self.env["test.gestor.case"]
        for user, hours in ((self.cyryl, 2.5), (self.bea, 8)):
            with self.subTest(user=user.login):
                form = Form(cases.with_user(user))
                self.assertEqual(form.hours, hours)
        # what the screen already knows goes first; code is not touched at all
        form = Form(cases.with_user(self.cyryl).with_context(default_hours=1))
        self.assertEqual(form.hours, 1)
        made = cases.with_user(self.cyryl).create(
            {"name": "By code", "user_id": self.cyryl.id}
        )
        self.assertFalse(made.hours)

    def bea_as_guardian(self):
        self.pattern.user_id = self.bea
        return self.bea

    # === Refused ===

    def test_bad_rows_and_empty_documents_are_refused(self):
        template = self._save()
        for name in ("number", "message_ids", "gestor_flag_id", "nothing"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                template.value_ids = [Command.create({"field_name": name, "value": 1})]
        empty = self._create_cases(self.ala).sudo()
        empty.user_id = False
        with self.assertRaises(UserError):
            empty.action_gestor_save_template()
