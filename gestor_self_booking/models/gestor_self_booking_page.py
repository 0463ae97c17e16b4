import base64
import re
import secrets
from zoneinfo import available_timezones

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..const import LONGEST_HORIZON_DAYS

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_VISIT_MINUTES = 12 * 60


class GestorSelfBookingPage(models.Model):
    """A page on which clients book something with somebody."""

    _name = "gestor.self.booking.page"
    _description = "Booking Page"
    _inherit = [
        "gestor.self.booking.hours.mixin",
        "gestor.self.booking.busy.mixin",
        "gestor.self.booking.slots.mixin",
    ]
    _order = "sequence, name, id"
    _check_company_auto = True

    # === Fields: the page ===
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    is_public = fields.Boolean(
        string="Open to everybody",
        default=True,
        help="Whoever has the link may book. Without it the page is open only to "
        "clients who have got a personal link.",
    )
    slug = fields.Char(
        string="Ending of the link",
        required=True,
        copy=False,
        default=lambda self: secrets.token_hex(5),
        help="Small letters, digits and hyphens. Old links stop working when it "
        "changes.",
    )
    url = fields.Char(string="Link", compute="_compute_url")
    qr_image = fields.Binary(string="QR code", compute="_compute_qr_image")
    intro = fields.Html(
        string="What clients read first", translate=True, sanitize_attributes=True
    )

    # === Fields: what is booked ===
    activity_type_id = fields.Many2one(
        "gestor.activity.type",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('kind', '!=', 'note')]",
        default=lambda self: self._default_activity_type_id(),
    )
    durations = fields.Char(
        string="Lengths (minutes)",
        compute="_compute_durations",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="How long a visit lasts. More lengths, after commas, let the client "
        "choose: 30, 60.",
    )
    place_kind = fields.Selection(
        [
            ("here", "At our place"),
            ("client", "At the client's"),
            ("online", "Online"),
            ("phone", "By phone"),
        ],
        string="Where",
        required=True,
        default="here",
    )
    location = fields.Char(string="Address or directions", translate=True)
    videocall_url = fields.Char(string="Link to the call")

    # === Fields: with whom ===
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        required=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        default=lambda self: self.env.user,
    )
    pick_mode = fields.Selection(
        [
            ("load", "The person with the fewest visits"),
            ("first", "The first free person"),
            ("guardian", "The client's guardian, if free"),
            ("client", "The person whom the client chooses"),
        ],
        string="Who takes it",
        required=True,
        default="load",
    )

    # === Fields: when ===
    tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "Europe/Warsaw",
    )
    hours_kind = fields.Selection(
        [("calendar", "Working hours of the people"), ("own", "Hours of this page")],
        string="Hours",
        required=True,
        default="calendar",
    )
    window_ids = fields.One2many("gestor.self.booking.window", "page_id", copy=True)
    step_minutes = fields.Integer(string="A slot every (minutes)", default=30)
    buffer_before_minutes = fields.Integer(string="Free before (minutes)")
    buffer_after_minutes = fields.Integer(string="Free after (minutes)")
    min_notice_hours = fields.Integer(string="At least ahead (hours)", default=4)
    max_days = fields.Integer(string="At most ahead (days)", default=30)
    max_per_day = fields.Integer(
        string="Visits a day, at most", help="Of each person. 0 is without limit."
    )

    # === Fields: what the client says and gets ===
    is_phone_required = fields.Boolean(string="Phone required")
    is_nip_asked = fields.Boolean(string="Ask for the NIP")
    question_ids = fields.One2many(
        "gestor.self.booking.question", "page_id", string="Questions", copy=True
    )
    consent_text = fields.Html(
        string="Consent",
        translate=True,
        help="The client ticks it before booking. The text is kept with the booking.",
    )
    is_approved_by_hand = fields.Boolean(
        string="Confirm by hand",
        help="The time is kept at once, and the client is told after you confirm.",
    )
    change_deadline_hours = fields.Integer(
        string="Moved and cancelled until (hours before)", default=24
    )
    mail_reminder_hours = fields.Integer(
        string="Reminder by e-mail (hours before)", default=24, help="0 is none."
    )
    sms_reminder_hours = fields.Integer(
        string="Reminder by SMS (hours before)", help="0 is none."
    )

    booking_ids = fields.One2many("gestor.self.booking", "page_id")
    booking_count = fields.Integer(string="Visits", compute="_compute_booking_count")

    _slug_uniq = models.UniqueIndex(
        "(slug)", "Another page has this link already. Choose another ending."
    )
    _step_positive = models.Constraint(
        "CHECK (step_minutes BETWEEN 5 AND 1440)",
        "A slot begins every 5 minutes to every 24 hours.",
    )
    _numbers_positive = models.Constraint(
        "CHECK (buffer_before_minutes >= 0 AND buffer_after_minutes >= 0"
        " AND min_notice_hours >= 0 AND max_per_day >= 0"
        " AND change_deadline_hours >= 0 AND mail_reminder_hours >= 0"
        " AND sms_reminder_hours >= 0)",
        "Times and limits cannot be negative.",
    )
    _buffers_short = models.Constraint(
        "CHECK (buffer_before_minutes <= 720 AND buffer_after_minutes <= 720)",
        "Keep at most 12 hours free around a visit.",
    )
    _horizon_range = models.Constraint(
        f"CHECK (max_days BETWEEN 1 AND {LONGEST_HORIZON_DAYS})",
        "Clients book from 1 to 180 days ahead.",
    )

    # === Defaults and computes ===

    def _default_activity_type_id(self):
        types = self.env["gestor.activity.type"]
        return types.search([("kind", "=", "meeting")], limit=1) or types.search(
            [("kind", "!=", "note")], limit=1
        )

    @api.depends("activity_type_id")
    def _compute_durations(self):
        for page in self:
            minutes = round(page.activity_type_id.default_hours * 60)
            page.durations = page.durations or str(max(minutes, 5))

    @api.depends("slug", "company_id")
    def _compute_url(self):
        for page in self:
            base = page.company_id.get_base_url()
            page.url = f"{base}{page._get_path()}" if page.slug else False

    @api.depends("url")
    def _compute_qr_image(self):
        reports = self.env["ir.actions.report"]
        for page in self:
            if not page.url:
                page.qr_image = False
                continue
            image = reports.barcode("QR", page.url, width=300, height=300)
            page.qr_image = base64.b64encode(image)

    def _compute_booking_count(self):
        counts = dict(
            self.env["gestor.self.booking"]._read_group(
                [("page_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["page_id"],
                ["__count"],
            )
        )
        for page in self:
            page.booking_count = counts.get(page._origin, 0)

    # === Constraints ===

    @api.constrains("slug")
    def _check_slug(self):
        for page in self:
            if not SLUG.fullmatch(page.slug or ""):
                raise ValidationError(
                    self.env._(
                        "The ending of the link has small letters a-z, digits and "
                        "hyphens between them: talk-with-us."
                    )
                )

    @api.constrains("durations")
    def _check_durations(self):
        for page in self:
            try:
                durations = page._get_durations()
            except ValueError:
                durations = []
            if not durations or any(
                not 5 <= minutes <= LONGEST_VISIT_MINUTES for minutes in durations
            ):
                raise ValidationError(
                    self.env._(
                        "Write lengths as whole minutes, from 5 to 720, with commas "
                        "between them: 30, 60."
                    )
                )

    @api.constrains("user_ids", "company_id")
    def _check_people(self):
        for page in self:
            if not page.user_ids:
                raise ValidationError(
                    self.env._("%(page)s: choose who takes visits.", page=page.name)
                )
            for user in page.user_ids:
                if user.share or page.company_id not in user.company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(user)s cannot take visits in %(company)s: only employees"
                            " with access to the company can.",
                            user=user.name,
                            company=page.company_id.name,
                        )
                    )

    @api.constrains("hours_kind", "window_ids")
    def _check_windows(self):
        for page in self:
            if page.hours_kind == "own" and not page.window_ids:
                raise ValidationError(
                    self.env._(
                        "%(page)s: write the hours of this page.", page=page.name
                    )
                )

    @api.constrains("tz")
    def _check_tz(self):
        for page in self:
            if page.tz not in available_timezones():
                raise ValidationError(
                    self.env._("%(zone)s is no time zone.", zone=page.tz)
                )

    @api.onchange("hours_kind")
    def _onchange_hours_kind(self):
        """Begin with the hours of an office, which are easier to change than to add."""
        if self.hours_kind == "own" and not self.window_ids:
            self.window_ids = [
                Command.create({"weekday": str(weekday)}) for weekday in range(5)
            ]

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        return [
            {"name": self.env._("%(name)s (copy)", name=page.name), **vals}
            if "name" not in (default or {}) and vals.pop("name")
            else vals
            for page, vals in zip(self, vals_list, strict=True)
        ]

    # === Actions ===

    def action_preview(self):
        """Open the page as a client sees it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self._get_path(),
            "target": "new",
        }

    def action_bookings(self):
        """Open the visits booked on this page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_self_booking.gestor_self_booking_action"
        )
        return {**action, "domain": [("page_id", "=", self.id)], "context": {}}

    # === Helpers ===

    def _get_path(self):
        self.ensure_one()
        return f"/gestor/booking/p/{self.slug}"

    def _get_place(self, address=""):
        """Return where a visit takes place, for the client and the person.

        :param str address: of the client, where visits are at the client's
        """
        self.ensure_one()
        if self.place_kind == "client":
            return address
        return self.location or ""
