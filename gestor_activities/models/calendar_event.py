from odoo import api, fields, models
from odoo.fields import Domain

from ..const import CLOSED


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    gestor_activity_ids = fields.One2many(
        "gestor.activity",
        "event_id",
        string="Activity",
        bypass_search_access=True,
        groups="base.group_user",
        copy=False,
        help="The activity that keeps this meeting: moved together with it.",
    )

    def write(self, vals):
        # the host takes some keys out while it writes
        written = dict(vals)
        result = super().write(vals)
        names = {"name", "start", "stop", "start_date", "stop_date", "allday", "active"}
        if not names.isdisjoint(written):
            self._gestor_get_activities()._gestor_event_changed(written)
        return result

    def unlink(self):
        activities = self._gestor_get_activities()
        activities._gestor_event_removed()
        return super().unlink()

    def _gestor_get_activities(self):
        """Return the activities that keep these meetings, with the user's rights.

        A meeting of a closed activity that a synchronisation changes is let alone: an
        error would stop all the others.
        """
        # sudo: whether a meeting belongs to an activity; changes go with user's rights
        activities = self.env["gestor.activity"].sudo()
        found = activities.search(Domain("event_id", "in", self.ids))
        if self.env.context.get("dont_notify"):
            found = found.filtered(lambda activity: activity.state not in CLOSED)
        return found.with_env(self.env)

    def _gestor_silent(self):
        """Return these meetings in a context in which nobody is mailed."""
        return self.with_context(
            no_mail_to_attendees=True,
            skip_attendee_notification=True,
            skip_contact_description=True,
        )

    @api.model
    def _get_gestor_calendar_own_domain(self):
        """Leave out the meetings that stand in the calendar as activities."""
        domain = super()._get_gestor_calendar_own_domain()
        return domain & Domain("gestor_activity_ids", "=", False)
