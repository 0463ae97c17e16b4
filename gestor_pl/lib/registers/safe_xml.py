"""Read XML of strangers: no entities, no document type, nothing fetched."""

from lxml import etree

from .errors import RegisterAnswerError

_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def parse(data):
    """Return the root element.

    A document type is what entity bombs and fetched files need, and no register has a
    use for it: such an answer is refused before it is parsed. The encoding is fixed, so
    nothing can hide in another one.

    >>> parse("<root><dane>Łódź</dane></root>".encode()).findtext("dane")
    'Łódź'
    >>> parse(b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>')
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterAnswerError: forbidden_xml
    >>> parse(b"<root><dane>")
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterAnswerError: broken {'kind': 'XML'}

    :param bytes data: UTF-8
    :rtype: lxml.etree._Element
    :raise RegisterAnswerError: if it is forbidden or broken
    """
    if any(mark in data for mark in _FORBIDDEN):
        raise RegisterAnswerError("forbidden_xml")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RegisterAnswerError("broken", kind="XML") from None


def local(element):
    """Return the name of an element without its namespace.

    >>> local(parse(b'<a:b xmlns:a="urn:x"/>'))
    'b'
    """
    return etree.QName(element).localname


def find_text(root, name):
    """Return the text of the first element of a name in any namespace, or None.

    >>> find_text(parse(b'<a xmlns:n="urn:x"><n:b>1</n:b></a>'), "b")
    '1'
    """
    for element in root.iter():
        if isinstance(element.tag, str) and local(element) == name:
            return element.text or ""
    return None
