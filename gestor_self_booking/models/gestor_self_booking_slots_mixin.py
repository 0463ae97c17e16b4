from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

from ..lib.slots import Rules, day_of, find_starts, window_span, without_full_days


class GestorSelfBookingSlotsMixin(models.AbstractModel):
    """The free slots of a page, and who takes one of them."""

    _name = "gestor.self.booking.slots.mixin"
    _description = "Free Slots Of A Booking Page"

    def _gestor_slots(self, minutes, users=None, start=None, stop=None, skipped=None):
        """Return when a visit may begin, and who is free then.

        The number of queries depends neither on the days nor on the people.

        :param int minutes: how long it lasts
        :param users: whom to look at; all people of the page by default
        :param datetime start: UTC without zone, the earliest beginning; notice and
            horizon of the page narrow it, as they do ``stop``
        :param skipped: the ``gestor.activity`` that is being moved
        :return: ``{start: users}``, in order of time
        :rtype: dict[datetime, res.users]
        """
        self.ensure_one()
        users = self._get_people() if users is None else users
        earliest, latest = self._get_limits()
        earliest, latest = max(start or earliest, earliest), min(stop or latest, latest)
        if not users or latest < earliest:
            return {}
        rules = self._get_rules(minutes)
        day = timedelta(days=1)
        zone = self._get_zone()
        # a day more at both ends: work begun yesterday decides where the grid begins;
        # from midnight, or the grid of who works day and night began at this moment
        midnight, _end = window_span(day_of(earliest - day, zone), 0, 24, zone)
        span = midnight, latest + rules.length + day
        skipped = self.env["gestor.activity"] if skipped is None else skipped
        working = self._get_working(users, *span)
        busy = self._gestor_busy(users, *span, skipped=skipped)
        booked, counts = self._get_booked(users, *span, skipped=skipped)
        free = defaultdict(list)
        for user_id in users.ids:
            starts = find_starts(
                working.get(user_id, []),
                busy.get(user_id, []),
                booked.get(user_id, []),
                rules,
                earliest,
                latest,
            )
            of_days = counts.get(user_id, {})
            for moment in without_full_days(starts, of_days, self.max_per_day, zone):
                free[moment].append(user_id)
        return {moment: users.browse(free[moment]) for moment in sorted(free)}

    def _get_people(self):
        """Return who may be booked: active employees of the company of the page."""
        self.ensure_one()
        # sudo: who takes visits is what the page is for
        people = self.sudo().user_ids
        return people.filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        )

    def _get_limits(self):
        """Return the first and the last moment at which a visit may begin now."""
        now = fields.Datetime.now()
        return (
            now + timedelta(hours=self.min_notice_hours),
            now + timedelta(days=self.max_days),
        )

    def _get_rules(self, minutes):
        before, after = self._get_buffers()
        return Rules(
            length=timedelta(minutes=minutes),
            step=timedelta(minutes=self.step_minutes),
            before=before,
            after=after,
        )

    def _get_buffers(self):
        """Return how much time is kept free before and after a visit."""
        return (
            timedelta(minutes=self.buffer_before_minutes),
            timedelta(minutes=self.buffer_after_minutes),
        )

    def _get_durations(self):
        """Return the lengths of a visit that a client chooses from, in minutes.

        :rtype: list[int]
        """
        self.ensure_one()
        parts = (self.durations or "").replace(";", ",").split(",")
        return sorted({int(part) for part in parts if part.strip()})

    # === Who takes a slot ===

    def _choose_user(self, free, partner):
        """Return who of the free people takes a visit.

        :param free: users, never empty, in the order of the page
        :param partner: the client, or nobody
        """
        self.ensure_one()
        if self.pick_mode == "guardian":
            # sudo: who looks after a client decides, and is not told
            guardian = (partner | partner.commercial_partner_id).sudo().user_id & free
            if guardian:
                return guardian[0]
        if self.pick_mode in ("load", "guardian"):
            return self._get_least_loaded(free)
        return free[0]

    def _get_least_loaded(self, users):
        """Return who has the fewest visits ahead; the first of equals."""
        # sudo: how many visits somebody has
        bookings = self.env["gestor.self.booking"].sudo()
        counts = dict(
            bookings._read_group(
                [
                    ("user_id", "in", users.ids),
                    ("state", "!=", "cancelled"),
                    ("start_at", ">", fields.Datetime.now()),
                ],
                ["user_id"],
                ["__count"],
            )
        )
        loads = {user.id: count for user, count in counts.items()}
        return min(users, key=lambda user: loads.get(user.id, 0))
