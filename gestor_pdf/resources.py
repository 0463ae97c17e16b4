"""Reads what a printed document shows from the database and the addons."""

import base64

from odoo.tools import file_open
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from .engine.render import Resources
from .engine.urls import BASE_URL, ResourceRefused, origin_of, resolve

#: signs that squares can hold; bars with more than 256 are wider than any paper
BARCODE_LENGTHS = {"QR": 7089, "DataMatrix": 3116}


class DatabaseResources(Resources):
    """Serves a document in process, with the access rights of its user.

    No request is made: neither to this server, which would need a second worker,
    nor to any other, which a user could aim at the inner network.

    :param env: environment of the report. Its superuser mode is dropped; the
        superuser himself, that is a scheduled job, sees what a visitor sees, as he
        does when wkhtmltopdf asks without a session
    """

    def __init__(self, env):
        user = env.ref("base.public_user") if env.user._is_superuser() else env.user
        self.env = env(user=user, su=False)
        # reading a system parameter needs rights that the user may lack
        parameters = env["ir.config_parameter"].sudo()
        self.origins = {
            origin_of(parameters.get_param(name))
            for name in ("web.base.url", "report.url")
        }

    def stylesheet(self, href):
        """Return checksum and content of a bundle."""
        target = resolve(BASE_URL.rstrip("/") + href, self.origins)
        if target.kind != "assets":
            content = self.fetch(BASE_URL.rstrip("/") + href)[0].decode(
                errors="replace"
            )
            return href, content
        attachment = self._bundle(**target.args)
        return attachment.checksum, attachment.raw.decode()

    def fetch(self, url):
        """Return content and MIME type of an address on the closed list."""
        target = resolve(url, self.origins)
        read = getattr(self, f"_read_{target.kind}")
        try:
            # a senseless id must not break the transaction of the whole report
            with self.env.cr.savepoint(flush=False):
                return read(**target.args)
        except ResourceRefused:
            raise
        except Exception as error:
            raise ResourceRefused(f"{type(error).__name__}: {error}") from error

    def _bundle(self, unique, filename):
        """Return the attachment of an asset bundle, made when it is not there yet."""
        # bundles belong to the superuser and are public
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("url", "=", f"/web/assets/{unique}/{filename}")], limit=1)
        )
        if attachment:
            return attachment
        try:
            name, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(
                filename, debug_assets=False
            )
        except ValueError as error:
            raise ResourceRefused("unknown bundle") from error
        if kind != "css":
            raise ResourceRefused("not a stylesheet")
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            name, css=True, js=False, rtl=rtl, autoprefix=autoprefix
        )
        return bundle.css()

    def _read_assets(self, unique, filename, **_options):
        return self._bundle(unique, filename).raw, "text/css"

    def _read_static(self, module, path, **_options):
        with file_open(f"{module}/static/{path}", "rb") as source:
            return source.read(), None

    def _read_barcode(self, barcode_type, value, **options):
        # drawing lines takes time that grows faster than their number
        if len(value) > BARCODE_LENGTHS.get(barcode_type, 256):
            raise ResourceRefused("too long for a barcode")
        report = self.env["ir.actions.report"]
        return report.barcode(barcode_type, value, **options), "image/png"

    def _read_logo(self, company=None, **_options):
        # the logo is public in the host, too: the login page shows it
        companies = self.env["res.company"].sudo()
        company = companies.browse(int(company) if company else self.env.company.id)
        if company.exists().logo_web:
            content = base64.b64decode(company.logo_web)
            return content, guess_mimetype(content, default="image/png")
        return self._read_static("web", "img/nologo.png")

    def _read_image(
        self,
        xmlid=None,
        model="ir.attachment",
        id=None,  # noqa: A002
        field="raw",
        width=0,
        height=0,
        crop=False,
        access_token=None,
        **_options,
    ):
        binary = self.env["ir.binary"]
        record = binary._find_record(
            xmlid, model, id and int(id), access_token, field=field
        )
        if record._fields[field].type != "binary":
            raise ResourceRefused("not a picture")
        # the host's streams need an HTTP request, a scheduled job has none
        content = record.with_context(bin_size=False)[field] or b""
        if not (record._name == "ir.attachment" and field == "raw"):
            content = base64.b64decode(content)
        if not content:
            content = binary._placeholder(record._get_placeholder_filename(field))
        size = int(width), int(height)
        if any(size):
            content = image_process(content, size=size, crop=bool(crop))
        return content, guess_mimetype(content)
