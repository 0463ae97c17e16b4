from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TestGestorCommon

PDF = b"%PDF-1.7\n%test "


@tagged("post_install", "-at_install")
class TestLibraryUse(TestGestorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file, cls.second = cls._create_files(cls.bolek, 2)

    @classmethod
    def _create_files(cls, user, count=1, mark="", **vals):
        return (
            cls.env["gestor.library.file"]
            .with_user(user)
            .create(
                [
                    {
                        "raw": PDF + f"{mark}{number}".encode(),
                        "file_name": f"File {number}.pdf",
                        **vals,
                    }
                    for number in range(count)
                ]
            )
        )

    def _as(self, user, *records):
        return [record.with_user(user) for record in records]

    def test_user_adds_files_to_two_documents_once(self):
        papers, files = self._as(self.anna, self.papers, self.file | self.second)
        uses = papers._gestor_add_library_files(files)
        self.assertEqual(len(uses), 4)
        self.assertEqual(papers.mapped("gestor_library_count"), [2, 2])
        self.assertFalse(papers._gestor_add_library_files(files))
        self.assertEqual(self.file.use_count, 2)
        self.assertEqual(uses.create_uid, self.anna)
        model, uses = "test.gestor.document", self.env["gestor.library.use"]
        added = uses.with_user(self.anna).add_to_document(
            model, papers[0].id, files.ids
        )
        self.assertEqual(added, 0)

    def test_foreign_document_and_hidden_file_are_refused(self):
        foreign, file = self._as(self.anna, self.foreign_papers, self.file)
        with self.assertRaises(AccessError):
            foreign._gestor_add_library_files(file)
        hidden = self._create_files(self.bolek, mark="h", visibility="groups")
        papers, hidden = self._as(self.anna, self.papers, hidden)
        with self.assertRaises(AccessError):
            papers._gestor_add_library_files(hidden)
        with self.assertRaises(ValidationError):
            self.env["gestor.library.use"].with_user(self.anna).create(
                {"res_model": "res.users", "res_id": self.anna.id, "file_id": file.id}
            )

    def test_use_shows_in_readable_documents_and_counts_the_hidden_ones(self):
        for user, documents in (
            (self.anna, self.papers[0]),
            (self.bolek, self.foreign_secret),
        ):
            documents, file = self._as(user, documents, self.file)
            documents._gestor_add_library_files(file)
        for user, seen, hidden in ((self.anna, 1, 1), (self.bolek, 2, 0)):
            self.env.invalidate_all()
            file = self.file.with_user(user)
            self.assertEqual(file.use_count, 2)
            self.assertEqual(len(file.use_ids), seen)
            self.assertEqual(file.hidden_use_count, hidden)
            self.assertEqual(file.use_ids[0].document_name, "Paper 0")
        # a file in use is used, also for whoever does not see by what
        unused = self.env["gestor.library.file"].with_user(self.anna)
        unused = unused.search([("is_used", "=", False)])
        self.assertIn(self.second, unused)
        self.assertNotIn(self.file, unused)

    def test_foreign_use_can_be_neither_changed_nor_removed(self):
        documents, file = self._as(self.bolek, self.foreign_papers[0], self.file)
        use = documents._gestor_add_library_files(file)
        use.is_appended = True
        foreign = use.with_user(self.anna)
        self.assertTrue(foreign.is_appended)
        with self.assertRaises(AccessError):
            foreign.is_appended = False
        with self.assertRaises(AccessError):
            foreign.action_use_current()
        with self.assertRaises(AccessError):
            foreign.unlink()
        with self.assertRaises(UserError):
            use.write({"res_id": self.papers[0].id})
        use.unlink()
        self.assertEqual(documents.gestor_library_count, 0)

    def test_file_in_use_cannot_vanish(self):
        paper, file = self._as(self.anna, self.papers[0], self.file)
        paper._gestor_add_library_files(file)
        attachment = self.file.attachment_id
        for user in (self.bolek, self.env.ref("base.user_admin")):
            with self.assertRaisesRegex(UserError, "Archive it"):
                self.file.with_user(user).unlink()
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                attachment.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            attachment.sudo()._delete_and_notify()
        self.file.with_user(self.bolek).active = False
        self.assertEqual(paper.gestor_library_count, 1)
        paper.unlink()
        self.file.with_user(self.bolek).unlink()
        self.assertFalse(attachment.exists())

    def test_document_keeps_its_version_until_it_takes_the_current_one(self):
        papers, file = self._as(self.anna, self.papers, self.file)
        use, kept = papers._gestor_add_library_files(file)
        self.file.write({"raw": PDF + b"new", "file_name": "New.pdf"})
        self.assertEqual((use | kept).mapped("number"), [1, 1])
        self.assertEqual((use | kept).mapped("is_outdated"), [True, True])
        use.action_use_current()
        self.assertEqual((use | kept).mapped("number"), [2, 1])
        self.assertEqual(kept.attachment_id.with_user(self.anna).raw, PDF + b"0")

    def test_file_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.anna.company_ids += other
        self.bolek.company_ids += other
        file = self._create_files(self.bolek, mark="c", company_id=other.id)
        papers = self._create_papers(self.anna, 2)
        papers[0].company_id = self.env.company
        papers[1].company_id = other
        companies = (self.env.company | other).ids
        papers = papers.with_user(self.anna).with_context(allowed_company_ids=companies)
        file = file.with_env(papers.env)
        with self.assertRaisesRegex(ValidationError, "Other"):
            papers[0]._gestor_add_library_files(file)
        self.assertTrue(papers[1]._gestor_add_library_files(file))

    def test_deleted_documents_free_their_files(self):
        papers, file = self._as(self.anna, self.papers, self.file)
        papers._gestor_add_library_files(file)
        self.assertTrue(self.file.is_used)
        papers.unlink()
        self.assertFalse(self.file.is_used)
        self.assertFalse(self.env["gestor.library.use"].search([]))

    def test_merged_documents_share_their_files(self):
        papers, files = self._as(self.anna, self.papers, self.file | self.second)
        papers[0]._gestor_add_library_files(files)
        papers[1]._gestor_add_library_files(files[0])
        uses = self.env["gestor.library.use"]
        uses._move_documents(papers[0], papers[1])
        self.assertEqual(
            uses.search(uses._get_document_domain(papers[1])).file_id, files
        )
        self.assertFalse(uses.search(uses._get_document_domain(papers[0])))

    def test_appended_pdfs_follow_the_order_of_the_list(self):
        files = self.file | self.second
        files |= self._create_files(self.bolek, mark="t")
        papers, files = self._as(self.anna, self.papers, files)
        uses = papers[0]._gestor_add_library_files(files)
        uses[:2].is_appended = True
        uses[0].sequence, uses[1].sequence = 2, 1
        self.assertEqual(
            papers._gestor_library_pdfs(), {papers[0].id: [PDF + b"1", PDF + b"0"]}
        )

    def test_attachment_of_a_document_goes_into_the_library(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": "Drawing.pdf",
                "raw": PDF + b"drawing",
                "res_model": "test.gestor.document",
                "res_id": self.papers[0].id,
            }
        )
        wizard = self.env["gestor.library.put"].with_user(self.anna)
        with Form(wizard.with_context(default_attachment_id=attachment.id)) as form:
            self.assertEqual(form.name, "Drawing.pdf")
            form.name = "Drawing"
        form.record.action_put()
        file = self.env["gestor.library.file"].search([("name", "=", "Drawing")])
        self.assertEqual(file.user_id, self.anna)
        self.assertEqual(file.use_ids.res_id, self.papers[0].id)
        # again: the content is known, the other document uses the same file
        attachment.res_id = self.foreign_papers[0].id
        wizard = self.env["gestor.library.put"].with_user(self.bolek)
        with Form(wizard.with_context(default_attachment_id=attachment.id)) as form:
            self.assertEqual(form.known_file_id, file)
        form.record.action_put()
        self.assertEqual(file.use_count, 2)

    def test_attachment_one_may_not_read_stays_out(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": "Secret.pdf",
                "raw": PDF + b"secret",
                "res_model": "test.gestor.secret",
                "res_id": self.foreign_secret.id,
            }
        )
        wizard = self.env["gestor.library.put"].with_user(self.anna)
        with self.assertRaises(AccessError):
            wizard.create({"attachment_id": attachment.id, "name": "x"}).action_put()

    def test_counters_of_many_documents_take_one_query(self):
        papers = self._create_papers(self.anna, 80)
        papers.with_user(self.anna)._gestor_add_library_files(
            self.file.with_user(self.anna)
        )
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            counts = papers.mapped("gestor_library_count")
        self.assertEqual(set(counts), {1})
