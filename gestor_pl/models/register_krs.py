from odoo import api, models

from ..lib.registers import krs
from ..lib.registers.errors import RegisterAnswerError
from ..lib.registers.subject import Number


class GestorRegisterKrs(models.AbstractModel):
    _name = "gestor.register.krs"
    _inherit = "gestor.register.provider"
    _description = "Register: KRS"

    _gestor_code = "krs"
    _gestor_sequence = 30
    _gestor_kinds = ("krs",)
    _gestor_urls = ("https://api-krs.ms.gov.pl", "https://api-krs.ms.gov.pl")
    _gestor_request_limits = ((60, 60),)

    @api.model
    def _gestor_fetch_batch(self, numbers):
        findings = {}
        with self._gestor_connect() as (transport, _key):
            for number in numbers:
                finding = self._gestor_ask(transport, number)
                if finding:
                    findings[number] = finding
        return findings

    @api.model
    def _gestor_verify_batch(self, questions):
        found = self._gestor_fetch_batch([question.number for question in questions])
        return {
            question: found[question.number]
            for question in questions
            if question.number in found
        }

    @api.model
    def _gestor_ask(self, transport, number):
        for register in krs.REGISTERS:
            reply = transport.get(krs.path(number.value, register))
            if reply.status != 200:
                continue
            subject = krs.read_subject(reply.json())
            if subject:
                return self._gestor_finding(
                    number,
                    subject=subject,
                    result="confirmed",
                    notes=[("found", {})],
                    raw=reply.body,
                )
        return None

    @api.model
    def _gestor_check(self):
        # a company of the state that stays there
        number = Number("krs", "0000028860")
        with self._gestor_connect() as (transport, _key):
            if not self._gestor_ask(transport, number):
                raise RegisterAnswerError("no_result", operation=number.value)
