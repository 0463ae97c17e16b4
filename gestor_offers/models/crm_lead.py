from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gestor_partners.lib import phone

from .gestor_offer_lifecycle import LIVE_STATES, WON_STATES


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = [
        "crm.lead",
        "gestor.process.calendar.mixin",
        "gestor.document.mixin",
        "gestor.search.mixin",
        "gestor.history.mixin",
        "gestor.import.template.mixin",
    ]

    _gestor_search_sequence = 20
    _gestor_search_icon = "fa-handshake-o"

    gestor_offer_ids = fields.One2many(
        "gestor.offer",
        "process_id",
        string="Offers",
        groups="gestor_offers.gestor_offers_group_own",
    )
    gestor_offer_count = fields.Integer(
        string="Offers count", compute="_compute_gestor_offer_count"
    )
    gestor_amount_untaxed = fields.Monetary(
        string="Value of offers",
        compute="_compute_gestor_amounts",
        store=True,
        currency_field="company_currency",
        help="Net, in the company's currency: the accepted variants; while nothing is"
        " accepted, the proposed variant of each open offer.",
    )
    gestor_cost = fields.Monetary(
        string="Cost",
        compute="_compute_gestor_amounts",
        store=True,
        currency_field="company_currency",
    )
    gestor_margin = fields.Monetary(
        string="Profit",
        compute="_compute_gestor_amounts",
        store=True,
        currency_field="company_currency",
    )
    gestor_margin_percent = fields.Float(
        string="Margin (%)",
        compute="_compute_gestor_amounts",
        store=True,
        aggregator="avg",
        help="Profit as a fraction of the value: 0.25 is 25 %.",
    )

    @api.depends("gestor_offer_ids")
    def _compute_gestor_offer_count(self):
        counts = {}
        offers = self.env["gestor.offer"]
        # who only sells without offers opens processes, too
        if offers.has_access("read"):
            domain = Domain("process_id", "in", self.ids)
            counts = dict(offers._read_group(domain, ["process_id"], ["__count"]))
        for lead in self:
            lead.gestor_offer_count = counts.get(lead._origin, 0)

    @api.depends(
        "company_id",
        "gestor_offer_ids.state",
        "gestor_offer_ids.amount_untaxed",
        "gestor_offer_ids.margin",
        "gestor_offer_ids.currency_id",
        "gestor_offer_ids.date_from",
    )
    def _compute_gestor_amounts(self):
        for lead in self:
            amount = margin = 0.0
            for offer in lead._get_gestor_counting_offers():
                company = offer.company_id
                currency = lead.company_id.currency_id or company.currency_id
                amount += offer.currency_id._convert(
                    offer.amount_untaxed, currency, company, offer.date_from
                )
                margin += offer.currency_id._convert(
                    offer.margin, currency, company, offer.date_from
                )
            lead.gestor_amount_untaxed = amount
            lead.gestor_margin = margin
            lead.gestor_cost = amount - margin
            lead.gestor_margin_percent = amount and margin / amount

    @api.depends("order_ids.gestor_is_proposed", "order_ids.gestor_offer_id")
    def _compute_sale_data(self):
        return super()._compute_sale_data()

    def action_gestor_new_offer(self):
        """Open a new offer for the process."""
        self.ensure_one()
        return {
            "name": self.env._("New offer"),
            "type": "ir.actions.act_window",
            "res_model": "gestor.offer",
            "view_mode": "form",
            "context": {
                "default_process_id": self.id,
                "default_partner_id": self.partner_id.id,
            },
        }

    def action_gestor_view_offers(self):
        """Open the offers of the process."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offers.gestor_offer_action"
        )
        action["domain"] = [("process_id", "=", self.id)]
        action["context"] = {
            "default_process_id": self.id,
            "default_partner_id": self.partner_id.id,
        }
        if len(self.gestor_offer_ids) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = self.gestor_offer_ids.id
        return action

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_offers(self):
        # sudo: also offers that the user does not see keep their process
        if self.sudo().gestor_offer_ids:
            raise UserError(
                self.env._(
                    "A process with offers is not deleted. Mark it as lost or archive"
                    " it."
                )
            )

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: the merged process takes over the offers of the others, whoever is
        # their guardian
        opportunities.sudo().gestor_offer_ids.write({"process_id": self.id})
        self.env["gestor.participant"]._move(opportunities, self)
        return result

    def _update_revenues_from_so(self, order):
        # sudo: the client's decision moves the process, whoever is its guardian
        leads = self.sudo() if order.gestor_offer_id else self
        return super(CrmLead, leads)._update_revenues_from_so(order)

    def _get_gestor_counting_offers(self):
        """Return the offers that make up the value of the process."""
        self.ensure_one()
        won = self.gestor_offer_ids.filtered(lambda o: o.state in WON_STATES)
        return won or self.gestor_offer_ids.filtered(lambda o: o.state in LIVE_STATES)

    def _gestor_related(self):
        own = Domain("gestor_offer_id", "=", False)
        return (
            super()._gestor_related()
            + self._gestor_related_by("gestor.offer", "process_id", self.env._("offer"))
            + self._gestor_related_by(
                "sale.order", "opportunity_id", self.env._("order"), own
            )
        )

    @api.model
    def _gestor_document_label(self):
        return self.env._("Offer process")

    def _get_lead_quotation_domain(self):
        """Count an offer once, not each of its variants."""
        return Domain(super()._get_lead_quotation_domain()) & (
            Domain("gestor_offer_id", "=", False)
            | Domain("gestor_is_proposed", "=", True)
        )

    @api.model
    def _get_gestor_history_label(self):
        return self._gestor_document_label()

    # === Import ===

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(
            self.env._("Template for processes")
        )
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        client = self.env["res.partner"].search(
            [("gestor_kind", "!=", False), ("is_company", "=", True)],
            order="id desc",
            limit=1,
        )
        closing = fields.Date.context_today(self) + timedelta(days=30)
        return {
            "name": self.env._("Example of a process"),
            "partner_id": (client or self.env.company.partner_id).display_name,
            "contact_name": "Anna Kowalska",
            "email_from": "office@example.com",
            "phone": "+48 22 123 45 67",
            "expected_revenue": 12500,
            "date_deadline": fields.Date.to_string(closing),
        }

    # === Search everywhere ===

    @api.model
    def _gestor_search_label(self):
        return self.env._("Offer processes")

    @api.model
    def _get_gestor_hit_domain(self, text):
        clients = self.env["res.partner"]._get_gestor_documents_domain(text)
        names = ("name", "partner_name", "contact_name", "email_from")
        domain = Domain.OR([clients, *(Domain(name, "ilike", text) for name in names)])
        digits = phone.search_key(text)
        if digits:
            numbers = [f"+48{digits}", f"+{digits}", digits]
            domain |= Domain("phone_sanitized", "in", numbers)
        return domain

    def _get_gestor_subtitle_parts(self):
        client = self.partner_id.display_name or self.partner_name or self.contact_name
        return [client, self.stage_id.display_name, self.user_id.name]
