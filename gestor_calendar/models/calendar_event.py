from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "gestor.calendar.mixin"]

    _gestor_calendar_start_field = "start"
    _gestor_calendar_stop_field = "stop"
    _gestor_calendar_user_field = "partner_ids.user_ids"
    _gestor_calendar_partner_field = "partner_ids"

    @api.model
    def _gestor_calendar_kinds(self):
        return [
            {
                "key": "calendar_event",
                "label": self.env._("Calendar event"),
                "icon": "fa-calendar",
                "color": 10,
            }
        ]

    @api.model
    def _gestor_calendar_filter_domain(
        self, user_ids=None, partner_ids=None, resource_ids=None
    ):
        domain = Domain.TRUE
        if user_ids:
            # sudo: a colleague's partner may be of another company
            partners = self.env["res.users"].sudo().browse(user_ids).partner_id
            domain = Domain("partner_ids", "in", partners.ids) | Domain(
                "user_id", "in", list(user_ids)
            )
        elif resource_ids:
            domain = Domain.FALSE
        if partner_ids:
            domain &= Domain("partner_ids", "in", list(partner_ids))
        return domain

    @api.model
    def _get_gestor_calendar_fields(self):
        return [
            "name",
            "start",
            "stop",
            "allday",
            "start_date",
            "stop_date",
            "user_id",
            "partner_ids",
            "privacy",
        ]

    def _prepare_gestor_calendar_items(self):
        kind = self._gestor_calendar_kinds()[0]
        user_by_partner = self._get_gestor_user_by_partner()
        is_admin = self.env.user.has_group("base.group_system")
        items = []
        for event in self:
            partner_ids = event.partner_ids._ids
            users = {user_by_partner.get(partner_id) for partner_id in partner_ids}
            users.add(event.user_id.id)
            is_private = event._check_private_event_conditions()
            start, stop = event._get_gestor_calendar_times()
            items.append(
                {
                    "id": event.id,
                    "title": event.name,
                    "start": start,
                    "stop": stop,
                    "all_day": event.allday,
                    "kind": kind["key"],
                    "color": kind["color"],
                    "icon": kind["icon"],
                    "state": "open",
                    "user_ids": sorted(filter(None, users)),
                    "partner_ids": [
                        partner_id
                        for partner_id in partner_ids
                        if partner_id not in user_by_partner
                    ],
                    "resource_ids": [],
                    "can_move": not is_private and (is_admin or self.env.uid in users),
                    "is_busy_only": is_private,
                }
            )
        return items

    def _get_gestor_user_by_partner(self):
        """Return ``{partner id: user id}`` of the colleagues among the attendees."""
        # sudo: who else attends is said to whoever sees the meeting
        users = self.env["res.users"].sudo()
        found = users.search_fetch(
            Domain("partner_id", "in", self.partner_ids.ids)
            & Domain("share", "=", False),
            ["partner_id"],
        )
        return {user.partner_id.id: user.id for user in found}

    def _get_gestor_calendar_times(self):
        """Return when the meeting is; whole days as midnights in no time zone."""
        if not self.allday:
            return self.start, self.stop
        first, last = (
            self.start_date or self.start.date(),
            self.stop_date or self.stop.date(),
        )
        return (
            datetime.combine(first, time.min),
            datetime.combine(last + timedelta(days=1), time.min),
        )

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        if all_day:
            context = {
                "default_allday": True,
                "default_start": start,
                "default_start_date": start.date(),
                "default_stop_date": (stop - timedelta(days=1)).date(),
            }
        else:
            hours = (stop - start).total_seconds() / 3600
            context = {"default_start": start, "default_stop": stop}
            context["default_duration"] = hours
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Calendar event"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": context,
        }

    def _gestor_calendar_move(self, start, stop):
        self.ensure_one()
        self._check_gestor_calendar_right()
        if self.allday:
            last = max(start, stop - timedelta(days=1))
            vals = {"start_date": start.date(), "stop_date": last.date()}
        else:
            vals = {"start": start, "stop": stop}
        self.write(vals)

    def _gestor_calendar_delegate(self, user):
        """Give the meeting to a colleague, who takes the place of the organizer."""
        self.ensure_one()
        self._check_gestor_calendar_right()
        if user == self.user_id:
            raise UserError(
                self.env._(
                    "%(record)s: %(user)s has it already.",
                    record=self.display_name,
                    user=user.name,
                )
            )
        former = self.user_id.partner_id
        commands = [Command.link(user.partner_id.id)]
        if former:
            commands.append(Command.unlink(former.id))
        self.write({"user_id": user.id, "partner_ids": commands})

    def _gestor_calendar_cancel(self):
        self.ensure_one()
        self._check_gestor_calendar_right()
        self.action_archive()

    def _check_gestor_calendar_right(self):
        """The same as in the host's calendar: only who attends changes a meeting."""
        if self._check_private_event_conditions() or not self.user_can_edit:
            raise UserError(
                self.env._(
                    "%(record)s: only its organizer and its attendees may change it.",
                    record=self.display_name,
                )
            )
