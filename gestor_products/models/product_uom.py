from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare, float_round, formatLang

CUBIC_CM_IN_M3 = 1_000_000


class ProductUom(models.Model):
    """One good in one unit: what a carton of it weighs and how finely it is sold."""

    _name = "product.uom"
    _inherit = ["product.uom", "gestor.decimal.places.mixin"]

    # a unit may have a size or a precision and no barcode
    barcode = fields.Char(required=False)
    gestor_weight_kg = fields.Float(string="Weight (kg)", digits="Stock Weight")
    gestor_length_cm = fields.Float(string="Length (cm)", digits=(12, 2))
    gestor_width_cm = fields.Float(string="Width (cm)", digits=(12, 2))
    gestor_height_cm = fields.Float(string="Height (cm)", digits=(12, 2))
    gestor_volume_m3 = fields.Float(
        string="Volume (m³)",
        digits=(16, 6),
        compute="_compute_gestor_volume_m3",
        store=True,
        readonly=False,
        help="From the size, or typed where there is none.",
    )
    gestor_packaging = fields.Char(
        string="Packaging", help="What it is packed in: carton, bag, pallet..."
    )

    _gestor_sizes_positive = models.Constraint(
        "CHECK (gestor_weight_kg >= 0 AND gestor_volume_m3 >= 0 AND gestor_length_cm >= 0"
        " AND gestor_width_cm >= 0 AND gestor_height_cm >= 0)",
        "Weight and size cannot be negative.",
    )
    _gestor_one_precision = models.UniqueIndex(
        "(product_id, uom_id, COALESCE(company_id, 0))"
        " WHERE gestor_decimal_places IS NOT NULL",
        lambda env, diag: env._(
            "The decimal places of this product in this unit are given in another row."
        ),
    )

    @api.depends("gestor_length_cm", "gestor_width_cm", "gestor_height_cm")
    def _compute_gestor_volume_m3(self):
        for row in self:
            volume = row.gestor_length_cm * row.gestor_width_cm * row.gestor_height_cm
            if volume:
                row.gestor_volume_m3 = volume / CUBIC_CM_IN_M3

    @api.depends("barcode", "product_id", "uom_id")
    @api.depends_context("show_variant_name")
    def _compute_display_name(self):
        super()._compute_display_name()
        for row in self.filtered(lambda row: not row.barcode):
            row.display_name = f"{row.product_id.display_name} ({row.uom_id.name})"

    @api.constrains("product_id", "uom_id")
    def _check_gestor_common_reference(self):
        for row in self:
            unit = row.product_id.uom_id
            if unit and row.uom_id and not unit._has_common_reference(row.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is kept in %(unit)s; %(other)s cannot be "
                        "converted into it.",
                        product=row.product_id.display_name,
                        unit=unit.name,
                        other=row.uom_id.name,
                    )
                )

    @api.model
    def _gestor_places(self, pairs, company):
        """Return how many decimal places quantities may have.

        :param pairs: an iterable of ``(product.product, uom.uom)``
        :param company: the company of the documents
        :return: ``{(product, unit): places}``; a pair that nobody limited is missing
        :rtype: dict[tuple, int]
        """
        pairs = set(pairs)
        products = self.env["product.product"].union(*(pair[0] for pair in pairs))
        units = self.env["uom.uom"].union(*(pair[1] for pair in pairs))
        rows = self.search_fetch(
            Domain("product_id", "in", products.ids)
            & Domain("uom_id", "in", units.ids)
            & Domain("gestor_decimal_places", "!=", False)
            & Domain("company_id", "in", [False, *company.parent_ids.ids]),
            ["product_id", "uom_id", "gestor_decimal_places", "company_id"],
        )
        # the row of the company itself last: it wins over the common one
        own = {
            (row.product_id, row.uom_id): row.gestor_decimal_places
            for row in rows.sorted(lambda row: len(row.company_id.parent_ids))
        }
        places = {pair: own.get(pair, pair[1].gestor_decimal_places) for pair in pairs}
        return {pair: int(value) for pair, value in places.items() if value}

    @api.model
    def _gestor_too_fine(self, lines, company):
        """Return the quantities that have more decimal places than they may have.

        Document lines call it in a constraint and when a quantity is typed.

        :param lines: an iterable of ``(product.product, uom.uom, quantity)``
        :param company: the company of the documents
        :return: rows ``(product, unit, quantity, places)``
        :rtype: list[tuple]
        """
        lines = [line for line in lines if line[0] and line[1] and line[2]]
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        allowed = self._gestor_places((line[:2] for line in lines), company)
        return [
            (product, unit, quantity, allowed[product, unit])
            for product, unit, quantity in lines
            if (product, unit) in allowed
            and float_compare(
                quantity,
                float_round(quantity, precision_digits=allowed[product, unit]),
                precision_digits=digits,
            )
        ]

    @api.model
    def _gestor_too_fine_message(self, product, unit, quantity, places):
        """Return the sentence for one row of :meth:`_gestor_too_fine`."""
        if not places:
            return self.env._(
                "%(product)s in %(unit)s is counted in whole numbers: %(quantity)s is "
                "not possible.",
                product=product.display_name,
                unit=unit.name,
                quantity=formatLang(self.env, quantity, dp="Product Unit"),
            )
        return self.env._(
            "%(product)s in %(unit)s is counted with %(places)s decimal places: "
            "%(quantity)s is not possible.",
            product=product.display_name,
            unit=unit.name,
            places=places,
            quantity=formatLang(self.env, quantity, dp="Product Unit"),
        )
