"""What can go wrong between us and a register.

Every error has a code and parameters; the words stand in
``models/register_texts.py``. Nothing here ever carries a key, a token or the text of an
answer: errors are shown to users and written to logs.
"""


class RegisterError(Exception):
    """Something between us and a register failed.

    >>> error = RegisterTimeoutError("timeout", seconds=5)
    >>> error.code, error.params, str(error), error.is_passing
    ('timeout', {'seconds': 5}, "timeout {'seconds': 5}", True)

    :ivar is_passing: the same question may well be answered later
    """

    is_passing = False

    def __init__(self, code, **params):
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params


class RegisterTimeoutError(RegisterError):
    """The register is down, unreachable or too slow."""

    is_passing = True


class RegisterLimitError(RegisterError):
    """So many questions are not allowed now.

    :ivar wait_seconds: after how many seconds it may be asked again
    """

    is_passing = True

    def __init__(self, code, wait_seconds, **params):
        super().__init__(code, **params)
        self.wait_seconds = wait_seconds


class RegisterRefusedError(RegisterError):
    """The register does not accept our key, or there is none."""


class RegisterAnswerError(RegisterError):
    """What came back is not the answer of this register: broken, too large, foreign."""


class RegisterQuestionError(RegisterError):
    """The question itself is wrong, for example a number that cannot be."""
