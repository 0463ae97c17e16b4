from freezegun import freeze_time

from odoo.exceptions import AccessError
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
