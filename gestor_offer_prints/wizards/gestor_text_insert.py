from odoo import models

# where texts about an offer go besides its own: {model: (field, path to the offer)}
_VARIANT_TEXTS = {
    "sale.order": ("gestor_variant_description", "gestor_offer_id"),
    "sale.order.line": ("name", "order_id.gestor_offer_id"),
}


class GestorTextInsert(models.TransientModel):
    _inherit = "gestor.text.insert"

    def _get_document(self):
        """Return the offer of a variant or line: the texts tell about all of it."""
        _field, path = self._get_variant_place()
        if path:
            return self._get_target().mapped(path)
        return super()._get_document()

    def _get_target(self):
        field, path = self._get_variant_place()
        if path and field == self.field_name:
            record = self.env[self.res_model].browse(self.res_id)
            if record.mapped(path):
                return record
        return super()._get_target()

    def _get_variant_place(self):
        self.ensure_one()
        return _VARIANT_TEXTS.get(self.res_model, (None, None))
