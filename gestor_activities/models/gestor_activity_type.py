from odoo import api, fields, models
from odoo.tools import SQL

from ..const import KINDS


class GestorActivityType(models.Model):
    """A type of activities: its kind decides the fields, the rest are defaults."""

    _name = "gestor.activity.type"
    _description = "Activity Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="task", index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Char(
        string="Symbol", required=True, help="The numbers of its activities begin so."
    )
    color = fields.Integer()
    icon = fields.Char(default="fa-check-square-o", help="Name of a Font Awesome icon.")
    default_hours = fields.Float(string="Usual length (hours)", default=1.0)
    is_timed = fields.Boolean(
        string="In the host's calendar",
        help="Each activity of the type keeps one meeting in the calendar, so it is "
        "seen by colleagues and synchronised with Google and Outlook.",
    )
    sequence_id = fields.Many2one(
        "ir.sequence",
        string="Numbering",
        company_dependent=True,
        copy=False,
        help="Each company has its own.",
    )
    template_ids = fields.One2many(
        "gestor.activity.template", "type_id", string="Templates"
    )

    _default_hours_positive = models.Constraint(
        "CHECK (default_hours >= 0)", "The usual length cannot be negative."
    )

    @api.constrains("kind")
    def _check_kind(self):
        """Refuse another kind where it lacks what activities of the type have."""
        # sudo: nobody's activities are left without a time
        activities = self.env["gestor.activity"].sudo()
        activities.search(
            [("type_id", "in", self.ids), ("planned_start_at", "=", False)], limit=1
        )._check_planned()

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        # sudo: every company needs a numbering, also those the user does not work in
        # pylint: disable-next=no-search-all
        self.env["res.company"].sudo().search([])._gestor_create_activity_sequences(
            types
        )
        return types

    # === Numbering ===

    def _gestor_next_numbers(self, company, days):
        """Take the next numbers of this type in a company.

        A batch costs as many queries as one activity.

        :param list days: the date of each activity, which decides about the year
        :return: numbers in the order of ``days``
        :rtype: list[str]
        """
        self.ensure_one()
        # sudo: numberings belong to administrators
        types = self.sudo().with_company(company)
        if not types.sequence_id:
            # sudo: the numbering belongs to administrators
            company.sudo()._gestor_create_activity_sequences(types)
        sequence = types.sequence_id
        if sequence.implementation != "standard" or not sequence.use_date_range:
            return [sequence.next_by_id(sequence_date=day) for day in days]
        ranges = list(sequence.date_range_ids)
        numbers = {}
        for day in set(days):
            found = next((r for r in ranges if r.date_from <= day <= r.date_to), None)
            if not found:
                found = sequence._create_date_range_seq(day)
                ranges.append(found)
            numbers.setdefault(found, []).append(day)
        return self._gestor_take_numbers(sequence, numbers, days)

    @api.model
    def _gestor_take_numbers(self, sequence, days_by_range, days):
        """Return one number for each day, from the range the day is in."""
        taken = {}
        for date_range, range_days in days_by_range.items():
            count = sum(day in range_days for day in days)
            rows = self.env.execute_query(
                SQL(
                    "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                    f"ir_sequence_{sequence.id:03}_{date_range.id:03}",
                    count,
                )
            )
            # the dates in them are the same for the whole range
            first = date_range.date_from
            prefix, suffix = sequence._get_prefix_suffix(first, first)
            digits = sequence.padding
            numbers = iter(
                [f"{prefix}{number:0{digits}}{suffix}" for (number,) in rows]
            )
            taken.update(dict.fromkeys(range_days, numbers))
        return [next(taken[day]) for day in days]
