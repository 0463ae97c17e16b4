from odoo import http
from odoo.http import content_disposition, request

from ..exceptions import SlotTakenError
from .self_booking_base import OPTIONS, POST_OPTIONS, RATE_CHANGES, SelfBookingBase
from .self_booking_choice import Choice

VISIT = "/gestor/booking/visit/<int:booking_id>/<string:token>"
DONE = ("booked", "moved", "cancelled", "late")


class SelfBookingVisit(SelfBookingBase, http.Controller):
    """The page of a booked visit; reading it changes nothing."""

    @http.route(VISIT, methods=["GET"], **OPTIONS)
    def self_booking_visit(self, booking_id, token, done=None, lang=None, **kwargs):
        """Show what is booked, with the ways to change it."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        return self._show(booking, done=done if done in DONE else None)

    @http.route(f"{VISIT}/ics", methods=["GET"], **OPTIONS)
    def self_booking_ics(self, booking_id, token, lang=None, **kwargs):
        """Return the visit as a file for the client's calendar."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", content_disposition("visit.ics")),
        ]
        response = request.make_response(booking._get_ics(), headers)
        return self._harden(response, 200)

    @http.route(f"{VISIT}/move", methods=["GET"], **OPTIONS)
    def self_booking_move_page(self, booking_id, token, lang=None, **kwargs):
        """Show the free slots to which the visit may be moved."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        if not booking._can_change():
            return self._show(booking, done="late", status=409)
        choice = self._get_choice(booking, {**kwargs, "lang": lang}).load()
        is_asked = choice.start in choice.slots
        return self._show_slots(booking, choice, bool(choice.start) and not is_asked)

    @http.route(f"{VISIT}/move", **POST_OPTIONS)
    def self_booking_move(self, booking_id, token, lang=None, **kwargs):
        """Move the visit to the slot that was chosen."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        if not self._hit(f"change:{booking.page_id.id}", RATE_CHANGES):
            return self._say_too_many()
        if not booking._can_change():
            return self._show(booking, done="late", status=409)
        choice = self._get_choice(booking, {**kwargs, "lang": lang})
        if not choice.start:
            return self._show_slots(booking, choice.load(), taken=True)
        if choice.start == booking.start_at:  # a second click
            return self._go(booking._get_path("?done=moved"))
        try:
            booking._gestor_move(choice.start)
        except SlotTakenError:
            return self._show_slots(booking, choice.load(), taken=True)
        return self._go(booking._get_path("?done=moved"))

    @http.route(f"{VISIT}/cancel", methods=["GET"], **OPTIONS)
    def self_booking_cancel_page(self, booking_id, token, lang=None, **kwargs):
        """Ask whether the visit is to be cancelled."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        if not booking._can_change():
            return self._show(booking, done="late", status=409)
        return self._show(booking, is_cancelling=True)

    @http.route(f"{VISIT}/cancel", **POST_OPTIONS)
    def self_booking_cancel(self, booking_id, token, lang=None, **kwargs):
        """Cancel the visit."""
        booking = self._find_booking(booking_id, token, lang)
        if not booking:
            return self._refuse()
        if not self._hit(f"change:{booking.page_id.id}", RATE_CHANGES):
            return self._say_too_many()
        if booking.state == "cancelled":  # a second click
            return self._go(booking._get_path("?done=cancelled"))
        if not booking._can_change():
            return self._show(booking, done="late", status=409)
        booking._gestor_cancel("client")
        return self._go(booking._get_path("?done=cancelled"))

    # === Who is there, and what is shown ===

    def _find_booking(self, booking_id, token, lang):
        booking = self._env()["gestor.self.booking"]._gestor_find(booking_id, token)
        return self._speak(booking, lang, booking.lang) if booking else booking

    def _get_choice(self, booking, params):
        return Choice(
            booking.page_id,
            booking._get_path("/move"),
            {"tz": booking.tz, **params},
            skipped=booking.activity_id,
            fixed=(booking._get_minutes(), booking.user_id),
        )

    def _show(self, booking, status=200, **values):
        values = {"done": None, "is_cancelling": False, **values}
        return self._render(
            "page_visit",
            booking,
            status,
            visit=booking,
            page=booking.page_id,
            base=booking._get_path(),
            **values,
        )

    def _show_slots(self, booking, choice, taken=False):
        values = {"choice": choice, "page": choice.page, "taken": taken}
        status = 409 if taken else 200
        return self._render("page_slots", booking, status, visit=booking, **values)
