from odoo import fields, models


class GestorOfferViewVariant(models.Model):
    """How long a variant was looked at during a visit."""

    _name = "gestor.offer.view.variant"
    _description = "Variant Looked At"
    _order = "view_id, seconds desc"
    _rec_name = "order_id"
    _log_access = False

    view_id = fields.Many2one(
        "gestor.offer.view", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", string="Variant", required=True, index=True, ondelete="cascade"
    )
    seconds = fields.Integer(string="Seconds in sight")

    _once = models.UniqueIndex("(view_id, order_id)")
