"""Filters and conditions as a user typed them. No ORM."""

#: what reading such a text may raise: it stands for anything a person can type
READ_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
