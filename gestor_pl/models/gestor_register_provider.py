from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import SQL, groupby, split_every

from ..lib.registers.errors import (
    RegisterError,
    RegisterLimitError,
    RegisterQuestionError,
    RegisterRefusedError,
)
from ..lib.registers.subject import Finding
from ..lib.registers.transport import Limits, Transport
from .server_settings import server_setting

WARSAW = ZoneInfo("Europe/Warsaw")


class GestorRegisterProvider(models.AbstractModel):
    """One public register: inherit it, set the attributes, write two methods.

    Who asks calls :meth:`_gestor_fetch` and :meth:`_gestor_verify`; neither raises for
    what a register does: each finding carries its own error, so other registers go on.
    """

    _name = "gestor.register.provider"
    _description = "Provider of a Public Register"

    #: the register's name in code and in ``gestor.register.code``
    _gestor_code = None
    #: the first one with a value wins when several registers know a client
    _gestor_sequence = 100
    #: kinds of numbers that it knows: nip, regon, krs, vat
    _gestor_kinds = ()
    #: production and test server
    _gestor_urls = ("", "")
    _gestor_needs_key = False
    #: key of the test server that everybody may use
    _gestor_test_key = ""
    #: numbers of one request for data and for a proof
    _gestor_fetch_size = 1
    _gestor_verify_size = 1
    #: requests in seconds: ``((count, seconds), ...)``. A window starts with its first
    #: request, so twice as many can fall into any such time: half of the true limit
    _gestor_request_limits = ()
    _gestor_max_bytes = 2 * 1024 * 1024

    # === Interface ===

    @api.model
    def _gestor_providers(self):
        """Return the providers of all registers, in their order.

        :rtype: dict[str, odoo.models.BaseModel]
        """
        base = self.env.registry["gestor.register.provider"]
        models_ = [
            self.env[name]
            for name, cls in self.env.registry.items()
            if issubclass(cls, base) and cls._gestor_code
        ]
        models_.sort(key=lambda model: model._gestor_sequence)
        return {model._gestor_code: model for model in models_}

    @api.model
    def _gestor_fetch(self, numbers):
        """Return what the register knows about numbers.

        :param list numbers: of ``lib.registers.subject.Number``
        :return: ``{number: Finding}`` for every number
        """
        return self._gestor_collect(
            numbers, self._gestor_fetch_size, self._gestor_fetch_batch
        )

    @api.model
    def _gestor_verify(self, questions):
        """Return proofs: findings with a result and the register's own request number.

        :param list questions: of ``lib.registers.subject.Question``
        :return: ``{question: Finding}`` for every question
        """
        return self._gestor_collect(
            questions, self._gestor_verify_size, self._gestor_verify_batch
        )

    @api.model
    def _gestor_pick(self, numbers, subject):
        """Return the number to ask with when a client is looked for, or None.

        :param dict numbers: ``{kind: Number}`` known so far
        :param dict subject: what the registers before said
        """
        known = (numbers[kind] for kind in self._gestor_kinds if kind in numbers)
        return next(known, None)

    @api.model
    def _gestor_check(self):
        """Ask the register for something that it always knows.

        :raise RegisterError: if it does not answer as it should
        """
        raise NotImplementedError

    # === What a provider writes ===

    @api.model
    def _gestor_fetch_batch(self, numbers):
        """Ask about numbers of one kind, at most ``_gestor_fetch_size`` of them.

        :return: ``{number: Finding}``; a number that is missing is not in the register
        :raise RegisterError: if there is no answer
        """
        raise NotImplementedError

    @api.model
    def _gestor_verify_batch(self, questions):
        """Prove questions of one kind, at most ``_gestor_verify_size`` of them.

        :return: ``{question: Finding}``
        :raise RegisterError: if there is no answer
        """
        raise NotImplementedError

    # === For providers ===

    @api.model
    def _gestor_collect(self, questions, size, ask):
        """Ask in batches; after a failure that is not the question's fault ask no more.

        :param questions: numbers or questions, each with a ``kind``
        """
        findings, failure = {}, None
        known = [item for item in questions if item.kind in self._gestor_kinds]
        for _kind, items in groupby(known, key=lambda item: item.kind):
            for batch in split_every(size, items, list):
                if failure:
                    break
                try:
                    findings.update(ask(batch))
                except RegisterQuestionError as error:
                    findings.update(self._gestor_failed(batch, error))
                except RegisterError as error:
                    failure = error
                    findings.update(self._gestor_failed(batch, error))
        unknown = RegisterQuestionError("kind")
        for item in questions:
            error = failure or (None if item in known else unknown)
            findings.setdefault(item, self._gestor_finding(item, error=error))
        return findings

    @api.model
    def _gestor_finding(self, item, **values):
        """Return a finding on a number or a question."""
        number = getattr(item, "number", item)
        if values.get("error"):
            values.setdefault("result", "failed")
        elif not values.get("subject") and not values.get("notes"):
            values.update(result="denied", notes=[("not_found", {})])
        return Finding(number, **values)

    @api.model
    def _gestor_failed(self, items, error):
        return {item: self._gestor_finding(item, error=error) for item in items}

    @api.model
    def _gestor_register(self):
        """Return the record with the settings of this register.

        :raise RegisterRefusedError: if it is switched off
        """
        # sudo: whoever may ask needs the address and the key, which he may not read
        register = self.env["gestor.register"].sudo()
        register = register.search([("code", "=", self._gestor_code)], limit=1)
        if not register:
            raise RegisterRefusedError("off")
        return register

    @contextmanager
    def _gestor_connect(self, operation="ask"):
        """Give ``(transport, key)`` of the register; mind its limits.

        :param str operation: what is counted apart from other operations
        """
        register = self._gestor_register()
        key = register._gestor_key()
        transport = Transport(
            self._gestor_url(register),
            Limits(
                max_bytes=self._gestor_max_bytes,
                # where nobody waits, a passing failure is tried again
                attempts=3 if self.env.context.get("gestor_pl_patient") else 1,
            ),
            before=lambda: self._gestor_count(register, operation),
        )
        try:
            yield transport, key
        except RegisterLimitError as error:
            if error.code != "own_limit":
                self._gestor_block(operation, error.wait_seconds)
            raise

    @api.model
    def _gestor_url(self, register):
        """Return the address of the server; a configuration file may name another."""
        other = server_setting(f"url_{self._gestor_code}")
        return other or self._gestor_urls[1 if register.is_test else 0]

    # === Limits, shared by all servers on one database ===

    @api.model
    def _gestor_count(self, register, operation):
        """Count a request.

        :raise RegisterLimitError: if it is one too many; nothing has been sent then
        """
        # sudo: counters are nobody's; the keys are fixed here
        limits = self.env["gestor.rate.limit"].sudo()
        base = f"register.{self._gestor_code}.{operation}"
        wait = self._gestor_wait(f"{base}.block")
        if wait:
            raise RegisterLimitError("own_limit", wait)
        for key, count, seconds in self._gestor_windows(register, operation):
            if not limits._gestor_hit(f"{base}.{key}", count, seconds):
                wait = self._gestor_wait(f"{base}.{key}") or 1
                raise RegisterLimitError("own_limit", wait)

    @api.model
    def _gestor_windows(self, register, operation):
        """Return ``[(key, requests, seconds)]`` that hold for an operation."""
        windows = [
            (str(seconds), count, seconds)
            for count, seconds in self._gestor_request_limits
        ]
        if register.request_limit:
            # a day is the register's own: what is left ends at midnight
            day = datetime.now(WARSAW).date()
            windows.append((str(day), register.request_limit, seconds_to_midnight()))
        return windows

    @api.model
    def _gestor_block(self, operation, seconds):
        """Ask nothing for some seconds, on no server of the database."""
        # sudo: see _gestor_count
        limits = self.env["gestor.rate.limit"].sudo()
        key = f"register.{self._gestor_code}.{operation}.block"
        limits._gestor_hit(key, 0, max(int(seconds), 1))

    @api.model
    def _gestor_wait(self, key):
        """Return the seconds until a window ends, 0 if there is none."""
        # a cursor of its own: this transaction sees no window of another server
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """
                    SELECT ceil(extract(epoch FROM
                        window_end_at - (clock_timestamp() AT TIME ZONE 'UTC')))
                      FROM gestor_rate_limit WHERE key = %s
                    """,
                    key,
                )
            )
            row = cr.fetchone()
        return max(int(row[0]), 0) if row else 0


def seconds_to_midnight():
    """Return the seconds until the day ends in Poland, at least one."""
    now = datetime.now(WARSAW)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), WARSAW)
    return max(int((midnight - now).total_seconds()), 1)
