import hmac
import secrets

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL, html_escape
from odoo.tools.mail import email_normalize

from odoo.addons.gestor_partners.lib import nip, phone

from ..exceptions import SlotTakenError

#: class of the advisory locks, so that no other use of the same numbers waits for us
LOCK_CLASS = 0x6765_7362


class GestorSelfBookingMaking(models.AbstractModel):
    """Takes slots, so that nobody is ever booked twice at a time."""

    _name = "gestor.self.booking.making.mixin"
    _description = "Making Of Visits"

    # === Taking a slot ===

    @api.model
    def _gestor_book(self, page, values, users=None, partner=None, invite=None):
        """Book a visit, or return the one that the same form has booked before.

        :param page: ``gestor.self.booking.page``
        :param dict values: ``start`` (UTC without zone), ``minutes``, ``name``,
            ``email``, ``phone``, ``nip``, ``address``, ``answers``, ``consent``,
            ``tz``, ``lang`` and ``request_key``
        :param users: whom the client has chosen; all people of the page by default
        :param partner: the client, if known from a personal link
        :param invite: that link
        :raise SlotTakenError: if the slot is not free, or never was one
        :return: the visit
        """
        users = users or page._get_people()
        activity = invite.activity_id if invite else self.env["gestor.activity"]
        self._lock_people(users)
        free, same_id = self._find_free(page, values, users, activity, invite)
        if same_id:
            return self.browse(same_id)
        partner = partner or self._gestor_find_client(page, values)
        user = page._choose_user(users.browse(free), partner)
        partner = partner or self.env["res.partner"].create(
            self._prepare_client_vals(page, values)
        )
        booking = self.create(
            self._prepare_booking_vals(page, values, user, partner, invite)
        )
        booking._make_activity()
        booking._plan_reminders()
        booking._tell_client("received" if booking.state == "waiting" else "confirmed")
        return booking

    def _gestor_move(self, start):
        """Move a visit to another free slot of the same person or of another one.

        :param datetime start: UTC without zone
        :raise SlotTakenError: if it is not free
        """
        self.ensure_one()
        page, user = self.page_id, self.user_id
        users = user & page._get_people()
        self._lock_people(users)
        values = {"start": start, "minutes": self._get_minutes()}
        free, _same_id = self._find_free(page, values, users, self.activity_id)
        if not free:
            raise SlotTakenError
        stop = start + (self.stop_at - self.start_at)
        self.write(
            {"start_at": start, "stop_at": stop, "move_count": self.move_count + 1}
        )
        # an equal time is no change for the client: this was the client's own
        self.activity_id.write({"planned_start_at": start, "planned_stop_at": stop})
        self._plan_reminders()
        self._tell_client("moved")
        self._tell_person("moved")

    @api.model
    def _lock_people(self, users):
        """Wait until nobody else is taking slots of these people.

        Always in the same order, so that two never wait for each other.
        """
        for user_id in sorted(users.ids):
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK_CLASS, user_id)
            )

    @api.model
    def _find_free(self, page, values, users, skipped, invite=None):
        """Return who is free, by what others have committed before the lock was got.

        This transaction reads the database as it was when it began, so it is asked in
        a new one.

        :return: ids of users, and the id of the visit that the form has made already
        """
        start = values["start"]
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": True})
            if same := self.with_env(env)._find_same(page, values, invite):
                return [], same.id
            slots = page.with_env(env)._gestor_slots(
                values["minutes"],
                users=users.with_env(env),
                start=start,
                stop=start,
                skipped=skipped.with_env(env),
            )
            free = slots[start].ids if start in slots else []
        if not free:
            raise SlotTakenError
        return free, None

    @api.model
    def _find_same(self, page, values, invite):
        """Return the visit that this form or this personal link has booked already."""
        if invite and (booked := self.search(invite._get_booked_domain(), limit=1)):
            return booked
        if not values.get("request_key"):
            return self.browse()
        found = self.search([("request_key", "=", values["request_key"])], limit=1)
        is_same = found.page_id == page and hmac.compare_digest(
            (found.email or "").encode(), (values.get("email") or "").encode()
        )
        return found if is_same else self.browse()

    # === The client ===

    @api.model
    def _gestor_find_client(self, page, values):
        """Return the client whom an e-mail, a phone or a NIP belongs to, or nobody.

        Only a hit that is the only one counts: a switchboard belongs to many.
        """
        partners = self.env["res.partner"]
        company_ids = (page.company_id.id, False)

        def only(found):
            found = found.filtered(lambda one: one.company_id.id in company_ids)
            return found if len(found) == 1 else partners

        email = email_normalize(values.get("email") or "")
        pairs = partners._gestor_match_email([email]).get(email, []) if email else []
        if pairs:
            people = partners.union(*(person or firm for person, firm in pairs))
            # e-mail is what he is answered by: an address of many is of its first owner
            people = people.filtered(lambda one: one.company_id.id in company_ids)
            if people:
                return people[0]
        digits = phone.digits(values.get("phone"))
        if digits and (
            found := only(partners.search([("gestor_phone_digits", "=", digits)]))
        ):
            return found
        number = nip.normalize(values.get("nip") or "")
        if not number:
            return partners
        found = partners.search(
            [("gestor_nip", "=", number), ("parent_id", "=", False)]
        )
        return only(found)

    @api.model
    def _prepare_client_vals(self, page, values):
        """Return the values of the card of a client who was not known.

        :rtype: dict
        """
        vals = {
            "name": values["name"],
            "email": values["email"],
            "phone": values.get("phone") or False,
            "lang": values.get("lang") or False,
            "company_id": page.company_id.id,
            "gestor_kind": "potential",
        }
        number = nip.normalize(values.get("nip") or "")
        if number and not nip.is_doubtful(number, "PL"):
            vals["vat"] = number
        return vals

    # === The visit ===

    @api.model
    def _prepare_booking_vals(self, page, values, user, partner, invite):
        """Return the values of a new visit.

        :rtype: dict
        """
        rules = page._get_rules(values["minutes"])
        return {
            "page_id": page.id,
            "invite_id": invite.id if invite else False,
            "company_id": page.company_id.id,
            "user_id": user.id,
            "partner_id": partner.id,
            "name": values["name"],
            "email": values["email"],
            "phone": values.get("phone") or False,
            "address": values.get("address") or False,
            "answers": values.get("answers") or False,
            "consent": values.get("consent") or False,
            "tz": values.get("tz") or page.tz,
            "lang": values.get("lang") or False,
            "start_at": values["start"],
            "stop_at": values["start"] + rules.length,
            "state": "waiting" if page.is_approved_by_hand else "confirmed",
            "token": secrets.token_urlsafe(32),
            "request_key": values.get("request_key") or secrets.token_urlsafe(24),
        }

    def _make_activity(self):
        """Plan the activity of a visit, or the one that times were proposed for."""
        self.ensure_one()
        vals = self._prepare_activity_vals()
        activity = self.invite_id.activity_id
        if activity:
            keep = ("name", "type_id", "company_id", "partner_id", "description")
            activity.write({key: vals[key] for key in vals if key not in keep})
        else:
            activity = self.env["gestor.activity"].create(vals)
        self.activity_id = activity

    def _prepare_activity_vals(self):
        """Return the values of the activity that a visit makes.

        :rtype: dict
        """
        self.ensure_one()
        page = self.page_id
        vals = {
            "name": f"{page.name}: {self.name}",
            "type_id": page.activity_type_id.id,
            "company_id": page.company_id.id,
            "user_id": self.user_id.id,
            "partner_id": self.partner_id.id,
            "planned_start_at": self.start_at,
            "planned_stop_at": self.stop_at,
            "location": page._get_place(self.address or ""),
            "description": self._get_description(),
        }
        if page.place_kind == "online" and page.videocall_url:
            vals["videocall_url"] = page.videocall_url
        return vals

    def _get_description(self):
        """Return what the client has said about himself and the visit, as HTML."""
        self.ensure_one()
        lines = [self.name, self.email, self.phone, self.address]
        lines += (self.answers or "").splitlines()
        return "<br>".join(str(html_escape(line)) for line in lines if line)
