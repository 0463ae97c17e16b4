import secrets

from odoo import http
from odoo.http import request

from ..exceptions import SlotTakenError
from .self_booking_base import (
    OPTIONS,
    POST_OPTIONS,
    RATE_BOOKINGS,
    RATE_VIEWS,
    SelfBookingBase,
)
from .self_booking_choice import Choice
from .self_booking_form import Form

PUBLIC = "/gestor/booking/p/<string:slug>"
PERSONAL = "/gestor/booking/i/<int:invite_id>/<string:token>"


class SelfBookingPage(SelfBookingBase, http.Controller):
    """Choosing a free slot and booking it, by a public or a personal link."""

    @http.route(PUBLIC, methods=["GET"], **OPTIONS)
    def self_booking_public(self, slug, **kwargs):
        """Show the free slots of a page, or the form for one of them."""
        page = self._find_page(slug, kwargs.get("lang"))
        if not page:
            return self._refuse()
        return self._show(page, page._get_path(), kwargs)

    @http.route(f"{PUBLIC}/book", **POST_OPTIONS)
    def self_booking_public_book(self, slug, **kwargs):
        """Book the slot that was chosen."""
        page = self._find_page(slug, kwargs.get("lang"))
        if not page:
            return self._refuse()
        return self._book(page, page._get_path(), kwargs)

    @http.route(PERSONAL, methods=["GET"], **OPTIONS)
    def self_booking_personal(self, invite_id, token, **kwargs):
        """Show the free slots to a client who was sent a link."""
        invite = self._find_invite(invite_id, token, kwargs.get("lang"))
        if not invite:
            return self._refuse()
        if booked := self._find_booked(invite):
            return self._go(booked._get_path())
        return self._show(invite.page_id, invite._get_path(), kwargs, invite)

    @http.route(f"{PERSONAL}/book", **POST_OPTIONS)
    def self_booking_personal_book(self, invite_id, token, **kwargs):
        """Book the slot that a client chose by the link."""
        invite = self._find_invite(invite_id, token, kwargs.get("lang"))
        if not invite:
            return self._refuse()
        if booked := self._find_booked(invite):
            return self._go(booked._get_path())
        return self._book(invite.page_id, invite._get_path(), kwargs, invite)

    # === Who is there ===

    def _find_page(self, slug, lang):
        """Return the page of a public link, which employees see while it is closed."""
        pages = self._env()["gestor.self.booking.page"]
        page = pages.search([("slug", "=", slug)], limit=1)
        if page and not page.is_public:
            own = page.with_user(request.env.user)
            if not (request.env.user._is_internal() and own.has_access("read")):
                return pages
        return self._speak(page, lang) if page else pages

    def _find_invite(self, invite_id, token, lang):
        invites = self._env()["gestor.self.booking.invite"]
        invite = invites._gestor_find(invite_id, token)
        if not invite or not (invite._is_usable() or self._find_booked(invite)):
            return invites
        return self._speak(invite, lang, invite.partner_id.lang)

    def _find_booked(self, invite):
        return self._env()["gestor.self.booking"].search(
            invite._get_booked_domain(), limit=1
        )

    # === Pages ===

    def _show(self, page, base, params, invite=None):
        if not self._hit(f"view:{page.id}", RATE_VIEWS):
            return self._say_too_many()
        choice = self._get_choice(page, base, params, invite).load()
        if choice.start not in choice.slots:
            taken = bool(choice.start)
            return self._show_slots(choice, invite, taken=taken)
        form = Form(page, partner=invite.partner_id if invite else None)
        form.request_key = secrets.token_urlsafe(24)
        return self._show_form(choice, form)

    def _get_choice(self, page, base, params, invite):
        activity = invite.activity_id if invite else None
        return Choice(page, base, params, skipped=activity)

    def _show_slots(self, choice, invite, taken=False):
        values = {
            "choice": choice,
            "page": choice.page,
            "taken": taken,
            "invite": invite,
        }
        status = 409 if taken else 200
        return self._render("page_slots", choice.page, status, **values)

    def _show_form(self, choice, form, status=200):
        values = {"choice": choice, "page": choice.page, "form": form}
        return self._render("page_form", choice.page, status, **values)

    def _book(self, page, base, params, invite=None):
        if not self._hit(f"book:{page.id}", RATE_BOOKINGS):
            return self._say_too_many()
        choice = self._get_choice(page, base, params, invite)
        form = Form(page, params, invite.partner_id if invite else None)
        # a field that people do not see is filled in by programs only
        if params.get("website") or not choice.start:
            return self._say_no("invalid", 400)
        if not form.request_key:
            form.request_key = secrets.token_urlsafe(24)
        if not form.check():
            return self._show_form(choice, form, 422)
        values = {
            **form.get_booking_values(),
            "start": choice.start,
            "minutes": choice.minutes,
            "tz": choice.tz,
            "lang": page.env.context["lang"],
        }
        if not self._hit_mail(values["email"]):
            return self._say_too_many()
        bookings = page.env["gestor.self.booking"]
        try:
            booking = bookings._gestor_book(
                page,
                values,
                users=choice.user,
                partner=invite.partner_id if invite else None,
                invite=invite,
            )
        except SlotTakenError:
            return self._show_slots(choice.load(), invite, taken=True)
        return self._go(booking._get_path("?done=booked"))
