from odoo import fields, models


class GestorClientSetUse(models.TransientModel):
    _inherit = "gestor.client.set.use"

    offer_template_id = fields.Many2one(
        "gestor.record.template",
        string="Offer template",
        domain=[("model", "=", "gestor.offer")],
    )
