"""Which fields a text may show: a dotted path is checked hop by hop against a list.

The rules know names and kinds only. Whether a user may read what a path leads to is
asked again, hop by hop, each time a text is filled in.
"""

import re

MAX_HOPS = 4
_SEGMENT = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
READABLE = {
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "one2many",
    "selection",
    "text",
}
TO_MANY = {"many2many", "one2many"}
RELATIONAL = TO_MANY | {"many2one"}
# the machinery of the program and whatever keeps keys: never a part of a letter
_REFUSED_MODELS = re.compile(
    r"^(ir|base|bus|auth|fetchmail|mail|iap|queue|payment|certificate|digest|web|"
    r"privacy|report|res\.config|res\.groups|res\.users\.\w+|res\.device)(\.|$|_)"
)
# of a user only what stands on a visiting card, whatever other addons add
_USER_FIELDS = {
    "company_id",
    "display_name",
    "email",
    "lang",
    "name",
    "partner_id",
    "phone",
    "signature",
    "tz",
}
_REFUSED_FIELDS = re.compile(
    r"(^|_)(pass|passwd|password|passphrase|pwd|secret|secrets|token|tokens|key|keys|"
    r"apikey|credential|credentials|totp|otp|pin|hash|salt|oauth|private|cert|"
    r"certificate|session|signup)(_|$)"
)


class PathError(ValueError):
    """A path that no text may use: ``reason`` and the ``segment`` it is about."""

    def __init__(self, reason, segment):
        super().__init__(f"{reason}: {segment}")
        self.reason = reason
        self.segment = segment


def resolve(fields_of, model, path):
    """Return the hops of a path, each a ``(model, field)``; the last is the value.

    A field that a model takes over from another one (``_inherits``) becomes the hops
    that lead to it, so the rights to each of them can be asked.

    :param fields_of: function from the name of a model to its ``{name: field}``
    :param str model: where the path starts
    :param str path: names of fields with dots between them
    :raise PathError: with reason ``shape``, ``long``, ``unknown``, ``refused``,
        ``kind`` or ``many``

    >>> from types import SimpleNamespace as F
    >>> char = F(type="char", store=True, inherited=False)
    >>> to = lambda name: F(
    ...     type="many2one", store=True, inherited=False, comodel_name=name
    ... )
    >>> fields = {
    ...     "offer": {"partner_id": to("partner"), "access_token": char},
    ...     "partner": {"name": char},
    ... }
    >>> resolve(fields.get, "offer", "partner_id.name")
    [('offer', 'partner_id'), ('partner', 'name')]
    >>> for path in ("__class__", "access_token", "partner_id.mobile", "name()"):
    ...     try:
    ...         resolve(fields.get, "offer", path)
    ...     except PathError as error:
    ...         print(error)
    shape: __class__
    refused: access_token
    unknown: mobile
    shape: name()
    """
    segments = (path or "").split(".")
    if len(segments) > MAX_HOPS:
        raise PathError("long", path)
    hops = _expand(fields_of, model, segments)
    many = [name for hop, name in hops if fields_of(hop)[name].type in TO_MANY]
    if len(many) > 1:
        raise PathError("many", many[1])
    return hops


def _expand(fields_of, model, segments):
    hops = []
    for position, segment in enumerate(segments):
        field = _check_field(fields_of, model, segment)
        if field.inherited:
            hops += _expand(fields_of, model, field.related.split("."))
        else:
            hops.append((model, segment))
        if position < len(segments) - 1:
            if field.type not in RELATIONAL:
                raise PathError("kind", segment)
            model = field.comodel_name
    return hops


def _check_field(fields_of, model, segment):
    if not _SEGMENT.match(segment):
        raise PathError("shape", segment)
    fields = fields_of(model) or {}
    if segment not in fields:
        raise PathError("unknown", segment)
    field = fields[segment]
    if _is_refused(model, segment) or (
        field.type in RELATIONAL and _is_refused(field.comodel_name, "display_name")
    ):
        raise PathError("refused", segment)
    is_plain = field.store or field.inherited or segment == "display_name"
    if field.type not in READABLE or not is_plain:
        raise PathError("kind", segment)
    return field


def _is_refused(model, segment):
    if _REFUSED_MODELS.match(model) or _REFUSED_FIELDS.search(segment):
        return True
    return model == "res.users" and segment not in _USER_FIELDS
