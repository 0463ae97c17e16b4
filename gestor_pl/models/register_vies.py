from contextlib import contextmanager

from odoo import api, models

from ..lib.registers import vies
from ..lib.registers.subject import identify


class GestorRegisterVies(models.AbstractModel):
    _name = "gestor.register.vies"
    _inherit = "gestor.register.provider"
    _description = "Register: VIES"

    _gestor_code = "vies"
    _gestor_sequence = 50
    _gestor_kinds = ("vat", "nip")
    _gestor_urls = ("https://ec.europa.eu", "https://ec.europa.eu")
    _gestor_request_limits = ((30, 60),)
    _gestor_library = vies

    @api.model
    def _gestor_pick(self, numbers, subject):
        # a Polish firm is in better registers
        return numbers.get("vat")

    @contextmanager
    def _gestor_connect(self, operation="ask"):
        """Give the company's own number as the key: with it an answer is a proof."""
        number = identify(self.env.company.vat or "")
        requester = ""
        if number and number.kind in self._gestor_kinds:
            is_polish = number.kind == "nip"
            requester = f"PL{number.value}" if is_polish else number.value
        with super()._gestor_connect(operation) as (transport, _key):
            yield transport, requester
