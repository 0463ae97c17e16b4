import logging
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, ormcache

_logger = logging.getLogger(__name__)

#: who, for whom and in what: fixed once the substitution has begun
AGREED_FIELDS = {"user_id", "substitute_id", "date_from", "area_ids"}
FAR = datetime.max


class Period(NamedTuple):
    """A substitution as it is remembered between requests; moments in UTC."""

    id: int
    user_id: int
    substitute_id: int
    start: datetime
    stop: datetime
    models: frozenset
    date_to: object

    def covers(self, model, now):
        return self.start <= now < self.stop and (
            not self.models or model is None or model in self.models
        )


class GestorSubstitution(models.Model):
    """Somebody is away and another one does the work: from a day, to a day.

    The days are those of the absent person's time zone. What the substitute sees is
    decided by the clock at each query; the hand-over of activities is done by
    :meth:`_switch`, at once or by the cron.
    """

    _name = "gestor.substitution"
    _description = "Substitution"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day cannot come before the first one."
    )
    _two_people = models.Constraint(
        "CHECK (user_id != substitute_id)",
        "Nobody can stand in for himself or herself.",
    )

    user_id = fields.Many2one(
        "res.users",
        string="Absent person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        tracking=True,
    )
    substitute_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        compute="_compute_substitute_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(
        string="To", help="Empty: until switched off by hand.", tracking=True
    )
    start_at = fields.Datetime(compute="_compute_moments", store=True)
    stop_at = fields.Datetime(compute="_compute_moments", store=True)
    ended_at = fields.Datetime(string="Switched off on", readonly=True, copy=False)
    area_ids = fields.One2many(
        "gestor.substitution.area",
        "substitution_id",
        string="Areas",
        copy=True,
        help="Kinds of documents the substitute takes care of. Empty: everything.",
    )
    is_open_included = fields.Boolean(
        string="Hand over open activities",
        default=True,
        help="Also activities planned before the absence, if they are due in it.",
    )
    note = fields.Text(help="What the substitute should know.")
    state = fields.Selection(
        [("planned", "Planned"), ("active", "Running"), ("ended", "Ended")],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_by_me = fields.Boolean(compute="_compute_is_by_me")

    # === Computes and constraints ===

    @api.depends("user_id")
    def _compute_substitute_id(self):
        for substitution in self:
            # sudo: the default substitute of a colleague is no secret
            user = substitution.user_id.sudo()
            substitution.substitute_id = (
                substitution.substitute_id or user.gestor_substitute_id
            )

    @api.depends("date_from", "date_to", "ended_at", "user_id.tz")
    def _compute_moments(self):
        for substitution in self:
            zone = substitution._get_zone()
            substitution.start_at = self._get_midnight(substitution.date_from, zone)
            day_after = substitution.date_to and substitution.date_to + timedelta(1)
            stops = [substitution.ended_at, self._get_midnight(day_after, zone)]
            substitution.stop_at = min(filter(None, stops), default=False)

    @api.depends("user_id", "substitute_id", "date_from", "date_to")
    def _compute_display_name(self):
        for substitution in self:
            names = (substitution.user_id.name, substitution.substitute_id.name)
            substitution.display_name = " → ".join(name or "" for name in names)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_by_me(self):
        manages = self.env.user.has_group("gestor_base.gestor_base_group_manager")
        for substitution in self:
            substitution.is_by_me = manages or substitution.user_id == self.env.user

    @api.constrains("user_id", "substitute_id")
    def _check_substitute(self):
        for substitution in self:
            user, substitute = substitution.user_id, substitution.substitute_id
            if user.share or substitute.share or not substitute.active:
                raise ValidationError(
                    self.env._("Only active employees can stand in for each other.")
                )
            if not user.company_ids & substitute.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(substitute)s has no access to any company of %(user)s.",
                        substitute=substitute.name,
                        user=user.name,
                    )
                )

    @api.constrains("user_id", "substitute_id", "date_from", "date_to", "area_ids")
    def _check_others(self):
        """Refuse overlaps, circles and chains: a substitute must be there."""
        self._lock_people()
        for substitution in self.filtered(lambda s: s.state != "ended"):
            people = (substitution.user_id | substitution.substitute_id).ids
            others = self.search(
                Domain("id", "!=", substitution.id)
                & Domain("state", "!=", "ended")
                & (
                    Domain("user_id", "in", people)
                    | Domain("substitute_id", "=", substitution.user_id.id)
                )
            )
            for other in others.filtered(substitution._meets):
                raise ValidationError(substitution._get_conflict_message(other))

    def _lock_people(self):
        """Let nobody else plan an absence of the same people at the same time.

        Whoever comes second would not see what the first one has not committed. He
        waits, the database then reports a conflict, and the host repeats the request.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE res_users SET gestor_substitute_id = gestor_substitute_id"
                " WHERE id IN (SELECT id FROM res_users WHERE id IN %s"
                " ORDER BY id FOR NO KEY UPDATE)",
                tuple((self.user_id | self.substitute_id).ids),
            ),
            # losing the race is no fault of the server
            log_exceptions=False,
        )

    def _meets(self, other):
        """Tell whether both hold at the same time for some kind of documents."""
        areas, others = self._get_areas(), other._get_areas()
        return (
            self.start_at < (other.stop_at or FAR)
            and other.start_at < (self.stop_at or FAR)
            and (not areas or not others or not areas.isdisjoint(others))
        )

    def _get_conflict_message(self, other):
        period = {
            "user": other.user_id.name,
            "substitute": other.substitute_id.name,
            "from": format_date(self.env, other.date_from),
            "to": format_date(self.env, other.date_to) if other.date_to else "…",
        }
        if other.user_id == self.user_id:
            return self.env._(
                "%(user)s has a substitute at that time already: %(substitute)s,"
                " %(from)s - %(to)s.",
                **period,
            )
        if other.user_id == self.substitute_id and other.substitute_id == self.user_id:
            return self.env._(
                "Two people cannot stand in for each other at the same time: %(user)s"
                " is away %(from)s - %(to)s.",
                **period,
            )
        if other.user_id == self.substitute_id:
            return self.env._(
                "%(user)s is away %(from)s - %(to)s. Choose somebody who is there.",
                **period,
            )
        return self.env._(
            "%(substitute)s stands in for %(user)s %(from)s - %(to)s. End that"
            " substitution first, or give it to somebody else.",
            **period,
        )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        substitutions = super().create(vals_list)
        substitutions._after_change()
        return substitutions

    def write(self, vals):
        begun = self.filtered(lambda s: s.state != "planned")
        if begun and not AGREED_FIELDS.isdisjoint(vals):
            raise UserError(
                self.env._(
                    "A substitution that has begun is not changed: end it and make a"
                    " new one."
                )
            )
        if "date_to" in vals and any(s.state == "ended" for s in self):
            raise UserError(self.env._("This substitution has ended."))
        result = super().write(vals)
        if not self.env.context.get("gestor_base_switching"):
            self._after_change()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(substitution.state != "planned" for substitution in self):
            raise UserError(
                self.env._("A substitution that has begun is history: end it instead.")
            )

    def unlink(self):
        result = super().unlink()
        self._forget()
        return result

    def _after_change(self):
        self._forget()
        self._switch()
        # sudo: a cron is not readable for those who only plan their absence
        cron = self.env.ref("gestor_base.gestor_substitution_cron_switch").sudo()
        moments = [*self.mapped("start_at"), *self.mapped("stop_at")]
        now = fields.Datetime.now()
        due = sorted({moment for moment in moments if moment and moment > now})
        if due:
            cron._trigger(at=due)

    @api.model
    def _forget(self):
        """Forget the remembered periods, and who is in charge of what."""
        self.env.registry.clear_cache()
        self.env["res.users"].invalidate_model(["gestor_is_away"])
        for model in self._get_area_models():
            self.env[model].invalidate_model(["gestor_is_mine", "gestor_is_in_charge"])

    # === Actions ===

    def action_end(self):
        """End the substitutions now and give the work back."""
        self.filtered(lambda s: s.state != "ended").ended_at = fields.Datetime.now()
        return True

    # === Who stands in for whom, now ===

    @api.model
    @ormcache()
    def _get_periods(self):
        """Return the substitutions that have not ended, as a tuple of ``Period``."""
        # sudo: the clock decides, not what the current user may see
        substitutions = self.sudo().search(Domain("state", "!=", "ended"), order="id")
        return tuple(
            Period(
                substitution.id,
                substitution.user_id.id,
                substitution.substitute_id.id,
                substitution.start_at,
                substitution.stop_at or FAR,
                substitution._get_areas(),
                substitution.date_to,
            )
            for substitution in substitutions
        )

    @api.model
    def _get_current(self, model=None):
        """Return the periods that hold now, for a kind of documents or for any.

        Costs no query: the periods are remembered until one is changed, and compared
        with the clock each time.

        :rtype: list[Period]
        """
        now = fields.Datetime.now()
        return [period for period in self._get_periods() if period.covers(model, now)]

    @api.model
    def _find(self, user_id, model, deadline=None):
        """Return the substitution of a user who is away now, for a piece of work.

        :param date deadline: work due after the return waits for it
        :return: one substitution or none, as superuser
        """
        # sudo: who assigns the work need not see the substitution
        substitutions = self.sudo()
        for period in self._get_current(model or ""):
            is_late = deadline and period.date_to and deadline > period.date_to
            if period.user_id == user_id and not is_late:
                return substitutions.browse(period.id)
        return substitutions.browse()

    # === Switching ===

    @api.model
    def _cron_switch(self):
        """Begin and end the substitutions that are due."""
        now = fields.Datetime.now()
        due = self.search(
            (Domain("state", "=", "planned") & Domain("start_at", "<=", now))
            | (Domain("state", "=", "active") & Domain("stop_at", "<=", now))
        )
        for substitution in due:
            try:
                with self.env.cr.savepoint():
                    substitution._switch()
            except Exception:
                _logger.exception("Substitution %s was not switched", substitution.id)

    def _switch(self):
        """Begin what is due to begin, end what is due to end."""
        now = fields.Datetime.now()
        # sudo: the work of the absent person moves whoever makes the change
        work = self.sudo().with_context(gestor_base_switching=True)
        ending = work.filtered(
            lambda s: s.state != "ended" and s.stop_at and s.stop_at <= now
        )
        beginning = work.filtered(lambda s: s.state == "planned" and s.start_at <= now)
        beginning -= ending
        active = ending.filtered(lambda s: s.state == "active")
        beginning.state = "active"
        ending.state = "ended"
        if beginning or ending:
            self._forget()
        for substitution in beginning:
            substitution._hand_over()
        for substitution in active:
            substitution._give_back()

    def _hand_over(self):
        """Give the substitute the open activities that are due in the absence."""
        self.ensure_one()
        domain = Domain("user_id", "=", self.user_id.id)
        if self.date_to:
            domain &= Domain("date_deadline", "<=", self.date_to)
        if self.area_ids:
            domain &= Domain("res_model", "in", self._get_areas())
        activities = self.env["mail.activity"]
        if self.is_open_included:
            activities = activities.search(domain)
            activities.with_context(mail_activity_quick_update=True).write(
                {
                    "user_id": self.substitute_id.id,
                    "gestor_for_user_id": self.user_id.id,
                    "gestor_substitution_id": self.id,
                }
            )
        self._tell(
            self.substitute_id,
            lambda env: env._(
                "You stand in for %(user)s. Activities handed over: %(count)s.",
                user=self.user_id.name,
                count=len(activities),
            ),
        )

    def _give_back(self):
        """Return the activities that the substitute did not finish."""
        self.ensure_one()
        activities = self.env["mail.activity"].search(
            Domain("gestor_substitution_id", "=", self.id)
            & Domain("user_id", "=", self.substitute_id.id)
        )
        activities.with_context(mail_activity_quick_update=True).user_id = self.user_id
        self._tell(
            self.user_id,
            lambda env: env._(
                "%(substitute)s no longer stands in for you. Activities given back:"
                " %(count)s.",
                substitute=self.substitute_id.name,
                count=len(activities),
            ),
        )

    def _tell(self, user, get_text):
        """Notify a user, in his or her language."""
        env = self.with_context(lang=user.lang or self.env.lang).env
        self.message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Substitution"),
            body=get_text(env),
        )

    # === Helpers ===

    @api.model
    def _get_area_models(self):
        return self.env["gestor.participant.mixin"]._gestor_implementers()

    def _get_areas(self):
        """Return the names of the models, none for everything."""
        return frozenset(self.area_ids.mapped("model"))

    def _get_zone(self):
        """Return the time zone of the absent person, else of the company."""
        # sudo: the time zone of a colleague is no secret
        user = self.user_id.sudo()
        return ZoneInfo(user.tz or user.company_id.partner_id.tz or "UTC")

    @api.model
    def _get_midnight(self, day, zone):
        """Return when the day begins in the zone, in UTC, as the database keeps it."""
        if not day:
            return False
        midnight = datetime.combine(day, time.min, tzinfo=zone)
        return midnight.astimezone(UTC).replace(tzinfo=None)
