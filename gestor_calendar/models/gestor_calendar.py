from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

from ..lib import wall_clock

# a calendar of more days than that is a report
MANY_DAYS = 62
MODES = ("month", "work_week", "week", "day")
COLORS = ("kind", "person")
#: contacts of the chosen clients that are looked at
FAMILY = 10_000
RESOURCE_MODEL = "gestor.resource"


class GestorCalendar(models.AbstractModel):
    """The common calendar: everything of all models with the mixin, in one request."""

    _name = "gestor.calendar"
    _description = "Common Calendar"

    # === What the web client asks for ===

    @api.model
    @api.readonly
    def get_setup(self):
        """Return what the calendar needs once, when it is opened.

        :return: ``user_id``, ``kinds``, ``resource_model`` (or False) and
            ``preferences``: see :meth:`set_preferences`
        :rtype: dict
        """
        self._check_gestor_user()
        resources = RESOURCE_MODEL in self.env and self.env[RESOURCE_MODEL]
        has_resources = resources is not False and resources.has_access("read")
        kinds = []
        for model in self._get_models():
            kinds += [{**kind, "model": model._name} for kind in self._get_kinds(model)]
        return {
            "user_id": self.env.uid,
            "kinds": kinds,
            "resource_model": has_resources and RESOURCE_MODEL,
            "preferences": self._get_preferences(),
        }

    @api.model
    @api.readonly
    def get_items(self, start, stop, filters=None):
        """Return what stands in the calendar in a window, and when people work.

        The number of queries does not depend on the number of items.

        :param str start: UTC, ``YYYY-MM-DD hh:mm:ss``; the window is half-open
        :param str stop: at most two months later
        :param dict filters: ``user_ids``, ``partner_ids``, ``resource_ids`` and
            ``kinds`` (keys); what is empty does not limit
        :return: ``items``, see
            :meth:`gestor.calendar.mixin._prepare_gestor_calendar_items`, with
            ``model`` and with moments as texts; ``names`` of the people; ``hours``:
            pairs of moments between which the (first) person works, False if unknown
        :rtype: dict
        """
        self._check_gestor_user()
        start, stop = self._read_window(start, stop)
        filters = self._read_filters(filters)
        items = self._get_items(start, stop, filters)
        user_ids = {user_id for item in items for user_id in item["user_ids"]}
        # sudo: whose the things are is said to whoever may see them
        users = self.env["res.users"].sudo().browse(user_ids | {self.env.uid})
        for item in items:
            item["start"] = fields.Datetime.to_string(item["start"])
            item["stop"] = fields.Datetime.to_string(item["stop"])
        return {
            "items": items,
            "names": {user.id: user.name for user in users.exists()},
            "hours": self._get_hours(start, stop, filters["user_ids"]),
        }

    @api.model
    @api.readonly
    def get_creations(self, start, stop, all_day=False):
        """Return what can be made of a range that is selected in the calendar.

        :return: dictionaries with ``label``, ``icon`` and ``action``
        :rtype: list[dict]
        """
        self._check_gestor_user()
        start, stop = self._read_window(start, stop)
        creations = []
        for model in self._get_models():
            if not model.has_access("create"):
                continue
            action = model._gestor_calendar_create_action(start, stop, bool(all_day))
            if action:
                kind = self._get_kinds(model)[0]
                label = action.get("name") or kind["label"]
                creations.append(
                    {"label": label, "icon": kind["icon"], "action": action}
                )
        return creations

    @api.model
    def move(self, model, record_id, start, stop, seen_start, seen_stop):
        """Give one thing other times, if it still is where the user saw it.

        :param str model: of the item
        :param int record_id: of the item
        :param str start: see :meth:`get_items`
        :param str stop: the same
        :param str seen_start: where the user saw it
        :param str seen_stop: the same
        :raise UserError: if it was moved, is gone or must not be moved
        """
        self._check_gestor_user()
        moments = [
            fields.Datetime.to_datetime(moment)
            for moment in (start, stop, seen_start, seen_stop)
        ]
        if not all(moments) or moments[1] < moments[0]:
            raise UserError(self.env._("The end must not be before the beginning."))
        record = self._get_record(model, record_id)
        try:
            # two people who drag one thing come one after the other
            record.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Somebody is changing this right now. Try again.")
            ) from error
        record.invalidate_recordset()
        item = record._prepare_gestor_calendar_items()
        if not item or [item[0]["start"], item[0]["stop"]] != moments[2:]:
            raise UserError(
                self.env._(
                    "%(record)s was moved by somebody else in the meantime. Look where "
                    "it is now.",
                    record=record.display_name,
                )
            )
        if item[0]["is_busy_only"] or not item[0]["can_move"]:
            raise UserError(
                self.env._(
                    "%(record)s must not be moved by you.", record=record.display_name
                )
            )
        record._gestor_calendar_move(*moments[:2])

    @api.model
    def set_preferences(self, preferences):
        """Remember how the user left the calendar.

        :param dict preferences: ``mode``, ``color_by``, ``user_ids``, ``partner_ids``,
            ``resource_ids``, ``hidden_kinds``; what else there is, is left out
        """
        self._check_gestor_user()
        settings = self.env["res.users.settings"]._find_or_create_for_user(
            self.env.user
        )
        # sudo: the user's own settings, nothing but the calendar's
        settings.sudo().gestor_calendar_preferences = self._clean(preferences)

    # === Items ===

    @api.model
    def _get_items(self, start, stop, filters):
        """Return the items of all models; see :meth:`get_items`."""
        items = []
        chosen = set(filters["kinds"])
        for model in self._get_models():
            kinds = {kind["key"] for kind in self._get_kinds(model)}
            if chosen and not chosen & kinds:
                continue
            domain = model._gestor_calendar_filter_domain(
                filters["user_ids"], filters["partner_ids"], filters["resource_ids"]
            )
            try:
                found = model._gestor_calendar_items(start, stop, domain)
            except AccessError:
                # what one may not read is not there
                continue
            for item in found:
                if not chosen or item["kind"] in chosen:
                    item["model"] = model._name
                    items.append(self._mask(item))
        return items

    @api.model
    def _mask(self, item):
        """Leave nothing but the time of what is private to somebody else."""
        if item["is_busy_only"]:
            item.update(
                title=self.env._("Busy"),
                icon="fa-lock",
                partner_ids=[],
                resource_ids=[],
                can_move=False,
            )
        return item

    @api.model
    def _get_models(self):
        """Return the models of the calendar that the user may read at all."""
        names = self.env["gestor.calendar.mixin"]._gestor_implementers()
        return [self.env[name] for name in names if self.env[name].has_access("read")]

    @api.model
    def _get_kinds(self, model):
        return model._gestor_calendar_kinds()

    @api.model
    def _get_record(self, model, record_id):
        """Return one thing of the calendar that the user may read.

        :raise UserError: if it is no such thing, or gone
        """
        if model not in self.env["gestor.calendar.mixin"]._gestor_implementers():
            raise UserError(self.env._("This does not stand in the calendar."))
        record = self.env[model].browse(int(record_id)).exists()
        if not record:
            raise UserError(self.env._("This does not exist any more."))
        record.check_access("read")
        return record

    # === Working hours ===

    @api.model
    def _get_hours(self, start, stop, user_ids):
        """Return when the first of some people works, as texts; False if unknown."""
        user = self.env["res.users"].browse(user_ids[:1] or self.env.uid).exists()
        calendar, resource = self._get_working_calendar(user)
        if not calendar or calendar.flexible_hours:
            return False
        bounds = (wall_clock.to_aware(start), wall_clock.to_aware(stop))
        # sudo: when a colleague works is no secret, why he or she does not, is
        intervals = calendar.sudo()._work_intervals_batch(*bounds, resource)
        return [
            [
                fields.Datetime.to_string(wall_clock.to_naive(moment))
                for moment in interval[:2]
            ]
            for interval in intervals[resource.id]
        ]

    @api.model
    def _get_working_calendar(self, user):
        """Return the working hours of a user, else of the company, and the resource."""
        # sudo: the same
        user = user.sudo()
        resource = user.resource_ids.filtered(
            lambda resource: resource.company_id in (self.env.company, user.company_id)
        )[:1]
        calendar = resource.calendar_id or user.company_id.resource_calendar_id
        return calendar, resource

    @api.model
    def _get_working_days(self, user, first, count):
        """Return some working days from a day on, without weekends and holidays.

        Leaves of the person do not matter, those of the whole company do.

        :param res.users user: whose hours count
        :param date first: the first one that may be returned
        :param int count: how many
        :return: in order; Monday to Friday where no working hours are known
        :rtype: list[date]
        """
        calendar, _resource = self._get_working_calendar(user)
        if not calendar or calendar.flexible_hours or not calendar.attendance_ids:
            days = (first + timedelta(days=number) for number in range(2 * count + 7))
            return [day for day in days if day.weekday() < 5][:count]
        zone = wall_clock.get_zone(calendar.tz)
        found, start = [], fields.Datetime.to_datetime(first)
        # a calendar that never works ends after some years
        for _turn in range(60):
            stop = start + timedelta(days=max(31, count))
            # sudo: public holidays of the company
            work = calendar.sudo()._work_intervals_batch(
                start.replace(tzinfo=zone), stop.replace(tzinfo=zone)
            )[False]
            found += sorted({interval[0].date() for interval in work})
            if len(found) >= count:
                return found[:count]
            start = stop
        raise UserError(self.env._("There is no working day in the next years."))

    # === What comes from outside ===

    @api.model
    def _check_gestor_user(self):
        if not self.env.user.has_groups(
            "gestor_base.gestor_base_group_user,gestor_base.gestor_base_group_viewer"
        ):
            raise AccessError(self.env._("The calendar is for users of Gestor."))

    @api.model
    def _read_window(self, start, stop):
        start, stop = (fields.Datetime.to_datetime(moment) for moment in (start, stop))
        if (
            not start
            or not stop
            or not timedelta() <= stop - start <= timedelta(days=MANY_DAYS)
        ):
            raise UserError(
                self.env._("The calendar shows from a moment to two months.")
            )
        return start, stop

    @api.model
    def _read_filters(self, filters):
        """Return complete filters; a client stands for the whole firm."""
        filters = defaultdict(list, filters or {})
        clean = {
            key: [int(number) for number in filters[key] or []]
            for key in ("user_ids", "partner_ids", "resource_ids")
        }
        if clean["partner_ids"]:
            clean["partner_ids"] = (
                self.env["res.partner"]
                .with_context(active_test=False)
                .search(
                    Domain("id", "child_of", clean["partner_ids"]),
                    limit=FAMILY,
                    order="id",
                )
                .ids
            )
        return {**clean, "kinds": list(filters["kinds"] or [])}

    @api.model
    def _get_preferences(self):
        # sudo: the user's own settings
        settings = self.env.user.sudo().res_users_settings_id
        saved = settings.gestor_calendar_preferences
        if not saved:
            # who only looks has nothing of his own there
            is_user = self.env.user.has_group("gestor_base.gestor_base_group_user")
            saved = {"user_ids": [self.env.uid] if is_user else []}
        return self._clean(saved)

    @api.model
    def _clean(self, preferences):
        """Return preferences that hold, whatever was sent or saved."""
        mode, color_by = preferences.get("mode"), preferences.get("color_by")
        ids = {}
        for key in ("user_ids", "partner_ids", "resource_ids"):
            numbers = preferences.get(key) or []
            ids[key] = [n for n in numbers if isinstance(n, int)][:100]
        hidden = preferences.get("hidden_kinds") or []
        return {
            "mode": mode if mode in MODES else "work_week",
            "color_by": color_by if color_by in COLORS else "kind",
            **ids,
            "hidden_kinds": [key for key in hidden if isinstance(key, str)][:100],
        }
