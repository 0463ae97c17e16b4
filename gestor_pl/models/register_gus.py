import time
from contextlib import contextmanager

from odoo import api, models

from ..lib.registers import bir

#: a session lives 60 minutes; ours ends earlier
_SESSION_SECONDS = 50 * 60
#: sessions of this process: a login for each question would be a request too many
_SESSIONS = {}


class GestorRegisterGus(models.AbstractModel):
    _name = "gestor.register.gus"
    _inherit = "gestor.register.provider"
    _description = "Register: GUS (REGON)"

    _gestor_code = "gus"
    _gestor_sequence = 10
    _gestor_kinds = ("nip", "regon", "krs")
    _gestor_urls = (
        "https://wyszukiwarkaregon.stat.gov.pl",
        "https://wyszukiwarkaregontest.stat.gov.pl",
    )
    _gestor_needs_key = True
    _gestor_test_key = "abcde12345abcde12345"
    _gestor_verify_size = 20
    _gestor_request_limits = ((60, 60), (3000, 3600))

    @api.model
    def _gestor_fetch_batch(self, numbers):
        with self._gestor_client() as client:
            return {number: bir.fetch(client, number) for number in numbers}

    @api.model
    def _gestor_verify_batch(self, questions):
        with self._gestor_client() as client:
            return bir.verify(client, questions)

    @api.model
    def _gestor_check(self):
        with self._gestor_client() as client:
            bir.check(client)

    @contextmanager
    def _gestor_client(self):
        """Give a client with the session of this process, and keep its session."""
        with self._gestor_connect() as (transport, key):
            name = (self.env.cr.dbname, transport.base_url, hash(key))
            session, ends_at = _SESSIONS.get(name, ("", 0))
            session = session if time.monotonic() < ends_at else ""
            client = bir.BirClient(transport, key, session)
            try:
                yield client
            finally:
                if client.session != session:
                    ends_at = time.monotonic() + _SESSION_SECONDS
                    _SESSIONS[name] = (client.session, ends_at)
