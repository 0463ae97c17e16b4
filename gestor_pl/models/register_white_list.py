from datetime import datetime

from odoo import api, models

from ..lib.registers import white_list
from .gestor_register_provider import WARSAW, seconds_to_midnight

#: questions whether one account is on the list, a day
_CHECKS_PER_DAY = 5000


class GestorRegisterWhiteList(models.AbstractModel):
    _name = "gestor.register.white.list"
    _inherit = "gestor.register.provider"
    _description = "Register: White List of VAT Payers"

    _gestor_code = "white_list"
    _gestor_sequence = 40
    _gestor_kinds = ("nip", "regon", "bank-account")
    _gestor_urls = ("https://wl-api.mf.gov.pl", "https://wl-test.mf.gov.pl")
    _gestor_fetch_size = white_list.BATCH
    _gestor_verify_size = white_list.BATCH
    # a firm may have hundreds of accounts, and there may be 30 of them
    _gestor_max_bytes = 10 * 1024 * 1024

    @api.model
    def _gestor_fetch_batch(self, numbers):
        return white_list.search(self._gestor_search, numbers)

    @api.model
    def _gestor_verify_batch(self, questions):
        accounts = [question for question in questions if question.account]
        findings = super()._gestor_verify_batch(
            [question for question in questions if not question.account]
        )
        for question in accounts:
            ask = self._gestor_check_account
            findings[question] = white_list.check_account(ask, question)
        return findings

    @api.model
    def _gestor_check(self):
        white_list.search(self._gestor_search, [white_list.KNOWN.number])

    def _gestor_search(self, path):
        return self._gestor_ask(path, "search")

    def _gestor_check_account(self, path):
        return self._gestor_ask(path, "check")

    @api.model
    def _gestor_ask(self, path, operation):
        day = datetime.now(WARSAW).date()
        with self._gestor_connect(operation) as (transport, _key):
            reply = transport.get(f"{path}?date={day}")
            return white_list.result_of(reply.json(), seconds_to_midnight())

    @api.model
    def _gestor_windows(self, register, operation):
        windows = super()._gestor_windows(register, operation)
        if operation == "check":
            return [(key, _CHECKS_PER_DAY, seconds) for key, _count, seconds in windows]
        return windows
