from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    goods_ids = fields.One2many("gestor.activity.goods", "activity_id", copy=True)
    order_ids = fields.Many2many(
        "sale.order",
        "gestor_activity_sale_order_rel",
        "activity_id",
        "order_id",
        string="Sales orders",
        readonly=True,
        copy=False,
    )
    document_count = fields.Integer(
        string="Documents", compute="_compute_document_count"
    )
    has_open_goods = fields.Boolean(compute="_compute_has_open_goods")

    def _compute_document_count(self):
        # sudo: how many there are is no secret; opening them asks for the rights
        for activity in self.sudo():
            activity.document_count = len(activity.order_ids)

    @api.depends("goods_ids.open_quantity")
    def _compute_has_open_goods(self):
        for activity in self:
            activity.has_open_goods = any(activity.goods_ids.mapped("open_quantity"))

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        origin = self.env.context.get("gestor_activities_offers_origin")
        if origin:
            model, document_id = origin
            document = self.env[model].browse(document_id).exists()
            if document and hasattr(document, "_gestor_join_activities"):
                document.check_access("read")
                document._gestor_join_activities(activities)
        return activities

    # === Actions ===

    def action_gestor_create_document(self):
        """Open the dialog that makes a document of the open goods of these.

        :raise UserError: without sales rights, for several clients, without goods
        """
        self._check_goods_documentable()
        return {
            "name": self.env._("Create document"),
            "type": "ir.actions.act_window",
            "res_model": "gestor.activity.issue",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_source_ids": self.ids},
        }

    def action_gestor_view_orders(self):
        """Open the orders and quotations made from these activities."""
        # sudo: which they are is known here; the list asks for the rights to each
        ids = self.sudo().order_ids.ids
        return {
            "name": self.env._("Documents"),
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    # === Helpers ===

    def _check_goods_documentable(self):
        """Refuse documents that cannot be made, with a reason for the user."""
        orders = self.env["sale.order"]
        if not orders.has_access("create"):
            raise UserError(
                self.env._(
                    "Quotations and orders are made by people with rights to sales. Ask"
                    " one of them: the goods wait in the activity."
                )
            )
        clients = self.partner_id.commercial_partner_id
        if len(clients) != 1 or not all(activity.partner_id for activity in self):
            raise UserError(
                self.env._(
                    "A document has one client. Choose activities of one client."
                )
            )
        if len(self.company_id) != 1:
            raise UserError(
                self.env._("A document belongs to one company. Choose its activities.")
            )
        if not any(self.mapped("has_open_goods")):
            raise UserError(
                self.env._(
                    "No goods are open here: all of them are in documents, or none was "
                    "entered."
                )
            )

    def _get_goods_pricelist(self):
        """Return the price list of the client, empty without a client."""
        # sudo: who plans the work may not read price lists
        partner = self.partner_id.sudo().with_company(self.company_id[:1])
        return partner.property_product_pricelist

    def _gestor_related(self):
        order = self.env._("order")
        # sudo: the map asks for the rights to the orders themselves
        return super()._gestor_related() + [
            (activity.id, "sale.order", document.id, order)
            for activity in self.sudo()
            for document in activity.order_ids
        ]
