from odoo.tests import HttpCase, tagged

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
class TestSetTour(GestorClientSetsCommon, HttpCase):
    def test_user_makes_a_set_from_the_list_of_clients(self):
        self.owner.lang = "en_US"  # the tour reads the menu
        self.start_tour(
            "/odoo/gestor-clients", "gestor_client_sets_tour", login=self.owner.login
        )
        client_set = self.sets.search([("name", "=", "Moi klienci")])
        self.assertEqual(client_set.partner_count, 1)

    def test_user_is_taken_to_the_field_to_mend(self):
        self.owner.group_ids += self.env.ref("base.group_partner_manager")
        checks = self.env["gestor.data.check"]
        check = self.env.ref("gestor_client_sets.gestor_data_check_no_zip")
        (checks.search([]) - check).active = False
        self.north.user_id = self.owner
        check._refresh()
        self.start_tour(
            "/odoo/gestor-to-fix",
            "gestor_client_sets_fix_tour",
            login=self.owner.login,
        )
