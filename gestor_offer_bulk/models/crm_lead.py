from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    gestor_offer_batch_id = fields.Many2one(
        "gestor.offer.batch",
        string="Made in bulk",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
