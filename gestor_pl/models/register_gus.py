import time
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import groupby

from ..lib.registers import bir
from ..lib.registers.errors import RegisterError, RegisterTimeoutError
from ..lib.registers.subject import CLOSED

#: a session lives 60 minutes; ours ends earlier
_SESSION_SECONDS = 50 * 60
_FIELDS = {"nip": "Nip", "regon": "Regon"}
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
            return {number: self._gestor_whole(client, number) for number in numbers}

    @api.model
    def _gestor_verify_batch(self, questions):
        """Tell which firms exist and still work: one request for all of them."""
        values = list(dict.fromkeys(question.number.value for question in questions))
        with self._gestor_client() as client:
            found = self._gestor_search(client, questions[0].kind, values)
            raw = client.raw
        return {
            question: self._gestor_finding_of(
                question, bir.read_subject(bir.main_row(rows)), raw
            )
            for question in questions
            if (rows := found.get(question.number.value))
        }

    @api.model
    def _gestor_search(self, client, kind, values):
        """Return ``{value: rows}``; the answer to many says which row is whose."""
        if kind == "krs":  # no row names its KRS number
            return {value: client.search(kind, [value]) for value in values}
        found = {}
        for length, same in groupby(values, key=len):
            for row in client.search(kind, same):
                value = row.get(_FIELDS[kind], "")[:length]
                found.setdefault(value, []).append(row)
        return found

    @api.model
    def _gestor_whole(self, client, number):
        """Return a finding with activities and local units."""
        rows = client.search(number.kind, [number.value])
        raw = client.raw
        if not rows:
            return self._gestor_finding(number, raw=raw, mime="application/xml")
        row = bir.main_row(rows)
        regon = row.get("Regon", "")
        extra = []
        for name in bir.reports(row):
            try:
                extra.append(client.report(regon, name) if regon else [])
            except RegisterError:
                # the firm has been found: what a further report has is a bonus
                extra.append([])
        data, activities, units = (*extra, [])[:3]
        subject = bir.read_subject(row, data[0] if data else None, activities, units)
        return self._gestor_finding_of(number, subject, raw)

    @api.model
    def _gestor_finding_of(self, item, subject, raw):
        closed = subject.get("status") == CLOSED
        return self._gestor_finding(
            item,
            subject=subject,
            result="denied" if closed else "confirmed",
            notes=[("closed" if closed else "found", {})],
            raw=raw,
            mime="application/xml",
        )

    @api.model
    def _gestor_check(self):
        with self._gestor_client() as client:
            if client.state() != "1":
                raise RegisterTimeoutError("down", status=client.state())

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
