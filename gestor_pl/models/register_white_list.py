import json
from datetime import datetime

from odoo import api, models

from ..lib.registers import white_list
from ..lib.registers.errors import RegisterQuestionError
from ..lib.registers.subject import text
from .gestor_register_provider import WARSAW, seconds_to_midnight

_NOTES = {
    white_list.ACTIVE: "vat_active",
    white_list.EXEMPT: "vat_exempt",
    white_list.UNREGISTERED: "vat_unregistered",
}
#: questions whether one account is on the list, a day
_CHECKS_PER_DAY = 5000


class GestorRegisterWhiteList(models.AbstractModel):
    _name = "gestor.register.white.list"
    _inherit = "gestor.register.provider"
    _description = "Register: White List of VAT Payers"

    _gestor_code = "white_list"
    _gestor_sequence = 40
    _gestor_kinds = ("nip", "regon")
    _gestor_urls = ("https://wl-api.mf.gov.pl", "https://wl-test.mf.gov.pl")
    _gestor_fetch_size = white_list.BATCH
    _gestor_verify_size = white_list.BATCH
    # a firm may have hundreds of accounts, and there may be 30 of them
    _gestor_max_bytes = 10 * 1024 * 1024

    @api.model
    def _gestor_fetch_batch(self, numbers):
        values = list(dict.fromkeys(number.value for number in numbers))
        kind = numbers[0].kind
        result = self._gestor_ask(white_list.search_path(kind, values), "search")
        entries = white_list.entries(result, kind, values)
        return {
            number: self._gestor_finding_of(number, result, *entries[number.value])
            for number in numbers
            if number.value in entries
        }

    @api.model
    def _gestor_verify_batch(self, questions):
        plain = [question for question in questions if not question.account]
        findings = {}
        if plain:
            found = self._gestor_fetch_batch([question.number for question in plain])
            findings = {
                question: found[question.number]
                for question in plain
                if question.number in found
            }
        for question in questions:
            if question.account:
                findings[question] = self._gestor_account_finding(question)
        return findings

    @api.model
    def _gestor_account_finding(self, question):
        number = question.number
        path = white_list.check_path(number.kind, number.value, question.account)
        result = self._gestor_ask(path, "check")
        is_listed = text(result.get("accountAssigned")) == "TAK"
        return self._gestor_finding(
            question,
            result="confirmed" if is_listed else "denied",
            notes=[("account_listed" if is_listed else "account_missing", {})],
            **self._gestor_proof(result, result),
        )

    @api.model
    def _gestor_finding_of(self, number, result, firm, problem):
        if problem:
            error = RegisterQuestionError("register_says", message=problem)
            return self._gestor_finding(number, error=error)
        status = white_list.vat_status(firm)
        return self._gestor_finding(
            number,
            subject=white_list.read_subject(firm) if firm else None,
            result="confirmed" if status == white_list.ACTIVE else "denied",
            notes=[(_NOTES[status], {})],
            **self._gestor_proof(result, firm),
        )

    @api.model
    def _gestor_proof(self, result, part):
        """Return what proves an answer: of one to many only the part of one firm."""
        proof = {key: text(result.get(key)) for key in ("requestId", "requestDateTime")}
        return {
            "request_id": proof["requestId"],
            "requested_at": proof["requestDateTime"],
            "raw": json.dumps({**proof, "answer": part}, ensure_ascii=False).encode(),
        }

    @api.model
    def _gestor_ask(self, path, operation):
        day = datetime.now(WARSAW).date()
        with self._gestor_connect(operation) as (transport, _key):
            reply = transport.get(f"{path}?date={day}")
            return white_list.result_of(reply.json(), seconds_to_midnight())

    @api.model
    def _gestor_windows(self, register, operation):
        windows = super()._gestor_windows(register, operation)
        if operation != "search":
            windows = [
                (key, _CHECKS_PER_DAY, seconds) for key, _count, seconds in windows
            ]
        return windows

    @api.model
    def _gestor_check(self):
        # the ministry's own NIP is always on the list
        self._gestor_ask(white_list.search_path("nip", ["5260250274"]), "search")
