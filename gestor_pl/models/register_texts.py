"""The words for what the registers' clients report by codes."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: code of an error or a note -> sentence; codes of ``lib.registers`` and ``lib.vault``
TEXTS = {
    # the connection
    "timeout": _lt("No answer within %(seconds)s seconds."),
    "unreachable": _lt("The register cannot be reached."),
    "down": _lt("The register is out of order now (status %(status)s)."),
    "status": _lt("The register answered with the unexpected status %(status)s."),
    "certificate": _lt("The certificate of the register is not valid."),
    "encoded": _lt("The answer is compressed although that was not asked for."),
    "too_large": _lt("The answer is larger than %(limit_kb)s kB and was cut off."),
    "wrong_type": _lt("The answer is not of this register (type %(kind)s)."),
    "broken": _lt("The answer is damaged (%(kind)s)."),
    "forbidden_xml": _lt("The answer contains forbidden XML and was refused."),
    "no_result": _lt("The answer to %(operation)s has no result."),
    "register_says": _lt("The register says: %(message)s"),
    "not_asked": _lt("Not asked: the other registers took too long."),
    # limits
    "limit": _lt("The register accepts no more questions now."),
    "busy": _lt("The register is too busy now."),
    "day_limit": _lt("The register's limit of this day is used up."),
    "renewed": _lt("The register is just being renewed."),
    "own_limit": _lt("So that the register does not block us, questions must wait."),
    "vies_down": _lt("The country's part of VIES does not work now (%(state)s)."),
    # keys
    "key_missing": _lt("Gestor has no key to this register."),
    "key_refused": _lt("The register does not accept the key (status %(status)s)."),
    "no_key": _lt(
        "The server has no key for secrets: put secret_key in the section [gestor] of "
        "its configuration file."
    ),
    "bad_key": _lt(
        "The key for secrets in the server's configuration file is not valid."
    ),
    "other_key": _lt(
        "The stored key was encrypted with another key of the server: enter it again."
    ),
    "off": _lt("The register is switched off."),
    # questions
    "not_eu": _lt("%(country)s is not in VIES."),
    "kind": _lt("This register knows no such numbers."),
    # answers
    "found": _lt("Found."),
    "not_found": _lt("Not in the register."),
    "vat_active": _lt("Active VAT payer."),
    "vat_exempt": _lt("VAT payer exempt from VAT."),
    "vat_unregistered": _lt("Not registered as a VAT payer."),
    "account_listed": _lt("The bank account is on the white list."),
    "account_missing": _lt("The bank account is not on the white list."),
    "vies_valid": _lt("The VAT number is valid."),
    "vies_invalid": _lt("The VAT number is not valid."),
    "closed": _lt("The activity has ended."),
    "suspended": _lt("The activity is suspended."),
    "differs": _lt("Differs: %(names)s."),
    "accounts_missing": _lt("Accounts not on the white list: %(numbers)s."),
    "no_access": _lt("The person who ordered the check may not read the client."),
    "no_number": _lt("The client has no number that this register knows."),
}


def words(env, text):
    """Return a lazy text in the user's language."""
    translate = env._  # the host's checker wants a literal wherever it sees env._()
    return translate(text)


def say(env, notes):
    """Return ``[(code, params), ...]`` as text in the user's language."""
    return " ".join(words(env, TEXTS[code]) % params for code, params in notes)


def say_error(env, error):
    """Return why there is no answer; with the time if it may come later.

    :param error: a ``RegisterError`` or a ``VaultError``
    """
    sentence = say(env, [(error.code, getattr(error, "params", {}))])
    wait = getattr(error, "wait_seconds", 0)
    if not wait:
        return sentence
    later = env._("Minutes to wait: %(minutes)s.", minutes=-(-wait // 60))
    return f"{sentence} {later}"
