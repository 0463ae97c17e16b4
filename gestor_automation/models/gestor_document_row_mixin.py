from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class GestorDocumentRowMixin(models.AbstractModel):
    """A row about one document, with the rights of that document.

    Who may read the document may read the row; access rights of the model say who may
    do more with it.
    """

    _name = "gestor.document.row.mixin"
    _description = "Row About A Document"
    _inherit = ["gestor.row.access.mixin"]

    _document_idx = models.Index("(res_model, res_id)")

    res_model = fields.Char(string="Document model", required=True)
    res_id = fields.Many2oneReference(
        string="Document id", model_field="res_model", required=True
    )
    document_name = fields.Char(string="Document", compute="_compute_document")
    document_label = fields.Char(string="Document type", compute="_compute_document")
    # === Computes ===

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_document(self):
        names, labels = {}, {}
        for model, documents in self._get_documents().items():
            labels[model] = self.env[model]._gestor_document_label()
            for document in documents:
                names[model, document.id] = document.display_name
        for row in self:
            row.document_name = names.get((row.res_model, row.res_id))
            row.document_label = labels.get(row.res_model, row.res_model)

    # === Access ===

    def _filtered_closed(self, operation):
        """Return the rows whose document the user may not read."""
        readable = self._get_documents()
        # sudo: the document decides about the row, so it is read before that is known
        return self.filtered(
            lambda row: (
                row.sudo().res_id
                not in readable.get(row.sudo().res_model, self.browse())._ids
            )
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Keep the rows about documents that the user may read."""
        if not self.env.su and not kwargs.get("bypass_access"):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _get_readable_domain(self):
        """Return the rows about documents that the user may read."""
        domain = Domain.FALSE
        for name in self.env["gestor.document.mixin"]._gestor_implementers():
            documents = self.env[name].with_context(active_test=False)
            if documents.has_access("read"):
                domain |= Domain("res_model", "=", name) & self._get_id_domain(
                    documents._search(Domain.TRUE)
                )
        return domain

    @api.model
    def _get_id_domain(self, documents_query):
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN %s",
                model._field_to_sql(alias, "res_id", query),
                documents_query.subselect(),
            )
        )

    def _get_documents(self):
        """Return the existing documents that the user may read.

        :return: ``{model name: recordset}``
        """
        ids_by_model = defaultdict(set)
        for row in self.sudo():  # only the documents decide what is told
            ids_by_model[row.res_model].add(row.res_id)
        return self.env["gestor.link"]._get_documents(ids_by_model)

    @api.model
    def _get_document_domain(self, model, ids):
        """Return the rows about some documents."""
        return Domain("res_model", "=", model) & Domain("res_id", "in", list(ids))
