from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityScreens(GestorActivitiesCommon):
    def test_end_before_start_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Work cannot end before"):
            self._create_activity(start=9, stop=8)

    def test_form_takes_the_end_along_and_warns(self):
        activities = self.env["gestor.activity"].with_user(self.anna)
        with Form(activities) as form:
            form.name = "Sunday"
            form.planned_start_at = at(8, day=6)
            self.assertGreaterEqual(form.planned_stop_at, form.planned_start_at)
            self.assertIn("working hours", form.planning_warning)

    def test_form_of_a_visit_takes_the_place_of_service(self):
        service, letters = self.env["res.partner"].create(
            [
                {"parent_id": self.client_a.id, "type": kind, "street": kind}
                for kind in ("gestor_service", "gestor_correspondence")
            ]
        )
        activities = self.env["gestor.activity"].with_user(self.anna)
        with Form(activities) as form:
            form.name = "Visit"
            form.type_id = self.types["meeting"]
            form.partner_id = self.client_a
            self.assertEqual(form.address_id, service)
            # what was chosen by hand stays
            form.address_id = letters
            form.partner_id = self.client_a
            self.assertEqual(form.address_id, letters)
            form.partner_id = self.client_b
            self.assertFalse(form.address_id)
        with Form(activities) as form:
            form.name = "Letter"
            form.type_id = self.env.ref("gestor_activities.gestor_activity_type_letter")
            form.partner_id = self.client_a
            self.assertEqual(form.address_id, letters)

    def test_kanban_shows_each_state_and_dragging_moves(self):
        activity = self._create_activity()
        groups = activity.with_context(read_group_expand=True).web_read_group(
            [("id", "=", activity.id)], ["state"], ["__count"]
        )["groups"]
        self.assertEqual(len(groups), 5)
        activity.web_save({"state": "in_progress"}, {})
        self.assertTrue(activity.real_start_at)

    def test_quick_create_numbers_and_assigns(self):
        name_id, _name = (
            self.env["gestor.activity"].with_user(self.anna).name_create("Quick")
        )
        activity = self.env["gestor.activity"].browse(name_id)
        self.assertTrue(activity.number)
        self.assertEqual(activity.executor_ids.user_id, self.anna)

    def test_links_and_panel_stand_on_the_activity(self):
        first, second = self._create_activity(name="A"), self._create_activity(name="B")
        first._gestor_link(second)
        self.assertEqual(first._gestor_linked("gestor.activity"), second)
        info = self.env["gestor.info"].with_user(self.anna)
        self.assertTrue(info.get_info("gestor.activity", first.id))

    def test_author_who_lost_it_adds_nobody(self):
        activity = self._create_activity(self.anna, self.anna, user_id=self.anna.id)
        activity.sudo().write(
            {
                "user_id": self.piotr.id,
                "executor_ids": [
                    Command.clear(),
                    Command.create({"user_id": self.piotr.id}),
                ],
            }
        )
        # as if another day
        self.cr.execute(
            "UPDATE gestor_activity SET create_date = create_date - interval '1 day' "
            "WHERE id = %s",
            (activity.id,),
        )
        activity.invalidate_recordset()
        for model, vals in (
            ("gestor.activity.executor", {"user_id": self.anna.id}),
            ("gestor.activity.client", {"partner_id": self.client_a.id}),
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.anna).create(
                    {"activity_id": activity.id, **vals}
                )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityClientCard(GestorActivitiesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "parent_id": cls.client_a.id}
        )

    def test_own_user_counts_open_ones_that_he_may_read(self):
        self._create_activity(partner_id=self.client_a.id)
        self._create_activity(partner_id=self.contact.id)
        self._create_activity(partner_id=self.client_a.id).action_cancel()
        self._create_activity(self.piotr, partner_id=self.client_a.id)
        both = self.client_a | self.contact | self.client_b
        counts = both.with_user(self.anna).mapped("gestor_activity_count")
        self.assertEqual(counts, [2, 1, 0])
        action = self.client_a.with_user(self.anna).action_gestor_activities()
        found = (
            self.env["gestor.activity"].with_user(self.anna).search(action["domain"])
        )
        self.assertEqual(len(found), 3)

    def test_client_and_contact_of_one_activity_count_once(self):
        self._create_activity(
            client_ids=[
                Command.create({"partner_id": self.client_a.id}),
                Command.create({"partner_id": self.contact.id}),
            ]
        )
        self.assertEqual(self.client_a.with_user(self.anna).gestor_activity_count, 1)

    def test_employee_without_activities_opens_the_card(self):
        clerk = self._create_user("act_clerk", "gestor_base.gestor_base_group_user")
        view = self.env["res.partner"].with_user(clerk).get_view(view_type="form")
        self.assertNotIn("gestor_activity_count", view["arch"])
        own = self.env["res.partner"].with_user(self.anna).get_view(view_type="form")
        self.assertIn("gestor_activity_count", own["arch"])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkingHours(GestorActivitiesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nights = cls.env["resource.calendar"].create(
            {
                "name": "Nights",
                "tz": "Europe/Warsaw",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Night",
                                "dayofweek": str(day),
                                "hour_from": 18,
                                "hour_to": 23,
                                "day_period": "afternoon",
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )

    def test_user_sets_his_own_hours_and_is_warned_by_them(self):
        user = self.anna.with_user(self.anna)
        user.write({"gestor_working_hours_id": self.nights.id})
        self.assertEqual(self.anna.resource_ids.calendar_id, self.nights)
        self.assertIn("working hours", self._create_activity().planning_warning)
        self.assertFalse(self._create_activity(start=18, stop=19).planning_warning)
        user.write({"gestor_working_hours_id": False})
        self.assertFalse(user.gestor_working_hours_id)
        self.assertEqual(len(self.anna.resource_ids), 1)

    def test_user_does_not_set_the_hours_of_another(self):
        with self.assertRaises(AccessError):
            self.piotr.with_user(self.anna).write(
                {"gestor_working_hours_id": self.nights.id}
            )
