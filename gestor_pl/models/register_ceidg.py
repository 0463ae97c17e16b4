from odoo import api, models

from ..lib.registers import ceidg
from ..lib.registers.subject import FIRM


class GestorRegisterCeidg(models.AbstractModel):
    _name = "gestor.register.ceidg"
    _inherit = "gestor.register.provider"
    _description = "Register: CEIDG"

    _gestor_code = "ceidg"
    _gestor_sequence = 20
    _gestor_kinds = ("nip", "regon")
    _gestor_urls = ("https://dane.biznes.gov.pl", "https://test-dane.biznes.gov.pl")
    _gestor_needs_key = True
    # 50 in 3 minutes and 1000 in an hour; who asks more is blocked for 3 minutes
    _gestor_request_limits = ((25, 180), (500, 3600))
    _gestor_library = ceidg

    @api.model
    def _gestor_pick(self, numbers, subject):
        # companies are not there: no question, which there are few of
        if subject.get("kind") == FIRM:
            return None
        return super()._gestor_pick(numbers, subject)
