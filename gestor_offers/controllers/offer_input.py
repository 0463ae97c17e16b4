"""Checks of what a client types or draws on the offer page; no ORM."""

import base64
import binascii
import io
import re

from PIL import Image

NAME_LENGTH = 100
NOTE_LENGTH = 2000
# A drawn signature is 5-60 kB; a photo of a signature stays below this as well.
SIGNATURE_BYTES = 512 * 1024
SIGNATURE_PIXELS = 4_000_000


class OfferInputError(Exception):
    """What the client sent cannot be used; ``code`` tells the reason."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def clean_name(value):
    """Return the signer's name on one line.

    >>> clean_name("  Anna\\n Nowak ")
    'Anna Nowak'

    :raise OfferInputError: ``name_missing`` or ``name_long``
    """
    name = re.sub(r"[\s\x00-\x1f\x7f]+", " ", value if isinstance(value, str) else "")
    name = name.strip()
    if not re.search(r"\w", name):
        raise OfferInputError("name_missing")
    if len(name) > NAME_LENGTH:
        raise OfferInputError("name_long")
    return name


def clean_note(value):
    """Return a comment without surrounding blanks, cut to what fits.

    >>> clean_note("  too late ")
    'too late'
    """
    return (value if isinstance(value, str) else "").strip()[:NOTE_LENGTH]


def clean_signature(value):
    """Return the signature image as base64 bytes when it is a sound picture.

    :param str value: base64 of the PNG that the browser made of the drawing, without
        the ``data:`` prefix
    :raise OfferInputError: ``signature_missing``, ``signature_large`` or
        ``signature_bad``
    """
    if not value or not isinstance(value, str):
        raise OfferInputError("signature_missing")
    if len(value) > SIGNATURE_BYTES * 4 / 3 + 4:
        raise OfferInputError("signature_large")
    try:
        content = base64.b64decode(value, validate=True)
        with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
            # the size stands in the header: nothing is unpacked before it is checked
            if image.width * image.height > SIGNATURE_PIXELS:
                raise OfferInputError("signature_large")
            # checksums of all parts: the host lets Pillow read incomplete pictures
            image.verify()
    except (binascii.Error, OSError, ValueError, SyntaxError) as error:
        # a broken part of a PNG is a SyntaxError for Pillow
        raise OfferInputError("signature_bad") from error
    return value.encode()


def clean_id(value):
    """Return a positive integer or 0.

    >>> clean_id("12"), clean_id("x"), clean_id(None), clean_id("-3")
    (12, 0, 0, 0)
    """
    text = str(value or "").strip()
    # ten digits are enough for any id and never overflow a query
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
