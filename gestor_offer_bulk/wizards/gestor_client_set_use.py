from odoo import fields, models


class GestorClientSetUse(models.TransientModel):
    _inherit = "gestor.client.set.use"

    process_template_id = fields.Many2one(
        "gestor.record.template",
        domain=[("model", "=", "crm.lead")],
        help="Each client gets a process of its own for the offer. Empty: none.",
    )
