import hashlib

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from . import offer_input

REPORT = "gestor_offers.gestor_offer_report_action"
PRESENTATION = "report.gestor_offers.gestor_offer_report"
# Wrong links per address, and answers per address and offer, in ten minutes: far
# above what a person does, far below what guessing or flooding needs.
RATE_WINDOW = 600
RATE_WRONG_LINKS = 30
RATE_ANSWERS = 20
# Room for the largest signature; more is refused before it is read.
ANSWER_BYTES = 1024 * 1024


class OfferPortal(CustomerPortal):
    # === List ===

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "gestor_offer_count" in counters:
            offers = request.env["gestor.offer"]
            values["gestor_offer_count"] = (
                offers.search_count(self._get_gestor_offer_domain())
                if offers.has_access("read")
                else 0
            )
        return values

    def _get_gestor_offer_domain(self):
        partner = request.env.user.partner_id.commercial_partner_id
        return Domain("partner_id", "child_of", partner.ids) & Domain(
            "state", "not in", ("draft", "prepared")
        )

    def _get_gestor_offer_sortings(self):
        _ = request.env._
        return {
            "date": {"label": _("Newest"), "order": "date_from desc, id desc"},
            "validity": {"label": _("Valid until"), "order": "date_to, id desc"},
            "name": {"label": _("Number"), "order": "name desc, id desc"},
            "state": {"label": _("Status"), "order": "state, id desc"},
        }

    @route(
        ["/my/offers", "/my/offers/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_my_offers(self, page=1, sortby=None, **kwargs):
        """Show the client's own offers."""
        offers = request.env["gestor.offer"]
        sortings = self._get_gestor_offer_sortings()
        sortby = sortby if sortby in sortings else "date"
        domain = self._get_gestor_offer_domain()
        can_read = offers.has_access("read")
        pager = portal_pager(
            url="/my/offers",
            total=offers.search_count(domain) if can_read else 0,
            page=page,
            step=self._items_per_page,
            url_args={"sortby": sortby},
        )
        if can_read:
            offers = offers.search(
                domain,
                order=sortings[sortby]["order"],
                limit=self._items_per_page,
                offset=pager["offset"],
            )
        request.session["my_offers_history"] = offers.ids[:100]
        values = self._prepare_portal_layout_values()
        values.update(
            {
                # sudo: amounts of the variants; the offers were found as the user
                "offers": offers.sudo(),
                "page_name": "gestor_offer",
                "pager": pager,
                "default_url": "/my/offers",
                "searchbar_sortings": sortings,
                "sortby": sortby,
            }
        )
        return request.render("gestor_offers.portal_my_offers", values)

    # === Page ===

    @route(
        ["/my/offers/<int:offer_id>"],
        type="http",
        auth="public",
        website=True,
        # the page speaks the client's language, whatever the browser prefers
        multilang=False,
        methods=["GET"],
    )
    def portal_offer_page(
        self,
        offer_id,
        access_token=None,
        report_type=None,
        download=None,
        message=None,
        **kwargs,
    ):
        """Show the offer, or its print, to whoever has the link or the rights."""
        offer = self._gestor_find_offer(offer_id, access_token)
        if not offer:
            return self._gestor_refuse_link()
        if report_type == "pdf":
            return self._gestor_show_pdf(offer, download)
        return self._gestor_render_offer(offer, access_token, message=message, **kwargs)

    def _gestor_find_offer(self, offer_id, access_token):
        """Return the offer for the current visitor in the client's language.

        :return: one ``gestor.offer`` with superuser rights; empty when the link is
            forged or old, or when the offer is not meant for the client (yet)
        """
        try:
            offer = self._document_check_access("gestor.offer", offer_id, access_token)
        except (AccessError, MissingError):
            return request.env["gestor.offer"]
        if request.env.user.share and offer.state in ("draft", "prepared"):
            return request.env["gestor.offer"]
        return self._gestor_speak_language(offer)

    def _gestor_speak_language(self, offer):
        """Switch the page to the client's language.

        A client with an account keeps the language of the account; a seller sees what
        the client will see.
        """
        user = request.env.user
        if user.share and not user._is_public():
            return offer.with_context(lang=request.env.lang)
        code = request.env[PRESENTATION]._gestor_lang(offer)
        language = request.env["res.lang"]._get_data(code=code)
        if not language:
            return offer.with_context(lang=request.env.lang)
        request.lang = language
        request.update_context(lang=code)
        if user._is_public():
            request.future_response.set_cookie("frontend_lang", code)
        return offer.with_context(lang=code)

    def _gestor_refuse_link(self):
        """Answer every wrong link alike, so that nothing can be learned from it."""
        allowed = self._gestor_hit("link", RATE_WRONG_LINKS)
        values = {"too_many": not allowed, "page_name": "gestor_offer"}
        response = request.render("gestor_offers.portal_offer_invalid", values)
        response.status_code = 404 if allowed else 429
        return response

    def _gestor_hit(self, what, limit):
        """Count an attempt from this address; return whether it is still allowed."""
        key = f"gestor_offers.portal.{what}:{request.httprequest.remote_addr}"
        # sudo: the counter is technical, visitors have no rights of their own
        counter = request.env["gestor.rate.limit"].sudo()
        return counter._gestor_hit(key, limit, RATE_WINDOW)

    def _gestor_show_pdf(self, offer, download):
        name, content = self._gestor_render_pdf(offer)
        disposition = "attachment" if download else "inline"
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name, disposition)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _gestor_render_pdf(self, offer):
        """Return the file name and the content of the printed offer."""
        # sudo: the visitor was let in to this very offer
        report = request.env["ir.actions.report"].sudo()
        report = report.with_company(offer.company_id)
        content = report._render_qweb_pdf(REPORT, offer.ids)[0]
        return request.env[PRESENTATION]._gestor_file_name(offer) + ".pdf", content

    def _gestor_render_offer(
        self, offer, access_token, message=None, error=None, status=200, **kwargs
    ):
        values = self._gestor_page_values(offer)
        values.update(
            {
                "message": message,
                "offer_error": error,
                "posted": kwargs.pop("posted", {}),
                "offer_token": access_token,
            }
        )
        values = self._get_page_view_values(
            offer, access_token, values, "my_offers_history", False, **kwargs
        )
        response = request.render("gestor_offers.portal_offer_page", values)
        response.status_code = status
        # the link is a secret: it must not leave the page with a click or a cache
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _gestor_page_values(self, offer):
        # sudo: the offer was checked, its texts and people are shown to the client
        presentation = request.env[PRESENTATION].sudo()
        today = offer.company_id._gestor_today()
        is_late = offer._is_past_validity()
        is_open = offer.state == "sent" and not is_late
        is_preview = request.env.user._is_internal()
        reasons = request.env["crm.lost.reason"].sudo()
        if is_open and not is_preview:
            reasons = reasons.search([])
        return {
            "offer": offer,
            "view": presentation._gestor_view(offer),
            "reasons": reasons,
            "days_left": (offer.date_to - today).days if offer.date_to else None,
            "is_expired": offer.state == "expired"
            or (is_late and offer.state == "sent"),
            "is_preview": is_preview,
            "can_answer": is_open and not is_preview,
            "backend_url": f"/odoo/gestor.offer/{offer.id}",
            "page_name": "gestor_offer",
            "res_company": offer.company_id,  # the layout shows this company's logo
            "company_color": offer.company_id.primary_color or "#2f5d8a",
        }

    # === Answers ===

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
        _ = request.env._
        lines = (
            _("Offer accepted and signed by %(name)s.", name=signed_by),
            _(
                "Variant: %(name)s, total: %(total)s",
                name=order.gestor_variant_name or order.name,
                total=order.currency_id.format(order.amount_total),
            ),
            _(
                "SHA-256 of the signed document: %(digest)s",
                digest=hashlib.sha256(content).hexdigest(),
            ),
        )
        return Markup("<br/>").join(lines)

    def _gestor_text(self, code):
        """Return what the client reads for a code, in the language of the page."""
        _ = request.env._
        return {
            "link_invalid": _("This link is not valid any more."),
            "too_many": _("Too many attempts. Please try again in a few minutes."),
            "preview": _(
                "This is a preview. Only the client can answer the offer on this page."
            ),
            "variant_unknown": _("This variant does not belong to the offer."),
            "reason_missing": _("Please choose the reason why you decline the offer."),
            "name_missing": _("Please enter your first and last name."),
            "name_long": _("The name is too long."),
            "signature_missing": _("Please draw your signature."),
            "signature_large": _("The picture of the signature is too large."),
            "signature_bad": _("The picture of the signature cannot be read."),
        }[code]
