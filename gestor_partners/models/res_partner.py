from odoo import api, fields, models

from ..lib import nip


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "gestor.document.mixin"]

    gestor_kind = fields.Selection(
        [
            ("potential", "Potential"),
            ("standard", "Standard"),
            ("former", "Former"),
        ],
        string="Client kind",
        default="potential",
    )
    gestor_nip = fields.Char(
        string="NIP", compute="_compute_gestor_nip", store=True, index="btree_not_null"
    )
    gestor_search = fields.Char(
        string="Client", search="_search_gestor_search", store=False
    )

    @api.depends("vat")
    def _compute_gestor_nip(self):
        for partner in self:
            partner.gestor_nip = nip.normalize(partner.vat) or False

    @api.model
    def _search_gestor_search(self, operator, value):
        return [("complete_name", operator, value)]

    def _gestor_become_standard(self):
        """Make standard clients of potential and former ones."""
        self.filtered(lambda p: p.gestor_kind != "standard").gestor_kind = "standard"
