"""Whether somebody may be contacted, decided from what was answered."""

#: the stricter ones come first: one of them is enough to be left alone
NO = ("refused", "withdrawn")
#: who wins where two records of one person say different things
STRICTNESS = ("waiting", "given", "refused", "withdrawn")


def decide(answers, today):
    """Return why a person may be contacted (``given``), or why not.

    :param answers: pairs of state and last valid day (or None), one for each consent
        that would do; a missing answer is not in the list
    :param date today: the day of contact
    :rtype: str

    >>> from datetime import date
    >>> day = date(2026, 3, 1)
    >>> decide([("given", None)], day)
    'given'
    >>> decide([("given", date(2026, 3, 1))], day)
    'given'
    >>> decide([("given", date(2026, 2, 28))], day)
    'expired'
    >>> decide([("given", None), ("refused", None)], day)
    'refused'
    >>> decide([("waiting", None)], day)
    'waiting'
    >>> decide([], day)
    'missing'
    """
    states = {state for state, _last_day in answers}
    for state in NO:
        if state in states:
            return state
    given = [last_day for state, last_day in answers if state == "given"]
    if any(not last_day or last_day >= today for last_day in given):
        return "given"
    if given:
        return "expired"
    return "waiting" if states else "missing"


def strictness(state, changed_at, last_day):
    """Return the key by which the answer that counts after a merge is the greatest.

    An answer beats none, a no beats a yes, the later no the earlier, and of two yeses
    the one that ends first wins.

    >>> from datetime import date
    >>> early, late = date(2026, 1, 1), date(2026, 6, 1)
    >>> strictness("refused", early, None) > strictness("given", late, None)
    True
    >>> strictness("given", early, None) > strictness("waiting", late, None)
    True
    >>> strictness("given", late, early) > strictness("given", late, None)
    True
    >>> strictness("refused", late, None) > strictness("withdrawn", early, None)
    True
    """
    is_no = state in NO
    days_left = -last_day.toordinal() if last_day else -(10**9)
    moment = changed_at.isoformat() if changed_at else ""
    return (
        2 if is_no else STRICTNESS.index(state),
        moment if is_no else "",
        days_left,
        moment,
    )
