"""The words for what the reader and the importers report by codes."""

from odoo.tools.translate import LazyTranslate

from odoo.addons.gestor_pl.models.register_texts import words

_lt = LazyTranslate(__name__)

#: code of a fault or note -> sentence; codes of ``lib.epp.errors`` and the importers
TEXTS = {
    # the file
    "empty_file": _lt("The file is empty."),
    "not_epp": _lt("This is not an EDI++ file: it does not begin with [INFO]."),
    "binary": _lt("This is a binary file, not text."),
    "utf16": _lt(
        "The file is saved as UTF-16; save it in code page 1250, 852 or UTF-8."
    ),
    "no_info": _lt("The [INFO] section has no readable line."),
    "codepage_unknown": _lt(
        "The file names an unknown code page (%(value)s); it is read as %(used)s."
    ),
    "codepage_differs": _lt(
        "The file names code page %(value)s but its letters are in %(used)s; "
        "it is read as %(used)s."
    ),
    # a line
    "undecodable": _lt("The line has bytes that do not exist in code page %(value)s."),
    "unclosed_quote": _lt("A quotation mark is opened and never closed."),
    "bad_quote": _lt("A quotation mark stands where none may be."),
    "too_long": _lt("The line is longer than %(value)s bytes."),
    "label_misplaced": _lt("The label [%(value)s] stands in a wrong place."),
    "outside": _lt("The line stands outside any section."),
    "truncated": _lt("The file ends in the middle of a line; it may be cut off."),
    "no_content": _lt(
        "The file ends before the content of the section; it may be cut off."
    ),
    "too_few_fields": _lt(
        "The line has %(value)s fields, at least %(minimum)s are needed."
    ),
    "bad_number": _lt("Field %(position)s is not a number: %(value)s"),
    "negative": _lt("Field %(position)s is negative: %(value)s"),
    "field_long": _lt("Field %(position)s is longer than %(value)s signs."),
    "too_many": _lt("The document has more than %(value)s lines."),
    "bad_date": _lt("Field %(position)s is not a date: %(value)s"),
    "no_heading": _lt("The first line of the table has no headings."),
    "not_xlsx": _lt("This is not a readable XLSX workbook."),
    "zip_bomb": _lt("The workbook unpacks to more than is read."),
    "too_many_rows": _lt("A workbook may have %(value)s rows; save it as CSV."),
    "not_vcard": _lt("This file has no business cards (vCard)."),
    "bad_card": _lt("The card cannot be read."),
    "nul": _lt("The line has a NUL character, which no text may have."),
    "missing": _lt("Field %(position)s is empty."),
    "bad_kind": _lt("Field %(position)s has an unknown value: %(value)s"),
    # any section
    "section_unknown": _lt(
        "Gestor has no place for this section; the fields stay in this line."
    ),
    "option_off": _lt("Not chosen in the options of the import."),
    "update_off": _lt("It exists already and updating is switched off."),
    "duplicate": _lt("The same entry stands already in line %(line)s."),
    "archived": _lt("The record is archived; it is left as it is."),
    "failed": _lt("The database refused the line: %(value)s"),
    # clients
    "ambiguous_code": _lt("%(count)s records have the code %(value)s."),
    "own_company": _lt("NIP %(value)s is the one of your own company."),
    "nip_invalid": _lt(
        "NIP %(value)s is not valid: the client comes without it, "
        "the number is kept in the data from the file."
    ),
    "nip_shared": _lt(
        "NIP %(value)s belongs also to %(name)s: imported as a separate client "
        "(a branch)."
    ),
    "nip_twice": _lt(
        "NIP %(value)s stands in the file more than once: imported as a separate "
        "client (a branch)."
    ),
    "nip_found": _lt("Found by NIP %(value)s."),
    "country_unknown": _lt("The country %(value)s is not known."),
    "account_invalid": _lt(
        "Bank account %(value)s has wrong check digits; it is stored as written."
    ),
    "client_unknown": _lt("There is no client %(value)s."),
    # goods
    "barcode_found": _lt("Found by barcode %(value)s."),
    "barcode_bad": _lt(
        "Barcode %(value)s cannot be scanned: left out, kept in the data from the file."
    ),
    "barcode_used": _lt(
        "Barcode %(value)s belongs to another product: left out, "
        "kept in the data from the file."
    ),
    "unit_new": _lt("Unit %(value)s is new and will be created."),
    "unit_differs": _lt("The unit stays %(name)s (in the file: %(value)s)."),
    "vat_unknown": _lt(
        "VAT rate %(value)s has no tax in the company: the product comes without one."
    ),
    "supplier_unknown": _lt("There is no supplier %(value)s."),
    "has_variants": _lt("The product has variants; it is left as it is."),
    # prices
    "good_unknown": _lt("There is no product %(value)s."),
    "price_zero": _lt("The price is zero."),
    "category_new": _lt("Group %(value)s is new and will be created."),
    # activities and cards
    "client_ambiguous": _lt("%(count)s clients are called %(value)s."),
    "card_found": _lt("Found by %(value)s: only what was missing is added."),
    "firm_new": _lt("The firm %(value)s is new and will be created."),
    # documents
    "no_client": _lt("No client was found: the document keeps the data as text."),
    "lines_broken": _lt("Lines that cannot be read: %(value)s."),
    "currency_unknown": _lt("Currency %(value)s is not known: kept as text."),
    "pricelist_new": _lt("Price list %(value)s is new and will be created."),
}

#: kept data of a file (``gestor_epp_data``) -> label
DATA_LABELS = {
    "short_name": _lt("Short name"),
    "nip": _lt("NIP"),
    "fax": _lt("Fax"),
    "telex": _lt("Telex"),
    "supplier_analytic": _lt("Supplier analytic"),
    "customer_analytic": _lt("Customer analytic"),
    "kind": _lt("Kind"),
    "fiscal_name": _lt("Fiscal name"),
    "sww": _lt("SWW"),
    "remarks": _lt("Remarks"),
    "barcode": _lt("Barcode"),
    "currency_price": _lt("Price in currency"),
    "packaging_code": _lt("Packaging"),
    "min_stock": _lt("Minimum stock"),
    "volume": _lt("Volume"),
    "work_hours": _lt("Work hours"),
    "excise_status": _lt("Excise status"),
    "excise_tax": _lt("Excise tax"),
    "cash_method": _lt("Cash method"),
    "reverse_charge": _lt("Reverse charge"),
    "extra": _lt("Further fields"),
}
USER_FIELD_LABEL = _lt("User field %(number)s")

#: section key word -> label
SECTION_LABELS = {
    "INFO": _lt("File header"),
    "KONTRAHENCI": _lt("Clients"),
    "GRUPYKONTRAHENTOW": _lt("Client groups"),
    "CECHYKONTRAHENTOW": _lt("Client features"),
    "TOWARY": _lt("Goods and services"),
    "CENNIK": _lt("Price lists"),
    "DODATKOWEKONTRAHENTOW": _lt("Further data of clients"),
    "GRUPYTOWAROW": _lt("Groups of goods"),
    "CECHYTOWAROW": _lt("Features of goods"),
    "PRACOWNICY": _lt("Employees"),
    "DOKUMENTY": _lt("Documents"),
    "CZYNNOSCI": _lt("Activities"),
    "WIZYTOWKI": _lt("Business cards"),
}


def say(env, notes):
    """Return the notes ``[(code, params), ...]`` as text in the user's language."""
    sentences = []
    for code, params in notes:
        sentences.append(words(env, TEXTS[code]) % params)
    return " ".join(sentences)


def data_text(env, data):
    """Return kept data as lines ``label: value`` in the user's language."""
    lines = []
    for key, value in (data or {}).items():
        if key.startswith("user_"):
            label = words(env, USER_FIELD_LABEL) % {"number": key[5:]}
        else:
            label = words(env, DATA_LABELS[key]) if key in DATA_LABELS else key
        lines.append(f"{label}: {value}")
    return "\n".join(lines)
