from odoo import api, fields, models
from odoo.exceptions import ValidationError

# more than the host's columns usually keep makes no sense to offer
MOST_PLACES = 6


class GestorDecimalPlacesMixin(models.AbstractModel):
    """What says how many decimal places a quantity may have: a unit, or one good in it."""

    _name = "gestor.decimal.places.mixin"
    _description = "Decimal Places Mixin"

    # a selection and not a number: nothing chosen is not the same as none
    gestor_decimal_places = fields.Selection(
        selection=[(str(places), str(places)) for places in range(MOST_PLACES + 1)],
        string="Decimal places",
        help="How many decimal places a quantity on a document may have. Without a "
        "value the setting one step higher counts: of the unit, then of the company's "
        "decimal accuracy.",
    )

    @api.constrains("gestor_decimal_places")
    def _check_gestor_decimal_places(self):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for record in self:
            if int(record.gestor_decimal_places or 0) > digits:
                raise ValidationError(
                    self.env._(
                        "Quantities are kept with %(digits)s decimal places, so "
                        "%(places)s are not possible here. Raise the decimal accuracy "
                        "of product units in the settings first.",
                        digits=digits,
                        places=record.gestor_decimal_places,
                    )
                )
