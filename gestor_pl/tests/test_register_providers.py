from unittest.mock import patch

from odoo.tests import tagged

from ..lib.registers.errors import (
    RegisterAnswerError,
    RegisterLimitError,
    RegisterQuestionError,
    RegisterRefusedError,
    RegisterTimeoutError,
)
from ..lib.registers.subject import Number, Question
from . import register_samples as samples
from .register_common import RegisterCommon
from .register_samples import ACCOUNT, KRS, NIP, OTHER_NIP, REGON
from .register_server import Answer

NUMBER = Number("nip", NIP)
OTHER = Number("nip", OTHER_NIP)


@tagged("post_install", "-at_install")
class TestRegisterProviders(RegisterCommon):
    def _fetch(self, code, *numbers):
        provider = self.providers[code].with_user(self.user)
        return provider._gestor_fetch(list(numbers))

    def _verify(self, code, *questions):
        provider = self.providers[code].with_user(self.user)
        return provider._gestor_verify(list(questions))

    def assertFails(self, finding, kind, code):
        self.assertIsInstance(finding.error, kind)
        self.assertEqual(finding.error.code, code)
        self.assertEqual(finding.result, "failed")
        self.assertFalse(finding.subject)

    def test_registers_are_known_in_their_order(self):
        self.assertEqual(
            list(self.providers), ["gus", "ceidg", "krs", "white_list", "vies", "nbp"]
        )

    # === GUS ===

    def test_gus_gives_a_firm_with_activities_and_units(self):
        self._use_gus()
        found = self._fetch("gus", NUMBER)[NUMBER].subject
        self.assertEqual(found["name"], 'PRZYKŁAD "ŁÓDŹ" & WSPÓLNICY SP. Z O.O.')
        self.assertEqual(found["street"], "ul. Piotrkowska 12/3")
        self.assertEqual((found["krs"], found["kind"]), (KRS, "firm"))
        self.assertEqual(found["email"], "biuro@przyklad.example")
        self.assertEqual(
            found["legal_form"], "spółki z ograniczoną odpowiedzialnością"
        )
        codes = [(item["code"], item["main"]) for item in found["pkd"]]
        self.assertEqual(codes, [("62.20.A", False), ("62.10.B", True)])
        self.assertEqual(found["units"][0]["zip"], "80-001")
        self.assertEqual(found["units"][0]["street"], "ul. Długa 7")

    def test_gus_answers_to_regon_and_krs(self):
        self._use_gus()
        for number in (Number("regon", REGON), Number("krs", KRS)):
            self.assertEqual(self._fetch("gus", number)[number].subject["nip"], NIP)

    def test_gus_logs_in_once_for_many_questions(self):
        bir = self._use_gus()
        self._fetch("gus", NUMBER)
        self._fetch("gus", NUMBER)
        self.assertEqual(bir.calls.count("Zaloguj"), 1)

    def test_gus_logs_in_again_when_the_session_has_ended(self):
        bir = self._use_gus()
        self._fetch("gus", NUMBER)
        bir.sessions.clear()
        self.assertTrue(self._fetch("gus", NUMBER)[NUMBER].subject)
        self.assertEqual(bir.calls.count("Zaloguj"), 2)

    def test_gus_of_the_older_version_is_understood(self):
        self._use_gus(prefixes=("BIR11",))
        self.assertEqual(self._fetch("gus", NUMBER)[NUMBER].subject["krs"], KRS)

    def test_gus_that_knows_no_report_still_gives_the_address(self):
        self._use_gus(prefixes=())
        found = self._fetch("gus", NUMBER)[NUMBER].subject
        self.assertEqual(found["city"], "Łódź")
        self.assertNotIn("pkd", found)

    def test_gus_without_the_firm_says_so(self):
        self._use_gus(firms=())
        finding = self._fetch("gus", NUMBER)[NUMBER]
        self.assertFalse(finding.error)
        self.assertEqual((finding.subject, finding.result), (None, "denied"))

    def test_gus_refuses_a_wrong_key(self):
        self._use_gus()
        self.registers["gus"].key_input = "wrong"
        finding = self._fetch("gus", NUMBER)[NUMBER]
        self.assertFails(finding, RegisterRefusedError, "key_refused")

    def test_gus_without_a_key_is_not_asked(self):
        self.registers["gus"].sudo().secret = False
        finding = self._fetch("gus", NUMBER)[NUMBER]
        self.assertFails(finding, RegisterRefusedError, "key_missing")
        self.assertFalse(self.server.requests)

    def test_gus_test_environment_has_a_public_key(self):
        self.registers["gus"].sudo().write({"secret": False, "is_test": True})
        self._use(gus=samples.Bir(key="abcde12345abcde12345"))
        self.assertTrue(self._fetch("gus", NUMBER)[NUMBER].subject)

    def test_gus_proves_many_firms_by_one_request(self):
        ended = {**samples.PERSON_ROW, "DataZakonczeniaDzialalnosci": "2020-01-31"}
        bir = self._use_gus(firms=(samples.FIRM_ROW, ended))
        missing = Number("nip", "7010000011")
        questions = [Question(number) for number in (NUMBER, OTHER, missing)]
        found = self._verify("gus", *questions)
        results = [found[question].result for question in questions]
        self.assertEqual(results, ["confirmed", "denied", "denied"])
        self.assertEqual(bir.calls, ["Zaloguj", "DaneSzukajPodmioty"])

    def test_gus_damaged_answers_are_told_apart(self):
        self._use_gus()
        bomb = b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'
        soap = "application/soap+xml; charset=utf-8"
        for answer, code in (
            (Answer(b"<s:Envelope", soap), "broken"),
            (Answer(bomb, soap), "forbidden_xml"),
            (Answer(b"<html/>", "text/html"), "wrong_type"),
            (Answer(b"nothing", 'multipart/related; boundary="x"'), "broken"),
            (samples.soap("Inne", "x"), "no_result"),
            (samples.soap("DaneSzukajPodmioty", "<root><dane>"), "broken"),
        ):
            with self.subTest(code=code, mime=answer.mime):
                self._use(gus=self._after_login(answer))
                finding = self._fetch("gus", NUMBER)[NUMBER]
                self.assertFails(finding, RegisterAnswerError, code)

    def _after_login(self, answer):
        bir = samples.Bir()
        return lambda request: (
            bir(request) if b"Zaloguj>" in request.body else answer
        )

    # === CEIDG, KRS ===

    def test_ceidg_gives_a_sole_trader(self):
        register = self.registers["ceidg"]
        register.write({"active": True, "key_input": "token-1"})
        self._use(ceidg=samples.json_answer(samples.CEIDG))
        found = self._fetch("ceidg", OTHER)[OTHER].subject
        self.assertEqual(found["street"], "ul. Polna 5A/2")
        self.assertEqual(found["pkd"][0], {
            "code": "47.11.Z", "name": "Sprzedaż detaliczna", "main": True,
        })  # fmt: skip
        request = self.server.requests[0]
        self.assertEqual(request.headers["Authorization"], "Bearer token-1")

    def test_ceidg_without_the_firm_says_so(self):
        self.registers["ceidg"].write({"active": True, "key_input": "token-1"})
        for status in (204, 404):
            self._use(ceidg=Answer(b"", status=status))
            finding = self._fetch("ceidg", OTHER)[OTHER]
            self.assertEqual((finding.error, finding.subject), (None, None))

    def test_register_that_is_switched_off_is_not_asked(self):
        finding = self._fetch("ceidg", OTHER)[OTHER]
        self.assertFails(finding, RegisterRefusedError, "off")
        self.assertFalse(self.server.requests)

    def test_krs_gives_a_company(self):
        self._use(krs=samples.json_answer(samples.KRS_EXTRACT))
        number = Number("krs", KRS)
        found = self._fetch("krs", number)[number].subject
        self.assertEqual((found["nip"], found["regon"]), (NIP, REGON))

    def test_krs_looks_among_associations_too(self):
        def answer(request):
            is_there = "rejestr=S" in request.path
            return samples.json_answer(samples.KRS_EXTRACT, 200 if is_there else 404)

        self._use(krs=answer)
        number = Number("krs", KRS)
        self.assertTrue(self._fetch("krs", number)[number].subject)
        self.assertEqual(len(self.server.requests), 2)

    # === White list ===

    def test_white_list_gives_status_accounts_and_a_proof(self):
        self._use(white_list=[samples.listed()])
        finding = self._fetch("white_list", NUMBER)[NUMBER]
        self.assertEqual(finding.subject["vat_status"], "active")
        self.assertEqual(finding.subject["accounts"], [ACCOUNT])
        self.assertEqual(finding.subject["zip"], "90-001")
        self.assertEqual(finding.request_id, "aa111-8abcdef")
        self.assertIn(b"24-11-2026", finding.raw)

    def test_white_list_proves_thirty_firms_by_one_request(self):
        numbers = [Number("nip", str(5260000000 + n)) for n in range(61)]
        self._use(white_list=[samples.listed(number.value) for number in numbers[:60]])
        found = self._verify("white_list", *map(Question, numbers))
        results = [found[Question(number)].result for number in numbers]
        self.assertEqual(results, ["confirmed"] * 60 + ["denied"])
        self.assertEqual(len(self.server.requests), 3)

    def test_white_list_tells_exempt_and_unregistered(self):
        firms = [
            samples.listed(NIP, "Zwolniony"),
            samples.listed(OTHER_NIP, "Niezarejestrowany"),
        ]
        self._use(white_list=firms)
        found = self._verify("white_list", Question(NUMBER), Question(OTHER))
        notes = [found[Question(n)].notes[0][0] for n in (NUMBER, OTHER)]
        self.assertEqual(notes, ["vat_exempt", "vat_unregistered"])

    def test_white_list_checks_one_account(self):
        self._use(white_list=[samples.listed()])
        yes, no = Question(NUMBER, ACCOUNT), Question(NUMBER, "1" * 26)
        found = self._verify("white_list", yes, no)
        self.assertEqual((found[yes].result, found[no].result), ("confirmed", "denied"))
        self.assertTrue(found[no].request_id)

    def test_white_list_wrong_number_is_the_questions_fault(self):
        self._use(
            white_list=samples.json_answer(
                {"code": "WL-115", "message": "Nieprawidłowy NIP."}, 400
            )
        )
        finding = self._fetch("white_list", NUMBER)[NUMBER]
        self.assertFails(finding, RegisterQuestionError, "register_says")

    def test_used_up_day_blocks_further_questions(self):
        self._use(
            white_list=samples.json_answer({"code": "WL-191", "message": "Limit"}, 400)
        )
        finding = self._fetch("white_list", NUMBER)[NUMBER]
        self.assertFails(finding, RegisterLimitError, "day_limit")
        again = self._fetch("white_list", NUMBER)[NUMBER]
        self.assertFails(again, RegisterLimitError, "own_limit")
        self.assertGreater(again.error.wait_seconds, 0)
        self.assertEqual(len(self.server.requests), 1)

    # === VIES ===

    def test_vies_gives_a_consultation_number_for_our_own(self):
        self._use(vies=samples.json_answer(samples.VIES_VALID))
        number = Number("vat", "CZ25123891")
        finding = self._verify("vies", Question(number))[Question(number)]
        self.assertEqual(finding.result, "confirmed")
        self.assertEqual(finding.request_id, "WAPIAAAAYsQ1pXyz")
        self.assertIn(b'"requesterNumber": "5252344078"', self.server.requests[0].body)

    def test_vies_failures_are_told_apart(self):
        number = Number("vat", "CZ25123891")
        for code, kind in (
            ("MS_UNAVAILABLE", RegisterTimeoutError),
            ("MS_MAX_CONCURRENT_REQ", RegisterLimitError),
            ("INVALID_INPUT", RegisterQuestionError),
            ("VAT_BLOCKED", RegisterAnswerError),
        ):
            wrappers = {"actionSucceed": False, "errorWrappers": [{"error": code}]}
            self._use(vies=samples.json_answer(wrappers))
            with self.subTest(code=code):
                error = self._fetch("vies", number)[number].error
                self.assertIsInstance(error, kind)
            self.env["gestor.rate.limit"].search([]).unlink()

    def test_number_from_outside_the_union_is_not_asked(self):
        number = Number("vat", "US123456789")
        finding = self._fetch("vies", number)[number]
        self.assertFails(finding, RegisterQuestionError, "not_eu")
        self.assertFalse(self.server.requests)

    # === Limits ===

    def test_own_limit_stops_before_the_register_does(self):
        self.registers["white_list"].request_limit = 2
        self._use(white_list=[samples.listed()])
        errors = [self._fetch("white_list", NUMBER)[NUMBER].error for _n in range(3)]
        self.assertEqual(errors[:2], [None, None])
        self.assertEqual(errors[2].code, "own_limit")
        self.assertEqual(len(self.server.requests), 2)

    def test_window_of_requests_is_counted_for_all_users(self):
        limits = patch.object(
            type(self.providers["krs"]), "_gestor_request_limits", ((1, 60),)
        )
        self._use(krs=samples.json_answer(samples.KRS_EXTRACT))
        number = Number("krs", KRS)
        with limits:
            self._fetch("krs", number)
            other = self.providers["krs"].with_user(self.manager)
            error = other._gestor_fetch([number])[number].error
        self.assertEqual(error.code, "own_limit")
        self.assertLessEqual(error.wait_seconds, 60)

    def test_refusal_of_one_register_leaves_the_others_alone(self):
        self._use(white_list=Answer(status=429, headers={"Retry-After": "100"}))
        self._use(krs=samples.json_answer(samples.KRS_EXTRACT))
        error = self._fetch("white_list", NUMBER)[NUMBER].error
        self.assertEqual(error.wait_seconds, 100)
        number = Number("krs", KRS)
        self.assertTrue(self._fetch("krs", number)[number].subject)

    def test_failure_stops_the_rest_of_the_questions(self):
        self._use(vies=Answer(status=503))
        numbers = [Number("vat", f"CZ2512389{n}") for n in range(3)]
        found = self._fetch("vies", *numbers)
        self.assertEqual({found[n].error.code for n in numbers}, {"down"})
        self.assertEqual(len(self.server.requests), 1)
