import json

from odoo.http import request, route

from odoo.addons.gestor_offers.controllers.portal_answer import OfferAnswerPortal

from ..lib.visitors import is_machine

#: reports per address and offer in ten minutes: a page open all the time sends 40
RATE_REPORTS = 120
#: a report is a few numbers
REPORT_BYTES = 16 * 1024
PURPOSE_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")


class OfferViewPortal(OfferAnswerPortal):
    """Note when the page of an offer is opened, and what of it is in sight."""

    def _gestor_render_offer(self, offer, access_token, **kwargs):
        response = super()._gestor_render_offer(offer, access_token, **kwargs)
        if self._gestor_is_visit(offer) and response.status_code == 200:
            self._gestor_views()._note_opening(offer)
        return response

    def _gestor_page_values(self, offer):
        values = super()._gestor_page_values(offer)
        is_watched = not values["is_preview"] and self._gestor_is_watched(offer)
        return values | {"is_view_noted": is_watched}

    @route(
        ["/my/offers/<int:offer_id>/seen"],
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["POST"],
        # a page that is being left cannot ask for a token; nothing but figures of an
        # offer whose link is known can be changed
        csrf=False,
        max_content_length=REPORT_BYTES,
    )
    def portal_offer_seen(self, offer_id, access_token=None, **kwargs):
        """Take the report of the page: seconds in sight since the last one.

        Always answers alike, so that nothing can be learned from it.
        """
        if self._gestor_hit(f"seen.{offer_id}", RATE_REPORTS):
            offer = self._gestor_find_offer(offer_id, access_token)
            if offer and self._gestor_is_visit(offer, "POST"):
                variants = _read_json(kwargs.get("variants"))
                self._gestor_views()._note_reading(
                    offer, kwargs.get("seconds"), variants
                )
        return request.make_response("", status=204)

    def _gestor_views(self):
        # sudo: visitors have no rights of their own
        return request.env["gestor.offer.view"].sudo()

    def _gestor_is_watched(self, offer):
        return offer.company_id.is_gestor_offer_viewed and offer.state == "sent"

    def _gestor_is_visit(self, offer, method="GET"):
        """Tell whether the client reads the page: no colleague and no machine."""
        http = request.httprequest
        purpose = " ".join(http.headers.get(name, "") for name in PURPOSE_HEADERS)
        return (
            http.method == method
            and not request.env.user._is_internal()
            and self._gestor_is_watched(offer)
            and not is_machine(http.headers.get("User-Agent", ""), purpose)
        )


def _read_json(text):
    """Return a dictionary from outside, empty for anything else."""
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
