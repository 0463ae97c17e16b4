from odoo import api, fields, models

from ..lib import library_content as content

KINDS = [
    ("pdf", "PDF"),
    ("image", "Image"),
    ("document", "Text document"),
    ("spreadsheet", "Spreadsheet"),
    ("presentation", "Presentation"),
    ("media", "Sound or film"),
    ("archive", "Archive file"),
    ("other", "Other"),
]


class GestorLibraryVersion(models.Model):
    """One state of a library file. It never changes: a new state is a new version.

    Who made it, when: ``create_uid`` and ``create_date``. Versions are made by
    ``gestor.library.file`` only and go only together with their file.
    """

    _name = "gestor.library.version"
    _description = "Library File Version"
    _order = "file_id, number desc, id desc"

    file_id = fields.Many2one(
        "gestor.library.file", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(string="Version", required=True, aggregator=False)
    # the database refuses to delete the bytes, whoever asks
    attachment_id = fields.Many2one(
        "ir.attachment", required=True, index=True, ondelete="restrict"
    )
    note = fields.Char(help="What is new in this version.")
    file_name = fields.Char(required=True)
    file_size = fields.Integer(string="Size", required=True, aggregator=False)
    mimetype = fields.Char(required=True)
    checksum = fields.Char(required=True, index=True)
    kind = fields.Selection(KINDS, required=True)

    _number_uniq = models.UniqueIndex(
        "(file_id, number)", "Somebody else has just added a version: try again."
    )

    @api.depends("file_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(file)s, version %(number)s",
                file=version.file_id.name,
                number=version.number,
            )

    @api.model
    def _prepare_vals(self, attachment):
        """Return what a version keeps of its attachment, which does not change."""
        return {
            "attachment_id": attachment.id,
            "file_name": attachment.name,
            "file_size": attachment.file_size,
            "mimetype": attachment.mimetype,
            "checksum": attachment.checksum,
            "kind": content.kind(attachment.name, attachment.mimetype),
        }
