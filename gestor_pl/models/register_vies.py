from odoo import api, models

from ..lib.registers import vies
from ..lib.registers.subject import Number, identify, text


class GestorRegisterVies(models.AbstractModel):
    _name = "gestor.register.vies"
    _inherit = "gestor.register.provider"
    _description = "Register: VIES"

    _gestor_code = "vies"
    _gestor_sequence = 50
    _gestor_kinds = ("vat", "nip")
    _gestor_urls = ("https://ec.europa.eu", "https://ec.europa.eu")
    _gestor_request_limits = ((30, 60),)

    @api.model
    def _gestor_fetch_batch(self, numbers):
        findings = {}
        with self._gestor_connect() as (transport, _key):
            for number in numbers:
                findings[number] = self._gestor_ask(transport, number)
        return findings

    @api.model
    def _gestor_verify_batch(self, questions):
        found = self._gestor_fetch_batch([question.number for question in questions])
        return {question: found[question.number] for question in questions}

    @api.model
    def _gestor_pick(self, numbers, subject):
        # a Polish firm is in better registers
        return numbers.get("vat")

    @api.model
    def _gestor_ask(self, transport, number):
        value = number.value if number.kind == "vat" else f"PL{number.value}"
        payload = vies.question(value, self._gestor_requester())
        reply = transport.post(vies.PATH, payload=payload)
        answer = vies.result_of(reply.json())
        return self._gestor_finding(
            number,
            subject=vies.read_subject(answer, value.removeprefix("PL")),
            result="confirmed" if answer["valid"] else "denied",
            notes=[("vies_valid" if answer["valid"] else "vies_invalid", {})],
            request_id=text(answer.get("requestIdentifier")),
            requested_at=text(answer.get("requestDate")),
            raw=reply.body,
        )

    @api.model
    def _gestor_requester(self):
        """Return the company's own number: with it an answer is a proof."""
        number = identify(self.env.company.vat or "")
        if not number or number.kind not in self._gestor_kinds:
            return ""
        return number.value if number.kind == "vat" else f"PL{number.value}"

    @api.model
    def _gestor_check(self):
        with self._gestor_connect() as (transport, _key):
            self._gestor_ask(transport, Number("nip", "5260250274"))
