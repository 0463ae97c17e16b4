from odoo import fields, models


class GestorActivitySeriesClient(models.Model):
    """A client whom each occurrence of a series is about."""

    _name = "gestor.activity.series.client"
    _description = "Series Client"
    _order = "sequence, id"
    _rec_name = "partner_id"

    _series_client_uniq = models.UniqueIndex(
        "(series_id, partner_id, COALESCE(contact_id, 0))",
        "This client is in the series already.",
    )

    series_id = fields.Many2one(
        "gestor.activity.series", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="cascade", index=True
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Representative",
        domain="[('id', 'child_of', partner_id)]",
        ondelete="set null",
        index="btree_not_null",
    )
