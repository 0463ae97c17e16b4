from odoo import api, fields, models

from .epp_texts import data_text

#: remarks and bank data out of another program: neither for the client, who reads his
#: own record through the portal, nor for employees who do not work in Gestor
STAFF = "gestor_base.gestor_base_group_user"


class GestorEppDataMixin(models.AbstractModel):
    """What an EDI++ file says about a record and the host has no field for."""

    _name = "gestor.epp.data.mixin"
    _description = "Data Kept from EDI++ Files"

    gestor_epp_data = fields.Json(
        string="Data from EDI++ file", copy=False, readonly=True, groups=STAFF
    )
    gestor_epp_text = fields.Text(
        string="From EDI++ file", compute="_compute_gestor_epp_text", groups=STAFF
    )

    @api.depends("gestor_epp_data")
    @api.depends_context("lang")
    def _compute_gestor_epp_text(self):
        for record in self:
            record.gestor_epp_text = data_text(self.env, record.gestor_epp_data)
