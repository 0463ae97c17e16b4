import uuid
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, groupby

STATES = [
    ("draft", "Draft"),
    ("prepared", "Prepared"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("realized", "Realized"),
    ("rejected", "Rejected"),
    ("expired", "Expired"),
]
# offers on which the client may still decide, today or after a correction
LIVE_STATES = ("draft", "prepared", "sent")
WON_STATES = ("accepted", "realized")


class GestorOfferLifecycleMixin(models.AbstractModel):
    _name = "gestor.offer.lifecycle.mixin"
    _description = "Life Of An Offer Before The Client's Decision"

    state = fields.Selection(
        STATES,
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    version = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        aggregator=False,
        help="Grows each time an offer the client has seen is withdrawn for changes.",
    )
    date_from = fields.Date(
        string="Offer date",
        required=True,
        copy=False,
        default=fields.Date.context_today,
        index=True,
    )
    date_to = fields.Date(
        string="Valid until",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index=True,
        tracking=True,
        help="The last day on which the client may accept. Empty: without end.",
    )

    recipient_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        compute="_compute_recipient_ids",
        help="The contacts of the client that get e-mails about offers.",
    )

    @api.depends("partner_id")
    def _compute_recipient_ids(self):
        recipients = self._get_recipients()
        for offer in self:
            offer.recipient_ids = recipients[offer.id]

    @api.depends("date_from", "company_id")
    def _compute_date_to(self):
        for offer in self:
            # dates of an offer the client knows change only by hand
            if offer.state in ("draft", False):
                offer.date_to = offer._get_default_date_to(offer.date_from)

    def _get_default_date_to(self, date_from):
        """Return the last day of validity that the company's setting gives.

        :param datetime.date date_from: the first day, may be empty
        :rtype: datetime.date | bool
        """
        days = self.company_id.gestor_offer_validity_days
        return date_from + timedelta(days=days) if days and date_from else False

    def _is_past_validity(self):
        """Tell whether the last day of validity is over in the offer's company."""
        self.ensure_one()
        return bool(self.date_to) and self.date_to < self.company_id._gestor_today()

    # === Actions ===

    def action_prepare(self):
        """Check the offers and mark them as ready to be sent.

        :raise UserError: naming each offer and variant that is not ready
        """
        self._check_state(("draft",), self.env._("Only a draft can be prepared."))
        self._raise_problems({o: o._get_readiness_problems() for o in self})
        return self._write_by_action({"state": "prepared"})

    def action_send(self):
        """Mail the offers to their clients and mark them as sent.

        Nothing is sent when any of the offers is not ready.

        :raise UserError: listing what is wrong with which offer
        """
        self._check_sendable()
        template = self._get_mail_template()
        for offer in self:
            offer.message_post_with_source(
                template,
                email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        return self._mark_sent()

    def action_open_composer(self):
        """Open the mail to the client; sending it marks the offer as sent."""
        self.ensure_one()
        self._check_sendable()
        return {
            "name": self.env._("Send the offer"),
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self._get_mail_template().id,
                "default_email_layout_xmlid": (
                    "mail.mail_notification_layout_with_responsible_signature"
                ),
                "email_notification_allow_footer": True,
                "force_email": True,
                "gestor_offers_mark_sent": True,
            },
        }

    def action_mark_sent(self):
        """Mark prepared offers as handed over to the client in another way."""
        self._check_state(
            ("prepared",), self.env._("Only a prepared offer can be handed over.")
        )
        self._raise_problems({o: o._get_readiness_problems() for o in self})
        return self._mark_sent()

    def action_reset_to_draft(self):
        """Withdraw the offers for changes; the links the clients have stop working."""
        self._check_state(
            ("prepared", "sent", "rejected", "expired"),
            self.env._("An accepted offer is reopened by cancelling its order."),
        )
        self._lock_for_decision()
        for offer in self:
            seen = offer.state != "prepared"
            offer._write_by_action(
                {
                    "state": "draft",
                    "version": offer.version + seen,
                    "access_token": str(uuid.uuid4()),
                    **offer._prepare_undecided_vals(),
                }
            )
        self._restore_processes()
        return self.order_ids.action_draft()

    def action_extend(self):
        """Make expired offers valid again, by the company's usual validity.

        A later date typed by the user is kept.
        """
        self._check_state(
            ("expired", "sent"), self.env._("Only a sent or expired offer is extended.")
        )
        for offer in self:
            vals = {"state": "sent"}
            if offer._is_past_validity():
                today = offer.company_id._gestor_today()
                vals["date_to"] = offer._get_default_date_to(today)
            offer._write_by_action(vals)
        return True

    # === Helpers ===

    @api.model
    def _get_action_fields(self):
        """Return the fields that only the actions of an offer change.

        A readonly field is closed on the screens, not to a program that calls the
        server; a status or a signature must not be forged by anybody.

        :rtype: set[str]
        """
        return {"name", "state", "version"}

    @api.model
    def _get_content_fields(self):
        """Return the fields that do not change once the client has the offer.

        :rtype: set[str]
        """
        return {
            "closing_html",
            "company_id",
            "intro_html",
            "partner_id",
            "payment_form_ids",
        }

    def _is_decided(self):
        """Tell whether the offer is further than a new one can be."""
        self.ensure_one()
        undecided = self._prepare_undecided_vals()
        return (
            self.state != "draft"
            or self.version != 1
            or any(self[field] for field in undecided)
        )

    def _get_closed_message(self):
        return self.env._(
            "The number, status, version and signature of an offer are changed by its"
            " actions only."
        )

    def _write_by_action(self, vals):
        """Change, for an action, what nobody may write directly.

        :param dict vals: values, also of the fields of :meth:`_get_action_fields`
        """
        self.check_access("write")
        # sudo: see _get_action_fields; the right to write was checked just now
        return self.sudo().write(vals)

    def _check_state(self, states, message):
        """Refuse an action on offers in other states.

        :raise UserError: naming the offers
        """
        wrong = self.filtered(lambda offer: offer.state not in states)
        if wrong:
            names = ", ".join(wrong.mapped("name"))
            message = f"{message} ({names})"
            raise UserError(message)

    def _check_sendable(self):
        """Refuse sending unless every offer is complete and has an address."""
        self._check_state(
            LIVE_STATES,
            self.env._("Only an offer without the client's decision can be sent."),
        )
        self._raise_problems(
            {o: o._get_readiness_problems() + o._get_address_problems() for o in self}
        )

    def _raise_problems(self, problems_by_offer):
        """Raise one error that lists the problems of all offers.

        :param dict problems_by_offer: ``{offer: [sentence, ...]}``
        :raise UserError: if there is any problem
        """
        lines = []
        for offer, problems in problems_by_offer.items():
            lines += [f"{offer.name}: {problem}" for problem in problems]
        if lines:
            raise UserError("\n".join(lines))

    def _get_readiness_problems(self):
        """Return what keeps the offer from being shown to the client.

        A hook: extend the list to add a check.

        :rtype: list[str]
        """
        self.ensure_one()
        problems = []
        if not self.order_ids:
            problems.append(self.env._("The offer has no variants."))
        elif not self.proposed_order_id:
            problems.append(self.env._("No variant is marked as proposed."))
        problems += [
            self.env._("Variant “%(variant)s” has no lines with a product.", variant=v)
            for v in self.order_ids.filtered(
                lambda order: not order._gestor_has_product_lines()
            ).mapped("gestor_variant_name")
        ]
        if self._is_past_validity():
            problems.append(
                self.env._(
                    "The validity ended on %(date)s.",
                    date=format_date(self.env, self.date_to),
                )
            )
        return problems

    def _get_address_problems(self):
        """Return why the offer cannot be mailed to the client.

        :rtype: list[str]
        """
        self.ensure_one()
        if self._get_recipients()[self.id]:
            return []
        return [
            self.env._(
                "Client %(client)s has no e-mail address.",
                client=self.partner_id.display_name,
            )
        ]

    def _get_company_amount(self, amount, currency):
        """Return an amount of the offer in the currency of its process.

        A hook for offers with an exchange rate of their own.

        :param currency: in which the process is valued
        """
        self.ensure_one()
        return self.currency_id._convert(
            amount, currency, self.company_id, self.date_from
        )

    def _get_recipients(self):
        """Return who gets the offers.

        :return: ``{offer id: partners with an e-mail}``
        """
        recipients = self.partner_id._gestor_recipients("offers")
        return {
            offer.id: recipients.get(offer.partner_id.id, offer.partner_id)
            for offer in self
        }

    def _get_letter_address(self):
        """Return the partner whose address stands on the print."""
        self.ensure_one()
        partner = self.partner_id
        return partner._gestor_address("gestor_correspondence").get(partner.id, partner)

    def _get_mail_template(self):
        """Return the template of the mail with an offer."""
        return self.env.ref("gestor_offers.gestor_offer_mail_template")

    def _mark_sent(self):
        """Mark offers and their variants as seen by the client."""
        self.filtered(lambda o: o.state in ("draft", "prepared"))._write_by_action(
            {"state": "sent"}
        )
        return (
            self.order_ids.filtered(lambda order: order.state == "draft")
            .with_context(tracking_disable=True)
            .write({"state": "sent"})
        )

    # === Cron ===

    @api.model
    def _cron_expire(self):
        """Mark sent offers whose validity is over, by the day of their company.

        :return: how many offers expired
        :rtype: int
        """
        sent = Domain("state", "=", "sent") & Domain("date_to", "!=", False)
        companies = [c for (c,) in self._read_group(sent, ["company_id"])]
        late = Domain.OR(
            Domain("company_id", "in", [company.id for company in group])
            & Domain("date_to", "<", today)
            for today, group in groupby(companies, lambda c: c._gestor_today())
        )
        offers = self.search(sent & late)
        # one summary message per offer in one batch instead of tracking one by one
        offers.with_context(tracking_disable=True).write({"state": "expired"})
        offers._message_log_batch(
            {
                offer.id: Markup("<p>%s</p>")
                % self.env._("The validity of the offer is over.")
                for offer in offers
            }
        )
        return len(offers)

    def _message_add_default_recipients(self):
        """Offers go to the contacts that get e-mails about offers."""
        defaults = super()._message_add_default_recipients()
        for offer_id, recipients in self._get_recipients().items():
            defaults[offer_id]["partners"] = recipients
        return defaults

    def message_post(self, **kwargs):
        """Mark the offer as sent when it is the composer that posts the message."""
        offers = self.browse()
        if self.env.context.get("gestor_offers_mark_sent"):
            offers = self.filtered(lambda offer: offer.state in ("draft", "prepared"))
        # anything may have changed since the composer was opened
        offers._raise_problems({o: o._get_readiness_problems() for o in offers})
        message = super().message_post(**kwargs)
        offers._mark_sent()
        return message
