import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tools import clean_context

from ..lib import library_content as content

UPLOAD_FIELDS = ("raw", "datas", "file_name", "version_note")


class GestorLibraryFile(models.Model):
    """A file that is kept once and used by many documents.

    The bytes are the host's attachments, one per version; their ``res_model`` and
    ``res_id`` are the file's, so who may not read the file may not read them.
    """

    _name = "gestor.library.file"
    _description = "Library File"
    _order = "name, id"
    _rec_names_search = ["name", "description", "tag_ids"]

    name = fields.Char(required=True, index="trigram")
    description = fields.Text(index="trigram")
    category_id = fields.Many2one(
        "gestor.library.category", index="btree_not_null", ondelete="restrict"
    )
    tag_ids = fields.Many2many("gestor.library.tag", string="Tags")
    date_start = fields.Date(string="Valid from")
    date_end = fields.Date(string="Valid until")
    is_expired = fields.Boolean(compute="_compute_is_expired")
    active = fields.Boolean(default=True)

    # === Fields: who ===
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: the file is shared by all companies.",
    )
    visibility = fields.Selection(
        [("all", "Everybody"), ("groups", "Chosen groups")],
        required=True,
        default="all",
        help="The owner and the managers see the file in any case.",
    )
    # res.groups is closed to ordinary users, who choose among their own ones
    group_ids = fields.Many2many(
        "res.groups",
        string="Groups",
        bypass_search_access=True,
        domain=lambda self: [("id", "in", self.env.user.all_group_ids.ids)],
    )

    can_write = fields.Boolean(compute="_compute_can_write")

    # === Fields: content ===
    datas = fields.Binary(string="File", compute="_compute_datas", readonly=False)
    file_name = fields.Char(compute="_compute_file_name", readonly=False)
    version_note = fields.Char(
        compute="_compute_version_note",
        readonly=False,
        help="What is new in the version that is added.",
    )
    version_ids = fields.One2many(
        "gestor.library.version", "file_id", string="Versions", readonly=True
    )
    version_id = fields.Many2one(
        "gestor.library.version", string="Current version", readonly=True, index=True
    )
    attachment_id = fields.Many2one(related="version_id.attachment_id")
    version_number = fields.Integer(related="version_id.number", string="Version")
    mimetype = fields.Char(related="version_id.mimetype")
    checksum = fields.Char(related="version_id.checksum")
    file_size = fields.Integer(
        related="version_id.file_size", store=True, aggregator="sum"
    )
    kind = fields.Selection(related="version_id.kind", store=True, index=True)

    # === Fields: use ===
    use_ids = fields.One2many("gestor.library.use", "file_id", string="Used in")
    use_count = fields.Integer(string="Uses", compute="_compute_use_count")
    hidden_use_count = fields.Integer(
        string="Hidden uses",
        compute="_compute_hidden_use_count",
        help="Documents that use the file and that you may not read.",
    )
    is_used = fields.Boolean(compute="_compute_use_count", search="_search_is_used")

    _name_idx = models.Index("(name, id)")
    _dates_ordered = models.Constraint(
        "CHECK (date_start <= date_end)", "The validity cannot end before it starts."
    )

    # === Computes ===

    @api.depends("date_end")
    @api.depends_context("tz")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for file in self:
            file.is_expired = bool(file.date_end and file.date_end < today)

    @api.depends_context("uid")
    def _compute_can_write(self):
        writable = self._origin._filtered_access("write")
        for file in self:
            file.can_write = not file._origin or file._origin in writable

    @api.depends("version_id")
    @api.depends_context("bin_size")
    def _compute_datas(self):
        for file in self:
            file.datas = file.attachment_id.datas

    @api.depends("version_id")
    def _compute_file_name(self):
        for file in self:
            file.file_name = file.version_id.file_name

    def _compute_version_note(self):
        self.version_note = False

    def _compute_use_count(self):
        # sudo: how often a file is used is no secret, by what may be one
        counts = dict(
            self.env["gestor.library.use"]
            .sudo()
            ._read_group([("file_id", "in", self.ids)], ["file_id"], ["__count"])
        )
        for file in self:
            file.use_count = counts.get(file._origin, 0)
            file.is_used = bool(file.use_count)

    @api.depends("use_ids")
    def _compute_hidden_use_count(self):
        for file in self:
            file.hidden_use_count = file.use_count - len(file.use_ids)

    def _search_is_used(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: a file used by a document that the user may not read is used
        used = self.env["gestor.library.use"].sudo()._search([])
        return Domain("id", "in", used.subselect("file_id"))

    @api.onchange("file_name")
    def _onchange_file_name(self):
        self.name = self.name or content.title(self.file_name)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        uploads = [self._get_upload(vals) for vals in vals_list]
        self._check_uploads(uploads)
        files = super().create(
            [
                {
                    **self._without_upload(vals),
                    "name": vals.get("name") or content.title(upload.file_name),
                }
                for vals, upload in zip(vals_list, uploads, strict=True)
            ]
        )
        files._add_versions(uploads, [vals.get("version_note") for vals in vals_list])
        return files

    def write(self, vals):
        """Write; new content becomes the next version."""
        result = super().write(self._without_upload(vals))
        # no bytes are content too: they are refused, not passed over
        if vals.get("datas") or vals.get("raw") not in (None, False):
            self.ensure_one()
            upload = self._get_upload({"file_name": self.file_name, **vals})
            self._check_uploads([upload])
            # two who add a version at once: the second one waits and gets its number
            self.lock_for_update()
            self._add_versions([upload], [vals.get("version_note")])
        return result

    def copy_data(self, default=None):
        raise UserError(
            self.env._("A file stands in the library once: add a version instead.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered("is_used")
        if used:
            raise UserError(
                self.env._(
                    'The file "%(file)s" is used by documents. Archive it instead of '
                    "deleting it.",
                    file=used[0].name,
                )
            )

    # === Content ===

    @api.model
    def _without_upload(self, vals):
        """Leave out the content, and the current version, which nobody sets."""
        hidden = set() if self.env.su else {"version_id"}
        return {name: vals[name] for name in vals.keys() - {*UPLOAD_FIELDS} - hidden}

    @api.model
    def _get_upload(self, vals):
        """Return the file in the values of a create or write.

        :param dict vals: ``raw`` bytes or ``datas`` in base64, and ``file_name``
        :rtype: Upload
        """
        raw = vals.get("raw")
        if raw is None:
            try:
                raw = base64.b64decode(vals.get("datas") or b"", validate=True)
            except binascii.Error as error:
                raise ValidationError(
                    self.env._("The content of the file came broken: send it again.")
                ) from error
        raw = raw.encode() if isinstance(raw, str) else raw
        return content.Upload(content.clean_name(vals.get("file_name")), raw)

    @api.model
    def _get_size_limit(self):
        """Return how many bytes a file may have: the host's limit for uploads."""
        # sudo: the limit is shown to everybody who uploads
        parameters = self.env["ir.config_parameter"].sudo()
        return int(
            parameters.get_param("web.max_file_upload_size", DEFAULT_MAX_CONTENT_LENGTH)
        )

    @api.model
    def _check_uploads(self, uploads):
        """Refuse what the library does not take, before anything is stored."""
        limit = self._get_size_limit()
        messages = {
            "name": self.env._("The file has no name: give it one."),
            "empty": self.env._("The file is empty (0 bytes)."),
            "size": self.env._(
                "The file is too large: the limit is %(limit)s.",
                limit=content.human_size(limit),
            ),
            "program": self.env._("Programs and scripts do not go into the library."),
        }
        for upload in uploads:
            problem = upload.problem(limit)
            if problem:
                raise ValidationError(
                    " ".join(filter(None, (upload.file_name, messages[problem])))
                )
        known = self._find_by_checksum([upload.checksum for upload in uploads])
        seen = {}
        for upload in uploads:
            file = known.get(upload.checksum)
            name = file.name if file else seen.get(upload.checksum)
            if name:
                raise ValidationError(self._get_known_message(upload, name, file))
            seen[upload.checksum] = upload.file_name

    @api.model
    def _get_known_message(self, upload, name, file):
        if file and not file.active:
            text = self.env._(
                '"%(upload)s" is in the library already, archived, as "%(file)s".'
                " Restore that one.",
                upload=upload.file_name,
                file=name,
            )
        else:
            text = self.env._(
                '"%(upload)s" is in the library already as "%(file)s". Use that one.',
                upload=upload.file_name,
                file=name,
            )
        return text

    @api.model
    def _find_by_checksum(self, checksums):
        """Return the files with such content in any of their versions.

        Files that the user may not read are not told: the content of theirs is kept
        once on the disk all the same.

        :param list checksums: SHA-1, hexadecimal
        :return: ``{checksum: gestor.library.file}``
        """
        versions = self.env["gestor.library.version"].search_fetch(
            [("checksum", "in", checksums)], ["checksum", "file_id"]
        )
        return {version.checksum: version.file_id for version in versions}

    @api.model
    def _find_upload(self, raw):
        """Return the file with this content that the user may read, if there is one."""
        checksum = content.Upload("", raw).checksum
        return self._find_by_checksum([checksum]).get(checksum, self.browse())

    def _add_versions(self, uploads, notes):
        """Make the next version of each file and let it be the current one."""
        attachments = self.env["ir.attachment"].with_context(
            **clean_context(self.env.context),
            # a page or a drawing with scripts is served as plain text, also to an
            # administrator; a picture keeps its size
            attachments_mime_plainxml=True,
            image_no_postprocess=True,
        )
        attachments = attachments.create(
            [
                {
                    "name": upload.file_name,
                    "raw": upload.raw,
                    "res_model": self._name,
                    "res_id": file.id,
                    "company_id": file.company_id.id,
                }
                for file, upload in zip(self, uploads, strict=True)
            ]
        )
        # sudo: nobody makes or changes versions but this method, and the attachments
        # have been made with the rights of the user
        files, attachments = self.sudo(), attachments.sudo()
        versions = files.env["gestor.library.version"].browse()
        versions = versions.create(
            [
                {
                    **versions._prepare_vals(attachment),
                    "file_id": file.id,
                    "number": file.version_number + 1,
                    "note": note,
                }
                for file, attachment, note in zip(
                    files, attachments, notes, strict=True
                )
            ]
        )
        for file, version in zip(files, versions, strict=True):
            file.version_id = version
        self.invalidate_recordset(["version_ids", "datas", "file_name"])

    # === Actions ===

    def action_open_uses(self):
        """Open the list of the documents that use this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_library.gestor_library_use_action"
        )
        action["domain"] = [("file_id", "=", self.id)]
        return action

    def action_download(self):
        """Download the current version."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }
