from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from .gestor_offer_lifecycle import WON_STATES


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = [
        "sale.order",
        "gestor.variant.guard.mixin",
        "gestor.search.mixin",
        "gestor.relation.mixin",
        "gestor.history.mixin",
    ]

    _gestor_search_sequence = 40
    _gestor_search_icon = "fa-shopping-cart"
    _gestor_history_date = "date_order"

    client_order_ref = fields.Char(index="trigram")

    gestor_offer_id = fields.Many2one(
        "gestor.offer",
        string="Offer",
        copy=False,
        check_company=True,
        index="btree_not_null",
        # only drafts are deleted, with their variants; orders outlive the addon
        ondelete="set null",
    )
    gestor_offer_state = fields.Selection(
        related="gestor_offer_id.state", string="Offer status"
    )
    gestor_variant_name = fields.Char(string="Variant")
    gestor_variant_sequence = fields.Integer(string="Variant order", default=10)
    gestor_variant_description = fields.Html(string="Description of the variant")
    gestor_is_proposed = fields.Boolean(
        string="Proposed",
        copy=False,
        help="The variant we recommend; its amounts are those of the offer.",
    )

    _gestor_one_proposed = models.UniqueIndex(
        "(gestor_offer_id) WHERE gestor_is_proposed",
        "Only one variant of an offer is proposed.",
    )

    # === Computes and constraints ===

    @api.depends("gestor_offer_id", "gestor_variant_name")
    def _compute_display_name(self):
        super()._compute_display_name()
        for order in self:
            # a copy keeps the name of the variant but belongs to no offer
            if order.gestor_offer_id and order.gestor_variant_name:
                order.display_name = (
                    f"{order.display_name} - {order.gestor_variant_name}"
                )

    def _compute_access_url(self):
        super()._compute_access_url()
        for order in self:
            if order._gestor_is_variant():
                # sudo: whoever may see the order may know the address of its offer
                order.access_url = order.gestor_offer_id.sudo().access_url

    @api.constrains("gestor_offer_id", "gestor_is_proposed")
    def _check_gestor_proposed(self):
        for offer in self.gestor_offer_id:
            if len(offer.order_ids.filtered("gestor_is_proposed")) != 1:
                raise ValidationError(
                    self.env._(
                        "Offer %(offer)s has exactly one proposed variant. To change"
                        " it, mark another variant as proposed.",
                        offer=offer.name,
                    )
                )

    @api.constrains(
        "gestor_offer_id", "partner_id", "pricelist_id", "currency_id", "user_id"
    )
    def _check_gestor_shared(self):
        for offer in self.gestor_offer_id:
            orders = self.filtered_domain([("gestor_offer_id", "=", offer.id)])
            if orders.partner_id != offer.partner_id:
                raise ValidationError(
                    self.env._(
                        "All variants of offer %(offer)s are for the client of the"
                        " offer.",
                        offer=offer.name,
                    )
                )
            # else the guardian would not see all variants of the own offer
            if offer.state not in WON_STATES and orders.user_id != offer.user_id:
                raise ValidationError(
                    self.env._(
                        "The variants of offer %(offer)s have the guardian of the"
                        " offer. Change the guardian in the offer.",
                        offer=offer.name,
                    )
                )
            if len(offer.order_ids.currency_id) > 1:
                raise ValidationError(
                    self.env._(
                        "All variants of offer %(offer)s must have the same currency:"
                        " choose price lists in one currency.",
                        offer=offer.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        self._gestor_complete_variant_vals(vals_list)
        return super().create(vals_list)

    def _gestor_complete_variant_vals(self, vals_list):
        """Give new variants the client, name and place in their offer.

        :param list vals_list: values of new orders, changed in place
        :raise UserError: if the client has the offer already
        """
        by_offer = {}
        for vals in vals_list:
            if vals.get("gestor_offer_id"):
                by_offer.setdefault(vals["gestor_offer_id"], []).append(vals)
        for offer in self.env["gestor.offer"].browse(by_offer):
            offer.check_access("write")
            offer._check_editable()
            shared = offer._prepare_variant_vals()  # never differ between variants
            siblings = offer.order_ids
            new = by_offer[offer.id]
            for position, vals in enumerate(new, start=len(siblings)):
                vals.update(shared)
                place = offer._prepare_variant_place_vals(position)
                if not vals.get("gestor_variant_name"):
                    vals["gestor_variant_name"] = place["gestor_variant_name"]
                vals.setdefault(
                    "gestor_variant_sequence", place["gestor_variant_sequence"]
                )
            has_proposed = siblings.filtered("gestor_is_proposed") or any(
                vals.get("gestor_is_proposed") for vals in new
            )
            if not has_proposed:
                new[0]["gestor_is_proposed"] = True

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Return the variants of an offer in their own order."""
        if not order and self.env.context.get("gestor_offers_by_sequence"):
            order = "gestor_variant_sequence, id"
        return super().search_fetch(domain, field_names, offset, limit, order)

    def write(self, vals):
        if "gestor_offer_id" in vals:
            moved = self.filtered(
                lambda order: order.gestor_offer_id.id != (vals["gestor_offer_id"] or 0)
            )
            for order in moved:
                super(SaleOrder, order).write(order._gestor_prepare_joining_vals(vals))
        if "state" in vals:
            self._gestor_check_state(vals["state"])
        if not self._gestor_identity_fields().isdisjoint(vals):
            # sudo: see _gestor_check_editable
            self.sudo().gestor_offer_id._check_editable()
        if not self._gestor_protected_fields().isdisjoint(vals):
            self._gestor_check_editable()
        if vals.get("gestor_is_proposed"):
            self._gestor_unpropose_siblings()
        return super().write(vals)

    def unlink(self):
        # sudo: see _gestor_check_editable; the closed variants are history, too
        offers = self.sudo().gestor_offer_id
        offers._check_editable()
        result = super().unlink()
        offers.exists()._ensure_proposed()
        return result

    # === Actions ===

    def action_gestor_open(self):
        """Open the variant in the order form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("sale.view_order_form").id, "form")],
        }

    def action_gestor_open_offer(self):
        """Open the offer of the variant."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.offer",
            "res_id": self.gestor_offer_id.id,
            "view_mode": "form",
        }

    def action_gestor_propose(self):
        """Mark the variant as the proposed one of its offer."""
        self.ensure_one()
        self.gestor_offer_id._check_editable()
        return self.write({"gestor_is_proposed": True})

    def action_gestor_duplicate(self):
        """Add a copy of the variant, with all lines, to the offer."""
        self.ensure_one()
        offer = self.gestor_offer_id
        copy = self.copy(
            {
                **offer._prepare_variant_place_vals(),
                "gestor_offer_id": offer.id,
                "pricelist_id": self.pricelist_id.id,
            }
        )
        return copy.action_gestor_open()

    def action_gestor_remove(self):
        """Remove the variant from an offer the client has not seen."""
        self.gestor_offer_id._check_editable()
        self.check_access("write")
        # sudo: the host lets only managers delete orders; a variant is a part of an
        # offer that is still being written
        return self.sudo().unlink()

    def action_gestor_accept(self):
        """Accept the variant in the client's name."""
        self.ensure_one()
        return self.gestor_offer_id.action_accept(self)

    def action_confirm(self):
        """Confirm orders; a variant is confirmed by accepting it in its offer."""
        others = self - self._gestor_accept_variants()
        return super(SaleOrder, others).action_confirm() if others else True

    def _gestor_accept_variants(self):
        """Accept the variants that their offers do not have as accepted yet.

        :return: these variants; their offers have confirmed them
        :rtype: sale.order
        """
        variants = self.filtered(
            lambda order: (
                order._gestor_is_variant()
                and order.gestor_offer_id.accepted_order_id != order
            )
        )
        for variant in variants:
            variant.gestor_offer_id.action_accept(variant)
        return variants

    def _action_confirm(self):
        """Who buys is a standard client from the first order on."""
        result = super()._action_confirm()
        self.partner_id._gestor_become_standard()
        return result

    def action_quotation_send(self):
        """Send quotations; a variant is sent with its whole offer."""
        if self._gestor_is_variant():
            return self.gestor_offer_id.action_open_composer()
        if any(order._gestor_is_variant() for order in self):
            raise UserError(
                self.env._(
                    "Variants are sent with their whole offer. Take them out of the"
                    " selection."
                )
            )
        return super().action_quotation_send()

    def action_draft(self):
        """Set to quotation; a variant only while its offer is open."""
        # sudo: see _gestor_check_editable
        closed = self.sudo().gestor_offer_id.filtered(
            lambda offer: offer.state in (*WON_STATES, "rejected")
        )
        if closed:
            raise UserError(
                self.env._(
                    "The variants of offer %(offer)s are history: the client has"
                    " decided.",
                    offer=closed[:1].name,
                )
            )
        return super().action_draft()

    def _action_cancel(self):
        self._gestor_check_cancellable()
        # sudo: who may cancel the order reopens its offer, also without rights to it
        reopened = self.sudo().gestor_offer_id.filtered(
            lambda offer: offer.accepted_order_id in self
        )
        result = super()._action_cancel()
        reopened._gestor_reopen()
        return result

    # === Portal hooks of the host ===

    def get_portal_url(self, *args, **kwargs):
        """Return the address for the client: of a variant, that of its offer."""
        if self._gestor_is_variant():
            # sudo: as in _compute_access_url
            return self.gestor_offer_id.sudo().get_portal_url(*args, **kwargs)
        return super().get_portal_url(*args, **kwargs)

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self.gestor_offer_id

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self.gestor_offer_id

    def _can_be_edited_on_portal(self):
        return super()._can_be_edited_on_portal() and not self.gestor_offer_id

    # === Helpers ===

    def _gestor_is_variant(self):
        """Tell whether the order is a variant that did not become an order."""
        return len(self) == 1 and bool(self.gestor_offer_id) and self.state != "sale"

    def _gestor_has_product_lines(self):
        """Tell whether there is anything to sell in the variant."""
        self.ensure_one()
        return any(
            line.product_id and not line.display_type for line in self.order_line
        )

    def _gestor_is_invoiced(self):
        """Tell whether a posted invoice, less corrections, covers some line."""
        return any(
            line.qty_invoiced_posted > 0
            for line in self.order_line
            if not line.display_type and not line.is_downpayment
        )

    def _gestor_unpropose_siblings(self):
        """Take the mark from the variants that were proposed so far."""
        field = self._fields["gestor_is_proposed"]
        siblings = self.gestor_offer_id.order_ids.filtered("gestor_is_proposed") - self
        # protected: for a moment no variant is proposed, which the constraint would
        # refuse; it is checked after the new one is marked
        with self.env.protecting([field], siblings):
            siblings.gestor_is_proposed = False
        siblings.flush_recordset(["gestor_is_proposed"])

    def _gestor_related(self):
        offer, process = self.env._("offer"), self.env._("offer process")
        invoice = self.env._("invoice")
        related = super()._gestor_related()
        # sudo: the map asks for the rights to the documents themselves
        for order in self.sudo():
            related += [
                (order.id, document._name, document.id, kind)
                for documents, kind in (
                    (order.gestor_offer_id, offer),
                    (order.opportunity_id, process),
                    (order.invoice_ids, invoice),
                )
                for document in documents
                # a variant belongs to the process through its offer
                if kind != process or not order.gestor_offer_id
            ]
        return related

    @api.model
    def _gestor_history_domain(self, partner_ids):
        # an offer stands for its variants until one of them becomes an order
        is_order = Domain("gestor_offer_id", "=", False) | Domain("state", "=", "sale")
        return super()._gestor_history_domain(partner_ids) & is_order

    # === Search everywhere ===

    @api.model
    def _gestor_search_label(self):
        return self.env._("Orders and quotations")

    @api.model
    def _get_gestor_hit_domain(self, text):
        clients = self.env["res.partner"]._get_gestor_documents_domain(text)
        names = ("name", "client_order_ref")
        return Domain.OR([clients, *(Domain(name, "ilike", text) for name in names)])

    def _get_gestor_subtitle_parts(self):
        return [
            self.partner_id.display_name,
            self._get_gestor_selection_label("state"),
            format_date(self.env, self.date_order),
        ]
