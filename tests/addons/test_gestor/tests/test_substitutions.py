from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .people_common import TestPeopleCommon

BEFORE = "2026-07-05 12:00:00"
DURING = "2026-07-10 12:00:00"
AFTER = "2026-07-20 12:00:00"
HOLIDAY = {"date_from": "2026-07-06", "date_to": "2026-07-17"}


@tagged("post_install", "-at_install")
@freeze_time(BEFORE)
class TestSubstitutions(TestPeopleCommon):
    # === What the substitute sees ===

    def test_substitute_sees_and_changes_from_day_to_day(self):
        """The rule is remembered per user; the clock is asked at each query."""
        self._substitute(self.ala, self.bea, **HOLIDAY)
        case = self.cases[0].with_user(self.bea)
        own = self.other_case.ids
        # without the cron: seeing depends on the clock alone
        for moment, expected in (
            ("2026-07-05 21:59:59", own),  # 23:59:59 in Warsaw
            ("2026-07-05 22:00:00", self.cases.ids + own),
            ("2026-07-17 21:59:59", self.cases.ids + own),
            ("2026-07-17 22:00:00", own),
        ):
            with self.subTest(moment=moment), self._at(moment, switch=False):
                self.assertCountEqual(self._seen_by(self.bea).ids, expected)
                inside = len(expected) > 1
                self.assertEqual(case.has_access("read"), inside)
                self.assertEqual(case.has_access("write"), inside)
                self.assertEqual(case.gestor_is_mine, inside)
                self.assertFalse(case.has_access("unlink"))

    def test_days_are_those_of_the_absent_person(self):
        self.ala.tz = "Asia/Tokyo"
        substitution = self._substitute(self.ala, self.bea, **HOLIDAY)
        self.assertEqual(str(substitution.start_at), "2026-07-05 15:00:00")
        self.assertEqual(str(substitution.stop_at), "2026-07-17 15:00:00")
        self.ala.tz = False
        self.ala.company_id.partner_id.tz = "Europe/Warsaw"
        substitution.invalidate_recordset()
        self.assertEqual(str(substitution.start_at), "2026-07-05 22:00:00")

    def test_substitute_takes_part_in_what_the_absent_one_does(self):
        self._join(self.cases[1], self.cyryl)
        self._substitute(self.cyryl, self.bea, **HOLIDAY)
        case = self.cases[1].with_user(self.bea)
        with self._at(DURING):
            self.assertTrue(case.has_access("read"))
            self.assertFalse(case.has_access("write"))
            mine = case.search([("gestor_is_mine", "=", True)])
            self.assertEqual(mine, (case | self.other_case).with_user(self.bea))
            not_mine = case.search([("gestor_is_mine", "=", False)])
            self.assertFalse(not_mine)
            self.assertFalse(case.gestor_is_in_charge)

    def test_substitution_of_an_area_covers_that_area(self):
        for substitute, model in (
            (self.bea, "test.gestor.document"),
            (self.cyryl, "test.gestor.case"),
        ):
            area = [Command.create({"model": model})]
            self._substitute(self.ala, substitute, area_ids=area, **HOLIDAY)
        with (
            self.assertRaisesRegex(ValidationError, "already"),
            self.env.cr.savepoint(),
        ):
            self._substitute(self.ala, self.boss, area_ids=area, **HOLIDAY)
        with self._at(DURING):
            self.assertFalse(self.cases[0].with_user(self.bea).has_access("read"))
            self.assertTrue(self.cases[0].with_user(self.cyryl).has_access("write"))
            self.assertEqual(self.bea._gestor_acting_for(), self.ala)
            self.assertEqual(
                self.bea._gestor_acting_for("test.gestor.document"), self.ala
            )
            self.assertFalse(self.bea._gestor_acting_for("test.gestor.case"))

    def test_substitute_of_another_company_sees_only_shared_ones(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.ala.company_ids |= company
        self.cyryl.write({"company_ids": company.ids, "company_id": company.id})
        foreign = self._create_cases(self.ala, company_id=company.id)
        self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            seen = self._seen_by(self.bea)
            self.assertNotIn(foreign.id, seen.ids)
            self.assertIn(self.cases[0].id, seen.ids)
        self.ala.company_ids -= company
        with self.assertRaisesRegex(ValidationError, "any company"):
            self._substitute(self.ala, self.cyryl, date_from="2026-08-01")

    def test_acting_for_costs_no_query(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            self.bea._gestor_acting_for()
            with self.assertQueryCount(0):
                self.bea._gestor_acting_for("test.gestor.case")
                self.cyryl._gestor_acting_for("test.gestor.case")

    # === Work ===

    def test_open_activities_go_and_come_back(self):
        due = self._plan(self.cases[0], self.ala, "2026-07-08")
        late = self._plan(self.cases[0], self.ala, "2026-08-30")
        done = self._plan(self.cases[1], self.ala, "2026-07-09")
        substitution = self._substitute(self.ala, self.bea, **HOLIDAY)
        self.assertEqual(substitution.state, "planned")
        with self._at(DURING):
            self.assertEqual(substitution.state, "active")
            self.assertEqual((due | done).user_id, self.bea)
            self.assertEqual(due.gestor_for_user_id, self.ala)
            self.assertEqual(late.user_id, self.ala)
            done.with_user(self.bea).action_feedback("Called")
        with self._at(AFTER):
            self.assertEqual(substitution.state, "ended")
            self.assertEqual(due.user_id, self.ala)
            self.assertFalse(due.gestor_for_user_id)
            self.assertEqual(done.with_context(active_test=False).user_id, self.bea)

    def test_open_activities_stay_when_told_so(self):
        due = self._plan(self.cases[0], self.ala, "2026-07-08")
        self._substitute(self.ala, self.bea, is_open_included=False, **HOLIDAY)
        with self._at(DURING):
            self.assertEqual(due.user_id, self.ala)

    def test_new_activity_for_the_absent_one_goes_to_the_substitute(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            due = self._plan(self.cases[0], self.ala, "2026-07-11")
            late = self._plan(self.cases[0], self.ala, "2026-07-30")
            own = self._plan(self.cases[0], self.ala, "2026-07-11", by=self.ala)
            moved = self._plan(self.cases[0], self.cyryl, "2026-07-11")
            moved.user_id = self.ala
            self.assertEqual((due | moved).user_id, self.bea)
            self.assertEqual((due | moved).gestor_for_user_id, self.ala)
            self.assertEqual((late | own).user_id, self.ala)
            passed_on = self._plan(self.cases[0], self.ala, "2026-07-11")
            passed_on.with_user(self.bea).user_id = self.cyryl
            self.assertFalse(passed_on.gestor_substitution_id)
        with self._at(AFTER):
            self.assertEqual((due | moved).user_id, self.ala)
            self.assertEqual(passed_on.user_id, self.cyryl)

    def test_activities_of_two_substitutions_keep_apart(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        self._substitute(self.cyryl, self.boss, **HOLIDAY)
        with self._at(DURING):
            pair = self._plan(self.cases[0], self.ala, "2026-07-11") | self._plan(
                self.cases[1], self.cyryl, "2026-07-11"
            )
            self.assertEqual(pair.user_id, self.bea | self.boss)
        with self._at(AFTER):
            self.assertEqual(pair[0].user_id, self.ala)
            self.assertEqual(pair[1].user_id, self.cyryl)

    def test_notifications_are_copied_to_a_substitute_who_may_read(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        self._substitute(self.cyryl, self.boss, **HOLIDAY)
        self.cases[0].message_subscribe((self.ala | self.cyryl).partner_id.ids)
        with self._at(DURING):
            message = self.cases[0].message_post(
                body="News", subtype_xmlid="mail.mt_comment"
            )
            reached = message.notified_partner_ids
            self.assertIn(self.bea.partner_id, reached)
            # who stands in for a mere follower may not open the case
            self.assertNotIn(self.boss.partner_id, reached)
        with self._at(AFTER):
            message = self.cases[0].message_post(
                body="Old", subtype_xmlid="mail.mt_comment"
            )
            self.assertNotIn(self.bea.partner_id, message.notified_partner_ids)

    def test_substitute_is_told_of_a_new_guardianship(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            case = self._create_cases(self.cyryl)
            tracked = {"tracking_disable": False, "mail_notrack": False}
            case.with_context(**tracked).user_id = self.ala
            told = self.env["mail.message"].search(
                [("model", "=", case._name), ("res_id", "=", case.id)]
            )
            self.assertIn(self.bea.partner_id, told.notified_partner_ids)

    # === By hand ===

    def test_away_and_back_by_hand(self):
        self.ala.with_user(self.ala).gestor_substitute_id = self.bea
        due = self._plan(self.cases[0], self.ala, "2026-12-24")
        me = self.ala.with_user(self.ala)
        me.action_gestor_away()
        self.assertTrue(me.gestor_is_away)
        self.assertEqual(due.user_id, self.bea)
        self.assertEqual(self.bea._gestor_acting_for(), self.ala)
        info = self.env["res.users"].with_user(self.bea)._get_gestor_substitution_info()
        self.assertEqual(
            info,
            {"is_away": False, "acting_for": [{"name": self.ala.name, "until": False}]},
        )
        me.action_gestor_back()
        self.assertFalse(self.bea._gestor_acting_for())
        self.assertEqual(due.user_id, self.ala)
        self.assertFalse(me.gestor_is_away)
        self.assertFalse(self.cases[0].with_user(self.bea).has_access("read"))

    def test_away_without_default_substitute_asks_for_one(self):
        action = self.ala.with_user(self.ala).action_gestor_away()
        self.assertEqual(action["res_model"], "gestor.substitution")
        self.assertEqual(action["context"], {"default_user_id": self.ala.id})

    def test_longer_and_shorter_absence(self):
        substitution = self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            substitution.date_to = "2026-07-25"
        with self._at(AFTER):
            self.assertEqual(self.bea._gestor_acting_for(), self.ala)
            substitution.date_to = "2026-07-19"
            self.assertEqual(substitution.state, "ended")
            self.assertFalse(self.bea._gestor_acting_for())

    # === Refused ===

    def test_overlap_circle_and_chain_are_refused(self):
        self._substitute(self.ala, self.bea, **HOLIDAY)
        inside = {"date_from": "2026-07-17", "date_to": "2026-07-30"}
        for user, substitute, message in (
            (self.ala, self.cyryl, "already"),
            (self.bea, self.ala, "each other"),
            (self.cyryl, self.ala, "is away"),
            (self.bea, self.cyryl, "End that"),
        ):
            with (
                self.subTest(message=message),
                self.assertRaisesRegex(ValidationError, message),
                self.env.cr.savepoint(),
            ):
                self._substitute(user, substitute, **inside)
        # the day after everything is free again; so are other areas
        later = {"date_from": "2026-07-18", "date_to": "2026-07-30"}
        self.assertTrue(self._substitute(self.bea, self.ala, **later))
        self.assertTrue(self._substitute(self.cyryl, self.boss, **inside))

    def test_bad_substitutions_are_refused(self):
        portal = self._create_user("client", "base.group_portal")
        with self.assertRaisesRegex(ValidationError, "active employees"):
            self._substitute(self.ala, portal)
        for vals in (
            {"substitute_id": self.ala.id},
            {"date_from": "2026-07-06", "date_to": "2026-07-05"},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._substitute(self.ala, self.bea, **vals)

    def test_begun_substitution_is_history(self):
        substitution = self._substitute(self.ala, self.bea, **HOLIDAY)
        with self._at(DURING):
            with self.assertRaises(UserError):
                substitution.substitute_id = self.cyryl
            with self.assertRaises(UserError):
                substitution.unlink()
            substitution.action_end()
            with self.assertRaises(UserError):
                substitution.date_to = date(2026, 8, 1)
        planned = self._substitute(
            self.ala, self.cyryl, date_from="2026-09-01", date_to="2026-09-02"
        )
        planned.substitute_id = self.bea
        planned.unlink()

    def test_users_plan_their_own_absence_and_managers_all(self):
        with self.assertRaises(AccessError):
            self._substitute(self.ala, self.bea, by=self.bea, **HOLIDAY)
        with self.assertRaises(AccessError):
            self.ala.with_user(self.bea).action_gestor_away()
        substitution = self._substitute(self.ala, self.bea, by=self.boss, **HOLIDAY)
        with self.assertRaises(AccessError):
            substitution.with_user(self.bea).action_end()
        with self.assertRaises(AccessError):
            self.cyryl.with_user(self.bea).gestor_substitute_id = self.bea
        self.assertTrue(substitution.with_user(self.bea).has_access("read"))
        substitution.with_user(self.ala).action_end()
        self.assertEqual(substitution.state, "ended")

    def test_broken_substitution_does_not_stop_the_others(self):
        first = self._substitute(self.ala, self.bea, **HOLIDAY)
        second = self._substitute(self.cyryl, self.boss, **HOLIDAY)
        model = self.env.registry["gestor.substitution"]
        hand_over = model._hand_over

        def fail(substitution):
            if substitution == first:
                raise UserError("Broken")
            return hand_over(substitution)

        self.patch(model, "_hand_over", fail)
        logger = "odoo.addons.gestor_base.models.gestor_substitution"
        with self.assertLogs(logger, "ERROR"), self._at(DURING):
            self.assertEqual(first.state, "planned")
            self.assertEqual(second.state, "active")

    def test_cron_is_woken_at_the_right_moments(self):
        cron = self.env.ref("gestor_base.gestor_substitution_cron_switch")
        self._substitute(self.ala, self.bea, **HOLIDAY)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(
            {"2026-07-05 22:00:00", "2026-07-17 22:00:00"}
            <= {str(moment) for moment in triggers.mapped("call_at")}
        )
