"""Puts the own fields into the views of a document, which do not know them."""

from lxml import etree

FIELD = "gestor_properties"
CURRENCY = "gestor_own_currency_id"


def add_own_fields(arch, view_type, has_amount=False, label="Own fields"):
    """Add the own fields to a form, a list or a search that has none yet.

    A form shows them above its pages, else at the end of its sheet; one without a
    sheet is a small dialog and stays as it is.

    >>> form = etree.fromstring("<form><sheet><group/><notebook/></sheet></form>")
    >>> add_own_fields(form, "form")
    >>> [child.tag for child in form[0]]
    ['group', 'field', 'notebook']
    >>> small = etree.fromstring("<form><group/></form>")
    >>> add_own_fields(small, "form")
    >>> len(small)
    1
    >>> search = etree.fromstring('<search><field name="a"/><group/></search>')
    >>> add_own_fields(search, "search")
    >>> [child.tag for child in search], search[-1][0].get("string")
    (['field', 'field', 'group', 'group'], 'Own fields')
    """
    adder = _ADDERS.get(view_type)
    if adder and arch.find(f".//field[@name='{FIELD}']") is None:
        adder(arch, has_amount, label)


def _field(name, **attributes):
    return etree.Element("field", name=name, **attributes)


def _add_to_form(arch, has_amount, _label):
    sheet = arch.find("sheet")
    if sheet is None:
        return
    nodes = [_field(FIELD, widget="gestor_own_fields", columns="2", nolabel="1")]
    if has_amount:
        nodes.insert(0, _field(CURRENCY, invisible="1"))
    notebook = sheet.find("notebook")
    place = len(sheet) if notebook is None else sheet.index(notebook)
    for position, node in enumerate(nodes):
        sheet.insert(place + position, node)


def _add_to_list(arch, has_amount, _label):
    if has_amount:
        arch.append(_field(CURRENCY, column_invisible="1"))
    arch.append(_field(FIELD))


def _add_to_search(arch, _has_amount, label):
    fields = arch.findall("field")
    place = arch.index(fields[-1]) + 1 if fields else 0
    arch.insert(place, _field(FIELD))
    group = etree.SubElement(arch, "group")
    context = repr({"group_by": FIELD})
    etree.SubElement(group, "filter", name=FIELD, string=label, context=context)


_ADDERS = {"form": _add_to_form, "list": _add_to_list, "search": _add_to_search}
