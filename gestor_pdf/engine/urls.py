"""Which addresses a printed document may use.

A document is often partly written by a user, so the list is closed: pictures,
static files, asset bundles, barcodes and the company logo of this very server, and
``data:``. None of them is asked for over the network; whoever implements
:class:`~odoo.addons.gestor_pdf.engine.render.Resources` reads them in process.
"""

import posixpath
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

#: Relative addresses of a document are joined to this one. ``.invalid`` can never
#: be resolved (RFC 2606), so a mistake here cannot reach the network.
BASE_URL = "http://document.invalid/"

_SIZE = "<int:width>x<int:height>"
_IMAGE_RECORDS = (
    "<string:xmlid>",
    "<string:model>/<int:id>/<string:field>",
    "<int:id>",
    "<int:id>-<string:unique>",
)
_IMAGES = [
    f"/web/image/{record}{size}{name}"
    for record in _IMAGE_RECORDS
    for size in ("", f"/{_SIZE}")
    for name in ("", "/<string:filename>")
]
_CONTENTS = [
    f"/web/content/{record}{name}"
    for record in _IMAGE_RECORDS
    for name in ("", "/<string:filename>")
]
_RULES = {
    "image": ["/web/image", *_IMAGES, "/web/content", *_CONTENTS],
    "assets": ["/web/assets/<string:unique>/<string:filename>"],
    "barcode": ["/report/barcode", "/report/barcode/<barcode_type>/<path:value>"],
    "logo": ["/logo", "/logo.png", "/web/binary/company_logo"],
    "static": ["/<string:module>/static/<path:path>"],
}
_MATCHER = Map(
    [Rule(path, endpoint=kind) for kind, paths in _RULES.items() for path in paths],
    strict_slashes=False,
    merge_slashes=False,
).bind("document.invalid")


class ResourceRefused(Exception):
    """The document may not use this address, or there is nothing behind it."""


class Target(NamedTuple):
    """What an address stands for."""

    kind: str  #: image, assets, barcode, logo or static
    args: dict  #: arguments found in the path and in the query


def resolve(url, origins=()):
    """Tell what an address stands for.

    :param str url: absolute, as the layout engine asks for it
    :param origins: own addresses of the server, ``scheme://host[:port]``
    :rtype: Target
    :raise ResourceRefused: for anything that is not on the closed list

    >>> resolve("http://document.invalid/web/image/res.partner/7/image_128?width=64")
    Target(kind='image', args={'width': '64', 'model': 'res.partner', 'id': 7, 'field': 'image_128'})
    >>> resolve("https://erp.example/logo.png?company=2", ["https://erp.example"])
    Target(kind='logo', args={'company': '2'})
    >>> resolve("http://document.invalid/report/barcode/QR/a%2Fb?width=90").args
    {'width': '90', 'barcode_type': 'QR', 'value': 'a/b'}
    >>> resolve("http://document.invalid/web/static/img/logo.png").args
    {'module': 'web', 'path': 'img/logo.png'}
    >>> resolve("file:///etc/passwd")
    Traceback (most recent call last):
    ...
    odoo.addons.gestor_pdf.engine.urls.ResourceRefused: foreign address
    >>> resolve("http://document.invalid/web/static/%2e%2e/models/ir_http.py")
    Traceback (most recent call last):
    ...
    odoo.addons.gestor_pdf.engine.urls.ResourceRefused: path leaves its folder
    """  # noqa: E501
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ResourceRefused("malformed address") from error
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin not in {BASE_URL.rstrip("/"), *(own.lower() for own in origins)}:
        raise ResourceRefused("foreign address")
    try:
        kind, args = _MATCHER.match(unquote(parts.path))
    except HTTPException as error:
        raise ResourceRefused("no such resource") from error
    if kind == "static" and not _is_inside(args["path"]):
        raise ResourceRefused("path leaves its folder")
    return Target(kind, {**dict(parse_qsl(parts.query)), **args})


def origin_of(url):
    """Return scheme and host of an address.

    >>> origin_of("https://erp.example:8443/odoo/action-7")
    'https://erp.example:8443'
    """
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}"


def _is_inside(path):
    """Tell whether a relative path stays below the folder it starts from.

    >>> _is_inside("img/logo.png"), _is_inside("../x"), _is_inside("a/../../x")
    (True, False, False)
    >>> _is_inside("a\\\\..\\\\x"), _is_inside("/etc/passwd")
    (False, False)
    """
    return not (
        path.startswith("/")
        or "\\" in path
        or "\0" in path
        or ".." in path.split("/")
        or posixpath.normpath(path) != path
    )
