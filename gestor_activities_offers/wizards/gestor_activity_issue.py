from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GestorActivityIssue(models.TransientModel):
    """Makes one document of the open goods of activities of one client."""

    _name = "gestor.activity.issue"
    _description = "Create Document From Activities"

    # not "activity_ids": the default of that name would reach the host's to-dos of the
    # new order
    source_ids = fields.Many2many("gestor.activity", string="Activities")
    partner_id = fields.Many2one(
        "res.partner", string="Client", compute="_compute_partner_id"
    )
    goods_ids = fields.Many2many(
        "gestor.activity.goods", string="Open goods", compute="_compute_goods_ids"
    )
    kind = fields.Selection(
        [
            ("quotation", "Quotation"),
            ("order", "Confirmed order"),
            ("invoice", "Confirmed order and invoice"),
            ("offer", "Offer with a variant"),
        ],
        string="Document",
        default="quotation",
        required=True,
    )

    @api.depends("source_ids")
    def _compute_partner_id(self):
        for issue in self:
            issue.partner_id = issue.source_ids[:1].partner_id

    @api.depends("source_ids")
    def _compute_goods_ids(self):
        for issue in self:
            goods = issue.source_ids.goods_ids
            issue.goods_ids = goods.filtered("open_quantity")

    def action_create(self):
        """Make the document, and open it."""
        self.ensure_one()
        return self._open_document(self._create_document())

    def _create_document(self):
        """Make the document of what is open, and link it with its activities.

        :return: a ``sale.order`` or a ``gestor.offer``
        """
        activities = self.source_ids
        activities._check_goods_documentable()
        goods = activities.goods_ids._lock_open()
        if not goods:
            raise UserError(
                self.env._("Somebody else has just made a document of these goods.")
            )
        document = (
            self._create_offer(goods)
            if self.kind == "offer"
            else self._create_order(goods)
        )
        document._gestor_join_activities(goods.activity_id)
        return document

    def _create_order(self, goods):
        order = self.env["sale.order"].create(self._prepare_order_vals(goods))
        self._fill(order, goods)
        if self.kind in ("order", "invoice"):
            order.action_confirm()
        return order

    def _create_offer(self, goods):
        offers = self.env["gestor.offer"]
        if not offers.has_access("create"):
            raise UserError(
                self.env._("Offers are made by people with rights to offers.")
            )
        activity = goods.activity_id[:1]
        offer = offers.create(
            {
                "partner_id": activity.partner_id.id,
                "company_id": activity.company_id.id,
                "user_id": self.env.uid,
            }
        )
        self._fill(offer.order_ids, goods)
        offer.order_ids._gestor_join_activities(goods.activity_id)
        return offer

    def _prepare_order_vals(self, goods):
        """Return the values of the order, without its lines."""
        activities = goods.activity_id
        return {
            "partner_id": activities[0].partner_id.id,
            "company_id": activities.company_id.id,
            "user_id": self.env.uid,
            "origin": ", ".join(filter(None, activities.mapped("number"))),
        }

    @api.model
    def _fill(self, order, goods):
        """Put the goods on an order, with the comments under them."""
        lines = []
        for row in goods:
            lines.append(
                Command.create(row._prepare_order_line_vals(order.currency_id))
            )
            if row.note:
                note = {"display_type": "line_note", "name": row.note}
                lines.append(Command.create(note))
        order.order_line = lines

    def _open_document(self, document):
        if self.kind == "invoice":
            action = self.env["ir.actions.actions"]._for_xml_id(
                "sale.action_view_sale_advance_payment_inv"
            )
            context = {"active_model": "sale.order", "active_ids": document.ids}
            return {**action, "context": {**context, "active_id": document.id}}
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }
