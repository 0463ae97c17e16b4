from urllib.parse import urlencode

from odoo import api, models

from ..lib.registers import ceidg
from ..lib.registers.errors import RegisterAnswerError
from ..lib.registers.subject import ACTIVE, CLOSED, FIRM, SUSPENDED

_RESULTS = {ACTIVE: "found", SUSPENDED: "suspended", CLOSED: "closed"}


class GestorRegisterCeidg(models.AbstractModel):
    _name = "gestor.register.ceidg"
    _inherit = "gestor.register.provider"
    _description = "Register: CEIDG"

    _gestor_code = "ceidg"
    _gestor_sequence = 20
    _gestor_kinds = ("nip", "regon")
    _gestor_urls = (
        "https://dane.biznes.gov.pl",
        "https://test-dane.biznes.gov.pl",
    )
    _gestor_needs_key = True
    # 50 in 3 minutes and 1000 in an hour; who asks more is blocked for 3 minutes
    _gestor_request_limits = ((25, 180), (500, 3600))

    @api.model
    def _gestor_fetch_batch(self, numbers):
        findings = {}
        with self._gestor_connect() as (transport, key):
            for number in numbers:
                query = urlencode({number.kind: number.value})
                findings[number] = self._gestor_ask(transport, key, number, query)
        return findings

    @api.model
    def _gestor_verify_batch(self, questions):
        found = self._gestor_fetch_batch([question.number for question in questions])
        return {question: found[question.number] for question in questions}

    @api.model
    def _gestor_pick(self, numbers, subject):
        # companies are not there: no question, which there are few of
        if subject.get("kind") == FIRM:
            return None
        return super()._gestor_pick(numbers, subject)

    @api.model
    def _gestor_ask(self, transport, key, number, query):
        reply = transport.get(
            f"{ceidg.PATH}/firma?{query}", headers={"Authorization": f"Bearer {key}"}
        )
        # 204 and 404: a firm that is no sole trader
        has_answer = reply.status == 200 and reply.body
        subject = ceidg.read_subject(reply.json()) if has_answer else None
        if not subject:
            return self._gestor_finding(number, raw=reply.body)
        status = subject.get("status", ACTIVE)
        return self._gestor_finding(
            number,
            subject=subject,
            result="confirmed" if status == ACTIVE else "denied",
            notes=[(_RESULTS[status], {})],
            raw=reply.body,
        )

    @api.model
    def _gestor_check(self):
        with self._gestor_connect() as (transport, key):
            headers = {"Authorization": f"Bearer {key}"}
            reply = transport.get(f"{ceidg.PATH}/firmy?limit=1", headers=headers)
        if reply.status not in (200, 204):
            raise RegisterAnswerError("status", status=reply.status)
