"""Who asks for a page: a person or a machine, as far as the request tells."""

import re

#: what link previews, mail scanners and programs call themselves
MACHINES = re.compile(
    r"bot|crawl|spider|scan|preview|prefetch|fetch|proxy|monitor|check|validator"
    r"|facebookexternalhit|whatsapp|slack|telegram|skypeuri|discord|embedly|outlook"
    r"|barracuda|mimecast|proofpoint|safelinks|urldefense|headless|phantom"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|perl|ruby|axios|httpclient",
    re.IGNORECASE,
)


def is_machine(agent, purpose=""):
    """Tell whether a request does not come from somebody who reads the page.

    :param str agent: the header User-Agent
    :param str purpose: the headers Sec-Purpose, Purpose and X-Moz, joined

    >>> is_machine("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0")
    False
    >>> is_machine("Mozilla/5.0 (compatible; Googlebot/2.1)")
    True
    >>> is_machine("WhatsApp/2.23")
    True
    >>> is_machine("")
    True
    >>> is_machine("Mozilla/5.0 Firefox/130.0", "prefetch;prerender")
    True
    """
    return (
        not agent
        or bool(MACHINES.search(agent))
        or "prefetch" in purpose.lower()
        or "preview" in purpose.lower()
    )


def clean_seconds(value, limit):
    """Return seconds from outside as a number between 0 and a limit.

    >>> clean_seconds("12.6", 60), clean_seconds(900, 60), clean_seconds(-1, 60)
    (12, 60, 0)
    >>> clean_seconds("x", 60), clean_seconds(None, 60), clean_seconds("nan", 60)
    (0, 0, 0)
    """
    try:
        seconds = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return 0
    return max(0, min(seconds, limit))
