from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people_common import TestPeopleCommon


@tagged("post_install", "-at_install")
class TestParticipants(TestPeopleCommon):
    def test_participant_reads_follows_and_does_not_change(self):
        case = self.cases[0].with_user(self.cyryl)
        self.assertFalse(case.has_access("read"))
        self._join(self.cases[0], self.cyryl, by=self.ala)
        self.assertTrue(case.has_access("read"))
        self.assertFalse(case.has_access("write"))
        self.assertIn(self.cyryl.partner_id, self.cases[0].message_partner_ids)
        self.assertEqual(self._seen_by(self.cyryl).ids, self.cases[0].ids)

    def test_participant_who_leaves_sees_and_follows_no_more(self):
        participation = self._join(self.cases, self.cyryl, by=self.ala)
        self.assertEqual(len(self._seen_by(self.cyryl)), 2)
        participation.with_user(self.cyryl)[0].unlink()
        self.assertEqual(self._seen_by(self.cyryl).ids, self.cases[1].ids)
        self.assertNotIn(self.cyryl.partner_id, self.cases[0].message_partner_ids)
        self.assertIn(self.cyryl.partner_id, self.cases[1].message_partner_ids)

    def test_who_followed_before_still_follows_afterwards(self):
        self.cases[0].message_subscribe(self.cyryl.partner_id.ids)
        self._join(self.cases[0], self.cyryl).unlink()
        self.assertIn(self.cyryl.partner_id, self.cases[0].message_partner_ids)

    def test_another_person_takes_the_place(self):
        participation = self._join(self.cases[0], self.cyryl)
        participation.with_user(self.ala).user_id = self.bea
        followers = self.cases[0].message_partner_ids
        self.assertIn(self.bea.partner_id, followers)
        self.assertNotIn(self.cyryl.partner_id, followers)

    def test_comment_reaches_the_participants(self):
        self._join(self.cases[0], self.cyryl)
        message = (
            self.cases[0]
            .with_user(self.ala)
            .message_post(body="What do you think?", subtype_xmlid="mail.mt_comment")
        )
        self.assertEqual(message.notified_partner_ids, self.cyryl.partner_id)
        answer = self.cases[0].with_user(self.cyryl).message_post(body="Fine")
        self.assertEqual(answer.author_id, self.cyryl.partner_id)

    def test_new_participant_is_told_in_the_own_language(self):
        self.cyryl.lang = "pl_PL"
        self._join(self.cases[0], self.cyryl, self.reviewer, by=self.ala)
        message = self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.cyryl.partner_id.ids),
                ("model", "=", "test.gestor.case"),
            ]
        )
        self.assertEqual(len(message), 1)
        self.assertIn("Recenzent", message.body)

    def test_document_form_adds_and_removes_participants(self):
        case = self.cases[0].with_user(self.ala)
        case.write(
            {"gestor_participant_ids": [Command.create({"user_id": self.cyryl.id})]}
        )
        participant = case.gestor_participant_ids
        self.assertEqual(participant.role_id, self.role)
        self.assertEqual(participant.display_name, f"{self.cyryl.name} (Participant)")
        case.write({"gestor_participant_ids": [Command.delete(participant.id)]})
        self.assertFalse(case.has_access("read") and case.gestor_participant_ids)
        new = (
            self.env["test.gestor.case"]
            .with_user(self.ala)
            .create(
                {
                    "name": "New",
                    "user_id": self.ala.id,
                    "gestor_participant_ids": [
                        Command.create({"user_id": self.cyryl.id})
                    ],
                }
            )
        )
        self.assertEqual(new.gestor_participant_ids.user_id, self.cyryl)

    def test_stranger_neither_sees_nor_adds_participants(self):
        participation = self._join(self.cases[0], self.bea)
        stranger = participation.with_user(self.cyryl)
        self.assertFalse(stranger.has_access("read"))
        self.assertFalse(stranger.search([("id", "=", participation.id)]))
        for act in (
            lambda: self._join(self.cases[0], self.cyryl, by=self.cyryl),
            lambda: self._join(self.cases[1], self.cyryl, by=self.bea),
            lambda: stranger.write({"role_id": self.reviewer.id}),
            stranger.unlink,
        ):
            with self.assertRaises(AccessError):
                act()
        # a participant sees the others, but does not add any
        self.assertTrue(participation.with_user(self.bea).has_access("read"))
        with self.assertRaises(AccessError):
            self._join(self.cases[0], self.cyryl, by=self.bea)

    def test_who_may_not_open_such_documents_does_not_take_part(self):
        employee = self._create_user("employee", "base.group_user")
        portal = self._create_user("portal", "base.group_portal")
        for user in (employee, portal):
            with self.subTest(user=user.login), self.assertRaises(ValidationError):
                self._join(self.cases[0], user)

    def test_bad_participations_are_refused(self):
        participation = self._join(self.cases[0], self.cyryl)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._join(self.cases[0], self.cyryl)
        with self.assertRaises(ValidationError):
            self._join(self.env.ref("base.lang_en"), self.cyryl)
        with self.assertRaises(UserError):
            participation.with_user(self.ala).res_id = self.cases[1].id

    def test_deleted_document_takes_its_participations_along(self):
        participation = self._join(self.cases, self.cyryl)
        self.cases[0].with_user(self.ala).unlink()
        self.assertEqual(participation.exists(), participation[1])

    def test_merge_moves_the_participants(self):
        self._join(self.cases[0], self.cyryl, self.reviewer)
        self._join(self.cases[0], self.bea)
        self._join(self.cases[1], self.cyryl)
        self.env["gestor.participant"]._move(self.cases[0], self.cases[1])
        participants = self.cases[1].gestor_participant_ids
        self.assertEqual(participants.user_id, self.cyryl | self.bea)
        self.assertEqual(
            participants.filtered(lambda p: p.user_id == self.cyryl).role_id, self.role
        )
        self.assertFalse(self.cases[0].gestor_participant_ids)

    def test_copy_starts_without_participants(self):
        self._join(self.cases[0], self.cyryl)
        self.assertFalse(self.cases[0].copy().gestor_participant_ids)

    def test_portal_user_does_not_read_the_fields(self):
        portal = self._create_user("client", "base.group_portal")
        for name in ("gestor_participant_ids", "gestor_is_mine"):
            field = self.env["test.gestor.case"]._fields[name]
            cases = self.cases.with_user(portal)
            self.assertFalse(cases._has_field_access(field, "read"), name)

    def test_number_of_queries_does_not_grow_with_participations(self):
        counts = []
        for size in (10, 990):
            cases = self._create_cases(self.boss, size)
            self._join(
                cases.with_context(mail_auto_subscribe_no_notify=True), self.cyryl
            )
            self.env.flush_all()
            for _again in range(2):  # the first one fills the caches
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                found = self._seen_by(self.cyryl)
                found.with_user(self.cyryl).mapped("name")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(found), 1000)
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0], 3)
