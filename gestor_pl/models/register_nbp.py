from odoo import api, models

from ..lib.registers import nbp
from ..lib.registers.errors import RegisterAnswerError


class GestorRegisterNbp(models.AbstractModel):
    _name = "gestor.register.nbp"
    _inherit = "gestor.register.provider"
    _description = "Register: Exchange Rates of NBP"

    _gestor_code = "nbp"
    _gestor_sequence = 90
    _gestor_urls = ("https://api.nbp.pl", "https://api.nbp.pl")
    _gestor_request_limits = ((60, 60),)

    @api.model
    def _gestor_tables(self, table, start, end):
        """Return the tables of a period; days without a table are missing.

        :param str table: A or B
        :rtype: list[lib.registers.nbp.Table]
        :raise RegisterError: if there is no answer
        """
        tables = []
        with self._gestor_connect() as (transport, _key):
            for first, last in nbp.periods(start, end):
                reply = transport.get(nbp.path(table, first, last))
                if reply.status == 404:
                    continue  # no table in these days, for example a weekend
                if reply.status != 200:
                    raise RegisterAnswerError("status", status=reply.status)
                tables += nbp.read_tables(reply.json())
        return tables

    @api.model
    def _gestor_check(self):
        with self._gestor_connect() as (transport, _key):
            reply = transport.get("/api/exchangerates/tables/A?format=json")
            nbp.read_tables(reply.json())
