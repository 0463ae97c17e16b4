from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

VARIANT_AMOUNTS = [
    f"order_ids.{name}"
    for name in (
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "margin",
        "currency_id",
    )
]


class GestorOffer(models.Model):
    _name = "gestor.offer"
    _description = "Offer"
    _inherit = [
        "gestor.offer.lifecycle.mixin",
        "gestor.offer.decision.mixin",
        "gestor.offer.template.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "gestor.document.mixin",
        "gestor.offer.search.mixin",
    ]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]

    # === Fields: head ===
    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    process_id = fields.Many2one(
        "crm.lead",
        string="Offer process",
        domain="[('type', '=', 'opportunity')]",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Guardian",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    # internal notes are no business of a client who reads the offer in the portal
    gestor_flag_id = fields.Many2one(groups="base.group_user")
    gestor_flag_note = fields.Char(groups="base.group_user")
    gestor_flag_user_id = fields.Many2one(groups="base.group_user")
    gestor_flag_at = fields.Datetime(groups="base.group_user")
    gestor_flag_color = fields.Integer(groups="base.group_user")
    gestor_flag_icon = fields.Char(groups="base.group_user")

    # === Fields: variants ===
    order_ids = fields.One2many(
        "sale.order",
        "gestor_offer_id",
        string="Variants",
        copy=True,
        # the host sorts orders by date; variants have an order of their own
        context={"gestor_offers_by_sequence": True},
    )
    order_count = fields.Integer(string="Variants count", compute="_compute_counts")
    invoice_count = fields.Integer(compute="_compute_counts")
    invoice_status = fields.Selection(related="accepted_order_id.invoice_status")
    proposed_order_id = fields.Many2one(
        "sale.order",
        string="Proposed variant",
        compute="_compute_proposed_order_id",
        store=True,
        index="btree_not_null",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_amounts", store=True
    )
    amount_untaxed = fields.Monetary(
        string="Net amount", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="VAT", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        string="Gross amount", compute="_compute_amounts", store=True
    )
    margin = fields.Monetary(
        compute="_compute_amounts", store=True, groups="base.group_user"
    )
    margin_percent = fields.Float(
        string="Margin (%)",
        compute="_compute_amounts",
        store=True,
        aggregator="avg",
        groups="base.group_user",
        help="A fraction of the net amount, as on the host's orders: 0.25 is 25 %.",
    )

    # === Fields: texts and settings ===
    intro_html = fields.Html(
        string="Introductory information",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
    )
    closing_html = fields.Html(
        string="Closing information",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
    )
    payment_form_ids = fields.Many2many(
        "gestor.payment.form",
        string="Suggested payment forms",
        check_company=True,
        default=lambda self: self._default_payment_form_ids(),
    )
    lang = fields.Selection(related="partner_id.lang", string="Language")

    _company_state_idx = models.Index("(company_id, state, date_to)")
    _date_idx = models.Index("(date_from DESC, id DESC)")

    # === Defaults and computes ===

    def _default_payment_form_ids(self):
        shared = Domain("company_id", "=", False)
        shared |= Domain("company_id", "parent_of", self.env.company.id)
        forms = self.env["gestor.payment.form"]
        return forms.search(Domain("is_default", "=", True) & shared)

    @api.depends("process_id")
    def _compute_partner_id(self):
        for offer in self:
            offer.partner_id = offer.partner_id or offer.process_id.partner_id

    # apart from the client: a client given by hand must not keep this one from running
    @api.depends("process_id")
    def _compute_user_id(self):
        for offer in self:
            offer.user_id = offer.user_id or offer.process_id.user_id or self.env.user

    @api.depends("process_id")
    def _compute_company_id(self):
        for offer in self:
            offer.company_id = (
                offer.company_id or offer.process_id.company_id or self.env.company
            )

    @api.depends("partner_id", "company_id")
    def _compute_texts(self):
        for offer in self:
            # sudo: the texts are the company's, whoever writes the offer
            company = offer.company_id.sudo().with_context(lang=offer.partner_id.lang)
            if is_html_empty(offer.intro_html):
                offer.intro_html = company.gestor_offer_intro_html
            if is_html_empty(offer.closing_html):
                offer.closing_html = company.gestor_offer_closing_html

    @api.depends("order_ids.gestor_is_proposed")
    def _compute_proposed_order_id(self):
        for offer in self:
            offer.proposed_order_id = offer.order_ids.filtered("gestor_is_proposed")[:1]

    @api.depends(
        "company_id", "accepted_order_id", "proposed_order_id", *VARIANT_AMOUNTS
    )
    def _compute_amounts(self):
        """Count the accepted variant, else the proposed one, never their sum."""
        for offer in self:
            order = offer._get_counting_order()
            offer.currency_id = order.currency_id or offer.company_id.currency_id
            offer.amount_untaxed = order.amount_untaxed
            offer.amount_tax = order.amount_tax
            offer.amount_total = order.amount_total
            offer.margin = order.margin
            offer.margin_percent = order.margin_percent

    @api.depends("order_ids", "accepted_order_id.invoice_ids")
    def _compute_counts(self):
        for offer in self:
            offer.order_count = len(offer.order_ids)
            offer.invoice_count = len(offer.accepted_order_id.invoice_ids)

    def _compute_access_url(self):
        super()._compute_access_url()
        for offer in self:
            offer.access_url = f"/my/offers/{offer.id}"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for offer in self:
            if offer.date_to and offer.date_to < offer.date_from:
                raise ValidationError(
                    self.env._("The validity cannot end before the offer date.")
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        offers = super().create(vals_list)
        if not self.env.su and offers.filtered(lambda offer: offer._is_decided()):
            raise AccessError(self._get_closed_message())
        for offer in offers:
            if offer.name in (False, self.env._("New")):
                offer._write_by_action({"name": offer._get_next_number()})
        offers.filtered(lambda offer: not offer.order_ids)._create_variants()
        return offers

    def write(self, vals):
        closed = self._get_action_fields() | self._get_decision_fields()
        if not self.env.su and not closed.isdisjoint(vals):
            raise AccessError(self._get_closed_message())
        if not self._get_content_fields().isdisjoint(vals):
            self._check_editable()
        result = super().write(vals)
        shared = {
            field: vals[field]
            for field in ("partner_id", "user_id", "process_id")
            if field in vals
        }
        if shared:
            self._share_with_variants(shared)
        if not {"date_from", "date_to"}.isdisjoint(vals):
            self._share_validity()
        return result

    def copy(self, default=None):
        offers = super().copy(default)
        for old, new in zip(self, offers, strict=True):
            for old_order, order in zip(old.order_ids, new.order_ids, strict=False):
                if old_order.gestor_is_proposed:
                    order.gestor_is_proposed = True
        return offers

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_state(("draft",), self.env._("Only a draft can be deleted."))
        seen = self.filtered(lambda offer: offer.version > 1)
        if seen:
            raise UserError(
                self.env._(
                    "The client has seen an earlier version of offer %(offer)s. Reject"
                    " it instead of deleting it.",
                    offer=", ".join(seen.mapped("name")),
                )
            )

    def unlink(self):
        self.check_access("unlink")
        self._unlink_except_draft()
        # sudo: the host lets only managers delete orders, but the variants of a draft
        # are nothing without it
        self.sudo().order_ids.unlink()
        return super().unlink()

    # === Actions ===

    def action_add_variant(self):
        """Add a variant and open it.

        :raise UserError: if the client has the offer already
        """
        self.ensure_one()
        self._check_editable()
        return self._create_variants().action_gestor_open()

    def action_view_variants(self):
        """Open the variants as a list of the host's orders."""
        self.ensure_one()
        return {
            "name": self.env._("Variants"),
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("gestor_offer_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_view_order(self):
        """Open the order that came from the accepted variant."""
        self.ensure_one()
        return self.accepted_order_id.action_gestor_open()

    def action_view_invoices(self):
        """Open the invoices of the accepted variant."""
        self.ensure_one()
        return self.accepted_order_id.action_view_invoice()

    def action_create_invoice(self):
        """Open the host's dialog that invoices the accepted variant."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "sale.action_view_sale_advance_payment_inv"
        ) | {
            "context": {
                "active_model": "sale.order",
                "active_id": self.accepted_order_id.id,
                "active_ids": self.accepted_order_id.ids,
            }
        }

    def action_preview(self):
        """Open the page that the client sees."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": self.get_portal_url(),
        }

    # === Variants ===

    def _get_counting_order(self):
        """Return the variant whose amounts are those of the offer."""
        self.ensure_one()
        return self.accepted_order_id or self.proposed_order_id

    def _create_variants(self):
        """Add an empty variant to each offer.

        :return: the new orders, in the order of the offers
        """
        return self.env["sale.order"].create(
            [{"gestor_offer_id": offer.id} for offer in self]
        )

    def _prepare_variant_vals(self):
        """Return the values that every variant takes from its offer."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id,
            "company_id": self.company_id.id,
            "opportunity_id": self.process_id.id,
            "validity_date": self.date_to,
            "origin": self.name,
        }

    def _prepare_variant_place_vals(self, position=None):
        """Return the default name and the order of a variant among the others.

        :param int position: 0 for the first one; without it behind all there are
        """
        self.ensure_one()
        position = len(self.order_ids) if position is None else position
        return {
            "gestor_variant_name": self._get_variant_name(position),
            "gestor_variant_sequence": 10 * (position + 1),
        }

    def _get_variant_name(self, position):
        """Return the default name of a variant in the client's language.

        :param int position: 0 for the first one: A, B ... Z, then numbers
        """
        self.ensure_one()
        letter = chr(ord("A") + position) if position < 26 else str(position + 1)
        offer = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return offer.env._("Variant %(letter)s", letter=letter)

    def _share_with_variants(self, vals):
        """Give the variants the client, guardian and process of their offer.

        :param dict vals: changed values of the offer
        """
        names = {"process_id": "opportunity_id"}
        vals = {names.get(field, field): value for field, value in vals.items()}
        # sudo: who may write the offer may give it, with its variants, to a colleague
        # whose offers he or she does not see
        orders = self.sudo().order_ids
        if "partner_id" not in vals:
            orders.write(vals)
            return
        for order in orders:
            position = order.fiscal_position_id
            # a new client brings its own price list, but the variants were made from
            # price lists chosen on purpose
            kept = {"pricelist_id": order.pricelist_id.id} if order.pricelist_id else {}
            order.write(vals | kept)
            if order.fiscal_position_id != position:
                order._recompute_taxes()

    def _share_validity(self):
        """Give the variants the validity of their offer."""
        # sudo: see _share_with_variants
        for offer in self.sudo():
            offer.order_ids.filtered(
                lambda order, date=offer.date_to: order.validity_date != date
            ).validity_date = offer.date_to

    def _check_editable(self):
        """Refuse a change of what the client has seen.

        :raise UserError: naming the offers
        """
        self._check_state(
            ("draft", "prepared"),
            self.env._("The client has seen the offer. Withdraw it for changes first."),
        )

    def _ensure_proposed(self):
        """Propose the first variant where none is proposed."""
        for offer in self:
            if offer.order_ids and not offer.order_ids.filtered("gestor_is_proposed"):
                offer.order_ids[:1].gestor_is_proposed = True

    def _get_next_number(self):
        """Return the next number in the numbering of the offer's company."""
        sequences = self.env["ir.sequence"].with_company(self.company_id)
        return sequences.next_by_code("gestor.offer", sequence_date=self.date_from)

    def _creation_message(self):
        return self.env._("Offer created")

    @api.model
    def _gestor_document_label(self):
        return self.env._("Offer")

    @api.model
    def _gestor_text_fields(self):
        return [*super()._gestor_text_fields(), "intro_html", "closing_html"]
