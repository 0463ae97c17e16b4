from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..lib import wall_clock

# one day has no more, and no screen shows more
MANY = 2000
#: a mass shift further than that is a slip
FAR_DAYS = 3660


class GestorCalendarDay(models.AbstractModel):
    """Everything of one day in one list, and what is done with many of it at once."""

    _name = "gestor.calendar.day"
    _description = "Day Of The Common Calendar"

    @api.model
    @api.readonly
    def get_day(self, day, filters=None):
        """Return everything of one day, in its order.

        :param str day: ``YYYY-MM-DD``, in the time zone of the user
        :param dict filters: see :meth:`gestor.calendar.get_items`
        :return: items, see :meth:`gestor.calendar.get_items`, with ``kind_label``,
            ``people`` and ``clients`` (texts); whole days first
        :rtype: list[dict]
        """
        calendar = self.env["gestor.calendar"]
        calendar._check_gestor_user()
        day = self._read_day(day)
        items = self._get_items(day, calendar._read_filters(filters))
        kinds = {
            kind["key"]: kind["label"]
            for model in calendar._get_models()
            for kind in calendar._get_kinds(model)
        }
        names = self._get_names("res.users", items, "user_ids")
        clients = self._get_names("res.partner", items, "partner_ids")
        for item in items:
            item.update(
                start=fields.Datetime.to_string(item["start"]),
                stop=fields.Datetime.to_string(item["stop"]),
                kind_label=kinds.get(item["kind"], ""),
                people=", ".join(names[user_id] for user_id in item["user_ids"]),
                clients=", ".join(clients[number] for number in item["partner_ids"]),
            )
        return items

    @api.model
    def shift(self, items, day=None, days=None, skip_free=False):
        """Move things to a day, or by some days; their hours stay.

        :param list items: pairs of a model and an id
        :param str day: the day to which they go
        :param int days: by how many days instead; with ``skip_free`` working days
        :param bool skip_free: leave out weekends and holidays of the user's calendar
        :return: see :meth:`_do`
        """
        target, days = day and self._read_day(day), int(days or 0)
        if not target and not days:
            raise UserError(self.env._("Say to which day, or by how many days."))
        if abs(days) > FAR_DAYS:
            raise UserError(self.env._("That is more than ten years away."))
        known = {}

        def move(record):
            item = record._prepare_gestor_calendar_items()[0]
            first = self._to_local(item["start"], item["all_day"])
            if first.date() not in known:
                known[first.date()] = self._get_target(
                    first.date(), target, days, skip_free
                )
            offset = known[first.date()] - first.date()
            last = self._to_local(item["stop"], item["all_day"])
            record._gestor_calendar_move(
                self._to_utc(first + offset, item["all_day"]),
                self._to_utc(last + offset, item["all_day"]),
            )

        return self._do(items, move, needs_move=True)

    @api.model
    def delegate(self, items, user_id):
        """Give things to a colleague; see :meth:`_do`."""
        user = self.env["res.users"].browse(int(user_id or 0)).exists()
        if not user or user.share or not user.active:
            raise UserError(self.env._("Choose a colleague."))
        return self._do(items, lambda record: record._gestor_calendar_delegate(user))

    @api.model
    def finish(self, items):
        """Finish things with success; see :meth:`_do`."""
        return self._do(items, lambda record: record._gestor_calendar_finish())

    @api.model
    def cancel(self, items):
        """Cancel things; see :meth:`_do`."""
        return self._do(items, lambda record: record._gestor_calendar_cancel())

    @api.model
    def remind(self, items, minutes_before):
        """Remind the user of things some minutes before; see :meth:`_do`."""
        minutes = int(minutes_before or 0)
        return self._do(items, lambda record: record._gestor_calendar_remind(minutes))

    @api.model
    def print_plan(self, day, user_ids):
        """Return the action that prints the plan of a day.

        :param str day: ``YYYY-MM-DD``
        :param list user_ids: whose plans; by default the user's own
        :rtype: dict
        """
        self.env["gestor.calendar"]._check_gestor_user()
        day = fields.Date.to_string(self._read_day(day))
        users = self.env["res.users"].browse(user_ids or self.env.uid).exists()
        report = self.env.ref("gestor_calendar.gestor_calendar_day_report")
        return report.report_action(users, data={"day": day, "user_ids": users.ids})

    # === Helpers ===

    @api.model
    def _do(self, items, method, needs_move=False):
        """Do something with many things, each on its own.

        :param list items: pairs of a model and an id
        :param method: called with each record; what it raises is the reason why not
        :return: ``done``: how many; ``failed``: dictionaries with ``title`` and
            ``reason``
        :rtype: dict
        """
        calendar = self.env["gestor.calendar"]
        calendar._check_gestor_user()
        if not items or len(items) > MANY:
            raise UserError(self.env._("Choose what it is about."))
        done, failed = 0, []
        for model, record_id in items:
            title = ""
            try:
                with self.env.cr.savepoint():
                    record = calendar._get_record(model, record_id)
                    shown = record._prepare_gestor_calendar_items()
                    title = shown and calendar._mask(shown[0])["title"]
                    self._check_item(shown, needs_move)
                    method(record)
                    record.flush_recordset()
                done += 1
            except (AccessError, UserError, ValidationError) as error:
                # what was written in memory goes with the savepoint
                self.env.invalidate_all(flush=False)
                failed.append({"title": title or "", "reason": error.args[0]})
        return {"done": done, "failed": failed}

    @api.model
    def _check_item(self, shown, needs_move):
        if not shown:
            raise UserError(self.env._("It has no time."))
        if shown[0]["is_busy_only"]:
            raise UserError(self.env._("It is private."))
        if needs_move and not shown[0]["can_move"]:
            raise UserError(self.env._("It must not be moved by you."))

    @api.model
    def _get_items(self, day, filters):
        """Return the items that touch a day of the user, in their order."""
        zone = wall_clock.get_zone(self.env.tz)
        start, stop = wall_clock.get_day_limits(day, day, zone)
        first = datetime.combine(day, time.min)
        after = first + timedelta(days=1)
        # whole days stand in no time zone: their window is wider, then cut
        found = self.env["gestor.calendar"]._get_items(
            min(start, first), max(stop, after), filters
        )
        items = [
            item
            for item in found
            if _touches(item, *((first, after) if item["all_day"] else (start, stop)))
        ]
        return sorted(
            items, key=lambda item: (not item["all_day"], item["start"], item["title"])
        )

    @api.model
    def _get_names(self, model, items, key):
        """Return ``{id: name}`` of the people or clients of items."""
        ids = {number for item in items for number in item[key]}
        # sudo: whose the things are is said to whoever may see them
        records = self.env[model].sudo().browse(ids).exists()
        names = {record.id: record.display_name for record in records}
        return {number: names.get(number, "") for number in ids}

    @api.model
    def _get_target(self, first, target, days, skip_free):
        """Return the day to which what begins on a day goes."""
        if not skip_free:
            return target or first + timedelta(days=days)
        working_days = self.env["gestor.calendar"]._get_working_days
        if target or days > 0:
            start = target or first + timedelta(days=1)
            return working_days(self.env.user, start, max(days, 1))[-1]
        # backwards: the days before, from the last one on
        start = first - timedelta(days=-days * 2 + 31)
        before = [
            day
            for day in working_days(self.env.user, start, (first - start).days)
            if day < first
        ]
        if len(before) < -days:
            raise UserError(self.env._("There are not so many working days before."))
        return before[days]

    @api.model
    def _read_day(self, day):
        try:
            day = fields.Date.to_date(day)
        except ValueError:
            day = None
        if not day:
            raise UserError(self.env._("This is no day."))
        return day

    @api.model
    def _to_local(self, moment, all_day):
        """Return a moment on the clock of the user, naive."""
        if all_day:
            return moment
        return wall_clock.to_wall(moment, wall_clock.get_zone(self.env.tz))

    @api.model
    def _to_utc(self, moment, all_day):
        """Return the moment of a time on the clock of the user, naive."""
        if all_day:
            return moment
        return wall_clock.to_moment(moment, wall_clock.get_zone(self.env.tz))


def _touches(item, start, stop):
    """Tell whether an item is within a window, or at a moment in it."""
    if item["stop"] <= item["start"]:
        return start <= item["start"] < stop
    return item["start"] < stop and item["stop"] > start
