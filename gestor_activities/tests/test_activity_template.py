import doctest
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..lib import planned_time
from .common import NOW, OWN, GestorActivitiesCommon, at


class TemplateCommon(GestorActivitiesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.pl")
        cls.templates = cls.env["gestor.activity.template"]
        cls.visit = cls._create_template(
            type_id=cls.types["meeting"].id,
            name="First visit",
            subject="Get to know the client",
            description="<p>Take the samples</p>",
            priority="2",
            location="At the client's",
            hours=2,
            offset_days=1,
            is_at_hour=True,
            hour=10.5,
            finish_rule="all",
            executor_ids=[
                Command.create({"rule": "guardian"}),
                Command.create({"rule": "responsible"}),
                Command.create({"rule": "user", "user_id": cls.desk.id}),
            ],
        )
        cls.client_a.user_id = cls.piotr

    @classmethod
    def _create_template(cls, **vals):
        return cls.templates.create(
            {"name": "Template", "type_id": cls.types["task"].id, **vals}
        )

    def _make(self, template, *args, **kwargs):
        return template.with_user(self.anna)._gestor_create_activities(*args, **kwargs)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityTemplate(TemplateCommon):
    # === In batch ===

    def test_user_makes_one_activity_for_each_client(self):
        clients = self.client_a | self.client_b
        found = self._make(self.visit, datetime(2026, 11, 30, 12), clients)
        self.assertEqual(found.mapped("partner_id"), clients)
        first, second = found
        self.assertEqual(first.name, "Get to know the client")
        self.assertEqual(first.template_id, self.visit)
        self.assertEqual(first.kind, "meeting")
        self.assertEqual(first.priority, "2")
        self.assertEqual(first.finish_rule, "all")
        self.assertEqual(first.user_id, self.anna)
        # half past ten in Warsaw
        self.assertEqual(first.planned_start_at, datetime(2026, 12, 1, 9, 30))
        self.assertEqual(first.planned_stop_at, datetime(2026, 12, 1, 11, 30))
        self.assertEqual(first.executor_ids.user_id, self.piotr | self.anna | self.desk)
        # nobody looks after the other one
        self.assertEqual(second.executor_ids.user_id, self.anna | self.desk)

    def test_user_makes_activities_of_many_templates_in_order(self):
        call = self._create_template(type_id=self.types["phone"].id, name="Call")
        parent = self._create_activity()
        # who sees only his or her own work plans none for others
        found = (
            (call | self.visit)
            .with_user(self.desk)
            ._gestor_create_activities(
                at(8),
                user=self.piotr,
                parent=parent,
                vals={"location": "Here"},
            )
        )
        self.assertEqual(found.mapped("kind"), ["phone", "meeting"])
        self.assertEqual(found.mapped("name"), ["Call", "Get to know the client"])
        self.assertEqual(found.parent_id, parent)
        self.assertEqual(found.user_id, self.piotr)
        self.assertEqual(set(found.mapped("location")), {"Here"})
        self.assertFalse(found.partner_id)
        self.assertEqual(found[0].executor_ids.user_id, self.piotr)
        self.assertEqual(found[0].planned_start_at, at(8))

    def test_working_days_pass_over_weekends_and_holidays(self):
        template = self._create_template(offset_days=2, is_working_days=True)
        # 6 January is a holiday in Poland
        found = self._make(template, datetime(2027, 1, 5, 8))
        self.assertEqual(found.planned_start_at, datetime(2027, 1, 8, 8))
        template.offset_days = -1
        found = self._make(template, datetime(2027, 1, 4, 8))
        self.assertEqual(found.planned_start_at.date(), date(2026, 12, 31))

    def test_day_as_the_base_begins_at_the_hour(self):
        template = self._create_template(hour=7)
        found = self._make(template, date(2026, 7, 1))
        self.assertEqual(found.planned_start_at, datetime(2026, 7, 1, 5))

    def test_who_left_is_passed_over(self):
        self.piotr.active = False
        found = self._make(self.visit, at(8), self.client_a)
        self.assertEqual(found.executor_ids.user_id, self.anna | self.desk)

    def test_note_is_not_planned(self):
        note = self._create_template(type_id=self.types["note"].id)
        found = self._make(note, at(8))
        self.assertFalse(found.planned_start_at)
        self.assertFalse(found.executor_ids)

    # === In a form ===

    def _open(self, **context):
        context = {f"default_{name}": value for name, value in context.items()}
        activities = self.env["gestor.activity"].with_user(self.anna)
        return Form(activities.with_context(**context))

    def test_chosen_template_fills_only_what_is_empty(self):
        form = self._open(type_id=self.types["meeting"].id)
        form.name = "My words"
        form.partner_id = self.client_a
        form.template_id = self.visit
        activity = form.save()
        self.assertEqual(activity.name, "My words")
        self.assertEqual(activity.location, "At the client's")
        self.assertIn("samples", activity.description)
        self.assertEqual(activity.planned_start_at, datetime(2026, 11, 28, 9, 30))
        self.assertEqual(activity.planned_stop_at, datetime(2026, 11, 28, 11, 30))
        self.assertEqual(
            activity.executor_ids.user_id, self.piotr | self.anna | self.desk
        )

    def test_chosen_time_stays(self):
        form = self._open(template_id=self.visit.id, planned_start_at=at(14))
        self.assertEqual(form.type_id, self.types["meeting"])
        activity = form.save()
        self.assertEqual(activity.planned_start_at, at(14))
        self.assertEqual(activity.planned_stop_at, at(16))

    def test_new_form_begins_with_the_template_of_its_type(self):
        self.visit.is_default = True
        form = self._open()
        self.assertFalse(form.template_id)
        form.type_id = self.types["meeting"]
        self.assertEqual(form.template_id, self.visit)
        self.assertEqual(form.name, "Get to know the client")
        form = self._open(type_id=self.types["meeting"].id)
        self.assertEqual(form.template_id, self.visit)
        self.assertEqual(form.save().location, "At the client's")

    def test_plain_create_takes_no_template(self):
        self._create_template(is_default=True, location="Nowhere")
        activity = self._create_activity()
        self.assertFalse(activity.template_id)
        self.assertFalse(activity.location)

    def test_saved_activity_is_not_filled_again(self):
        activity = self._create_activity(kind="meeting")
        with Form(activity.with_user(self.anna)) as form:
            form.template_id = self.visit
        self.assertFalse(activity.location)

    def test_own_company_goes_before_all_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        meeting = self.types["meeting"]
        self.visit.is_default = True
        own, theirs = (
            self._create_template(
                type_id=meeting.id, is_default=True, company_id=company.id
            )
            for company in (self.env.company, other)
        )
        get_default = self.templates.with_user(self.anna)._gestor_get_default
        self.assertEqual(get_default(meeting, self.env.company), own)
        own.active = False
        self.assertEqual(get_default(meeting, self.env.company), self.visit)
        self.assertFalse(theirs.with_user(self.anna).has_access("read"))

    # === The dialog ===

    def _open_dialog(self, records):
        return Form(
            self.env["gestor.activity.from.template"]
            .with_user(self.anna)
            .with_context(active_model=records._name, active_ids=records.ids)
        )

    def test_dialog_makes_activities_for_the_clients_of_an_activity(self):
        activity = self._create_activity(partner_id=self.client_a.id)
        form = self._open_dialog(activity)
        form.template_id = self.visit
        action = form.save().action_create()
        found = self.env["gestor.activity"].browse(action["res_id"])
        self.assertEqual(found.parent_id, activity)
        self.assertEqual(found.partner_id, self.client_a)

    def test_dialog_makes_activities_for_many_clients(self):
        form = self._open_dialog(self.client_a | self.client_b)
        form.template_id = self.visit
        action = form.save().action_create()
        found = self.env["gestor.activity"].search(action["domain"])
        self.assertEqual(found.partner_id, self.client_a | self.client_b)

    def test_dialog_knows_the_template_it_was_opened_on(self):
        form = self._open_dialog(self.visit)
        self.assertEqual(form.template_id, self.visit)
        self.assertEqual(self.visit.action_new()["res_model"], "gestor.activity")

    # === Rules and rights ===

    @mute_logger("odoo.sql_db")
    def test_bad_templates_are_refused(self):
        self.visit.is_default = True
        meeting = self.types["meeting"].id
        for error, vals in (
            (UniqueViolation, {"type_id": meeting, "is_default": True}),
            (CheckViolation, {"hour": 24}),
            (CheckViolation, {"hours": -1}),
            (CheckViolation, {"offset_days": 1_000_000}),
            (CheckViolation, {"executor_ids": [Command.create({"rule": "user"})]}),
        ):
            with self.subTest(vals=vals), self.assertRaises(error):
                with self.env.cr.savepoint():
                    self._create_template(**vals)
        self.assertFalse(self.visit.copy().is_default)

    def test_rights_of_templates(self):
        self._assert_rights(
            {"gestor.activity.template.executor": {"user": "read", "manager": "read"}}
        )
        with self.assertRaises(AccessError):
            self.visit.with_user(self.desk).name = "Mine"
        self.visit.with_user(self.chief).name = "Mine"
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "act_template_stranger",
            groups=OWN,
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        rows = self.visit.executor_ids.with_user(stranger)
        self.assertTrue(rows.has_access("read"))
        self.visit.executor_ids[2].unlink()
        self.visit.company_id = self.env.company
        with self.assertRaises(AccessError):
            rows[0].read(["rule"])
        with self.assertRaises(AccessError):
            self.visit.with_user(stranger)._gestor_create_activities(at(8))


@tagged("post_install", "-at_install")
class TestPlannedTime(BaseCase):
    def test_engine_does_as_its_examples(self):
        result = doctest.testmod(planned_time)
        self.assertGreater(result.attempted, 2)
        self.assertFalse(result.failed)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityTemplatePerformance(TemplateCommon):
    def test_many_clients_cost_what_the_host_costs(self):
        clients = self.env["res.partner"].create(
            [
                {"name": f"Client {number}", "user_id": self.piotr.id}
                for number in range(102)
            ]
        )
        task = self._create_template(
            offset_days=3,
            is_working_days=True,
            executor_ids=[Command.create({"rule": "guardian"})],
        )

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._make(task, at(8), partners)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(clients[:2])
        few, many = count(clients[2:12]), count(clients[12:])
        # the host looks up the followers of each document that somebody answers for
        self.assertLessEqual(many - few, 80 + 8)
