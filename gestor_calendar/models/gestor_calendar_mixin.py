from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class GestorCalendarMixin(models.AbstractModel):
    """Whoever inherits this appears in the common calendar and on the Day screen.

    A model with two stored moments says only their names, below, and overrides
    :meth:`_prepare_gestor_calendar_items` for what it knows better. Everything is done
    with the rights of the user.
    """

    _name = "gestor.calendar.mixin"
    _description = "Gestor In The Common Calendar"
    _inherit = ["gestor.registry.mixin"]

    # stored Datetime fields, indexed; the same one twice for what has no length
    _gestor_calendar_start_field = None
    _gestor_calendar_stop_field = None
    # fields by which the calendar filters; a dotted path will do, None: not filtered by
    _gestor_calendar_user_field = "user_id"
    _gestor_calendar_partner_field = "partner_id"
    _gestor_calendar_resource_field = None

    # === CRUD: reminders follow ===

    def write(self, vals):
        result = super().write(vals)
        if self._gestor_calendar_start_field in vals:
            self._gestor_calendar_moved()
        return result

    def unlink(self):
        reminders = self.env["gestor.reminder"]._get_of(self)
        result = super().unlink()
        reminders.unlink()
        return result

    # === What is shown ===

    @api.model
    def _gestor_calendar_kinds(self):
        """Return the kinds of things that this model puts in the calendar.

        :return: dictionaries with ``key`` (unique in the calendar), ``label`` in the
            user's language, ``icon`` (a Font Awesome class) and ``color`` (0-11)
        :rtype: list[dict]
        """
        return [
            {
                "key": self._name,
                "label": self.env["ir.model"]._get(self._name).name,
                "icon": getattr(self, "_gestor_search_icon", "fa-calendar-o"),
                "color": 0,
            }
        ]

    @api.model
    def _gestor_calendar_items(self, start, stop, domain):
        """Return what stands in the calendar between two moments.

        The number of queries does not depend on the number of items.

        :param datetime start: UTC, naive; the window is half-open
        :param datetime stop: the same
        :param Domain domain: see :meth:`_gestor_calendar_filter_domain`
        :return: see :meth:`_prepare_gestor_calendar_items`
        :rtype: list[dict]
        """
        records = self.search_fetch(
            self._get_gestor_calendar_own_domain()
            & self._get_gestor_calendar_window_domain(start, stop)
            & Domain(domain),
            self._get_gestor_calendar_fields(),
            order="id",
        )
        return records._prepare_gestor_calendar_items()

    @api.model
    def _gestor_calendar_filter_domain(
        self, user_ids=None, partner_ids=None, resource_ids=None
    ):
        """Return which records the filters of the calendar leave.

        People and resources are calendars laid over each other: what belongs to one of
        them is shown. Clients narrow that down.

        :param list user_ids: people; None or empty: not asked for
        :param list partner_ids: clients
        :param list resource_ids: shared resources (``gestor.resource``)
        :rtype: Domain
        """
        layers = [
            Domain(field, "in", list(ids)) if field else Domain.FALSE
            for field, ids in (
                (self._gestor_calendar_user_field, user_ids),
                (self._gestor_calendar_resource_field, resource_ids),
            )
            if ids
        ]
        domain = Domain.OR(layers) if layers else Domain.TRUE
        if partner_ids:
            field = self._gestor_calendar_partner_field
            domain &= Domain(field, "in", list(partner_ids)) if field else Domain.FALSE
        return domain

    @api.model
    def _get_gestor_calendar_own_domain(self):
        """Return the records that stand in the calendar at all.

        An addon that shows some of them as something else leaves them out here, as
        meetings that are kept by an activity.
        """
        return Domain.TRUE

    @api.model
    def _get_gestor_calendar_window_domain(self, start, stop):
        """Return the records that touch a window."""
        start_field = self._gestor_calendar_start_field
        stop_field = self._gestor_calendar_stop_field
        domain = Domain(start_field, "<", stop)
        if stop_field == start_field:
            return domain & Domain(start_field, ">=", start)
        # what has no length stands at its moment
        return domain & (
            Domain(stop_field, ">", start) | Domain(start_field, "=", start)
        )

    @api.model
    def _get_gestor_calendar_fields(self):
        """Return the fields that are read in one go for the items."""
        names = (
            self._rec_name,
            self._gestor_calendar_start_field,
            self._gestor_calendar_stop_field,
            self._gestor_calendar_user_field,
            self._gestor_calendar_partner_field,
            self._gestor_calendar_resource_field,
        )
        return list({name.split(".")[0] for name in names if name})

    def _prepare_gestor_calendar_items(self):
        """Return what the calendar shows of these records, in their order.

        Records without a beginning are left out. Call ``super()`` and change what it
        returns, in batches.

        ``id``
            of the record
        ``title``
            a text; "Busy" where ``is_busy_only``
        ``start``, ``stop``
            moments, UTC, naive. Of what lasts all day: midnight of the first day and of
            the day after the last one, in no time zone
        ``all_day``
            whether it lasts all day
        ``kind``
            a key of :meth:`_gestor_calendar_kinds`
        ``color``, ``icon``
            0-11, a Font Awesome class
        ``state``
            ``open``, ``done`` or ``cancelled``
        ``user_ids``, ``partner_ids``, ``resource_ids``
            lists of ids: people, clients, shared resources
        ``can_move``
            whether the user may drag it
        ``is_busy_only``
            whether it is a private thing of somebody else; nothing but its time may be
            told then

        :rtype: list[dict]
        """
        kind = self._gestor_calendar_kinds()[0]
        movable = set(self._filtered_access("write")._ids)
        stop_field = self._gestor_calendar_stop_field
        return [
            {
                "id": record.id,
                "title": record.display_name,
                "start": record[self._gestor_calendar_start_field],
                "stop": record[stop_field] or record[self._gestor_calendar_start_field],
                "all_day": False,
                "kind": kind["key"],
                "color": kind["color"],
                "icon": kind["icon"],
                "state": "open",
                "user_ids": record._get_gestor_calendar_ids("user"),
                "partner_ids": record._get_gestor_calendar_ids("partner"),
                "resource_ids": record._get_gestor_calendar_ids("resource"),
                "can_move": record.id in movable,
                "is_busy_only": False,
            }
            for record in self
            if record[self._gestor_calendar_start_field]
        ]

    def _get_gestor_calendar_ids(self, role):
        """Return the ids of the people, clients or resources of one record."""
        path = getattr(self, f"_gestor_calendar_{role}_field")
        return list(self.mapped(path)._ids) if path else []

    # === What is done ===

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        """Return how a new record is made of a range selected in the calendar.

        :param datetime start: see :meth:`_prepare_gestor_calendar_items`
        :param datetime stop: the same
        :param bool all_day: whether whole days were selected
        :return: a window action on this model with defaults in its context; None where
            nothing is made in the calendar, or not by this user
        :rtype: dict or None
        """
        return None

    def _gestor_calendar_move(self, start, stop):
        """Give one record other times, with the rights of the user.

        :param datetime start: as in :meth:`_prepare_gestor_calendar_items`
        :param datetime stop: the same
        :raise UserError: if the rules of the record do not allow it
        """
        self.ensure_one()
        vals = {self._gestor_calendar_start_field: start}
        vals.setdefault(self._gestor_calendar_stop_field, stop)
        self.write(vals)

    def _gestor_calendar_moved(self):
        """Let the reminders of these records follow to their new times.

        Called by ``write`` with the field of the beginning. A model whose beginning is
        computed calls it where that changes.
        """
        self.env["gestor.reminder"]._get_of(self)._follow()

    def _gestor_calendar_remind(self, minutes_before, users=None):
        """Remind people of these records some minutes before they begin.

        Reminders follow when a record moves, and nobody gets the same one twice.

        :param int minutes_before: 0 or more
        :param res.users users: whom; by default the current user
        :return: the new reminders
        """
        return self.env["gestor.reminder"]._remind(
            self, users or self.env.user, minutes_before
        )

    def _gestor_calendar_shift(self, delta):
        """Move many records by the same time.

        :param timedelta delta: how far
        :raise UserError: if one of them must not move; then none does
        """
        items = {item["id"]: item for item in self._prepare_gestor_calendar_items()}
        for record in self:
            if record.id in items:
                item = items[record.id]
                record._gestor_calendar_move(
                    item["start"] + delta, item["stop"] + delta
                )

    def _gestor_calendar_delegate(self, user):
        """Give one record to another person.

        :param res.users user: who is to do it
        :raise UserError: if this kind of record has nobody, or it must not be given
        """
        self._refuse_gestor_calendar_action()

    def _gestor_calendar_finish(self):
        """Finish one record with success.

        :raise UserError: if this kind of record cannot be finished, or not now
        """
        self._refuse_gestor_calendar_action()

    def _gestor_calendar_cancel(self):
        """Cancel one record.

        :raise UserError: if this kind of record cannot be cancelled, or not now
        """
        self._refuse_gestor_calendar_action()

    def _refuse_gestor_calendar_action(self):
        """Raise that this kind of record does not know what is asked of it."""
        self.ensure_one()
        raise UserError(
            self.env._(
                "%(record)s: this cannot be done with it here, open it instead.",
                record=self.display_name,
            )
        )
