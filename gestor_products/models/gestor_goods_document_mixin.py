from odoo import api, fields, models
from odoo.fields import Domain


class GestorGoodsDocumentMixin(models.AbstractModel):
    """A document that is found by the classifiers of the goods on it."""

    _name = "gestor.goods.document.mixin"
    _description = "Document Found By The Classifiers Of Its Goods"

    #: the fields that lead from the document to ``product.product``
    _gestor_goods_path = None

    gestor_node_ids = fields.Many2many(
        "gestor.classifier.node",
        string="Classifiers of its goods",
        compute="_compute_gestor_node_ids",
        search="_search_gestor_node_ids",
        groups="base.group_user",
    )

    @api.depends(lambda self: self._get_gestor_node_paths())
    def _compute_gestor_node_ids(self):
        for document in self:
            goods = document.mapped(self._gestor_goods_path)
            document.gestor_node_ids = goods.gestor_node_ids

    @api.model
    def _search_gestor_node_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain(f"{self._gestor_goods_path}.gestor_node_ids", operator, value)

    @api.model
    def _get_gestor_node_paths(self):
        """Return what the classifiers depend on; the mixin itself has no goods."""
        path = self._gestor_goods_path
        return (f"{path}.gestor_node_ids",) if path else ()
