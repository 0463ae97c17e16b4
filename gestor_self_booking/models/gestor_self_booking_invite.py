import secrets
from hmac import compare_digest

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.gestor_activities.const import OPEN

VALID_DAYS = 60


class GestorSelfBookingInvite(models.Model):
    """A personal link: one client books one visit, perhaps for a planned activity."""

    _name = "gestor.self.booking.invite"
    _description = "Personal Booking Link"
    _rec_name = "partner_id"
    _order = "id desc"

    page_id = fields.Many2one(
        "gestor.self.booking.page", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="page_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    activity_id = fields.Many2one(
        "gestor.activity", index="btree_not_null", ondelete="set null"
    )
    token = fields.Char(required=True, groups=fields.NO_ACCESS)
    expires_at = fields.Datetime(required=True)
    booking_ids = fields.One2many("gestor.self.booking", "invite_id")

    @api.model
    def _gestor_make(self, page, partner, activity=None):
        """Return a new personal link.

        :param activity: ``gestor.activity`` that waits for a time, or nothing
        """
        return self.create(
            {
                "page_id": page.id,
                "partner_id": partner.id,
                "activity_id": activity.id if activity else False,
                "token": secrets.token_urlsafe(32),
                "expires_at": fields.Datetime.now() + relativedelta(days=VALID_DAYS),
            }
        )

    @api.model
    def _gestor_find(self, invite_id, token):
        """Return the link if the secret is right; else no link."""
        invite = self.browse(invite_id).exists()
        # a link that is not there takes as long as a wrong secret
        secret = invite.token if invite else secrets.token_urlsafe(32)
        is_right = compare_digest(secret.encode(), (token or "").encode())
        return invite if invite and is_right else self.browse()

    def _is_usable(self):
        """Return whether a visit may still be booked by it."""
        self.ensure_one()
        return (
            self.page_id.active
            and self.expires_at >= fields.Datetime.now()
            and (not self.activity_id or self.activity_id.state in OPEN)
        )

    def _get_booked_domain(self):
        """Return the visits that stand booked by these links."""
        return Domain("invite_id", "in", self.ids) & Domain("state", "!=", "cancelled")

    def _get_path(self):
        self.ensure_one()
        return f"/gestor/booking/i/{self.id}/{self.token}"

    def _get_url(self):
        """Return the address that the client is sent."""
        return f"{self.company_id.get_base_url()}{self._get_path()}"
