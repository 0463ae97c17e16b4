from odoo import http
from odoo.tests import HttpCase

from odoo.addons.gestor_activities.tests.common import (
    MONDAY,
    NOW,
    GestorActivitiesCommon,
    at,
)

__all__ = ["MONDAY", "NOW", "GestorSelfBookingCommon", "SelfBookingHttpCase", "at"]


class GestorSelfBookingCommon(GestorActivitiesCommon):
    """A page of Anna and Piotr, open in Warsaw from eight to ten on each working day.

    Now is Friday noon UTC; the tests book on the Monday after it, UTC seven to nine.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the engine looks from a transaction of its own, which is the test's here
        if not cls._registry_patched:
            cls.registry_enter_test_mode_cls()
        # a database may have its own language and clients with the same phone
        (cls.anna | cls.piotr).lang = "en_US"
        cls.client_a.phone = "600 777 123"
        cls.pages = cls.env["gestor.self.booking.page"]
        cls.bookings = cls.env["gestor.self.booking"]
        cls.page = cls._create_page()

    @classmethod
    def _create_page(cls, **vals):
        windows = [
            (0, 0, {"weekday": str(day), "hour_from": 8, "hour_to": 10})
            for day in range(5)
        ]
        return cls.pages.create(
            {
                "name": "Talk",
                "slug": f"talk-{len(cls.pages.search([]))}",
                "activity_type_id": cls.types["meeting"].id,
                "user_ids": [(6, 0, (cls.anna | cls.piotr).ids)],
                "pick_mode": "first",
                "durations": "60",
                "tz": "Europe/Warsaw",
                "hours_kind": "own",
                "window_ids": windows,
                "step_minutes": 30,
                "min_notice_hours": 0,
                **vals,
            }
        )

    @classmethod
    def _values(cls, start=None, **vals):
        return {
            "start": start or at(7),
            "minutes": 60,
            "name": "Jan Nowy",
            "email": "jan@nowy.example",
            "phone": "",
            **vals,
        }

    def _book(self, start=None, page=None, users=None, **vals):
        self.env.flush_all()
        return self.bookings._gestor_book(
            page or self.page, self._values(start, **vals), users=users
        )

    def _starts(self, page=None, minutes=60, **kwargs):
        """Return the free starts of the Monday."""
        slots = (page or self.page)._gestor_slots(minutes, **kwargs)
        return [start for start in slots if start.date() == MONDAY.date()]

    def _mails(self, email="jan@nowy.example"):
        self.env.flush_all()
        return self.env["mail.mail"].search([("email_to", "ilike", email)], order="id")


class SelfBookingHttpCase(GestorSelfBookingCommon, HttpCase):
    """A visitor from the street."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.opener.headers["Accept-Language"] = "en-US"
        self.env["gestor.rate.limit"].search([]).unlink()
        self.path = self.page._get_path()

    def _form(self, start=None, **data):
        return {
            "csrf_token": http.Request.csrf_token(self),
            "at": (start or at(7)).strftime("%Y-%m-%dT%H:%M"),
            "name": "Jan Nowy",
            "email": "jan@nowy.example",
            "request_key": "k" * 24,
            **data,
        }

    def _post(self, path, **data):
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        response = self.url_open(path, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return response

    def _post_booking(self, start=None, path=None, **data):
        return self._post(f"{path or self.path}/book", **self._form(start, **data))

    def _get_visits(self, page=None):
        self.env.invalidate_all()
        return self.bookings.search([("page_id", "=", (page or self.page).id)])
