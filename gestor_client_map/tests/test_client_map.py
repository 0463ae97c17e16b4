from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.gestor_client_map.models import res_partner
from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon

GDYNIA = {"partner_latitude": 54.5189, "partner_longitude": 18.5305, "city": "Gdynia"}
LUBLIN = {"partner_latitude": 51.2465, "partner_longitude": 22.5684, "city": "Lublin"}


@tagged("post_install", "-at_install")
class TestClientMap(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = cls._create_user("viewer", "gestor_base.gestor_base_group_viewer")
        cls.head = cls._create_client("Centrala", is_company=True, **GDYNIA)
        cls.branch = cls._create_client(
            "Filia",
            is_company=True,
            gestor_head_office_id=cls.head.id,
            gestor_importance="5",
            **LUBLIN,
        )
        cls.lost = cls._create_client("Bez miejsca", is_company=True)
        cls.all = cls.head + cls.branch + cls.lost

    def _map(self, user, domain):
        return self.env["res.partner"].with_user(user).get_gestor_map(domain)

    def test_viewer_gets_pins_important_first(self):
        found = self._map(self.viewer, [("id", "in", self.all.ids)])
        self.assertEqual(
            found["pins"],
            [
                [self.branch.id, "Filia", "Lublin", 51.2465, 22.5684, "5"],
                [self.head.id, "Centrala", "Gdynia", 54.5189, 18.5305, "0"],
            ],
        )
        self.assertEqual((found["total"], found["missing"]), (2, 1))
        self.assertIn("5", found["importances"])

    def test_place_on_the_equator_counts_as_placed(self):
        self.lost.partner_longitude = 10.0
        found = self._map(self.viewer, [("id", "=", self.lost.id)])
        self.assertEqual((found["total"], found["missing"]), (1, 0))

    def test_user_sees_no_client_of_another_company(self):
        company = self.env["res.company"].create({"name": "Druga"})
        self.branch.gestor_head_office_id = False
        self.branch.company_id = company
        found = self._map(self.viewer, [("id", "in", self.all.ids)])
        self.assertEqual([pin[0] for pin in found["pins"]], self.head.ids)

    def test_portal_user_is_refused(self):
        portal = new_test_user(self.env, login="map_portal", groups="base.group_portal")
        with mute_logger("odoo.models"), self.assertRaises(AccessError):
            self._map(portal, [])

    def test_plain_employee_is_refused(self):
        employee = new_test_user(self.env, login="map_plain", groups="base.group_user")
        with self.assertRaisesRegex(AccessError, "map of clients"):
            self._map(employee, [])

    def test_map_asks_the_same_number_of_queries_for_many(self):
        many = self.env["res.partner"].create(
            [{"name": f"Klient {number}", **LUBLIN} for number in range(200)]
        )
        few = [("id", "in", many[:10].ids)]
        self._map(self.viewer, few)
        counts = []
        for domain in (few, [("id", "in", many.ids)]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._map(self.viewer, domain)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_too_many_pins_are_cut_and_counted(self):
        self.patch(res_partner, "MAX_PINS", 1)
        found = self._map(self.viewer, [("id", "in", self.all.ids)])
        self.assertEqual([pin[0] for pin in found["pins"]], self.branch.ids)
        self.assertEqual(found["total"], 2)

    def test_tiles_are_off_until_switched_on(self):
        self.assertFalse(self._map(self.viewer, [])["tiles"])
        settings = self.env["res.config.settings"].create(
            {"gestor_client_map_tiles": True}
        )
        settings.execute()
        tiles = self._map(self.viewer, [])["tiles"]
        self.assertEqual(tiles["url"], "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
        self.assertIn("OpenStreetMap", tiles["attribution"])

    def test_tiles_of_another_scheme_are_refused(self):
        params = self.env["ir.config_parameter"]
        params.set_param("gestor_client_map.tiles", "True")
        params.set_param("gestor_client_map.tile_url", "javascript:alert(1)")
        self.assertFalse(self._map(self.viewer, [])["tiles"])

    def test_editor_cannot_write_a_place_off_the_globe(self):
        client = self.lost.with_user(self.editor)
        client.write({"partner_latitude": -90.0, "partner_longitude": 180.0})
        for vals in ({"partner_latitude": 90.1}, {"partner_longitude": -180.5}):
            with self.assertRaises(ValidationError):
                client.write(vals)

    def test_ways_to_the_map_name_their_clients(self):
        clients = self.env["res.partner"].with_user(self.viewer)
        action = self.branch.with_user(self.viewer).action_gestor_group_map()
        self.assertEqual(action["tag"], "gestor_client_map.map")
        found = clients.get_gestor_map(action["params"]["domain"])
        self.assertEqual(
            {pin[0] for pin in found["pins"]}, set((self.head + self.branch).ids)
        )
        client_set = self.env["gestor.client.set"].create({"name": "Północ"})
        client_set._gestor_add(self.head + self.lost)
        action = client_set.with_user(self.env.user).action_gestor_client_map()
        self.assertEqual(action["display_name"], "Północ")
        found = clients.with_user(self.env.user).get_gestor_map(
            action["params"]["domain"]
        )
        self.assertEqual([pin[0] for pin in found["pins"]], self.head.ids)
        self.assertEqual(found["missing"], 1)
