from odoo.tests import HttpCase, tagged

from .own_fields_common import TestOwnFieldsCommon


@tagged("post_install", "-at_install")
class TestOwnFieldTour(TestOwnFieldsCommon, HttpCase):
    def test_user_fills_in_own_fields_in_the_browser(self):
        trade = self._create_field("Main trade", "dictionary", is_required=True)
        note = self._create_field("Note", hint="Anything")
        self.anna.lang = "en_US"
        paper = self.papers[0]
        self.start_tour(
            f"/odoo/m-test.gestor.document/{paper.id}",
            "test_gestor_own_fields",
            login=self.anna.login,
        )
        self.assertEqual(
            self._values(paper),
            {trade.code: self.dairy.id, note.code: "From the browser"},
        )
