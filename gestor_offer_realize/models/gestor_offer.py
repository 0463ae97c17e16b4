from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gestor_offers.models.gestor_offer_lifecycle import WON_STATES

from ..const import KINDS

#: how an offer came about is not for the client who reads it
STAFF = "base.group_user"
#: offers in one job of the queue
CHUNK = 20


class GestorOffer(models.Model):
    """Offers become orders, invoices, down payments and deliveries."""

    _name = "gestor.offer"
    _inherit = ["gestor.offer", "gestor.job.mixin"]

    offer_type_id = fields.Many2one(
        "gestor.offer.type",
        string="Offer type",
        compute="_compute_offer_type_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    realize_as = fields.Selection(
        KINDS,
        groups=STAFF,
        help="Empty: as the client's card or the type of the offer says.",
    )

    @api.depends("company_id")
    def _compute_offer_type_id(self):
        types = self.env["gestor.offer.type"]
        defaults = {
            company: types.search(
                Domain("is_default", "=", True)
                & Domain(types._check_company_domain(company.ids)),
                limit=1,
            )
            for company in self.company_id
        }
        for offer in self:
            offer.offer_type_id = offer.offer_type_id or defaults.get(offer.company_id)

    def write(self, vals):
        result = super().write(vals)
        if "offer_type_id" in vals:
            self._gestor_update_realization()
        return result

    # === Actions ===

    def action_realize(self):
        """Open the dialog that makes a document of the offer."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offer_realize.gestor_offer_realize_action"
        ) | {"context": {"default_offer_id": self.id}}

    # === Status ===

    def _gestor_update_realization(self):
        """Let the status follow invoices and deliveries as the type says."""
        typed = self.filtered("offer_type_id")
        result = super(GestorOffer, self - typed)._gestor_update_realization()
        for offer in typed.filtered(lambda offer: offer.state in WON_STATES):
            order = offer.accepted_order_id
            state = offer.offer_type_id._get_realization_state(order)
            is_withdrawn = offer._is_realization_withdrawn()
            if offer.state != state:
                offer._write_by_action({"state": state})
            if is_withdrawn and offer.offer_type_id.state_withdrawn == "sent":
                order._action_cancel()
        return result

    def _is_realization_withdrawn(self):
        """Tell whether everything made of the offer was taken back."""
        self.ensure_one()
        order = self.accepted_order_id
        invoices = order.invoice_ids
        return (
            (self.state == "realized" or bool(invoices))
            and all(invoice.state == "cancel" for invoice in invoices)
            and order._gestor_get_realization_degree("any") == "none"
        )

    # === Making documents ===

    def _get_realize_kind(self):
        """Return what the offer is made into unless somebody chooses otherwise."""
        self.ensure_one()
        client = self.partner_id.commercial_partner_id
        return (
            self.realize_as
            or client.gestor_realize_as
            or self.offer_type_id.realize_as
            or "invoice"
        )

    def _gestor_realize(self, kind, quantities=None, order=None, **options):
        """Make a document of an offer; one that is open yet is accepted first.

        Of several simultaneous calls the later ones see what is still open.

        :param str kind: see ``const.KINDS``
        :param dict quantities: ``{line id: quantity}``; without it all that is open
        :param order: the variant to accept, by default the proposed one
        :param options: ``percent`` or ``amount`` of a down payment, ``is_posted``
        :return: the documents
        :rtype: sale.order | account.move | stock.picking
        :raise UserError: naming the offer and all that is wrong
        """
        self.ensure_one()
        self.check_access("write")
        self = self._with_own_context()
        self._lock_for_decision()
        order = self._gestor_ensure_order(kind, order)
        if kind == "order":
            return order
        if kind == "advance":
            self._raise_problems(
                {self: order._gestor_get_realization_problems(order.order_line)}
            )
            documents = order._gestor_make_advance(
                options.get("percent", 0.0), options.get("amount", 0.0)
            )
        else:
            quantities = self._gestor_check_quantities(order, kind, quantities)
            documents = (
                order._gestor_make_invoices(quantities)
                if kind == "invoice"
                else order._gestor_deliver(quantities)
            )
        if options.get("is_posted") and kind in ("invoice", "advance"):
            documents.action_post()
        return documents

    def _gestor_ensure_order(self, kind, order=None):
        """Return the order of the offer, accepting a variant where there is none."""
        if self.state in WON_STATES:
            if kind == "order":
                raise UserError(
                    self.env._(
                        "Offer %(offer)s is an order already: %(order)s",
                        offer=self.name,
                        order=self.accepted_order_id.name,
                    )
                )
            return self.accepted_order_id
        order = (order or self.proposed_order_id).with_env(self.env)
        self._raise_problems(
            {self: order._gestor_get_realization_problems(order.order_line)}
        )
        self.action_accept(order)
        return order

    def _gestor_check_quantities(self, order, kind, quantities=None):
        """Return the quantities that are realized, checked.

        :raise UserError: naming the offer and all that is wrong
        """
        if quantities is None:
            found = order._gestor_get_open_lines(kind)
            quantities = {line.id: quantity for line, quantity in found.items()}
        chosen = order.order_line.filtered(lambda line: quantities.get(line.id))
        problems = order._gestor_get_realization_problems(chosen)
        problems += order._gestor_get_quantity_problems(kind, quantities)
        self._raise_problems({self: problems})
        return quantities

    # === Many at once, in the background ===

    def _gestor_job_realize(self, records, params):
        """Make documents of offers: of each, or of all of one client together.

        :param records: offers, or dictionaries with the ``offer_ids`` of a client
        """
        if isinstance(records, list):
            return {
                position: self._gestor_realize_together(
                    self.browse(payload["offer_ids"]), params
                )
                for position, payload in enumerate(records)
            }
        return {
            offer.id: ", ".join(
                offer._gestor_realize_one(params).mapped("display_name")
            )
            for offer in records
        }

    def _gestor_realize_one(self, params):
        """Realize an accepted offer as the parameters of the work say."""
        self.ensure_one()
        self._check_state(WON_STATES, self.env._("The client has not accepted it."))
        return self._gestor_realize(
            params["kind"] or self._get_realize_kind(),
            percent=self.offer_type_id.advance_percent or 30,
            is_posted=params["is_posted"],
        )

    def _gestor_realize_together(self, offers, params):
        """Put the offers of one client on one invoice; each in its savepoint.

        :return: the invoices, and which offers were left out, and why
        :rtype: str
        :raise UserError: if nothing could be invoiced
        """
        quantities, failures = {}, []
        taken = self.browse()
        for offer in offers:
            try:
                with self.env.cr.savepoint():
                    quantities |= offer._gestor_get_checked_quantities()
                    taken |= offer
            except UserError as error:
                failures.append(str(error))
        if not taken:
            raise UserError("\n".join(failures))
        company = taken.company_id[:1]
        orders = taken.with_company(company).accepted_order_id
        invoices = orders._gestor_make_invoices(quantities)
        if params["is_posted"]:
            invoices.action_post()
        made = ", ".join(invoices.mapped("display_name"))
        if not failures:
            return made
        return self.env._(
            "%(invoices)s. Left out: %(offers)s",
            invoices=made,
            offers="; ".join(failures),
        )

    def _gestor_get_checked_quantities(self):
        """Return what is left to invoice of an accepted offer, locked.

        :raise UserError: naming the offer and all that is wrong
        """
        if not self.exists():
            raise UserError(self.env._("An offer was deleted meanwhile."))
        self.check_access("write")
        self._lock_for_decision()
        self._check_state(WON_STATES, self.env._("The client has not accepted it."))
        return self._gestor_check_quantities(self.accepted_order_id, "invoice")
