import base64
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime, get_timezone_name

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import get_lang
from odoo.tools.misc import babel_locale_parse

from ..lib.ics import make_ics

REMINDER = "self_booking"


class GestorSelfBookingNoticeMixin(models.AbstractModel):
    """What the client and the person are told about a visit."""

    _name = "gestor.self.booking.notice.mixin"
    _description = "Notices About Visits"

    # === Texts ===

    def _get_when(self, tz=None):
        """Return the time of a visit in words, on the clock of the client.

        :param str tz: another clock
        :rtype: str
        """
        self.ensure_one()
        zone = _zone(tz or self.tz or self.page_id.tz)
        locale = babel_locale_parse(get_lang(self.env).code)
        start, stop = (
            moment.replace(tzinfo=UTC).astimezone(zone)
            for moment in (self.start_at, self.stop_at)
        )
        day = format_datetime(start, "EEEE, d MMMM y, HH:mm", locale=locale)
        name = get_timezone_name(zone, locale=locale, width="long")
        offset = format_datetime(start, "ZZZZ", locale=locale)
        until = format_datetime(stop, "HH:mm", locale=locale)
        return f"{day}–{until} ({name or zone.key}, {offset})"

    def _get_deadline_words(self):
        """Return until when the client changes the visit, in words."""
        self.ensure_one()
        zone = _zone(self.tz or self.page_id.tz)
        until = min(self._get_deadline(), self.start_at).replace(tzinfo=UTC)
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_datetime(
            until.astimezone(zone), "EEEE, d MMMM y, HH:mm", locale=locale
        )

    def _get_shown_person(self):
        """Return the name of the person, where the client may learn it.

        The guardian of a client found by a typed address would tell a stranger that
        the address is known here.
        """
        self.ensure_one()
        if self.page_id.pick_mode == "guardian" and not self.invite_id:
            return ""
        # sudo: the name of the person is what the client needs
        return self.sudo().user_id.name

    def _get_url(self, path=""):
        """Return the address of the page of a visit, or of something on it."""
        self.ensure_one()
        return f"{self.company_id.get_base_url()}{self._get_path(path)}"

    def _get_path(self, path=""):
        self.ensure_one()
        return f"/gestor/booking/visit/{self.id}/{self.token}{path}"

    def _get_shown_place(self):
        """Return where the visit is: as it was planned, or as it was changed since."""
        self.ensure_one()
        return self.activity_id.location or self.page_id._get_place(self.address or "")

    def _get_shown_call(self):
        """Return the link to the call of a visit that is online, or nothing."""
        self.ensure_one()
        return self.activity_id.videocall_url or ""

    # === For the client's calendar ===

    def _get_ics(self):
        """Return the visit as a file for calendars.

        The personal link is not in it: such files are passed on.

        :rtype: bytes
        """
        self.ensure_one()
        title = f"{self.page_id.name} · {self.company_id.name}"
        text = make_ics(
            f"gestor-self-booking-{self.id}@{self._get_uid_domain()}",
            self.start_at,
            self.stop_at,
            fields.Datetime.now(),
            title,
            description=self._get_shown_call(),
            location=self._get_shown_place(),
            organizer=self.company_id.email,
            sequence=self.move_count,
            is_cancelled=self.state == "cancelled",
        )
        return text.encode()

    def _get_uid_domain(self):
        # sudo: the name of the database, which never changes
        params = self.env["ir.config_parameter"].sudo()
        return params.get_param("database.uuid") or "gestor"

    # === Sending ===

    def _tell_client(self, kind):
        """Queue a mail to the client.

        :param str kind: ``received``, ``confirmed``, ``moved``, ``cancelled`` or
            ``reminder``
        """
        template = self.env.ref(
            f"gestor_self_booking.mail_template_{kind}", raise_if_not_found=False
        )
        if not template:
            return
        for booking in self:
            values = {}
            if kind in ("confirmed", "moved", "cancelled"):
                spoken = booking.with_context(lang=booking.lang or None)
                values["attachment_ids"] = spoken._make_attachment().ids
            template.send_mail(booking.id, force_send=False, email_values=values)

    def _make_attachment(self):
        self.ensure_one()
        return self.env["ir.attachment"].create(
            {
                "name": "visit.ics",
                "datas": base64.b64encode(self._get_ics()),
                "mimetype": "text/calendar",
                # as of a message that is being written: it goes away with it
                "res_model": "mail.message",
                "res_id": 0,
            }
        )

    def _tell_person(self, kind):
        """Notify the person of what the client did, in the person's language."""
        for booking in self.filtered("activity_id"):
            person = booking.user_id
            spoken = booking.with_context(lang=person.lang or None)
            activity = spoken.activity_id
            text = spoken._get_person_text(kind)
            activity.message_notify(
                partner_ids=person.partner_id.ids,
                subject=activity.name,
                body=text,
            )
            activity._message_log(body=text)

    def _get_person_text(self, kind):
        when = self._get_when(self.user_id.tz)
        if kind == "cancelled":
            return self.env._(
                "The client has cancelled the visit: %(when)s.", when=when
            )
        if kind == "moved":
            return self.env._("The client has moved the visit to: %(when)s.", when=when)
        return self.env._("The client has booked the visit: %(when)s.", when=when)

    def _remind_by_sms(self):
        """Queue the SMS with the reminder, where the client may be sent one."""
        self.ensure_one()
        template = self.env.ref(
            "gestor_self_booking.sms_template_reminder", raise_if_not_found=False
        )
        refusals = self.partner_id._gestor_contact_refusals("sms", "business")
        if not (template and self.phone) or refusals:
            return
        body = template._render_field("body", self.ids, compute_lang=True)[self.id]
        self.env["sms.sms"].create(
            {"number": self.phone, "body": body, "partner_id": self.partner_id.id}
        )

    # === Reminders ===

    def _plan_reminders(self):
        """Plan the reminders of these visits anew, after the old ones are skipped."""
        # sudo: planned actions belong to the program
        actions = self.env["gestor.planned.action"].sudo()
        activities = self.activity_id
        old = actions.search(
            Domain("res_model", "=", "gestor.activity")
            & Domain("res_id", "in", activities.ids)
            & Domain("handler", "=", REMINDER)
            & Domain("state", "=", "planned")
        )
        old.filtered(
            lambda action: (action.params or {}).get("booking_id") in self.ids
        )._close("skipped")
        now = fields.Datetime.now()
        for booking in self.filtered(lambda one: one.state == "confirmed"):
            for channel, hours in booking._gestor_reminder_hours().items():
                planned_at = booking.start_at - timedelta(hours=hours)
                if hours and planned_at > now and booking.activity_id:
                    booking._plan_reminder(actions, channel, planned_at)

    def _gestor_reminder_hours(self):
        """Return how long before the visit the client is reminded, by channel.

        Another addon adds its channel, and a method ``_remind_by_<channel>``.

        :return: ``{channel: hours}``; 0 is never
        :rtype: dict[str, int]
        """
        self.ensure_one()
        page = self.page_id
        return {
            "mail": page.mail_reminder_hours,
            "sms": page.sms_reminder_hours if self.phone else 0,
        }

    def _remind(self, channel):
        """Remind the client in one way."""
        self.ensure_one()
        getattr(self, f"_remind_by_{channel}")()

    def _remind_by_mail(self):
        self._tell_client("reminder")

    def _plan_reminder(self, actions, channel, planned_at):
        moment = fields.Datetime.to_string(self.start_at)
        actions._gestor_plan(
            self.activity_id,
            REMINDER,
            {"booking_id": self.id, "channel": channel, "start": moment},
            planned_at=planned_at,
            # a visit may come back to a time at which it was before
            key=f"{REMINDER}:{channel}:{self.id}:{self.move_count}:{moment}",
        )


def _zone(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
