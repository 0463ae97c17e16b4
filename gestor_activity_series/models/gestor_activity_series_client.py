from odoo import fields, models


class GestorActivitySeriesClient(models.Model):
    """A client whom each occurrence of a series is about."""

    _name = "gestor.activity.series.client"
    _description = "Series Client"
    _inherit = ["gestor.activity.client.mixin"]

    _series_client_uniq = models.UniqueIndex(
        "(series_id, partner_id, COALESCE(contact_id, 0))",
        "This client is in the series already.",
    )

    series_id = fields.Many2one(
        "gestor.activity.series", required=True, ondelete="cascade", index=True
    )
