from odoo import models

from ..lib.registers import krs


class GestorRegisterKrs(models.AbstractModel):
    _name = "gestor.register.krs"
    _inherit = "gestor.register.provider"
    _description = "Register: KRS"

    _gestor_code = "krs"
    _gestor_sequence = 30
    _gestor_kinds = ("krs",)
    _gestor_urls = ("https://api-krs.ms.gov.pl", "https://api-krs.ms.gov.pl")
    _gestor_request_limits = ((60, 60),)
    _gestor_library = krs
