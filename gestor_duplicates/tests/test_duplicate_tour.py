from odoo.tests import HttpCase, new_test_user, tagged

LOGIN = "gestor_duplicates_tour"
GROUPS = "gestor_base.gestor_base_group_user,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestDuplicateTour(HttpCase):
    """The four ways out of a found client, in the browser and in Polish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.user = new_test_user(cls.env, LOGIN, GROUPS, lang="pl_PL")
        cls.alfa = cls.env["res.partner"].create(
            {
                "name": "Alfa Żurawie",
                "is_company": True,
                "vat": "PL5252144764",
                "city": "Gdynia",
            }
        )

    def _named(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def test_user_goes_each_of_the_four_ways(self):
        self.start_tour(
            "/odoo/action-gestor_partners.gestor_client_action/new",
            "gestor_duplicates",
            login=LOGIN,
        )
        self.assertEqual(self._named("Oddział w Rumi").gestor_head_office_id, self.alfa)
        self.assertEqual(self.alfa.gestor_head_office_id, self._named("Spółka matka"))
        pair = (
            self.env["gestor.duplicate"]
            .search([("duplicate_id", "=", self._named("Zupełnie inna").id)])
            .filtered(lambda pair: pair.partner_id == self.alfa)
        )
        self.assertRecordValues(
            pair,
            [
                {
                    "state": "not_duplicate",
                    "note": "inny właściciel",
                    "user_id": self.user.id,
                }
            ],
        )
        self.assertFalse(self._named("Jeszcze raz to samo"))

    def test_found_client_is_chosen_in_the_field_that_asked(self):
        person = self.env["res.partner"].create({"name": "Jan Dźwig"})
        self.start_tour(
            f"/odoo/res.partner/{person.id}", "gestor_duplicates_dialog", login=LOGIN
        )
        self.assertEqual(person.parent_id, self.alfa)
        self.assertFalse(self._named("Zurawie Alfa SA"))
