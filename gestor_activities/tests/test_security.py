from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import NOW, GestorActivitiesCommon

READ = "read"
ALL = "read write create unlink"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivitiesSecurity(GestorActivitiesCommon):
    def test_rights_of_each_role(self):
        self._assert_rights(
            {
                "gestor.activity": {},
                "gestor.activity.executor": {},
                "gestor.activity.client": {},
                "gestor.activity.type": {
                    "employee": READ,
                    "user": READ,
                    "manager": READ,
                },
                "gestor.activity.category": {
                    "employee": READ,
                    "user": READ,
                    "manager": READ,
                },
                "gestor.activity.result": {
                    "employee": READ,
                    "user": READ,
                    "manager": READ,
                },
                "gestor.activity.template": {"user": READ, "manager": READ},
            }
        )
        for model in ("gestor.activity", "gestor.activity.type"):
            for operation in ALL.split():
                self.assertTrue(
                    self.env[model].with_user(self.chief).has_access(operation)
                )
        for operation in ("write", "create", "unlink"):
            self.assertFalse(
                self.env["gestor.activity.type"]
                .with_user(self.desk)
                .has_access(operation)
            )

    def test_own_means_own(self):
        mine = self._create_activity()
        theirs = self._create_activity(self.piotr)
        together = self._create_activity(self.piotr, self.piotr, self.anna)
        nobody = self._create_activity(self.desk, user_id=False)
        activities = self.env["gestor.activity"].with_user(self.anna)
        all_ids = (mine | theirs | together | nobody).ids
        found = activities.search([("id", "in", all_ids)])
        self.assertEqual(found, mine | together | nobody)
        with self.assertRaises(AccessError):
            theirs.with_user(self.anna).write({"name": "Mine"})
        together.with_user(self.anna).write({"location": "Here"})
        self.assertEqual(
            activities.with_user(self.desk).search_count([("id", "in", all_ids)]), 4
        )

    def test_participant_reads_and_does_not_write(self):
        activity = self._create_activity(self.piotr)
        self.env["gestor.participant"].create(
            {
                "model": "gestor.activity",
                "res_id": activity.id,
                "user_id": self.anna.id,
            }
        )
        mine = activity.with_user(self.anna)
        self.assertEqual(mine.name, "Work")
        with self.assertRaises(AccessError):
            mine.write({"name": "Changed"})

    def test_own_plans_for_a_colleague_and_takes_part(self):
        activity = self._create_activity(
            user_id=self.piotr.id, partner_id=self.client_a.id
        )
        self.env.invalidate_all()
        self.assertEqual(activity.user_id, self.piotr)
        self.assertEqual(activity.executor_ids.user_id, self.piotr)
        self.assertEqual(activity.client_ids.partner_id, self.client_a)
        self.assertEqual(activity.sudo().gestor_participant_ids.user_id, self.anna)
        todo = self.env["mail.activity"].with_user(self.piotr)
        self.assertEqual(
            todo.search([("res_id", "=", activity.id)]).user_id, self.piotr
        )
        # the author takes part, and that is all
        self._make_old(activity)
        with self.assertRaises(AccessError):
            activity.write({"name": "Changed"})
        with self.assertRaises(AccessError):
            activity.unlink()
        with self.assertRaises(AccessError):
            self._add_executor(activity)
        with self.assertRaises(AccessError):
            activity.client_ids.write({"is_served": True})
        with self.assertRaises(AccessError):
            activity.executor_ids.write({"state": "done"})

    def test_own_joins_nothing_by_planning(self):
        theirs = self._create_activity(self.piotr)
        self._make_old(theirs)
        with self.assertRaises(AccessError):
            self._add_executor(theirs.with_user(self.anna))
        with self.assertRaises(AccessError):
            self._create_activity(
                user_id=self.piotr.id,
                executor_ids=[Command.link(theirs.executor_ids.id)],
            )
        forged = {"create_uid": self.anna.id}
        with self.assertRaises(AccessError):
            theirs.with_user(self.anna).write(forged)

    def test_own_plans_nothing_private_or_done_for_a_colleague(self):
        with self.assertRaisesRegex(UserError, "cannot be private"):
            self._create_activity(user_id=self.piotr.id, is_private=True)
        for state in ("in_progress", "done", "failed", "cancelled"):
            with self.assertRaisesRegex(UserError, "says then what"):
                self._create_activity(user_id=self.piotr.id, state=state)

    def test_many_planned_for_a_colleague_cost_few_queries(self):
        counts = []
        for count in (10, 90):
            vals_list = [
                self._prepare_activity(user_id=self.piotr.id)
                for _number in range(count)
            ]
            activities = (
                self.env["gestor.activity"]
                .with_user(self.anna)
                .with_context(tracking_disable=True, mail_activity_quick_update=True)
            )
            before = self.env.cr.sql_log_count
            activities.create(vals_list)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def _make_old(self, activity):
        """Let the transaction that made an activity be over."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gestor_activity SET create_date = create_date - interval '1 day'"
            " WHERE id = %s",
            [activity.id],
        )
        self.env.invalidate_all()

    @classmethod
    def _add_executor(cls, activity):
        activity.env["gestor.activity.executor"].create(
            {"activity_id": activity.id, "user_id": activity.env.uid}
        )

    def test_other_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "act_stranger",
            groups="gestor_activities.gestor_activities_group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        activity = self._create_activity(partner_id=self.client_a.id)
        for records in (activity, activity.executor_ids, activity.client_ids):
            found = records.with_user(stranger)
            self.assertFalse(found.search([("id", "in", found.ids)]))
            with self.assertRaises(AccessError):
                found.read(["display_name"])

    def test_portal_sees_nothing(self):
        portal = new_test_user(self.env, "act_portal", groups="base.group_portal")
        for model in (
            "gestor.activity",
            "gestor.activity.executor",
            "gestor.activity.client",
            "gestor.activity.type",
            "gestor.activity.template",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
