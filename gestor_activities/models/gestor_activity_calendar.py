from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain

from ..const import CLOSED

#: by what alone the calendar may ask for what the user may not read
PEOPLE_FIELDS = {"executor_user_ids", "executor_ids.user_id", "user_id"}
STATES = {"done": "done", "failed": "done", "cancelled": "cancelled"}


class GestorActivityCalendarMixin(models.AbstractModel):
    """How an activity stands in the common calendar, and what is done with it there."""

    _name = "gestor.activity.calendar.mixin"
    _inherit = ["gestor.calendar.mixin"]
    _description = "Activity In The Common Calendar"

    _gestor_calendar_start_field = "planned_start_at"
    _gestor_calendar_stop_field = "planned_stop_at"
    _gestor_calendar_user_field = "executor_ids.user_id"
    _gestor_calendar_partner_field = "client_ids.partner_id"

    @api.model
    def _gestor_calendar_kinds(self):
        labels = self._fields["kind"]._description_selection(self.env)
        # sudo: the looks of a type are no secret
        # pylint: disable-next=no-search-all
        types = self.env["gestor.activity.type"].sudo().search([])
        first = {}
        for activity_type in types:
            first.setdefault(activity_type.kind, activity_type)
        return [
            {
                "key": f"activity_{kind}",
                "label": label,
                "icon": first[kind].icon or "fa-check-square-o",
                "color": first[kind].color,
            }
            for kind, label in labels
            if kind in first
        ]

    @api.model
    def _gestor_calendar_items(self, start, stop, domain):
        """Return the activities, and only the times of those that are kept private.

        A colleague's time that the user may not read is told as taken where people are
        asked for; a filter by client would tell whom it is about.
        """
        items = super()._gestor_calendar_items(start, stop, domain)
        domain = Domain(domain)
        asked = {condition.field_expr for condition in domain.iter_conditions()}
        if not asked or not asked <= PEOPLE_FIELDS:
            return items
        # sudo: only when they are busy is told of what they keep to themselves
        hidden = self.sudo().search_fetch(
            domain
            & self._get_gestor_calendar_own_domain()
            & self._get_gestor_calendar_window_domain(start, stop)
            & Domain("state", "not in", CLOSED)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("id", "not in", [item["id"] for item in items]),
            self._get_gestor_calendar_fields(),
            order="id",
        )
        hidden = hidden.with_env(self.env)
        return items + [
            {
                **item,
                "title": self.env._("Busy"),
                "kind": "activity_task",
                "color": 0,
                "icon": "fa-lock",
                "partner_ids": [],
                "resource_ids": [],
                "can_move": False,
                "is_busy_only": True,
            }
            # sudo: only their times are told, see above
            for item in hidden.sudo()._prepare_gestor_calendar_items()
        ]

    @api.model
    def _get_gestor_calendar_own_domain(self):
        """Leave out what has no time, and what was given up."""
        return (
            super()._get_gestor_calendar_own_domain()
            & Domain("planned_start_at", "!=", False)
            & Domain("state", "!=", "cancelled")
        )

    @api.model
    def _get_gestor_calendar_fields(self):
        return [
            *("name", "planned_start_at", "planned_stop_at", "is_all_day", "state"),
            *("type_id", "kind", "user_id", "executor_ids", "client_ids"),
        ]

    def _prepare_gestor_calendar_items(self):
        items = super()._prepare_gestor_calendar_items()
        by_id = {activity.id: activity for activity in self}
        for item in items:
            activity = by_id[item["id"]]
            item.update(
                title=activity.name,
                kind=f"activity_{activity.kind}",
                color=activity.type_id.color,
                icon=activity.type_id.icon,
                state=STATES.get(activity.state, "open"),
                can_move=item["can_move"] and activity.state not in CLOSED,
            )
            if activity.is_all_day:
                first, last = activity._get_planned_days()
                item.update(
                    all_day=True,
                    start=datetime.combine(first, time.min),
                    stop=datetime.combine(last + timedelta(days=1), time.min),
                )
        return items

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        if not self.has_access("create"):
            return None
        if all_day:
            last = max(start, stop - timedelta(days=1))
            start, stop = self.browse()._get_day_limits(start.date(), last.date())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Activity"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_planned_start_at": start,
                "default_planned_stop_at": stop,
                "default_is_all_day": all_day,
            },
        }

    def _gestor_calendar_move(self, start, stop):
        self.ensure_one()
        if self.is_all_day:
            last = max(start, stop - timedelta(days=1))
            start, stop = self._get_day_limits(start.date(), last.date())
        self.write({"planned_start_at": start, "planned_stop_at": stop})

    def _gestor_calendar_delegate(self, user):
        self._gestor_delegate(user)

    def _gestor_calendar_finish(self):
        self.action_finish()

    def _gestor_calendar_cancel(self):
        self.action_cancel()
