from datetime import datetime

import pytz

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_offer_validity_days = fields.Integer(
        string="Offer validity (days)",
        default=14,
        help="How long a new offer is valid. 0: without an end date.",
    )
    gestor_offer_intro_html = fields.Html(
        string="Introductory information",
        translate=True,
        help="Put at the beginning of each new offer, in the client's language.",
    )
    gestor_offer_closing_html = fields.Html(
        string="Closing information",
        translate=True,
        help="Put at the end of each new offer, in the client's language.",
    )

    _gestor_offer_validity_days_positive = models.Constraint(
        "CHECK (gestor_offer_validity_days >= 0)",
        "The validity of an offer cannot be a negative number of days.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._gestor_create_offer_sequence()
        return companies

    def _gestor_create_offer_sequence(self):
        """Give each company its own numbering of offers, once."""
        # sudo: sequences belong to administrators; a company always needs one
        sequences = self.env["ir.sequence"].sudo()
        done = sequences.search(
            [("code", "=", "gestor.offer"), ("company_id", "in", self.ids)]
        ).company_id
        sequences.create(
            [company._prepare_offer_sequence_vals() for company in self - done]
        )

    @api.model
    def _gestor_create_missing_offer_sequences(self):
        """Number the offers of the companies that exist at installation."""
        # pylint: disable-next=no-search-all
        self.search([])._gestor_create_offer_sequence()

    def _prepare_offer_sequence_vals(self):
        self.ensure_one()
        return {
            "name": self.env._("Offers"),
            "code": "gestor.offer",
            "prefix": f"OF/{self._get_gestor_branch_prefix()}%(range_year)s/",
            "padding": 4,
            "use_date_range": True,
            "company_id": self.id,
        }

    def _gestor_timezone(self):
        """Return the time zone in which the company's day begins and ends.

        The host keeps no time zone on a company: take that of its own partner, else
        that of its country where there is only one, else UTC.

        :rtype: pytz.tzinfo.BaseTzInfo
        """
        self.ensure_one()
        name = self.partner_id.tz
        if not name:
            zones = pytz.country_timezones.get(self.country_id.code or "", [])
            name = zones[0] if len(zones) == 1 else "UTC"
        return pytz.timezone(name)

    def _gestor_today(self):
        """Return the date it is now in the company.

        :rtype: datetime.date
        """
        return datetime.now(self._gestor_timezone()).date()
