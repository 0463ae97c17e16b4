from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gestor_self_booking.exceptions import SlotTakenError


class GestorSelfBooking(models.Model):
    _inherit = "gestor.self.booking"

    resource_ids = fields.Many2many(
        related="activity_id.resource_ids", string="Resources"
    )

    @api.model
    def _gestor_book(self, page, values, users=None, partner=None, invite=None):
        # a visit without its room is none: nothing of it may stay
        with self.env.cr.savepoint():
            return super()._gestor_book(page, values, users, partner, invite)

    def _make_activity(self):
        result = super()._make_activity()
        self._book_resource()
        return result

    def _gestor_move(self, start):  # pylint: disable=missing-return
        # they would move along, and refuse where another room is free
        with self.env.cr.savepoint():
            held = self._get_held()
            held.action_cancel()
            super()._gestor_move(start)
            self._book_resource(held.resource_id)

    def _get_held(self):
        """Return the bookings of resources of the page for this visit."""
        bookings = self.activity_id._get_live_bookings()
        resources = self.page_id._get_resources()
        return bookings.filtered(lambda booking: booking.resource_id in resources)

    def _book_resource(self, former=None):
        """Book the first resource of the page that is free, the former one before all.

        :raise SlotTakenError: if none is free any more
        """
        self.ensure_one()
        page = self.page_id
        if not page._needs_resource():
            return
        resources = page._get_resources()
        length = timedelta(minutes=self._get_minutes())
        free = page._get_free_resources(resources, [self.start_at], length)
        free = free.get(self.start_at, resources.browse())
        ordered = free & former | free if former else free
        for resource in ordered:
            # one that was taken at this instant is refused by the database
            if not self.activity_id._gestor_book(resource):
                return
        raise SlotTakenError
