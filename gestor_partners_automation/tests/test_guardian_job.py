from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon
from odoo.addons.gestor_partners_automation.wizards import gestor_guardian_move
from odoo.addons.queue_job.tests.common import trap_jobs


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestGuardianJob(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor.lang = "en_US"
        cls.clients = cls.env["res.partner"].create(
            [
                {"name": f"Klient {number}", "user_id": cls.reader.id}
                for number in range(5)
            ]
        )
        cls.startClassPatcher(patch.object(gestor_guardian_move, "MANY_CLIENTS", 3))

    def _apply(self, clients, **vals):
        dialog = Form(
            self.env["gestor.guardian.move"]
            .with_user(self.editor)
            .with_context(active_ids=clients.ids, lang="en_US")
        )
        dialog.user_id = self.editor
        for name, value in vals.items():
            dialog[name] = value
        with trap_jobs() as trap:
            action = dialog.save().action_apply()
            while trap.enqueued_jobs:
                trap.perform_enqueued_jobs()
                trap.enqueued_jobs = [
                    job for job in trap.enqueued_jobs if job.state == "pending"
                ]
        return action

    def _plan_todo(self, client, user):
        return client.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)

    def test_few_clients_are_handed_over_at_once(self):
        action = self._apply(self.clients[:3])
        self.assertEqual(action["tag"], "soft_reload")
        self.assertEqual(self.clients[:3].user_id, self.editor)
        self.assertEqual(self.clients[3:].user_id, self.reader)

    def test_many_clients_are_handed_over_in_the_background(self):
        action = self._apply(self.clients)
        job = self.env["gestor.job"].browse(action["res_id"])
        self.assertEqual(
            (job.state, job.done_count, job.user_id), ("done", 5, self.editor)
        )
        self.assertEqual(self.clients.user_id, self.editor)
        reasons = set(job.item_ids.mapped("reason"))
        self.assertEqual(reasons, {f"Before: {self.reader.name}"})

    def test_activities_of_the_old_guardian_go_along(self):
        theirs = self._plan_todo(self.clients[0], self.reader)
        other = self._create_user("other", "gestor_base.gestor_base_group_user")
        others = self._plan_todo(self.clients[0], other)
        mails = self.env["mail.mail"].search_count([])
        self._apply(self.clients, is_with_activities=True)
        self.assertEqual(theirs.user_id, self.editor)
        self.assertEqual(others.user_id, other)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_activities_stay_where_they_are_unless_ticked(self):
        theirs = self._plan_todo(self.clients[0], self.reader)
        self._apply(self.clients)
        self.assertEqual(theirs.user_id, self.reader)

    def test_area_takes_the_activities_of_its_guardian(self):
        area = self.env.ref("gestor_partners.gestor_guardian_area_service")
        other = self._create_user("other", "gestor_base.gestor_base_group_user")
        self.env["gestor.guardian"].create(
            {
                "partner_id": self.clients[0].id,
                "user_id": other.id,
                "area_id": area.id,
            }
        )
        others = self._plan_todo(self.clients[0], other)
        theirs = self._plan_todo(self.clients[0], self.reader)
        self._apply(self.clients, area_id=area, is_with_activities=True)
        self.assertEqual(others.user_id, self.editor)
        self.assertEqual(theirs.user_id, self.reader)
        self.assertEqual(self.clients.user_id, self.reader)

    def test_reader_starts_no_hand_over(self):
        move = self.env["gestor.guardian.move"].with_user(self.reader)
        with self.assertRaises(AccessError):
            move.create({"user_id": self.reader.id})
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.reader)._gestor_job_hand_over(
                self.clients.with_user(self.reader),
                {
                    "user_id": self.editor.id,
                    "area_id": False,
                    "with_activities": False,
                },
            )
