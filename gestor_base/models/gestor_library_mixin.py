from odoo import fields, models


class GestorLibraryMixin(models.AbstractModel):
    """A document that can use files of the library."""

    _name = "gestor.library.mixin"
    _description = "User of Library Files"

    gestor_library_count = fields.Integer(
        string="Library files",
        compute="_compute_gestor_library_count",
        groups="base.group_user",
    )

    def _compute_gestor_library_count(self):
        # sudo: the button counts all files, the list behind it shows what one may read
        uses = self.env["gestor.library.use"].sudo()
        counts = dict(
            uses._read_group(uses._get_document_domain(self), ["res_id"], ["__count"])
        )
        for document in self:
            document.gestor_library_count = counts.get(document._origin.id, 0)

    def unlink(self):
        # sudo: the uses go along whoever may read their files
        uses = self.env["gestor.library.use"].sudo()
        used = uses.search(uses._get_document_domain(self))
        result = super().unlink()
        used.unlink()
        return result

    def action_gestor_library(self):
        """Open the library files of this document."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_base.gestor_library_document_action"
        )
        uses = self.env["gestor.library.use"]
        action["domain"] = list(uses._get_document_domain(self))
        action["context"] = {"gestor_base_library_document": (self._name, self.id)}
        return action

    def _gestor_add_library_files(self, files):
        """Let each of these documents use each of the files. Idempotent.

        :param files: ``gestor.library.file`` that the user may read
        :return: the uses that are new
        :rtype: gestor.library.use
        """
        return self.env["gestor.library.use"]._add(self, files)

    def _gestor_library_pdfs(self):
        """Return the PDFs that follow the print of each document.

        :return: ``{id: [bytes]}`` in the order of the list; a document without such
            files is missing
        """
        # sudo: a print looks the same whoever makes it
        uses = self.env["gestor.library.use"].sudo()
        domain = uses._get_document_domain(self)
        pdfs = {}
        for use in uses.search([*domain, ("is_appended", "=", True)]):
            if use.kind == "pdf":
                pdfs.setdefault(use.res_id, []).append(use.attachment_id.raw)
        return pdfs
