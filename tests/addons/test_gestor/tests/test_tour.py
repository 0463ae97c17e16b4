from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTour(HttpCase):
    def test_user_links_two_documents_in_the_browser(self):
        user = new_test_user(
            self.env,
            login="test_gestor_tour",
            groups="gestor_base.gestor_base_group_user",
            lang="en_US",
        )
        paper = self.env["test.gestor.document"].create(
            {"name": "Tour", "user_id": user.id}
        )
        secret = self.env["test.gestor.secret"].create(
            {"name": "Tour secret", "user_id": user.id}
        )
        self.start_tour(
            f"/odoo/m-test.gestor.document/{paper.id}",
            "test_gestor_link",
            login=user.login,
        )
        self.assertEqual(paper._gestor_linked("test.gestor.secret"), secret)
        self.assertEqual(paper.gestor_link_count, 1)

    def test_user_uploads_and_adds_library_files_in_the_browser(self):
        user = new_test_user(
            self.env,
            login="test_gestor_tour",
            groups="gestor_base.gestor_base_group_user",
            lang="en_US",
        )
        files = self.env["gestor.library.file"]
        self.start_tour("/odoo/gestor-library", "test_gestor_library", login=user.login)
        found = files.search([("name", "in", ("Chosen", "Dropped"))])
        self.assertEqual(found.user_id, user)
        self.assertEqual(found[1].attachment_id.raw, b"content of Dropped.txt")
        terms = files.create({"raw": b"terms", "file_name": "Terms.txt"})
        paper = self.env["test.gestor.document"].create(
            {"name": "Tour", "user_id": user.id}
        )
        self.start_tour(
            f"/odoo/m-test.gestor.document/{paper.id}",
            "test_gestor_library_document",
            login=user.login,
        )
        self.assertEqual(terms.use_ids.res_id, paper.id)
