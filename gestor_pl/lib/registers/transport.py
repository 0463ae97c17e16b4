"""The only place that talks to the network: one small class over ``requests``.

Registers are public services that are slow, down or, at worst, not what they claim to
be. So each request has a time limit as a whole, not only per read, an answer is counted
while it comes in and cut off when it gets too large, redirects are not followed (an
answer of another server would be none), compressed answers are not taken (a small one
may unpack to gigabytes), and certificates are always checked.
"""

import json
import time
from dataclasses import dataclass, field

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from .errors import (
    RegisterAnswerError,
    RegisterLimitError,
    RegisterRefusedError,
    RegisterTimeoutError,
)

JSON = ("application/json",)
CHUNK_BYTES = 16 * 1024
#: what the caller has to look at itself: the answer, a wrong question, nothing found
_ANSWERS = {200, 201, 204, 400, 404, 422}
_PASSING = {500, 502, 503, 504}
_DEFAULT_WAIT_SECONDS = 60
_LONGEST_WAIT_SECONDS = 24 * 60 * 60


@dataclass
class Reply:
    """An answer as it came.

    >>> Reply(200, "application/json", b'{"a": 1}').json()
    {'a': 1}
    >>> Reply(200, "application/json", b'{"a": ').json()
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterAnswerError: broken {'kind': 'JSON'}
    """

    status: int
    mime: str
    body: bytes
    headers: dict = field(default_factory=dict)

    def json(self):
        """Return the answer as data; only an object or a list is one.

        :raise RegisterAnswerError: if it is no JSON, whatever makes it so
        """
        try:
            data = json.loads(self.body)
        except (ValueError, RecursionError):
            raise RegisterAnswerError("broken", kind="JSON") from None
        if not isinstance(data, dict | list):
            raise RegisterAnswerError("broken", kind="JSON")
        return data


@dataclass
class Limits:
    """How long to wait and how much to take.

    :ivar silence_seconds: until somebody takes the call, and between parts of an answer
    :ivar total_seconds: one try as a whole
    :ivar max_bytes: largest answer
    :ivar attempts: tries in all; more than one only where nobody waits
    :ivar backoff_seconds: pause before the second try, doubled before each further one
    """

    silence_seconds: float = 6
    total_seconds: float = 12
    max_bytes: int = 2 * 1024 * 1024
    attempts: int = 1
    backoff_seconds: float = 1


class Transport:
    """Talk to one server.

    :param str base_url: scheme and host, with no slash at the end
    :param Limits limits: time and size
    :param before: called before each try; raises :class:`RegisterLimitError` if it is
        one too many
    """

    def __init__(self, base_url, limits=None, before=None):
        self.base_url = base_url.rstrip("/")
        self.limits = limits or Limits()
        self.before = before

    def get(self, path, accept=JSON, headers=None, params=None):
        """Ask by GET; see :meth:`_request` for what comes back."""
        return self._request("GET", path, accept, headers, params=params)

    def post(self, path, accept=JSON, headers=None, data=None, payload=None):
        """Ask by POST with bytes (``data``) or an object that becomes JSON."""
        return self._request("POST", path, accept, headers, data=data, json=payload)

    def _request(self, method, path, accept, headers, **options):
        """Return the reply to one question, asked again while the failure may pass.

        :rtype: Reply
        :raise RegisterError: in one of its kinds
        """
        pause = self.limits.backoff_seconds
        for left in range(self.limits.attempts - 1, -1, -1):
            if self.before:
                self.before()
            try:
                return self._try(method, path, accept, headers, options)
            except RegisterTimeoutError:
                if not left:
                    raise
            time.sleep(pause)
            pause *= 2
        raise AssertionError("at least one attempt")  # pragma: no cover

    def _try(self, method, path, accept, headers, options):
        limits = self.limits
        ends_at = time.monotonic() + limits.total_seconds
        try:
            with requests.request(
                method,
                self.base_url + path,
                headers={
                    "Accept": ", ".join(accept),
                    "Accept-Encoding": "identity",
                    "User-Agent": "Gestor",
                    **(headers or {}),
                },
                timeout=limits.silence_seconds,
                stream=True,
                allow_redirects=False,
                **options,
            ) as response:
                self._check_status(response)
                body = self._read(response, ends_at)
        except requests.exceptions.SSLError:
            raise RegisterAnswerError("certificate") from None
        except (requests.exceptions.Timeout, ReadTimeoutError):
            raise RegisterTimeoutError(
                "timeout", seconds=round(limits.total_seconds)
            ) from None
        except (requests.exceptions.RequestException, HTTPError):
            raise RegisterTimeoutError("unreachable") from None
        mime = response.headers.get("Content-Type", "")
        if response.status_code in (200, 201) and body:
            self._check_mime(mime, accept)
        return Reply(response.status_code, mime, body, dict(response.headers))

    def _check_status(self, response):
        status = response.status_code
        if status in _ANSWERS:
            return
        if status == 429:
            raise RegisterLimitError("limit", wait_seconds(response.headers))
        if status in (401, 403):
            raise RegisterRefusedError("key_refused", status=status)
        if status in _PASSING:
            raise RegisterTimeoutError("down", status=status)
        raise RegisterAnswerError("status", status=status)

    def _read(self, response, ends_at):
        """Return the body, giving up as soon as it is too large or too slow."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise RegisterAnswerError("encoded")
        limit = self.limits.max_bytes
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > limit:
            raise RegisterAnswerError("too_large", limit_kb=limit // 1024)
        body = bytearray()
        # one read of the socket at a time: a larger one would wait for a server that
        # sends a byte now and then
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=False):
            body += chunk
            if len(body) > limit:
                raise RegisterAnswerError("too_large", limit_kb=limit // 1024)
            if time.monotonic() > ends_at:
                raise requests.exceptions.ReadTimeout
        return bytes(body)

    def _check_mime(self, mime, accept):
        if mime.partition(";")[0].strip().lower() not in accept:
            kind = mime.partition(";")[0].strip()[:60] or "?"
            raise RegisterAnswerError("wrong_type", kind=kind)


def wait_seconds(headers):
    """Return how long a refusing server asks to wait.

    >>> wait_seconds({"Retry-After": "180"}), wait_seconds({})
    (180, 60)
    >>> wait_seconds({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})
    60
    >>> wait_seconds({"Retry-After": "99999999"})
    86400
    """
    text = headers.get("Retry-After", "")
    if not text.isdigit():
        return _DEFAULT_WAIT_SECONDS
    return min(max(int(text), 1), _LONGEST_WAIT_SECONDS)
