import hashlib

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from . import offer_input
from .portal import RATE_WRONG_LINKS, OfferPortal

# Answers per address and offer in ten minutes: far above what a person gives.
RATE_ANSWERS = 20
# Room for the largest signature; more is refused before it is read.
ANSWER_BYTES = 1024 * 1024


class OfferAnswerPortal(OfferPortal):
    """What the client answers on the page of an offer: accept or decline."""

    @route(
        ["/my/offers/<int:offer_id>/accept/<int:order_id>"],
        type="jsonrpc",
        auth="public",
        website=True,
        max_content_length=ANSWER_BYTES,
    )
    def portal_offer_accept(
        self, offer_id, order_id, access_token=None, name=None, signature=None, **kwargs
    ):
        """Accept one variant with a signature.

        :param str signature: base64 of the drawn signature (PNG)
        :return: ``{"redirect_url": ...}`` or ``{"error": ...}``
        :rtype: dict
        """
        access_token = access_token or request.httprequest.args.get("access_token")
        if not self._gestor_hit(f"answer.{offer_id}", RATE_ANSWERS):
            return {"error": self._gestor_text("too_many")}
        offer = self._gestor_find_offer(offer_id, access_token)
        if not offer:
            allowed = self._gestor_hit("link", RATE_WRONG_LINKS)
            code = "link_invalid" if allowed else "too_many"
            return {"error": self._gestor_text(code)}
        if request.env.user._is_internal():
            return {"error": self._gestor_text("preview")}
        try:
            vals = self._prepare_signature_vals(name, signature)
            with request.env.cr.savepoint():
                self._gestor_sign(offer, order_id, vals)
        except offer_input.OfferInputError as error:
            return {"error": self._gestor_text(error.code)}
        except UserError as error:
            return {"error": str(error)}
        return {"redirect_url": self._gestor_back_url(offer, access_token, "accepted")}

    @route(
        ["/my/offers/<int:offer_id>/decline"],
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["POST"],
        max_content_length=ANSWER_BYTES,
    )
    def portal_offer_decline(
        self, offer_id, access_token=None, reason_id=None, note=None, **kwargs
    ):
        """Decline the offer with a reason; works without JavaScript."""
        if not self._gestor_hit(f"answer.{offer_id}", RATE_ANSWERS):
            return self._gestor_refuse_flood()
        offer = self._gestor_find_offer(offer_id, access_token)
        if not offer:
            return self._gestor_refuse_link()
        note = offer_input.clean_note(note)
        reason = self._gestor_reason(reason_id)
        posted = {"reason_id": reason.id, "note": note}
        error, status = None, 200
        if request.env.user._is_internal():
            error, status = self._gestor_text("preview"), 403
        elif not reason:
            error, status = self._gestor_text("reason_missing"), 400
        else:
            try:
                with request.env.cr.savepoint():
                    offer._gestor_decline(reason, note)
            except UserError as refusal:
                error, status = str(refusal), 409
        if error:
            return self._gestor_render_offer(
                offer, access_token, error=error, status=status, posted=posted
            )
        url = self._gestor_back_url(offer, access_token, "declined")
        return request.redirect(url, code=303)

    def _gestor_refuse_flood(self):
        values = {"too_many": True, "page_name": "gestor_offer"}
        response = request.render("gestor_offers.portal_offer_invalid", values)
        response.status_code = 429
        return response

    def _gestor_reason(self, reason_id):
        # sudo: visitors have no rights on the dictionary the page offers them
        reasons = request.env["crm.lost.reason"].sudo()
        return reasons.search([("id", "=", offer_input.clean_id(reason_id))])

    def _gestor_back_url(self, offer, access_token, message):
        if access_token:
            return offer.get_portal_url(query_string=f"&message={message}")
        return f"{offer.access_url}?message={message}"

    def _prepare_signature_vals(self, name, signature):
        """Return the checked fields of a signature.

        :raise OfferInputError: if the name or the picture cannot be used
        """
        return {
            "signed_by": offer_input.clean_name(name),
            "signature": offer_input.clean_signature(signature),
            "signed_at": fields.Datetime.now(),
            "signed_ip": request.httprequest.remote_addr,
        }

    def _gestor_sign(self, offer, order_id, vals):
        """Accept a variant and keep the signed document with its checksum.

        :raise UserError: if the variant cannot be accepted (any more)
        """
        order = offer.order_ids.filtered(lambda order: order.id == order_id)
        if not order:
            raise UserError(self._gestor_text("variant_unknown"))
        offer._gestor_accept(order, signature_vals=vals)
        # the print reads the signature in the same transaction
        offer.env.flush_all()
        name, content = self._gestor_render_pdf(offer)
        user = request.env.user
        author = offer.partner_id if user._is_public() else user.partner_id
        offer.message_post(
            attachments=[(name, content)],
            author_id=author.id,
            body=self._gestor_signed_body(order, vals["signed_by"], content),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _gestor_signed_body(self, order, signed_by, content):
        lines = (
            self.env._("Offer accepted and signed by %(name)s.", name=signed_by),
            self.env._(
                "Variant: %(name)s, total: %(total)s",
                name=order.gestor_variant_name or order.name,
                total=order.currency_id.format(order.amount_total),
            ),
            self.env._(
                "SHA-256 of the signed document: %(digest)s",
                digest=hashlib.sha256(content).hexdigest(),
            ),
        )
        return Markup("<br/>").join(lines)

    def _gestor_text(self, code):
        """Return what the client reads for a code, in the language of the page."""
        return {
            "link_invalid": self.env._("This link is not valid any more."),
            "too_many": self.env._(
                "Too many attempts. Please try again in a few minutes."
            ),
            "preview": self.env._(
                "This is a preview. Only the client can answer the offer on this page."
            ),
            "variant_unknown": self.env._("This variant does not belong to the offer."),
            "reason_missing": self.env._(
                "Please choose the reason why you decline the offer."
            ),
            "name_missing": self.env._("Please enter your first and last name."),
            "name_long": self.env._("The name is too long."),
            "signature_missing": self.env._("Please draw your signature."),
            "signature_large": self.env._("The picture of the signature is too large."),
            "signature_bad": self.env._("The picture of the signature cannot be read."),
        }[code]
