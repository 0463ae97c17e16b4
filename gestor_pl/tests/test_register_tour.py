import os
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

from ..models import register_gus
from .register_common import SECRET_KEY
from .register_samples import NIP, Bir
from .register_server import Answer, RegisterServer


@tagged("post_install", "-at_install")
class TestRegisterTour(HttpCase):
    def test_seller_makes_a_client_of_a_nip_in_the_browser(self):
        server = RegisterServer()
        self.addCleanup(server.stop)
        gus = Bir()
        server.answers = {"/wsBIR/": gus, "/api/": Answer(status=503)}
        settings = {"GESTOR_SECRET_KEY": SECRET_KEY}
        for code in ("gus", "krs", "white_list", "vies"):
            settings[f"GESTOR_URL_{code.upper()}"] = server.url
        self.enterContext(patch.dict(os.environ, settings))
        self.enterContext(patch.dict(register_gus._SESSIONS, clear=True))
        register = self.env["gestor.register"].search([("code", "=", "gus")])
        register.key_input = gus.key
        user = new_test_user(
            self.env,
            "register_tour",
            "gestor_base.gestor_base_group_user,base.group_partner_manager",
            lang="en_US",
            tz="Europe/Warsaw",
        )
        self.start_tour(
            "/odoo/gestor-clients/new",
            "gestor_pl_register_fetch",
            login="register_tour",
        )
        client = self.env["res.partner"].search([("create_uid", "=", user.id)])
        self.assertRecordValues(
            client, [{"zip": "90-001", "phone": False, "gestor_nip": NIP}]
        )
