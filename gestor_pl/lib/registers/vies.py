"""VIES: VAT numbers of the European Union, the REST service of the Commission."""

from .errors import (
    RegisterAnswerError,
    RegisterLimitError,
    RegisterQuestionError,
    RegisterTimeoutError,
)
from .subject import mapping, sequence, subject, text

PATH = "/taxation_customs/vies/rest-api/check-vat-number"
COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    " XI".split()
)
_DOWN = {"MS_UNAVAILABLE", "TIMEOUT", "SERVICE_UNAVAILABLE"}
_BUSY = {
    "MS_MAX_CONCURRENT_REQ",
    "MS_MAX_CONCURRENT_REQ_TIME",
    "GLOBAL_MAX_CONCURRENT_REQ",
    "GLOBAL_MAX_CONCURRENT_REQ_TIME",
}
_EMPTY = {"---", ""}


def question(number, requester=""):
    """Return what is sent; with our own number the answer carries a proof.

    >>> question("GR094259216", "PL5261040828")["countryCode"]
    'EL'
    >>> question("US123456789")
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterQuestionError: not_eu {'country': 'US'}
    """
    country = {"GR": "EL"}.get(number[:2], number[:2])
    if country not in COUNTRIES:
        raise RegisterQuestionError("not_eu", country=country)
    payload = {"countryCode": country, "vatNumber": number[2:]}
    if requester:
        payload["requesterMemberStateCode"] = requester[:2]
        payload["requesterNumber"] = requester[2:]
    return payload


def result_of(data):
    """Return the answer if it is one: errors come with status 200, too.

    >>> result_of({"valid": True})
    {'valid': True}
    >>> result_of({"actionSucceed": False,
    ...            "errorWrappers": [{"error": "MS_UNAVAILABLE"}]})
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterTimeoutError: vies_down ...
    """
    answer = mapping(data)
    errors = [mapping(item) for item in sequence(answer.get("errorWrappers"))]
    code = text(errors[0].get("error")) if errors else text(answer.get("userError"))
    if code in ("", "VALID", "INVALID") and isinstance(answer.get("valid"), bool):
        return answer
    if code in _DOWN:
        raise RegisterTimeoutError("vies_down", state=code)
    if code in _BUSY:
        raise RegisterLimitError("busy", 60)
    if code in ("INVALID_INPUT", "INVALID_REQUESTER_INFO"):
        raise RegisterQuestionError("register_says", message=code)
    if code:
        raise RegisterAnswerError("register_says", message=code[:100])
    raise RegisterAnswerError("broken", kind="JSON")


def read_subject(answer, number=""):
    """Return what a country tells about a valid number; some tell nothing.

    >>> read_subject({"valid": True, "countryCode": "CZ", "name": "ACME s.r.o.",
    ...               "address": "Dlouhá 5\\n110 00 PRAHA"})
    {'name': 'ACME s.r.o.', 'street': 'Dlouhá 5, 110 00 PRAHA', 'country': 'CZ'}
    >>> read_subject({"valid": True, "countryCode": "DE", "name": "---"}, "DE136695976")
    {'nip': 'DE136695976', 'country': 'DE'}
    >>> read_subject({"valid": False})
    """
    if not answer.get("valid"):
        return None
    name, address = answer.get("name"), answer.get("address")
    lines = address.splitlines() if isinstance(address, str) else []
    country = text(answer.get("countryCode"))
    return subject(
        name="" if text(name) in _EMPTY else text(name),
        nip=number,
        street="" if text(address) in _EMPTY else ", ".join(map(text, lines)),
        country={"EL": "GR", "XI": "GB"}.get(country, country),
    )
