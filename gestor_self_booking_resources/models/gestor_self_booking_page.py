from bisect import bisect_left
from datetime import timedelta
from operator import itemgetter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gestor_resources.lib import busy_intervals


class GestorSelfBookingPage(models.Model):
    _inherit = "gestor.self.booking.page"

    resource_ids = fields.Many2many(
        "gestor.resource",
        "gestor_self_booking_page_resource_rel",
        string="One of these is needed",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Clients are offered only times at which one of them is free, and it is "
        "booked with the visit. Nobody is asked to approve it.",
    )

    @api.constrains("resource_ids", "company_id")
    def _check_resources(self):
        for page in self:
            # sudo: those of other companies are the ones to be refused
            for resource in page.sudo().resource_ids:
                if resource.company_id and resource.company_id != page.company_id:
                    raise ValidationError(
                        self.env._(
                            "%(resource)s belongs to another company than the page.",
                            resource=resource.display_name,
                        )
                    )

    def _gestor_slots(self, minutes, users=None, start=None, stop=None, skipped=None):
        slots = super()._gestor_slots(minutes, users, start, stop, skipped)
        if not slots or not self._needs_resource():
            return slots
        free = self._get_free_resources(
            self._get_resources(), list(slots), timedelta(minutes=minutes), skipped
        )
        return {moment: users for moment, users in slots.items() if free.get(moment)}

    def _get_resources(self):
        """Return the resources of which one is booked, in the order of the register."""
        self.ensure_one()
        # sudo: clients see nothing of them, but are offered the times of them
        return self.sudo().resource_ids.sorted()

    def _needs_resource(self):
        """Return whether visits need a resource, also when all are retired."""
        # sudo: see _get_resources
        return bool(self.sudo().with_context(active_test=False).resource_ids)

    def _get_free_resources(self, resources, starts, length, skipped=None):
        """Return which resources are free for a visit at each of the moments.

        The number of queries does not depend on the number of moments.

        :param list starts: in order of time, UTC without zone
        :param skipped: the ``gestor.activity`` whose bookings do not count
        :return: ``{start: resources}``; moments without any may miss
        :rtype: dict
        """
        if not resources or not starts:
            return {}
        longest = max(resources.mapped("buffer_minutes"))
        span = starts[0], starts[-1] + length + timedelta(minutes=longest)
        # sudo: what the visit that is being moved holds itself does not count
        own = skipped.sudo().booking_ids if skipped else None
        taken = resources._get_busy(*span, without=own)
        closed = resources._get_closed(*span)
        free = {}
        for resource in resources:
            after = timedelta(minutes=resource.buffer_minutes)
            busy = taken.get(resource.id, [])
            shut = busy_intervals(closed.get(resource.id, []), 1)
            for moment in starts:
                stop = moment + length
                if not (
                    _meets(busy, moment, stop + after) or _meets(shut, moment, stop)
                ):
                    free[moment] = free.get(moment, resources.browse()) | resource
        return free


def _meets(intervals, start, stop):
    """Return whether something falls into merged intervals that are in order.

    >>> _meets([(1, 3), (5, 6)], 3, 5), _meets([(1, 3), (5, 6)], 3, 6)
    (False, True)
    """
    place = bisect_left(intervals, stop, key=itemgetter(0))
    return place > 0 and intervals[place - 1][1] > start
