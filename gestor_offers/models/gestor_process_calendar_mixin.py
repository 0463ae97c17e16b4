from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class GestorProcessCalendarMixin(models.AbstractModel):
    """How offer processes stand in the common calendar and on the Day screen.

    A process stands on its deadline; one without a deadline on the day of its next
    step, the first of the host's to-dos.
    """

    _name = "gestor.process.calendar.mixin"
    _description = "Offer Processes In The Calendar"
    _inherit = "gestor.calendar.mixin"

    _gestor_calendar_start_field = "date_deadline"
    _gestor_calendar_stop_field = "date_deadline"

    @api.model
    def _gestor_calendar_kinds(self):
        return [
            {
                "key": "offer_process",
                "label": self.env._("Offer process"),
                "icon": "fa-handshake-o",
                "color": 8,
            }
        ]

    @api.model
    def _gestor_calendar_items(self, start, stop, domain):
        items = super()._gestor_calendar_items(start, stop, domain)
        # an earlier step may lie before the one for which it was found
        return [item for item in items if item["start"] < stop and item["stop"] > start]

    @api.model
    def _get_gestor_calendar_own_domain(self):
        """Leave out what is no process yet, and what was lost."""
        return (
            super()._get_gestor_calendar_own_domain()
            & Domain("type", "=", "opportunity")
            & Domain("won_status", "in", ("pending", "won"))
        )

    @api.model
    def _get_gestor_calendar_window_domain(self, start, stop):
        first, last = start.date(), (stop - timedelta(microseconds=1)).date()
        step = Domain("activity_ids.date_deadline", ">=", first) & Domain(
            "activity_ids.date_deadline", "<=", last
        )
        return (
            Domain("date_deadline", ">=", first) & Domain("date_deadline", "<=", last)
        ) | (
            Domain("date_deadline", "=", False)
            & Domain("won_status", "=", "pending")
            & step
        )

    @api.model
    def _get_gestor_calendar_fields(self):
        return [*super()._get_gestor_calendar_fields(), "name", "won_status"]

    def _prepare_gestor_calendar_items(self):
        kind = self._gestor_calendar_kinds()[0]
        movable = set(self._filtered_access("write")._ids)
        items = []
        for process in self:
            day = process.date_deadline or process._get_next_step().date_deadline
            if not day:
                continue
            start = datetime.combine(day, time.min)
            is_open = process.won_status == "pending"
            items.append(
                {
                    "id": process.id,
                    "title": process.name,
                    "start": start,
                    "stop": start + timedelta(days=1),
                    "all_day": True,
                    "kind": kind["key"],
                    "color": kind["color"],
                    "icon": kind["icon"],
                    "state": "open" if is_open else "done",
                    "user_ids": process.user_id.ids,
                    "partner_ids": process.partner_id.ids,
                    "resource_ids": [],
                    "can_move": is_open and process.id in movable,
                    "is_busy_only": False,
                }
            )
        return items

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        # a deadline is a day
        if not all_day:
            return None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Offer process"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_type": "opportunity",
                "default_date_deadline": start.date(),
            },
        }

    def _gestor_calendar_move(self, start, stop):
        self.ensure_one()
        if stop - start > timedelta(days=1):
            raise UserError(self.env._("An offer process stands on one day."))
        if self.date_deadline:
            self.write({"date_deadline": start.date()})
            return
        self._get_next_step().write({"date_deadline": start.date()})
        self._gestor_calendar_moved()

    def _get_next_step(self):
        """Return the first of the to-dos of the process."""
        return self.activity_ids.sorted("date_deadline")[:1]

    def _gestor_calendar_delegate(self, user):
        self.ensure_one()
        if user == self.user_id:
            raise UserError(
                self.env._(
                    "%(process)s: %(user)s has it already.",
                    process=self.display_name,
                    user=user.name,
                )
            )
        self.write({"user_id": user.id})
