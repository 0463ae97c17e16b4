import secrets
from hmac import compare_digest

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

#: a link in a mail keeps working so long; whoever comes later gets a new one by mail
VALID_DAYS = 365


class GestorConsentLink(models.Model):
    """The secret that lets a client into the page of his consents, without account."""

    _name = "gestor.consent.link"
    _description = "Link To The Consents Page"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    token = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    expires_at = fields.Datetime(required=True, readonly=True)
    used_at = fields.Datetime(readonly=True)

    _partner_company_uniq = models.UniqueIndex("(partner_id, company_id)")

    @api.model
    def _gestor_links(self, partners, company):
        """Return the links of clients, made or prolonged where it is necessary.

        Old mails keep working: only a link that has expired gets a new secret.

        :return: ``{partner id: link}``
        """
        now = fields.Datetime.now()
        links = self.search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id)]
        )
        for link in links.filtered(lambda link: link.expires_at < now):
            link.token = secrets.token_urlsafe(32)
        # once a day is enough: a mail to many clients must not write as many rows
        late = now + relativedelta(days=VALID_DAYS)
        links.filtered(
            lambda link: link.expires_at < late - relativedelta(days=1)
        ).expires_at = late
        links |= self.create(
            [
                {
                    "partner_id": partner_id,
                    "company_id": company.id,
                    "token": secrets.token_urlsafe(32),
                    "expires_at": late,
                }
                for partner_id in partners.ids
                if partner_id not in set(links.partner_id.ids)
            ]
        )
        return {link.partner_id.id: link for link in links}

    @api.model
    def _gestor_find(self, link_id, token):
        """Return the link, expired or not, if the secret is right; else no link."""
        link = self.browse(link_id).exists()
        # a link that is not there takes as long as a wrong secret
        secret = link.token if link else secrets.token_urlsafe(32)
        is_right = compare_digest(secret.encode(), (token or "").encode())
        return link if link and is_right else self.browse()

    def _is_expired(self):
        self.ensure_one()
        return self.expires_at < fields.Datetime.now()

    def _get_url(self, path=""):
        """Return the address of the page, or of something on it."""
        self.ensure_one()
        base = self.company_id.get_base_url()
        return f"{base}/gestor/consents/{self.id}/{self.token}{path}"

    def _get_kinds(self):
        """Return the types that the client may answer on his page."""
        self.ensure_one()
        kinds = self.env["gestor.consent.type"]
        return kinds.search(
            kinds._get_company_domain(self.company_id) & kinds._get_public_domain()
        )
