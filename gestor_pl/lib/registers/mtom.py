"""MTOM: a SOAP answer packed in a multipart message (W3C, 2005)."""

from email.parser import BytesParser

from .errors import RegisterAnswerError

_SOAP_TYPES = {"application/xop+xml", "application/soap+xml", "text/xml"}
MIMES = ("multipart/related", "application/soap+xml", "application/xop+xml")


def unwrap(mime, body):
    r"""Return the envelope of an answer, packed or plain.

    >>> mime = 'multipart/related; type="application/xop+xml"; boundary="uuid:1+id=2"'
    >>> body = (b"\r\n--uuid:1+id=2\r\nContent-ID: <http://tempuri.org/0>\r\n"
    ...         b"Content-Transfer-Encoding: 8bit\r\n"
    ...         b'Content-Type: application/xop+xml;charset=utf-8\r\n\r\n'
    ...         b"<s:Envelope>\xc5\x81</s:Envelope>\r\n--uuid:1+id=2--\r\n")
    >>> unwrap(mime, body)
    b'<s:Envelope>\xc5\x81</s:Envelope>'
    >>> unwrap("application/soap+xml; charset=utf-8", b"<s:Envelope/>")
    b'<s:Envelope/>'
    >>> unwrap(mime, b"no parts")
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterAnswerError: broken {'kind': 'MTOM'}

    :param str mime: the header Content-Type
    :rtype: bytes
    """
    if not mime.lower().startswith("multipart/"):
        return body
    head = b"Content-Type: " + mime.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser().parsebytes(head + body.lstrip())
    if message.is_multipart():
        for part in message.get_payload():
            if part.get_content_type() in _SOAP_TYPES:
                return part.get_payload(decode=True)
    raise RegisterAnswerError("broken", kind="MTOM")
