"""The white list of VAT payers of the Ministry of Finance.

Source: "API Wykazu podatników VAT", the ministry's page on the list. What it answers
with carries ``requestId``: the proof that and when the question was asked.
"""

import json

from .errors import RegisterAnswerError, RegisterLimitError, RegisterQuestionError
from .finding import Finding, Question, failed
from .subject import Number, mapping, sequence, split_address, subject, text

#: numbers in one question
BATCH = 30
ACTIVE, EXEMPT, UNREGISTERED = "active", "exempt", "unregistered"
_VAT = {"Czynny": ACTIVE, "Zwolniony": EXEMPT, "Niezarejestrowany": UNREGISTERED}
#: WL-191: the day's limit; WL-195, WL-196: the list is just being renewed
_DAY_LIMIT = "WL-191"
_RENEWED = {"WL-195", "WL-196"}
#: the ministry's own NIP is always on the list
KNOWN = Question(Number("nip", "5260250274"))
_NOTES = {
    ACTIVE: "vat_active",
    EXEMPT: "vat_exempt",
    UNREGISTERED: "vat_unregistered",
}
_BAD_NUMBER = {f"WL-{code}" for code in range(101, 119)}


def search(ask, numbers):
    """Return ``{number: Finding}`` by one request; who is missing is in no entry.

    :param ask: takes a path, returns the result of the answer
    :param numbers: of one kind, at most ``BATCH``
    """
    kind, values = numbers[0].kind, list(dict.fromkeys(n.value for n in numbers))
    result = ask(search_path(kind, values))
    found = entries(result, values)
    return {
        number: _firm_finding(number, result, *found[number.value])
        for number in numbers
        if number.value in found
    }


def check_account(ask, question):
    """Return the finding whether an account belongs to a number.

    :param ask: takes a path, returns the result of the answer
    """
    number = question.number
    result = ask(check_path(number.kind, number.value, question.account))
    is_listed = text(result.get("accountAssigned")) == "TAK"
    return Finding(
        number,
        result="confirmed" if is_listed else "denied",
        notes=[["account_listed" if is_listed else "account_missing", {}]],
        **_proof(result, result),
    )


def _firm_finding(number, result, firm, problem):
    if problem:
        return failed(number, RegisterQuestionError("register_says", message=problem))
    status = vat_status(firm)
    return Finding(
        number,
        subject=read_subject(firm) if firm else None,
        result="confirmed" if status == ACTIVE else "denied",
        notes=[[_NOTES[status], {}]],
        **_proof(result, firm),
    )


def _proof(result, part):
    """Return what proves an answer: of one to many only the part of one firm."""
    proof = {key: text(result.get(key)) for key in ("requestId", "requestDateTime")}
    return {
        "request_id": proof["requestId"],
        "requested_at": proof["requestDateTime"],
        "raw": json.dumps({**proof, "answer": part}, ensure_ascii=False).encode(),
    }


def search_path(kind, numbers):
    """Return where to ask about numbers of one kind: nip, regon or bank-account.

    >>> search_path("nip", ["5261040828"]), search_path("nip", ["1", "2"])
    ('/api/search/nip/5261040828', '/api/search/nips/1,2')
    """
    return f"/api/search/{kind}{'s' if len(numbers) > 1 else ''}/{','.join(numbers)}"


def check_path(kind, number, account):
    """Return where to ask whether an account of 26 digits is on the list.

    >>> check_path("nip", "5261040828", "79" * 13)[:32]
    '/api/check/nip/5261040828/bank-a'
    """
    return f"/api/check/{kind}/{number}/bank-account/{account}"


def result_of(data, seconds_to_midnight=3600):
    """Return the result of an answer.

    >>> result_of({"result": {"requestId": "a"}})
    {'requestId': 'a'}
    >>> result_of({"code": "WL-191", "message": "Limit"})
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterLimitError: day_limit
    >>> result_of({"code": "WL-115", "message": "Nieprawidłowy NIP."})
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterQuestionError: register_says ...

    :param int seconds_to_midnight: when the day's limit starts anew
    :raise RegisterError: if the answer is an error
    """
    answer = mapping(data)
    result = answer.get("result")
    if isinstance(result, dict):
        return result
    code, message = text(answer.get("code")), text(answer.get("message"))[:200]
    if code == _DAY_LIMIT:
        raise RegisterLimitError("day_limit", seconds_to_midnight)
    if code in _RENEWED:
        raise RegisterLimitError("renewed", 60)
    if code in _BAD_NUMBER:
        raise RegisterQuestionError("register_says", message=message or code)
    if code or message:
        raise RegisterAnswerError("register_says", message=message or code)
    raise RegisterAnswerError("broken", kind="JSON")


def entries(result, numbers):
    """Return ``{number: (subject or None, error text)}`` of an answer to many.

    Of one number the answer has a subject, of many it has entries; a number that is
    missing in the answer is missing in the result, too.

    >>> one = {"subject": {"name": "A", "nip": "1", "statusVat": "Czynny"}}
    >>> entries(one, ["1"])["1"][0]["statusVat"]
    'Czynny'
    >>> many = {"entries": [{"identifier": "1", "subjects": [{"nip": "1"}]},
    ...                     {"identifier": "2", "subjects": []},
    ...                     {"identifier": "3", "error": {"message": "bad"}}]}
    >>> entries(many, ["1", "2", "3"])
    {'1': ({'nip': '1'}, ''), '2': (None, ''), '3': (None, 'bad')}
    """
    if "entries" in result:
        found = {}
        for entry in map(mapping, sequence(result["entries"])):
            problem = text(mapping(entry.get("error")).get("message"))[:200]
            firms = sequence(entry.get("subjects"))
            firm = mapping(firms[0]) if firms else {}
            found[text(entry.get("identifier"))] = (firm or None, problem)
        return found
    if "subjects" in result:
        # of one account: the firms that share it, of which the first one is taken
        firms = sequence(result["subjects"])
        return {numbers[0]: (mapping(firms[0]) if firms else None, "")}
    return {numbers[0]: (mapping(result.get("subject")) or None, "")}


def vat_status(firm):
    """Return active, exempt or unregistered; whoever is not listed is unregistered.

    >>> vat_status({"statusVat": "Czynny"}), vat_status(None)
    ('active', 'unregistered')
    """
    return _VAT.get(text(mapping(firm).get("statusVat")), UNREGISTERED)


def accounts(firm):
    """Return the accounts on the list, each 26 digits.

    >>> accounts({"accountNumbers": ["1" * 26, "bad", None]}) == ["1" * 26]
    True
    """
    numbers = map(text, sequence(mapping(firm).get("accountNumbers")))
    return [number for number in numbers if len(number) == 26 and number.isdigit()]


def read_subject(firm):
    """Return the normalised subject of a listed firm.

    >>> found = read_subject({"name": "ACME", "nip": "5261040828", "krs": "0000028860",
    ...     "statusVat": "Czynny", "workingAddress": "DŁUGA 5/2, 00-238 WARSZAWA"})
    >>> found["street"], found["zip"], found["vat_status"]
    ('DŁUGA 5/2', '00-238', 'active')
    """
    # a firm has its seat as the working address, a sole trader may have both
    address = text(firm.get("workingAddress")) or text(firm.get("residenceAddress"))
    street, code, city = split_address(address)
    return subject(
        name=text(firm.get("name")),
        nip=text(firm.get("nip")),
        regon=text(firm.get("regon")),
        krs=text(firm.get("krs")),
        street=street,
        zip=code,
        city=city,
        country="PL",
        vat_status=vat_status(firm),
        started=text(firm.get("registrationLegalDate")),
        accounts=accounts(firm),
        # accounts behind a mask: only a question about one account finds them
        has_virtual=firm.get("hasVirtualAccounts") is True,
    )
