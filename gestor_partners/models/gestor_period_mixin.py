from odoo import api, fields, models
from odoo.fields import Domain

from ..lib import period


class GestorPeriodMixin(models.AbstractModel):
    """Rows that are in force from a day to a day; ended ones stay as history."""

    _name = "gestor.period.mixin"
    _description = "In Force From A Day To A Day"

    _period_ordered = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day cannot come before the first one."
    )

    date_from = fields.Date(string="From", help="Empty: since always.")
    date_to = fields.Date(
        string="To", help="The last day. Empty: until further notice."
    )
    is_current = fields.Boolean(
        string="In force", compute="_compute_is_current", search="_search_is_current"
    )

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for row in self:
            row.is_current = period.covers(row.date_from, row.date_to, today)

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.FALSE
        in_force = self._get_in_force_domain()
        if True in value:
            domain |= in_force
        if False in value:
            domain |= ~in_force
        return domain

    @api.model
    def _get_in_force_domain(self, date=None):
        """Return what is in force on a day.

        :param date: today by default
        :rtype: Domain
        """
        date = date or fields.Date.context_today(self)
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", date)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", date)
        )

    def _get_clusters(self):
        """Return these rows, together those in force on the same days.

        :rtype: list[recordset]
        """
        periods = [(row.date_from, row.date_to) for row in self]
        return [
            self.browse([self[place].id for place in places])
            for places in period.clusters(periods)
        ]

    def _get_overlap(self):
        """Return two of these rows that are in force on the same day, or none."""
        several = [rows for rows in self._get_clusters() if len(rows) > 1]
        return several[0][:2] if several else self.browse()

    def _merge_overlapping(self):
        """Make one row of those in force on the same days, for records merged.

        The earliest one stays, with what it lacked and for the whole time.

        :return: ``{row that stays: rows that it was made of}``, the latter gone but
            for the row itself
        :rtype: dict
        """
        merged = {}
        for rows in self._get_clusters():
            vals = rows._prepare_merged_vals()
            rows[1:].unlink()
            rows[0].write(vals)
            merged[rows[0]] = rows
        return merged

    def _prepare_merged_vals(self):
        """Return the values of the one row that stays of these."""
        starts, stops = self.mapped("date_from"), self.mapped("date_to")
        vals = {}
        for name in self._get_merged_fields():
            known = self.filtered(name)[:1]
            vals[name] = self._fields[name].convert_to_write(known[name], known)
        return vals | {
            "date_from": all(starts) and min(starts),
            "date_to": all(stops) and max(stops),
        }

    @api.model
    def _get_merged_fields(self):
        """Return the fields whose first known value stays."""
        return ["note"]
