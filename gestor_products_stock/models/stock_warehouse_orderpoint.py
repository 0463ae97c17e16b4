from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import formatLang


class StockWarehouseOrderpoint(models.Model):
    """How much of a good a warehouse should have: least, best and most."""

    _inherit = "stock.warehouse.orderpoint"

    gestor_optimal_qty = fields.Float(
        string="Optimal quantity",
        digits="Product Unit",
        help="The stock to come back to when ordering. Zero: up to the maximum.",
    )
    gestor_stock_state = fields.Selection(
        [
            ("shortage", "Shortage"),
            ("below", "Below the optimum"),
            ("right", "Right"),
            ("surplus", "Surplus"),
        ],
        string="State of the stock",
        compute="_compute_gestor_stock_state",
        search="_search_gestor_stock_state",
        help="Shortage: the forecast is below the minimum. Surplus: it is above the "
        "maximum.",
    )
    gestor_missing_qty = fields.Float(
        string="Missing",
        digits="Product Unit",
        compute="_compute_gestor_stock_state",
        help="So much is missing to the optimal stock.",
    )
    gestor_surplus_qty = fields.Float(
        string="Too much",
        digits="Product Unit",
        compute="_compute_gestor_stock_state",
        help="So much is above the maximal stock.",
    )
    gestor_source_id = fields.Many2one(
        "stock.warehouse.orderpoint",
        string="Surplus elsewhere",
        compute="_compute_gestor_proposal",
        help="The warehouse of the company that has most too much of the good.",
    )
    gestor_move_qty = fields.Float(
        string="To move here",
        digits="Product Unit",
        compute="_compute_gestor_proposal",
    )
    gestor_proposal = fields.Char(string="Proposal", compute="_compute_gestor_proposal")

    @api.depends(
        "qty_forecast", "product_min_qty", "product_max_qty", "gestor_optimal_qty"
    )
    def _compute_gestor_stock_state(self):
        for point in self:
            state, forecast, unit = "right", point.qty_forecast, point.product_uom
            target, most = point._get_gestor_target(), point.product_max_qty
            if unit and unit.compare(forecast, point.product_min_qty) < 0:
                state = "shortage"
            elif unit and most and unit.compare(forecast, most) > 0:
                state = "surplus"
            elif unit and unit.compare(forecast, point.gestor_optimal_qty) < 0:
                state = "below"
            missing = state in ("shortage", "below")
            point.gestor_stock_state = state
            point.gestor_missing_qty = target - forecast if missing else 0
            point.gestor_surplus_qty = forecast - most if state == "surplus" else 0

    @api.model
    def _search_gestor_stock_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # the forecast is not stored; the host searches what to order in this way too
        points = self.search(Domain("product_id.is_storable", "=", True))
        found = points.filtered(lambda point: point.gestor_stock_state in value)
        return Domain("id", "in", found.ids)

    @api.depends("gestor_stock_state", "gestor_missing_qty", "qty_to_order")
    def _compute_gestor_proposal(self):
        short = self.filtered(lambda point: point.gestor_missing_qty > 0)
        sources = short._get_gestor_sources()
        for point in self:
            source = sources.get((point.company_id, point.product_id))
            point.gestor_source_id = source
            point.gestor_move_qty = (
                min(source.gestor_surplus_qty, point.gestor_missing_qty)
                if source and point in short
                else 0
            )
            point.gestor_proposal = point._get_gestor_proposal()

    @api.depends("gestor_optimal_qty")
    def _compute_qty_to_order_computed(self):
        return super()._compute_qty_to_order_computed()

    @api.constrains("product_min_qty", "product_max_qty", "gestor_optimal_qty")
    def _check_gestor_optimal_qty(self):
        for point in self:
            unit, optimal = point.product_uom, point.gestor_optimal_qty
            if unit.is_zero(optimal):
                continue
            if (
                unit.compare(optimal, point.product_min_qty) < 0
                or unit.compare(optimal, point.product_max_qty) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(product)s in %(warehouse)s: the optimal quantity must lie "
                        "between the minimum and the maximum.",
                        product=point.product_id.display_name,
                        warehouse=point.warehouse_id.name,
                    )
                )

    def action_gestor_move_here(self):
        """Make transfers of what is too much elsewhere to where it is missing.

        :return: the action that shows them
        :raise UserError: if nothing can be moved
        """
        points = self.filtered("gestor_move_qty")
        if not points:
            raise UserError(
                self.env._("No other warehouse has too much of these goods.")
            )
        pickings = self.env["stock.picking"].create(
            [point._prepare_gestor_picking_vals() for point in points]
        )
        pickings.action_confirm()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.action_picking_tree_all"
        )
        return action | {"domain": [("id", "in", pickings.ids)], "context": {}}

    def action_gestor_order(self):
        """Order what is missing, as the host orders."""
        return self.filtered(lambda point: point.qty_to_order > 0).action_replenish()

    def _prepare_gestor_picking_vals(self):
        source, target = self.gestor_source_id, self.location_id
        return {
            "picking_type_id": source.warehouse_id.int_type_id.id,
            "location_id": source.location_id.id,
            "location_dest_id": target.id,
            "company_id": self.company_id.id,
            "origin": self.name,
            "move_ids": [
                Command.create(
                    {
                        "product_id": self.product_id.id,
                        "product_uom": self.product_uom.id,
                        "product_uom_qty": self.gestor_move_qty,
                        "location_id": source.location_id.id,
                        "location_dest_id": target.id,
                        "company_id": self.company_id.id,
                    }
                )
            ],
        }

    def _get_gestor_target(self):
        """Return the stock to come back to."""
        return self.gestor_optimal_qty or max(
            self.product_min_qty, self.product_max_qty
        )

    def _get_gestor_sources(self):
        """Return where most is too much of the goods of some points.

        :return: ``{(company, product): orderpoint}``
        :rtype: dict
        """
        others = self.search(
            Domain("product_id", "in", self.product_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
        )
        return {
            (point.company_id, point.product_id): point
            for point in others.sorted("gestor_surplus_qty")
            if point.gestor_surplus_qty > 0
        }

    def _get_gestor_proposal(self):
        def say(quantity):
            text = formatLang(self.env, quantity, dp="Product Unit")
            return f"{text} {self.product_uom.name}"

        if self.gestor_move_qty:
            return self.env._(
                "Move %(quantity)s from %(warehouse)s",
                quantity=say(self.gestor_move_qty),
                warehouse=self.gestor_source_id.warehouse_id.name,
            )
        if self.qty_to_order > 0:
            return self.env._("Order %(quantity)s", quantity=say(self.qty_to_order))
        if self.gestor_stock_state == "below":
            return self.env._(
                "Order %(quantity)s, not urgent", quantity=say(self.gestor_missing_qty)
            )
        if self.gestor_stock_state == "surplus":
            return self.env._(
                "Sell or move %(quantity)s", quantity=say(self.gestor_surplus_qty)
            )
        return False

    def _get_qty_to_order(self, qty_in_progress_by_orderpoint=None):
        return super(
            StockWarehouseOrderpoint, self.with_context(gestor_stock_to_optimum=True)
        )._get_qty_to_order(qty_in_progress_by_orderpoint)

    def _get_multiple_rounded_qty(self, qty_to_order):
        # the host asks with what is missing to the maximum, before it rounds to packs
        if self.env.context.get("gestor_stock_to_optimum"):
            most = max(self.product_min_qty, self.product_max_qty)
            qty_to_order -= most - self._get_gestor_target()
        return super()._get_multiple_rounded_qty(qty_to_order)
