from odoo import api, fields, models


class GestorLibraryPut(models.TransientModel):
    """Put an attachment of a document into the library."""

    _name = "gestor.library.put"
    _description = "Put Into the Library"

    attachment_id = fields.Many2one("ir.attachment", required=True, readonly=True)
    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    category_id = fields.Many2one("gestor.library.category")
    tag_ids = fields.Many2many("gestor.library.tag", string="Tags")
    known_file_id = fields.Many2one(
        "gestor.library.file", string="In the library as", compute="_compute_known"
    )

    @api.depends("attachment_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = wizard.attachment_id.name

    @api.depends("attachment_id")
    def _compute_known(self):
        files = self.env["gestor.library.file"]
        known = files._find_by_checksum(self.attachment_id.mapped("checksum"))
        for wizard in self:
            wizard.known_file_id = known.get(wizard.attachment_id.checksum)

    def action_put(self):
        """Put the attachment into the library and let its document use the file."""
        self.ensure_one()
        attachment = self.attachment_id
        attachment.check_access("read")
        file = self.known_file_id or self.env["gestor.library.file"].create(
            {
                "name": self.name,
                "category_id": self.category_id.id,
                "tag_ids": self.tag_ids.ids,
                "file_name": attachment.name,
                "raw": attachment.raw,
            }
        )
        model, res_id = attachment.res_model, attachment.res_id
        if model in self.env["gestor.document.mixin"]._gestor_implementers():
            document = self.env[model].browse(res_id)
            document._filtered_access("write")._gestor_add_library_files(file)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("In the library: %(file)s", file=file.name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
