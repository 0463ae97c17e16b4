from collections import Counter, defaultdict
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.gestor_automation.lib.recurrence import wall_clock

#: planned so many days ahead, so that the time of day is kept whenever the cron runs
DAYS_AHEAD = 1
MINUTES = 60
#: what consents call the kinds of steps
CONSENT_CHANNELS = {"mail": "email", "sms": "sms"}
#: without this a client is passed over
ADDRESS_FIELDS = {"mail": "email", "sms": "phone"}


class GestorAnniversaryGreeting(models.Model):
    """What clients get before an anniversary: an e-mail or an SMS.

    Each anniversary gets one e-mail and one SMS a year, whatever rows there are; the
    first row that suits it counts.
    """

    _name = "gestor.anniversary.greeting"
    _description = "Anniversary Greeting"
    _order = "sequence, id"
    _rec_name = "channel"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=lambda self: (
            self.env["gestor.anniversary"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        string="Anniversary",
        help="Empty: every anniversary.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Its clients and those shared by all companies. Empty: all clients.",
    )
    days_before = fields.Integer(default=0, aggregator=False)
    hour = fields.Float(
        string="Time",
        default=9,
        aggregator=False,
        help="In the time zone of the client.",
    )
    channel = fields.Selection(
        [("mail", "E-mail"), ("sms", "SMS")], required=True, default="mail"
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail template",
        domain="[('model', '=', 'res.partner')]",
        ondelete="restrict",
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        string="SMS template",
        domain="[('model', '=', 'res.partner')]",
        ondelete="restrict",
    )
    mode = fields.Selection(
        [("auto", "By itself"), ("ask", "Ask first")],
        required=True,
        default="auto",
        help="Ask first: the guardian of the client is asked at the planned time.",
    )

    _days_before_bounds = models.Constraint(
        "CHECK (days_before BETWEEN 0 AND 60)",
        "Greetings go between 0 and 60 days before.",
    )
    _hour_bounds = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "The time is between 00:00 and 23:59."
    )

    # === Computes and constraints ===

    @api.depends("kind", "channel", "mail_template_id.name", "sms_template_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for greeting in self:
            parts = (kinds.get(greeting.kind), greeting._get_template().name)
            greeting.display_name = ": ".join(filter(None, parts))

    @api.constrains("channel", "mail_template_id", "sms_template_id")
    def _check_template(self):
        for greeting in self:
            template = greeting._get_template()
            if not template:
                raise ValidationError(
                    self.env._("Choose the template of the greeting.")
                )
            if template.model_id.model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is no template for clients.",
                        template=template.name,
                    )
                )

    # === Planning ===

    @api.model
    def _plan_all(self):
        """Plan the greetings that are near; each is planned once, however often called.

        :return: the planned actions
        :rtype: gestor.planned.action
        """
        actions = self.env["gestor.planned.action"]
        for greeting in self.search(Domain("active", "=", True)):
            actions |= greeting._plan()
        return actions

    def _plan(self):
        """Plan this kind of greetings; the number of queries is constant."""
        self.ensure_one()
        company = self.company_id or self.env.company
        anniversaries = self.env["gestor.anniversary"].search(self._get_due_domain())
        clients = anniversaries.partner_id
        channel = CONSENT_CHANNELS[self.channel]
        refused = self._get_refusals(clients, channel, company)
        address = ADDRESS_FIELDS[self.channel]
        rounds, turns = defaultdict(list), Counter()
        for anniversary in anniversaries:
            client = anniversary.partner_id
            if client.id not in refused and client[address]:
                rounds[turns[client]].append(anniversary.id)
                turns[client] += 1
        actions = self.env["gestor.planned.action"]
        for ids in rounds.values():
            actions |= self.with_company(company)._plan_round(anniversaries.browse(ids))
        return actions

    def _plan_round(self, anniversaries):
        """Plan the greetings for anniversaries of different clients."""
        planned_at, keys = {}, {}
        for anniversary in anniversaries:
            client = anniversary.partner_id
            planned_at[client.id] = self._get_planned_at(anniversary)
            keys[client.id] = (
                f"anniversary:{anniversary.id}:{self.channel}"
                f":{anniversary.next_date.year}"
            )
        actions = self.env["gestor.planned.action"]._gestor_plan(
            anniversaries.partner_id,
            self.channel,
            {"template_id": self._get_template().id},
            planned_at=planned_at,
            key=keys,
            mode=self.mode,
        )
        # sudo: fields of the engine
        for anniversary, action in zip(anniversaries, actions.sudo(), strict=True):
            if not action.anniversary_id:
                action.anniversary_id = anniversary
                action.anniversary_date = anniversary.next_date
        return actions

    def _get_due_domain(self):
        """Return the anniversaries that are near and have no greeting yet.

        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        last = today + timedelta(days=self.days_before + DAYS_AHEAD)
        greeted = Domain("handler", "=", self.channel) & Domain(
            "anniversary_date", ">=", today
        )
        domain = (
            Domain("next_date", ">=", today)
            & Domain("next_date", "<=", last)
            & Domain("partner_id.active", "=", True)
            & ~Domain("greeting_action_ids", "any", greeted)
        )
        if self.kind:
            domain &= Domain("kind", "=", self.kind)
        if self.company_id:
            companies = (False, self.company_id.id)
            domain &= Domain("partner_id.company_id", "in", companies)
        return domain

    def _get_planned_at(self, anniversary):
        """Return the moment of a greeting, in UTC without a zone."""
        client = anniversary.partner_id
        day = anniversary.next_date - timedelta(days=self.days_before)
        minutes = round(self.hour * MINUTES)
        clock = (fields.Datetime.to_datetime(day) + timedelta(minutes=minutes)).time()
        moment = wall_clock(day, clock, client._get_gestor_zone(client.tz))
        return moment.astimezone(UTC).replace(tzinfo=None)

    # === Helpers ===

    def _get_template(self):
        is_mail = self.channel == "mail"
        return self.mail_template_id if is_mail else self.sms_template_id

    @api.model
    def _get_refusals(self, clients, channel, company):
        """Return who may not be contacted, and why.

        :return: ``{client id: reason}``; empty without the addon that keeps consents
        :rtype: dict[int, str]
        """
        return clients.with_company(company)._gestor_contact_refusals(channel)
