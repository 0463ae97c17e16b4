"""Ask all registers about one client: what one says gives others their numbers."""

import time

from .errors import RegisterTimeoutError
from .finding import failed
from .subject import Number, merge

#: somebody waits: after so long no further register is asked
PATIENCE_SECONDS = 25


def look_up(number, registers, clock=time.monotonic):
    """Return what each register says that knows such numbers.

    A register that fails stops no other; one that could not be asked yet gets its turn
    when another has told the number it needs: the white list knows the KRS number, too.

    >>> class Register:
    ...     def __init__(self, kind, data):
    ...         self.kind, self.data = kind, data
    ...     def pick(self, known, subject):
    ...         return known.get(self.kind)
    ...     def fetch(self, numbers):
    ...         from .finding import of_firm
    ...         return {numbers[0]: of_firm(numbers[0], self.data)}
    >>> krs = Register("krs", {"name": "ACME"})
    >>> white_list = Register("nip", {"krs": "0000028860"})
    >>> asks = {"krs": (krs.pick, krs.fetch),
    ...         "white_list": (white_list.pick, white_list.fetch)}
    >>> [code for code, finding in look_up(Number("nip", "5261040828"), asks)]
    ['krs', 'white_list']
    >>> seconds = iter(range(0, 100, 20))
    >>> late = look_up(Number("nip", "5261040828"), asks, lambda: next(seconds))
    >>> [(code, finding.error) for code, finding in late]
    [('krs', RegisterTimeoutError('not_asked')), ('white_list', None)]

    :param Number number: the first one that is known
    :param registers: ``{code: (pick, fetch)}`` in the order of trust; ``pick(known,
        subject)`` gives the number to ask with or None, ``fetch([number])`` findings
    :param clock: tells the time in seconds
    :return: ``[(code, finding)]`` in the same order
    """
    known, found, left = {number.kind: number}, {}, list(registers)
    ends_at = clock() + PATIENCE_SECONDS
    while left:
        subject = said(registers, found)
        for kind in ("nip", "regon", "krs"):
            if subject.get(kind, "").isdigit():
                known.setdefault(kind, Number(kind, subject[kind]))
        picks = {code: registers[code][0](known, subject) for code in left}
        code = next((code for code, pick in picks.items() if pick), None)
        if not code:
            break
        left.remove(code)
        pick, fetch = picks[code], registers[code][1]
        if clock() > ends_at:
            found[code] = failed(pick, RegisterTimeoutError("not_asked"))
        else:
            found[code] = fetch([pick])[pick]
    return [(code, found[code]) for code in registers if code in found]


def said(registers, found):
    """Return what the registers asked so far say together.

    >>> said(["gus"], {})
    {}
    """
    pairs = [(code, found[code].subject or {}) for code in registers if code in found]
    return merge(pairs)[0]
