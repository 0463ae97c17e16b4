from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..lib import contact_window as engine
from .gestor_contact_window import WEEKDAYS

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"


class ContactState(NamedTuple):
    """Whether a client may be called at a moment, and when next; moments in UTC."""

    is_limited: bool  # has contact hours at all
    is_open: bool
    next_at: datetime | None  # without a zone, as the ORM keeps it


class GestorPartnerContactMixin(models.AbstractModel):
    """When and how a client likes to be contacted.

    A contact person without hours keeps those of the firm. Without any, every time
    is good.
    """

    _name = "gestor.partner.contact.mixin"
    _description = "Contact Hours of a Client"

    gestor_contact_window_ids = fields.One2many(
        "gestor.contact.window", "partner_id", string="Contact hours", groups=STAFF
    )
    gestor_contact_channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("messenger", "Messenger"),
            ("meeting", "Meeting"),
            ("letter", "Letter"),
        ],
        string="Preferred way of contact",
        groups=STAFF,
    )
    gestor_is_reachable = fields.Boolean(
        string="Reachable now",
        compute="_compute_gestor_is_reachable",
        search="_search_gestor_is_reachable",
        groups=STAFF,
        help="It is within the contact hours of the client, or there are none.",
    )
    gestor_contact_hint = fields.Char(
        string="Contact now",
        compute="_compute_gestor_contact_hint",
        groups=STAFF,
    )

    # === Computes and searches ===

    @api.depends(
        "tz",
        "gestor_contact_window_ids",
        "commercial_partner_id.gestor_contact_window_ids",
    )
    def _compute_gestor_is_reachable(self):
        states = self._gestor_contact_open()
        for partner in self:
            partner.gestor_is_reachable = states[partner].is_open

    @api.depends(
        "tz",
        "gestor_contact_window_ids.hour_from",
        "gestor_contact_window_ids.hour_to",
        *(f"gestor_contact_window_ids.{name}" for name in WEEKDAYS),
        "commercial_partner_id.gestor_contact_window_ids",
    )
    @api.depends_context("lang", "tz")
    def _compute_gestor_contact_hint(self):
        states = self._gestor_contact_open()
        for partner in self:
            partner.gestor_contact_hint = partner._get_gestor_hint(states[partner])

    @api.model
    def _search_gestor_is_reachable(self, operator, value):
        """Find by the clock of each time zone, in the database."""
        if operator != "in":
            return NotImplemented
        if len(set(value)) > 1:
            return Domain.TRUE
        # sudo: hours of all clients; the search itself has rules. Subqueries without
        # a reference to the client are read once, not for each client.
        windows = self.env["gestor.contact.window"].sudo()
        limited = windows._search(Domain.TRUE).subselect("partner_id")
        opened = windows._search(windows._get_open_now_domain()).subselect("partner_id")
        own_closed = Domain("id", "in", limited) & Domain("id", "not in", opened)
        firm_closed = (
            Domain("id", "not in", limited)
            & Domain("commercial_partner_id", "in", limited)
            & Domain("commercial_partner_id", "not in", opened)
        )
        closed = own_closed | firm_closed
        return closed if False in value else ~closed

    # === API ===

    def _gestor_contact_refusals(self, channel, purpose="marketing"):
        """Return which of these clients must not be contacted, and why.

        A hook: addons that know of refusals, like the registry of consents, add theirs.

        :param str channel: ``email``, ``sms``, ``phone`` or ``letter``
        :param str purpose: ``marketing``, or ``business`` for what was asked for
        :return: ``{partner id: reason in the user's language}``
        :rtype: dict[int, str]
        """
        return {}

    def _gestor_contact_open(self, at=None):
        """Tell which of these clients may be contacted at a moment.

        Constant number of queries.

        :param datetime at: in UTC, without a zone; now by default
        :return: ``{partner: ContactState}``; without contact hours always open
        :rtype: dict
        """
        moment = (at or fields.Datetime.now()).replace(tzinfo=UTC)
        states = {}
        for partner in self:
            owner = partner._get_gestor_hours_owner()
            windows = owner.gestor_contact_window_ids._get_windows()
            if not windows:
                states[partner] = ContactState(False, True, None)
                continue
            zone = owner._get_gestor_zone(owner.tz)
            opening = engine.next_opening(windows, moment, zone)
            states[partner] = ContactState(
                True,
                engine.is_open(windows, moment, zone),
                opening.astimezone(UTC).replace(tzinfo=None),
            )
        return states

    def _gestor_sort_by_contact(self, at=None):
        """Return these clients in the order in which to call them.

        First those who may be called, then the others, by when they may be. Within
        that the order stays. Constant number of queries.

        :param datetime at: in UTC, without a zone; now by default
        :rtype: res.partner
        """
        states = self._gestor_contact_open(at)
        return self.sorted(
            lambda client: (
                not states[client].is_open,
                not states[client].is_open and states[client].next_at,
            )
        )

    def _gestor_contact_warning(self, at):
        """Return what to say to who plans a contact, or an empty text.

        :param at: a moment in UTC, or a day
        :rtype: str
        """
        if not at:
            return ""
        outside = [client for client in self if client._is_gestor_outside(at)]
        if not outside:
            return ""
        return self.env._(
            "Outside the contact hours of: %(clients)s.",
            clients=", ".join(client.display_name for client in outside[:5]),
        )

    @api.model
    def _gestor_contacted(self, model, res_ids):
        """Return the partners that work on documents means to contact.

        :param str model: name of a model, or nothing
        :return: the partners that the user may read
        """
        if not model or model not in self.env:
            return self.browse()
        documents = self.env[model].browse([res_id for res_id in res_ids if res_id])
        documents = documents.exists()._filtered_access("read")
        if model == self._name:
            return documents
        field = documents._fields.get("partner_id")
        if not field or field.comodel_name != self._name:
            return self.browse()
        return documents.partner_id._filtered_access("read")

    # === Helpers ===

    def _is_gestor_outside(self, at):
        """Tell whether a moment, or all of a day, is outside the hours of a client."""
        self.ensure_one()
        if isinstance(at, datetime):
            return not self._gestor_contact_open(at)[self].is_open
        windows = self._get_gestor_hours_owner().gestor_contact_window_ids
        return bool(windows) and not engine.is_open_day(windows._get_windows(), at)

    def _get_gestor_hours_owner(self):
        """Return whose hours hold for a client: its own, else those of the firm."""
        self.ensure_one()
        has_own = self.gestor_contact_window_ids
        return self if has_own else self.commercial_partner_id or self

    @api.model
    def _get_gestor_zone(self, name):
        """Return the time zone of a client, that of the company by default."""
        return ZoneInfo(name or self.env.company.partner_id.tz or "UTC")

    def _get_gestor_hint(self, state):
        """Return in words whether a client may be contacted."""
        if not state.is_limited:
            return False
        if state.is_open:
            return self.env._("yes, now")
        shown = fields.Datetime.context_timestamp(self, state.next_at)
        return self.env._(
            "not before %(moment)s",
            moment=f"{format_date(self.env, shown.date())} {shown:%H:%M}",
        )
