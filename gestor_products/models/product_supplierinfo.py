from odoo import api, fields, models
from odoo.fields import Domain


class ProductSupplierinfo(models.Model):
    """One supplier of a good; one of them is the main one."""

    _inherit = "product.supplierinfo"

    gestor_is_main = fields.Boolean(
        string="Main supplier",
        copy=False,
        help="The good is ordered here first. Marking another supplier takes the mark "
        "away from this one.",
    )

    _gestor_one_main = models.UniqueIndex(
        "(product_tmpl_id, COALESCE(product_id, 0), COALESCE(company_id, 0))"
        " WHERE gestor_is_main",
        lambda env, diag: env._("A good has one main supplier in a company."),
    )

    @api.model_create_multi
    def create(self, vals_list):
        mains = [vals.get("gestor_is_main", False) for vals in vals_list]
        rows = super().create([vals | {"gestor_is_main": False} for vals in vals_list])
        for row, is_main in zip(rows, mains, strict=True):
            if is_main:
                row.gestor_is_main = True
        return rows

    def write(self, vals):
        if not vals.get("gestor_is_main"):
            return super().write(vals)
        for row in self:
            # what the row becomes decides which other row it takes the mark from
            super(ProductSupplierinfo, row).write(vals | {"gestor_is_main": False})
            others = row._get_other_mains()
            others.gestor_is_main = False
            # the index is checked row by row: the old mark must go first
            others.flush_recordset(["gestor_is_main"])
            super(ProductSupplierinfo, row).write({"gestor_is_main": True})
        return True

    def _get_other_mains(self):
        return self.search(
            Domain("product_tmpl_id", "=", self.product_tmpl_id.id)
            & Domain("product_id", "=", self.product_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("gestor_is_main", "=", True)
            & Domain("id", "!=", self.id)
        )
