from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.gestor_base.lib.months import MONTHS

from ..lib import anniversary as engine

FIRST_YEAR = 1000  # the oldest brewery is younger; fewer digits are a slip


class GestorAnniversary(models.Model):
    """A day of a client that comes back every year: birthday, name day, founding."""

    _name = "gestor.anniversary"
    _description = "Anniversary"
    _order = "next_date, id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("birthday", "Birthday"),
            ("name_day", "Name day"),
            ("founding", "Founding of the company"),
            ("other", "Other"),
        ],
        required=True,
        default="birthday",
    )
    name = fields.Char(
        string="Occasion", help="Which one, where the kind does not say it."
    )
    day = fields.Integer(required=True, default=1, aggregator=False)
    month = fields.Selection(MONTHS, required=True, default="1")
    year = fields.Integer(
        aggregator=False, help="Of the first time, if it is known; a name day has none."
    )
    note = fields.Char()
    next_date = fields.Date(
        string="Next time", compute="_compute_next_date", store=True, index=True
    )
    years = fields.Integer(
        string="Which one",
        compute="_compute_years",
        help="How many years it will be the next time.",
    )
    remind_days = fields.Integer(
        string="Remind, days before",
        default=3,
        aggregator=False,
        help="The guardian gets a to-do so many days before.",
    )
    remind_date = fields.Date(compute="_compute_remind_date", store=True, index=True)
    is_reminded = fields.Boolean(readonly=True, copy=False)
    user_id = fields.Many2one(related="partner_id.user_id", string="Guardian")

    _remind_days_not_negative = models.Constraint(
        "CHECK (remind_days >= 0 AND remind_days <= 180)",
        "Remind between 0 and 180 days before.",
    )

    # === Computes and constraints ===

    @api.depends("day", "month")
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        for anniversary in self:
            month, day = int(anniversary.month or 0), anniversary.day
            anniversary.next_date = engine.exists(month, day) and engine.next_date(
                month, day, today
            )

    @api.depends("next_date", "year")
    def _compute_years(self):
        for anniversary in self:
            known = anniversary.year and anniversary.next_date
            anniversary.years = known and anniversary.next_date.year - anniversary.year

    @api.depends("next_date", "remind_days")
    def _compute_remind_date(self):
        for anniversary in self:
            anniversary.remind_date = anniversary.next_date and (
                anniversary.next_date - timedelta(days=anniversary.remind_days)
            )

    @api.depends("kind", "name", "partner_id.display_name")
    def _compute_display_name(self):
        for anniversary in self:
            anniversary.display_name = ": ".join(
                filter(None, (anniversary._get_occasion(), anniversary.partner_id.name))
            )

    @api.constrains("day", "month")
    def _check_day(self):
        for anniversary in self:
            if not engine.exists(int(anniversary.month), anniversary.day):
                raise ValidationError(
                    self.env._(
                        "There is no day %(day)s.%(month)s.",
                        day=anniversary.day,
                        month=anniversary.month,
                    )
                )

    @api.constrains("year")
    def _check_year(self):
        this_year = fields.Date.context_today(self).year
        for anniversary in self:
            if anniversary.year and not FIRST_YEAR <= anniversary.year <= this_year:
                raise ValidationError(
                    self.env._(
                        "The year %(year)s cannot be right. Leave it empty if it is "
                        "not known.",
                        year=anniversary.year,
                    )
                )

    # === CRUD ===

    def write(self, vals):
        # another day is reminded of anew
        if not vals.keys().isdisjoint(("day", "month", "remind_days")):
            vals = {"is_reminded": False, **vals}
        return super().write(vals)

    # === Helpers ===

    def _get_occasion(self):
        """Return what is celebrated, in the language of the environment."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.name or kinds.get(self.kind, "")

    def _prepare_reminder_vals(self, activity_type, model_id):
        """Return the to-do of the guardian, in the guardian's language."""
        self.ensure_one()
        user = self._get_reminded_user()
        anniversary = self.with_context(lang=user.lang)
        occasion = anniversary._get_occasion()
        if self.years:
            summary = anniversary.env._(
                "%(occasion)s (years: %(years)s)", occasion=occasion, years=self.years
            )
        else:
            summary = occasion
        return {
            "res_model_id": model_id,
            "res_id": self.partner_id.id,
            "activity_type_id": activity_type.id,
            "summary": summary,
            "note": self.note,
            "date_deadline": self.next_date,
            "user_id": user.id,
        }

    def _get_reminded_user(self):
        """Return the guardian of the client or of its firm, else who wrote it down."""
        self.ensure_one()
        partner = self.partner_id
        users = partner.user_id | partner.commercial_partner_id.user_id
        return users.filtered("active")[:1] or self.create_uid

    # === Cron ===

    @api.model
    def _cron_remind(self):
        """Move anniversaries that are over to the next year, then remind of the near.

        Each is reminded of once a year, however often and late the job runs.
        """
        today = fields.Date.context_today(self)
        over = self.search([("next_date", "<", today)])
        over._compute_next_date()
        over.is_reminded = False
        near = self.search(
            Domain("remind_date", "<=", today)
            & Domain("is_reminded", "=", False)
            & Domain("partner_id.active", "=", True)
        )
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model_id = self.env["ir.model"]._get_id("res.partner")
        self.env["mail.activity"].create(
            [item._prepare_reminder_vals(activity_type, model_id) for item in near]
        )
        near.is_reminded = True
