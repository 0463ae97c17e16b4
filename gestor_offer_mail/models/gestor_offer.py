from odoo import api, fields, models
from odoo.tools import is_html_empty
from odoo.tools.misc import limited_field_access_token

from ..const import MAIL_FORMS

STAFF = "base.group_user"
PRESENTATION = "report.gestor_offers.gestor_offer_report"
IMAGE = "image_256"


class GestorOffer(models.Model):
    """An offer that the client reads in the e-mail itself."""

    _inherit = "gestor.offer"

    mail_form = fields.Selection(
        MAIL_FORMS,
        string="In the e-mail",
        groups=STAFF,
        help="Empty: as the settings of the company say.",
    )
    mail_body_html = fields.Html(
        string="Text of the e-mail",
        compute="_compute_mail_body_html",
        # made by our own template from fields that are sanitized
        sanitize=False,
        groups=STAFF,
    )

    @api.depends_context("lang")
    @api.depends("partner_id", "order_ids", "intro_html", "closing_html")
    def _compute_mail_body_html(self):
        for offer in self:
            offer.mail_body_html = offer._render_mail_body()

    def _get_mail_form(self):
        self.ensure_one()
        # sudo: the settings of the company hold for whoever sends the offer
        company = self.company_id.sudo()
        return self.mail_form or company.gestor_offer_mail_form

    def _get_mail_template(self):
        """Return the template that fits the form of the e-mail of these offers."""
        forms = {offer._get_mail_form() for offer in self}
        if len(forms) != 1 or forms == {"attachment"}:
            return super()._get_mail_template()
        return self.env.ref(
            f"gestor_offer_mail.gestor_offer_mail_template_{forms.pop()}"
        )

    def action_send(self):
        """Mail offers of each form with its own template."""
        by_form = self.grouped(lambda offer: offer._get_mail_form())
        if len(by_form) < 2:
            return super().action_send()
        # nothing is sent when any of them is not ready
        self._check_sendable()
        for offers in by_form.values():
            super(GestorOffer, offers).action_send()
        return True

    # === The text ===

    def _render_mail_body(self):
        """Return the offer as HTML for an e-mail, in the client's language."""
        self.ensure_one()
        presentation = self.env[PRESENTATION]
        offer = self.with_context(lang=presentation._gestor_lang(self))
        return offer.env["ir.qweb"]._render(
            "gestor_offer_mail.offer_mail_body",
            {
                "offer": offer,
                "view": offer.env[PRESENTATION]._gestor_view(offer),
                "color": offer.company_id.primary_color or "#2f5d8a",
                "is_html_empty": is_html_empty,
                "image_url": offer._get_mail_image_url,
                "page_url": offer._get_mail_page_url,
                "can_answer": offer.state in ("draft", "prepared", "sent"),
            },
        )

    def _get_mail_page_url(self, anchor=None):
        """Return the address of the page of the offer, at a place on it."""
        return self.get_base_url() + self.get_portal_url(anchor=anchor)

    @api.model
    def _get_mail_image_url(self, product):
        """Return the address of a picture for who reads the message elsewhere.

        The mail itself carries the picture, see ``mail.mail``.

        :return: nothing where the good has no picture
        """
        # sudo: a seller may show any good that stands on the offer
        product = product.sudo()
        if not product[IMAGE]:
            return None
        token = limited_field_access_token(product, IMAGE, scope="binary")
        return f"/web/image/product.product/{product.id}/{IMAGE}?access_token={token}"
