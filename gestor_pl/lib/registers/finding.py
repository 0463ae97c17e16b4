"""What a register is asked and what it says, one answer for one number."""

import base64
from dataclasses import dataclass, field
from typing import NamedTuple

from .errors import RegisterError, RegisterQuestionError
from .subject import ACTIVE, CLOSED, Number, identify

#: what a firm does -> code of the note
_STATUS_NOTES = {ACTIVE: "found", CLOSED: "closed"}


class Question(NamedTuple):
    """What is to be proved: a number, or a bank account of 26 digits with it."""

    number: Number
    account: str = ""

    @property
    def kind(self):
        """The kind of the number: questions of one kind go together."""
        return self.number.kind


@dataclass
class Finding:
    """What one register says about one number.

    >>> finding = Finding(Number("nip", "5261040828"), result="confirmed", raw=b"{}")
    >>> Finding.load(finding.dump()) == finding
    True

    :ivar subject: normalised data, see ``subject.subject``, or None
    :ivar result: for a proof: ``confirmed``, ``denied`` or ``failed``
    :ivar notes: ``[[code, params]]``, whose words are in ``models/register_texts.py``
    :ivar error: why there is no answer, a ``RegisterError``
    :ivar request_id: the register's own number of the enquiry: the proof
    :ivar requested_at: when, as the register says it
    :ivar raw: the answer as it came
    """

    number: Number
    subject: dict | None = None
    result: str = ""
    notes: list = field(default_factory=list)
    error: Exception | None = None
    request_id: str = ""
    requested_at: str = ""
    raw: bytes = b""

    def dump(self):
        """Return the finding as data for JSON; an error is left out."""
        data = {**vars(self), "raw": base64.b64encode(self.raw).decode()}
        data.pop("error")
        return data

    @classmethod
    def load(cls, data):
        """Return the finding of :meth:`dump`."""
        number, raw = Number(*data["number"]), base64.b64decode(data["raw"])
        return cls(**{**data, "number": number, "raw": raw})


def failed(number, error):
    """Return the finding that there is no answer.

    >>> failed(Number("nip", "1"), RegisterQuestionError("kind")).result
    'failed'
    """
    return Finding(number, result="failed", error=error)


def missing(number, raw=b""):
    """Return the finding that the register does not know a number.

    >>> missing(Number("nip", "1")).result
    'denied'
    """
    return Finding(number, result="denied", notes=[["not_found", {}]], raw=raw)


def of_firm(number, subject, raw=b""):
    """Return the finding on a firm: confirmed is one that works.

    >>> of_firm(Number("nip", "1"), {"status": "closed"}).notes
    [['closed', {}]]
    >>> of_firm(Number("nip", "1"), {"name": "A"}).result
    'confirmed'
    """
    status = subject.get("status", ACTIVE)
    return Finding(
        number,
        subject=subject,
        result="confirmed" if status == ACTIVE else "denied",
        notes=[[_STATUS_NOTES.get(status, "suspended"), {}]],
        raw=raw,
    )


def collect(questions, kinds, size, ask):
    """Ask in batches of one kind; after a failure that may pass ask no more.

    >>> def ask(batch):
    ...     print([number.value for number in batch])
    ...     return {batch[0]: of_firm(batch[0], {})}
    >>> numbers = [Number("nip", "1"), Number("krs", "2"), Number("nip", "3")]
    >>> found = collect(numbers, ["nip"], 2, ask)
    ['1', '3']
    >>> [found[number].result for number in numbers]
    ['confirmed', 'failed', 'denied']

    A text as people type it will do for a number:

    >>> [item.error for item in collect(["526-104-08-29"], ["nip"], 2, ask).values()]
    [RegisterQuestionError('kind')]

    :param questions: numbers or questions, each with a ``kind``, or texts
    :param kinds: that the register knows
    :param int size: of a batch
    :param ask: returns ``{question: Finding}``; who is missing is not in the register
    :return: ``{question: Finding}`` for every question
    """
    asked = {item: _read(item) for item in questions}
    findings, failure = {}, None
    for kind in kinds:
        items = [item for item in asked.values() if item.kind == kind]
        for batch in _batches(items, size):
            if failure:
                break
            try:
                findings.update(ask(batch))
            except RegisterError as error:
                is_fault = isinstance(error, RegisterQuestionError)
                failure = None if is_fault else error
                findings |= {item: failed(_number(item), error) for item in batch}
    for item in asked.values():
        if item.kind not in kinds:
            findings[item] = failed(_number(item), RegisterQuestionError("kind"))
        elif item not in findings and failure:
            findings[item] = failed(_number(item), failure)
        elif item not in findings:
            findings[item] = missing(_number(item))
    return {item: findings[read] for item, read in asked.items()}


def _read(item):
    """Return the number of a text; of one that is none, a number of no kind."""
    if isinstance(item, str):
        return identify(item) or Number("", item)
    return item


def _batches(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]


def _number(item):
    return getattr(item, "number", item)
