"""Numbers in EDI++ files: tax numbers, bank accounts, barcodes."""

import re

from stdnum.pl import nip

_EMPTY_NIP = "0" * 10


def compact(text):
    """Return a number in capitals without the signs people put between.

    >>> compact("pl 123-456.78/90")
    'PL1234567890'
    """
    return re.sub(r"[\W_]", "", text).upper()


def tax_number(text, prefix=""):
    """Return ``(country prefix, number)`` of a tax number in any spelling.

    A number without letters is Polish unless ``prefix`` says otherwise.

    >>> tax_number("526-10-40-828")
    ('PL', '5261040828')
    >>> tax_number("PL 5261040828", "PL"), tax_number("DE136695976", "PL")
    (('PL', '5261040828'), ('DE', '136695976'))
    >>> tax_number("136695976", "DE")
    ('DE', '136695976')
    """
    number = compact(text)
    number = re.sub(r"^NIP(?=(PL)?\d)", "", number)
    match = re.match(r"[A-Z]{2}(?=\w*\d)", number)
    if match:
        return match.group(), number[2:]
    return (prefix or "PL").upper(), number


def is_nip(number):
    """Tell whether ten digits are a NIP; ten zeros pass the check sum, yet are none.

    >>> is_nip("5261040828"), is_nip("5261040829"), is_nip("0000000000")
    (True, False, False)
    """
    return number != _EMPTY_NIP and nip.is_valid(number)


def is_iban(number):
    """Tell whether the check digits of an IBAN are right (ISO 7064, mod 97-10).

    >>> is_iban("PL79913909960308246281948219"), is_iban("PL00913909960308246281948219")
    (True, False)
    """
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", number):
        return False
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def bank_account(text):
    """Return ``(account, is valid)``; a Polish NRB becomes an IBAN.

    >>> bank_account("79 9139 0996 0308 2462 8194 8219")
    ('PL79913909960308246281948219', True)
    >>> bank_account("00 9139 0996 0308 2462 8194 8219")
    ('00 9139 0996 0308 2462 8194 8219', False)
    >>> bank_account("DE89 3704 0044 0532 0130 00")
    ('DE89370400440532013000', True)
    """
    number = compact(text)
    if re.fullmatch(r"\d{26}", number):
        number = f"PL{number}"
    if is_iban(number):
        return number, True
    return text.strip(), False


def is_barcode(text):
    """Tell whether a scanner can read this: printable ASCII without blanks.

    >>> is_barcode("5901234123457"), is_barcode("ŻÓŁW"), is_barcode("12 34")
    (True, False, False)
    """
    return bool(re.fullmatch(r"[!-~]{1,48}", text))
