from odoo import api, fields, models

from .epp_texts import data_text


class GestorEppDataMixin(models.AbstractModel):
    """What an EDI++ file says about a record and the host has no field for."""

    _name = "gestor.epp.data.mixin"
    _description = "Data Kept from EDI++ Files"

    gestor_epp_data = fields.Json(
        string="Data from EDI++ file", copy=False, readonly=True
    )
    gestor_epp_text = fields.Text(
        string="From EDI++ file", compute="_compute_gestor_epp_text"
    )

    @api.depends("gestor_epp_data")
    @api.depends_context("lang")
    def _compute_gestor_epp_text(self):
        for record in self:
            record.gestor_epp_text = data_text(self.env, record.gestor_epp_data)
