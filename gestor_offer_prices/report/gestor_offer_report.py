from odoo import api, models


class ReportGestorOffer(models.AbstractModel):
    _inherit = "report.gestor_offers.gestor_offer_report"

    @api.model
    def _gestor_rows(self, order):
        """Add the price thresholds of the lines whose price the client sees."""
        rows = super()._gestor_rows(order)
        steps = self._gestor_shown_steps(order, rows)
        for row in rows:
            row["price_steps"] = self._prepare_steps(steps.get(row["line"], ()), row)
        return rows

    @api.model
    def _gestor_shown_steps(self, order, rows):
        lines = order.order_line.browse(
            row["line"].id
            for row in rows
            if row["kind"] == "product" and row["price"] is not None
        )
        choice = order.gestor_offer_id.price_breaks
        if choice != "all":
            lines = lines.filtered(
                lambda line: choice == "chosen" and line.gestor_has_price_breaks
            )
        return lines._gestor_price_steps()

    @api.model
    def _prepare_steps(self, steps, row):
        """Return thresholds as the client reads them.

        :rtype: list[dict] with ``quantity`` and ``uom`` as text, ``price``, and
            ``is_current``: the one that the quantity of the line reaches
        """
        decimals = self.env["decimal.precision"].precision_get("Product Unit")
        reached = [
            least for least, _price in steps if least <= row["line"].product_uom_qty
        ]
        return [
            {
                "quantity": self._gestor_number(least, decimals),
                "uom": row["uom"],
                "price": price,
                "is_current": bool(reached) and least == reached[-1],
            }
            for least, price in steps
        ]
