import os
from unittest.mock import patch
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from odoo.tests import TransactionCase, new_test_user
from odoo.tests.common import _super_send

from ..models import register_gus
from .register_samples import NIP, Bir, white_list
from .register_server import RegisterServer

SECRET_KEY = Fernet.generate_key().decode()


class RegisterCommon(TransactionCase):
    """A Gestor user with the smallest rights, and registers on the loopback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = RegisterServer()
        cls.addClassCleanup(cls.server.stop)
        cls.providers = cls.env["gestor.register.provider"]._gestor_providers()
        for provider in cls.providers.values():
            urls = patch.object(
                type(provider), "_gestor_urls", (cls.server.url, cls.server.url)
            )
            urls.start()
            cls.addClassCleanup(urls.stop)
        cls.company = cls.env["res.company"].create(
            {
                "name": "Przykład Sp. z o.o.",
                "country_id": cls.env.ref("base.pl").id,
                "currency_id": cls.env.ref("base.PLN").id,
                "vat": "PL5252344078",
            }
        )
        cls.user = cls._create_user("register_user")
        cls.seller = cls._create_user(
            "register_seller",
            "gestor_base.gestor_base_group_user,base.group_partner_manager",
        )
        cls.manager = cls._create_user(
            "register_manager",
            "gestor_base.gestor_base_group_manager,base.group_allow_export",
        )
        cls.registers = {
            register.code: register
            for register in cls.env["gestor.register"]
            .with_context(active_test=False)
            .search([])
        }

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        # what is tested here are time-outs: the host would make them ten seconds
        if urlsplit(r.url).hostname == "127.0.0.1":
            return _super_send(s, r, **kw)
        return super()._request_handler(s, r, **kw)

    @classmethod
    def _create_user(cls, login, groups="gestor_base.gestor_base_group_user", **vals):
        company = vals.pop("company", cls.company)
        vals = {
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "lang": "en_US",
            **vals,
        }
        return new_test_user(cls.env, login, groups, **vals)

    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.enterContext(patch.dict(os.environ, {"GESTOR_SECRET_KEY": SECRET_KEY}))
        self.enterContext(patch.dict(register_gus._SESSIONS, clear=True))
        self.enterContext(patch("time.sleep"))
        self.server.reset()

    def _use(self, **answers):
        """Make registers answer: ``white_list=[firm]``, ``gus=Bir()``, ..."""
        paths = {
            "gus": "/wsBIR/",
            "ceidg": "/api/ceidg/",
            "krs": "/api/krs/",
            "white_list": "/api/",
            "vies": "/taxation_customs/",
            "nbp": "/api/exchangerates/",
        }
        for code, answer in answers.items():
            if code == "white_list" and isinstance(answer, list):
                answer = white_list(answer)
            self.server.answers[paths[code]] = answer

    def _use_gus(self, **options):
        """Make GUS answer, with the right key stored."""
        bir = Bir(**options)
        self.registers["gus"].with_user(self.manager).key_input = bir.key
        self._use(gus=bir)
        return bir

    @classmethod
    def _create_client(cls, nip=NIP, **vals):
        return cls.env["res.partner"].create(
            {
                "name": "Klient",
                "is_company": True,
                "vat": f"PL{nip}" if nip else False,
                "country_id": cls.env.ref("base.pl").id,
                "company_id": False,
                **vals,
            }
        )

    def _proofs(self, partner):
        return self.env["gestor.verification"].search([("partner_id", "=", partner.id)])
