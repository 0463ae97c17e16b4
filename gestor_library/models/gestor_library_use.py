from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

END_FIELDS = ("file_id", "res_model", "res_id")


class GestorLibraryUse(models.Model):
    """A business document uses a library file, in the version it had then.

    A use has no rights of its own: who may read the document and the file may read
    it, who may write the document may make, change and remove it.
    """

    _name = "gestor.library.use"
    _description = "Use of a Library File"
    _inherit = ["gestor.row.search.mixin"]
    _order = "sequence, id"

    file_id = fields.Many2one(
        "gestor.library.file", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "gestor.library.version",
        string="Used version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    sequence = fields.Integer(default=10)
    is_appended = fields.Boolean(
        string="Append to the print",
        help="The pages of this PDF follow those of the document's own print.",
    )
    is_outdated = fields.Boolean(
        string="Newer version exists", compute="_compute_is_outdated"
    )
    document_label = fields.Char(string="Document type", compute="_compute_document")
    document_name = fields.Char(string="Document", compute="_compute_document")

    # what a card shows of the file, in the version that the document uses
    category_id = fields.Many2one(related="file_id.category_id")
    date_end = fields.Date(related="file_id.date_end")
    attachment_id = fields.Many2one(related="version_id.attachment_id")
    number = fields.Integer(related="version_id.number", string="Version")
    file_name = fields.Char(related="version_id.file_name")
    file_size = fields.Integer(related="version_id.file_size", aggregator=False)
    mimetype = fields.Char(related="version_id.mimetype")
    kind = fields.Selection(related="version_id.kind")

    _document_uniq = models.UniqueIndex(
        "(res_model, res_id, file_id)", "The document uses this file already."
    )

    # === Computes ===

    @api.depends("version_id", "file_id.version_id")
    def _compute_is_outdated(self):
        for use in self:
            use.is_outdated = use.version_id != use.file_id.version_id

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_document(self):
        labels = dict(self.env["gestor.link"]._selection_document_models())
        names = {
            (model, document.id): document.display_name
            for model, documents in self._get_documents().items()
            for document in documents
        }
        for use in self:
            use.document_label = labels.get(use.res_model, use.res_model)
            use.document_name = names.get((use.res_model, use.res_id))

    @api.depends("file_id.name")
    def _compute_display_name(self):
        for use in self:
            use.display_name = use.file_id.name

    # === Access ===

    def _get_closed_row_message(self):
        return self.env._(
            "You need access to the library file and to the document that uses it."
        )

    def _filtered_closed(self, operation):
        """Return the uses whose document or file is closed to the user."""
        right = "read" if operation == "read" else "write"
        # sudo: the ends decide about the access, so they are read before it is known
        uses = self.sudo()
        documents = {
            model: records._filtered_access(right)
            for model, records in uses.with_env(self.env)._get_documents(uses).items()
        }
        files = uses.file_id.with_env(self.env)._filtered_access("read")
        open_ids = {
            use.id
            for use in uses
            if use.file_id.id in files._ids
            and use.res_model in documents
            and use.res_id in documents[use.res_model]._ids
        }
        return self.filtered(lambda use: use.id not in open_ids)

    def _get_documents(self, uses=None):
        """Return ``{model name: recordset}`` of the documents that the user may read.

        :param uses: the same uses with the right to read their fields
        """
        ids_by_model = defaultdict(set)
        for use in uses or self:
            ids_by_model[use.res_model].add(use.res_id)
        return self.env["gestor.link"]._get_documents(ids_by_model)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        files = self.env["gestor.library.file"]
        files = files.browse([vals["file_id"] for vals in vals_list])
        files.check_access("read")
        documents = self.env["gestor.document.mixin"]._gestor_implementers()
        if any(vals["res_model"] not in documents for vals in vals_list):
            raise ValidationError(
                self.env._("Only business documents of Gestor can use library files.")
            )
        uses = super().create(
            [
                {**vals, "version_id": file.version_id.id}
                for vals, file in zip(vals_list, files, strict=True)
            ]
        )
        uses._check_companies()
        uses._invalidate_counts()
        return uses

    def write(self, vals):
        if not vals.keys().isdisjoint((*END_FIELDS, "version_id")) and not self.env.su:
            raise UserError(
                self.env._("The file and the document of a use cannot be changed.")
            )
        return super().write(vals)

    def unlink(self):
        self._invalidate_counts()
        return super().unlink()

    def _check_companies(self):
        """Refuse a file of another company than the document's (or a parent of it)."""
        # sudo: the company of a document may be another one than the user's
        uses = self.sudo()
        documents = uses._get_documents()
        for use in uses.filtered("file_id.company_id"):
            owner = use.file_id.company_id
            document = documents[use.res_model].browse(use.res_id)
            company = "company_id" in document and document.company_id
            if company and owner not in company.parent_ids:
                raise ValidationError(
                    self.env._(
                        'The file "%(file)s" belongs to the company %(company)s.',
                        file=use.file_id.name,
                        company=owner.name,
                    )
                )

    def _invalidate_counts(self):
        """Forget the counters of the files and of the documents."""
        counters = ["use_count", "is_used", "hidden_use_count", "use_ids"]
        self.file_id.invalidate_recordset(counters, flush=False)
        # sudo: the counters are wrong for everybody
        for documents in self.sudo()._get_documents().values():
            documents.invalidate_recordset(["gestor_library_count"], flush=False)

    @api.model
    def _move_documents(self, sources, target):
        """Give the uses of documents that are merged to the one that stays.

        :param sources: records that will be deleted
        :param target: a record of the same model
        """
        # sudo: the merge was allowed; the files need not be readable for it
        uses = self.sudo()
        taken = uses.search(self._get_document_domain(target)).file_id
        for use in uses.search(self._get_document_domain(sources)):
            if use.file_id in taken:
                use.unlink()
            else:
                taken |= use.file_id
                use.res_id = target.id

    @api.model
    def _get_document_domain(self, documents):
        return Domain("res_model", "=", documents._name) & Domain(
            "res_id", "in", documents.ids
        )

    # === Actions ===

    @api.model
    def add_to_document(self, res_model, res_id, file_ids):
        """Let a document use files; those that it uses already stay as they are.

        :param str res_model: model of the document
        :param int res_id: id of the document
        :param list file_ids: ids of ``gestor.library.file``
        :return: how many files are new on the document
        """
        document = self.env[res_model].browse(res_id).exists()
        files = self.env["gestor.library.file"].browse(file_ids).exists()
        return len(self._add(document, files))

    @api.model
    def _add(self, documents, files):
        """Make the missing uses and return them."""
        # sudo: a use that the user may not read must not be made twice either
        known = self.sudo().search(self._get_document_domain(documents))
        pairs = {(use.res_id, use.file_id.id) for use in known}
        return self.create(
            [
                {"res_model": documents._name, "res_id": document.id, "file_id": file}
                for document in documents
                for file in files.ids
                if (document.id, file) not in pairs
            ]
        )

    def action_use_current(self):
        """Let the documents use the current versions of their files."""
        self.check_access("write")
        # sudo: the version is never written from outside
        for use in self.sudo():
            use.version_id = use.file_id.version_id

    def action_open(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
