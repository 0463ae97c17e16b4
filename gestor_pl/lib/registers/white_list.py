"""The white list of VAT payers of the Ministry of Finance.

Source: "API Wykazu podatników VAT", the ministry's page on the list. What it answers
with carries ``requestId``: the proof that and when the question was asked.
"""

from .errors import RegisterAnswerError, RegisterLimitError, RegisterQuestionError
from .subject import mapping, sequence, split_address, subject, text

#: numbers in one question
BATCH = 30
ACTIVE, EXEMPT, UNREGISTERED = "active", "exempt", "unregistered"
_VAT = {"Czynny": ACTIVE, "Zwolniony": EXEMPT, "Niezarejestrowany": UNREGISTERED}
#: WL-191: the day's limit; WL-195, WL-196: the list is just being renewed
_DAY_LIMIT = "WL-191"
_RENEWED = {"WL-195", "WL-196"}
_BAD_NUMBER = {f"WL-{code}" for code in range(101, 119)}


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


def entries(result, kind, numbers):
    """Return ``{number: (subject or None, error text)}`` of an answer to many.

    Of one number the answer has a subject, of many it has entries; a number that is
    missing in the answer is missing in the result, too.

    >>> one = {"subject": {"name": "A", "nip": "1", "statusVat": "Czynny"}}
    >>> entries(one, "nip", ["1"])["1"][0]["statusVat"]
    'Czynny'
    >>> many = {"entries": [{"identifier": "1", "subjects": [{"nip": "1"}]},
    ...                     {"identifier": "2", "subjects": []},
    ...                     {"identifier": "3", "error": {"message": "bad"}}]}
    >>> entries(many, "nip", ["1", "2", "3"])
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
        firms = map(mapping, sequence(result["subjects"]))
        return {text(firm.get(kind)): (firm, "") for firm in firms}
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
