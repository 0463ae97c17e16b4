import doctest
import gzip
import time
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests import BaseCase, tagged
from odoo.tests.common import _super_send

from ..lib import vault, working_days
from ..lib.registers import (
    bir,
    ceidg,
    errors,
    krs,
    mtom,
    nbp,
    safe_xml,
    subject,
    transport,
    vies,
    white_list,
)
from ..lib.registers.errors import (
    RegisterAnswerError,
    RegisterError,
    RegisterLimitError,
    RegisterRefusedError,
    RegisterTimeoutError,
)
from ..lib.registers.transport import Limits, Transport
from .register_samples import json_answer
from .register_server import Answer, RegisterServer

MODULES = (
    *(bir, ceidg, errors, krs, mtom, nbp, safe_xml, subject, transport, vies),
    *(white_list, vault, working_days),
)


@tagged("post_install", "-at_install")
class TestRegisterTransport(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = RegisterServer()
        cls.addClassCleanup(cls.server.stop)

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        if urlsplit(r.url).hostname == "127.0.0.1":
            return _super_send(s, r, **kw)
        return super()._request_handler(s, r, **kw)

    def setUp(self):
        super().setUp()
        self.server.reset()

    def _get(self, answer, before=None, **limits):
        self.server.answers["/"] = answer
        options = {"silence_seconds": 1, "total_seconds": 1, **limits}
        return Transport(self.server.url, Limits(**options), before).get("/a")

    def _failure(self, kind, answer, **limits):
        with self.assertRaises(kind) as caught:
            self._get(answer, **limits)
        return caught.exception

    def test_doctests_pass(self):
        flags = doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS
        for module in MODULES:
            result = doctest.testmod(module, optionflags=flags)
            self.assertTrue(result.attempted, module.__name__)
            self.assertFalse(result.failed, module.__name__)

    def test_answer_comes_back_as_it_is(self):
        reply = self._get(json_answer({"name": "Łódź"}))
        self.assertEqual((reply.status, reply.json()), (200, {"name": "Łódź"}))
        self.assertEqual(self.server.requests[0].headers["Accept-Encoding"], "identity")

    def test_nothing_found_is_an_answer(self):
        self.assertEqual(self._get(Answer(b"", status=204)).status, 204)
        self.assertEqual(self._get(Answer(b"no", "text/html", 404)).status, 404)

    def test_announced_oversize_is_refused_before_it_is_read(self):
        size = {"Content-Length": str(10**9)}
        error = self._failure(
            RegisterAnswerError, Answer(b"x", headers=size, pause=0), max_bytes=1024
        )
        self.assertEqual((error.code, error.params), ("too_large", {"limit_kb": 1}))

    def test_endless_answer_is_cut_off(self):
        started = time.monotonic()
        error = self._failure(
            RegisterAnswerError, Answer(endless=True), max_bytes=100_000
        )
        self.assertEqual(error.code, "too_large")
        self.assertLess(time.monotonic() - started, 5)

    def test_compressed_answer_is_refused(self):
        bomb = gzip.compress(b"0" * 50_000_000)
        error = self._failure(
            RegisterAnswerError, Answer(bomb, headers={"Content-Encoding": "gzip"})
        )
        self.assertEqual(error.code, "encoded")

    def test_silent_server_is_given_up(self):
        started = time.monotonic()
        error = self._failure(
            RegisterTimeoutError, Answer(pause=3), silence_seconds=0.3
        )
        self.assertEqual(error.code, "timeout")
        self.assertLess(time.monotonic() - started, 2)

    def test_dripping_server_is_given_up(self):
        """Each byte comes in time, the answer as a whole never does."""
        started = time.monotonic()
        slow = Answer(b"{" + b" " * 200, drip=0.1)
        error = self._failure(RegisterTimeoutError, slow, total_seconds=0.6)
        self.assertEqual(error.code, "timeout")
        self.assertLess(time.monotonic() - started, 3)

    def test_cut_connection_and_no_server_are_passing_failures(self):
        error = self._failure(RegisterTimeoutError, Answer(cut=True))
        self.assertTrue(error.is_passing)
        with self.assertRaises(RegisterTimeoutError):
            Transport("http://127.0.0.1:9", Limits(silence_seconds=1)).get("/")

    def test_failures_have_their_kinds(self):
        for answer, kind, code in (
            (Answer(status=401), RegisterRefusedError, "key_refused"),
            (Answer(status=403), RegisterRefusedError, "key_refused"),
            (Answer(status=503), RegisterTimeoutError, "down"),
            (Answer(status=418), RegisterAnswerError, "status"),
            (Answer(b"<html>", "text/html"), RegisterAnswerError, "wrong_type"),
        ):
            with self.subTest(code=code, status=answer.status):
                self.assertEqual(self._failure(kind, answer).code, code)

    def test_redirect_is_not_followed(self):
        away = Answer(status=302, headers={"Location": f"{self.server.url}/b"})
        self.assertEqual(self._failure(RegisterAnswerError, away).code, "status")
        self.assertFalse(self.server.asked("/b"))

    def test_limit_says_how_long_to_wait(self):
        answer = Answer(status=429, headers={"Retry-After": "180"})
        error = self._failure(RegisterLimitError, answer, attempts=3)
        self.assertEqual(error.wait_seconds, 180)
        self.assertEqual(len(self.server.requests), 1, "no more requests to a limit")

    def test_passing_failure_is_tried_again_with_growing_pauses(self):
        answers = [Answer(status=503), Answer(status=502), json_answer({"a": 1})]
        with patch.object(time, "sleep") as sleep:
            reply = self._get(answers, attempts=3, backoff_seconds=2)
        self.assertEqual(reply.json(), {"a": 1})
        self.assertEqual([call.args[0] for call in sleep.call_args_list], [2, 4])

    def test_last_failure_is_reported(self):
        with patch.object(time, "sleep"):
            self._failure(RegisterTimeoutError, Answer(status=503), attempts=3)
        self.assertEqual(len(self.server.requests), 3)

    def test_refused_by_the_limiter_sends_nothing(self):
        def refuse():
            raise RegisterLimitError("own_limit", 5)

        with self.assertRaises(RegisterLimitError):
            self._get(json_answer({}), before=refuse)
        self.assertFalse(self.server.requests)

    def test_damaged_json_is_told(self):
        for body in (b'{"a": ', b"\xff\xfe", b"[" * 100_000, b'"text"', b""):
            with self.subTest(body=body[:10]), self.assertRaises(RegisterAnswerError):
                self._get(Answer(body)).json()

    def test_entity_bomb_is_refused(self):
        laughs = "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
        )
        bomb = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><r a="&l11;">&l11;</r>'
        outside = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>'
        file = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>'
        for data in (bomb, outside, file):
            with self.assertRaises(RegisterAnswerError) as caught:
                safe_xml.parse(data.encode())
            self.assertEqual(caught.exception.code, "forbidden_xml")
            # hidden in another encoding it is no UTF-8, so no XML
            with self.assertRaises(RegisterAnswerError):
                safe_xml.parse(data.encode("utf-16"))

    def test_deep_xml_is_refused(self):
        with self.assertRaises(RegisterAnswerError):
            safe_xml.parse(b"<a>" * 100_000)

    def test_no_error_carries_a_key(self):
        self.server.answers["/"] = Answer(status=401)
        client = bir.BirClient(Transport(self.server.url), "top-secret-key")
        with self.assertRaises(RegisterError) as caught:
            client.search("nip", ["5261040828"])
        self.assertNotIn("top-secret-key", repr(caught.exception))
        self.assertIsNone(caught.exception.__cause__)
