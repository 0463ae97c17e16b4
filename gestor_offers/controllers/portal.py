from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

REPORT = "gestor_offers.gestor_offer_report_action"
PRESENTATION = "report.gestor_offers.gestor_offer_report"
# Wrong links per address in ten minutes: far above what a person does, far below
# what guessing needs.
RATE_WINDOW = 600
RATE_WRONG_LINKS = 30


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
        return {
            "date": {"label": self.env._("Newest"), "order": "date_from desc, id desc"},
            "validity": {
                "label": self.env._("Valid until"),
                "order": "date_to, id desc",
            },
            "name": {"label": self.env._("Number"), "order": "name desc, id desc"},
            "state": {"label": self.env._("Status"), "order": "state, id desc"},
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
        # sudo: a visitor chooses among the reasons but has no rights on them
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
            "seller_lang": request.env.user.lang,
            "can_answer": is_open and not is_preview,
            "backend_url": f"/odoo/gestor.offer/{offer.id}",
            "page_name": "gestor_offer",
            "res_company": offer.company_id,  # the layout shows this company's logo
            "company_color": offer.company_id.primary_color or "#2f5d8a",
        }
