"""Joins the PDF files of several documents to one.

The host cuts a PDF of several records by its outlines and expects them as
wkhtmltopdf writes them: one entry on the top level for each record, its target a
named destination whose first element is the number of the page.
"""

import io

from odoo.tools.pdf import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfFileReader,
    PdfFileWriter,
    createStringObject,
)


def merge(documents):
    """Join PDF files.

    :param documents: pairs of an identity, or None, and the bytes of a PDF;
        neighbours with the same identity share one outline
    :return: bytes of a PDF; the only document unchanged
    """
    documents = list(documents)
    if len(documents) == 1:
        return documents[0][1]
    writer = PdfFileWriter()
    starts, previous = [], None
    for identity, content in documents:
        if identity is None or identity != previous:
            starts.append(writer.getNumPages())
        previous = identity
        writer.appendPagesFromReader(PdfFileReader(io.BytesIO(content), strict=False))
    _add_outlines(writer, starts)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _add_outlines(writer, starts):
    """Write one outline per page number and link them to a chain."""
    destinations = DictionaryObject()
    items = []
    for number, page in enumerate(starts, start=1):
        name = NameObject(f"/record-{number}")
        destinations[name] = ArrayObject(
            [NumberObject(page), NameObject("/XYZ"), *[NumberObject(0)] * 3]
        )
        item = DictionaryObject()
        item[NameObject("/Title")] = createStringObject(str(number))
        item[NameObject("/Dest")] = name
        items.append(item)
    references = [writer._addObject(item) for item in items]
    outlines = DictionaryObject()
    outlines[NameObject("/Type")] = NameObject("/Outlines")
    outlines[NameObject("/First")] = references[0]
    outlines[NameObject("/Last")] = references[-1]
    outlines[NameObject("/Count")] = NumberObject(len(items))
    parent = writer._addObject(outlines)
    for index, item in enumerate(items):
        item[NameObject("/Parent")] = parent
        if index:
            item[NameObject("/Prev")] = references[index - 1]
        if index + 1 < len(items):
            item[NameObject("/Next")] = references[index + 1]
    root = writer._root_object
    root[NameObject("/Outlines")] = parent
    root[NameObject("/Dests")] = writer._addObject(destinations)
