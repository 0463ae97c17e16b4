from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import BATCHES, CLAIM_MINUTES, UNREACHABLE


class GestorActivityClient(models.Model):
    _inherit = "gestor.activity.client"

    _call_order_idx = models.Index("(activity_id, sequence, id)")

    company_id = fields.Many2one(related="activity_id.company_id")
    assigned_user_id = fields.Many2one(
        "res.users",
        string="Called by",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        copy=False,
        help="Empty: by whoever is free.",
    )
    claimed_by_id = fields.Many2one(
        "res.users", string="On the phone with", readonly=True, copy=False
    )
    claimed_until = fields.Datetime(string="Reserved until", readonly=True, copy=False)
    call_count = fields.Integer(string="Calls", readonly=True, copy=False)
    skipped_at = fields.Datetime(string="Put off on", readonly=True, copy=False)
    skip_reason = fields.Char(
        string="Reason for leaving out", readonly=True, copy=False
    )

    # === Actions ===

    def action_gestor_put_back(self):
        """Take clients who were left out into the list again."""
        self.write({"skip_reason": False, "skipped_at": False})

    def action_gestor_call_list(self):
        """Open the dialog that makes a call list of the clients of these rows."""
        return self.env["gestor.call.list.make"]._get_action(self.partner_id)

    # === The next client ===

    def _gestor_claim_next(self, activity):
        """Reserve the next client of a call list for the current user.

        The own reservation goes first, then whom to call again now, who may be
        called now in the order of the list, who was put off, and at last who is out
        of contact hours. Two users never get the same client: the row is locked, and
        who comes second with an old snapshot is repeated by the host.

        :param activity: one ``gestor.activity``
        :return: one row, or none
        :rtype: gestor.activity.client
        """
        base = self._get_waiting_domain(activity)
        now = fields.Datetime.now()
        mine = Domain("claimed_by_id", "=", self.env.uid)
        own = self.search(base & mine & Domain("claimed_until", ">", now), limit=1)
        if own:
            own._gestor_keep()
            return own
        fresh = base & Domain("call_again_at", "=", False)
        open_now = fresh & Domain("partner_id.gestor_is_reachable", "=", True)
        put_off = Domain("skipped_at", "!=", False)
        buckets = (
            (base & Domain("call_again_at", "<=", now), "call_again_at, id"),
            (open_now & ~put_off, "sequence, id"),
            (open_now & put_off, "skipped_at, id"),
        )
        for domain, order in buckets:
            if row := self._gestor_claim_first(activity, domain, order):
                return row
        return self._gestor_claim_unreachable(activity, fresh)

    def _get_waiting_domain(self, activity):
        """Return the clients whom the current user might call next, some day."""
        now, uid = fields.Datetime.now(), self.env.uid
        absent = self.env.user._gestor_acting_for("gestor.activity")
        return (
            Domain("activity_id", "=", activity.id)
            & Domain("is_served", "=", False)
            & Domain("skip_reason", "=", False)
            & Domain("assigned_user_id", "in", (False, uid, *absent.ids))
            & (
                Domain("claimed_until", "=", False)
                | Domain("claimed_until", "<=", now)
                | Domain("claimed_by_id", "=", uid)
            )
        )

    def _gestor_claim_first(self, activity, domain, order):
        """Reserve the first row of a domain whose client may be called."""
        for size in BATCHES:
            rows = self.search(domain, order=order, limit=size)
            if row := rows._gestor_leave_out_refused(activity)._gestor_claim():
                return row
            if len(rows) < size:
                break
        return self.browse()

    def _gestor_claim_unreachable(self, activity, domain):
        rows = self.search(domain, order="sequence, id", limit=UNREACHABLE)
        rows = rows._gestor_leave_out_refused(activity)
        places = {p: n for n, p in enumerate(rows.partner_id._gestor_sort_by_contact())}
        return rows.sorted(lambda row: places[row.partner_id])._gestor_claim()

    def _gestor_leave_out_refused(self, activity):
        """Leave out who must not be called, and return the others."""
        clients = self.partner_id.with_company(activity.company_id)
        refusals = clients._gestor_contact_refusals("phone", activity.call_purpose)
        reasons = {}
        for row in self:
            reason = refusals.get(row.partner_id.id)
            if not reason and not row._has_phone():
                reason = self.env._("No phone number")
            reasons.setdefault(reason, self.browse())
            reasons[reason] |= row
        allowed = reasons.pop(None, self.browse())
        for reason, rows in reasons.items():
            rows.try_lock_for_update(allow_referencing=True).write(
                {"skip_reason": reason}
            )
        return allowed

    def _has_phone(self):
        self.ensure_one()
        return bool(self.phone)

    def _gestor_claim(self):
        """Reserve the first of these rows that nobody else is taking now."""
        row = self and self.try_lock_for_update(allow_referencing=True, limit=1)
        if row:
            row._gestor_keep()
        return row

    def _gestor_keep(self):
        """Hold the reservation for some more minutes."""
        until = fields.Datetime.now() + timedelta(minutes=CLAIM_MINUTES)
        self.write({"claimed_by_id": self.env.uid, "claimed_until": until})

    def _gestor_release(self):
        """Give own reservations back."""
        mine = self.filtered(lambda row: row.claimed_by_id == self.env.user)
        mine.write({"claimed_by_id": False, "claimed_until": False})

    # === Results ===

    def _gestor_check_claimed(self):
        """Refuse what another user has taken meanwhile, or what is done already."""
        self.ensure_one()
        if self.is_served or self.claimed_by_id != self.env.user:
            raise UserError(
                self.env._(
                    "%(client)s was taken over by somebody else. Go on with the next "
                    "client.",
                    client=self.partner_id.display_name,
                )
            )

    def _gestor_call_result(self, result, note=None, call_again_at=None):
        """Write down what came of a call, and give the client back.

        :param result: a ``gestor.activity.result``
        :param datetime call_again_at: in UTC; the result knows it otherwise
        """
        self._gestor_check_claimed()
        if not call_again_at and result.call_again_hours:
            hours = timedelta(hours=result.call_again_hours)
            call_again_at = fields.Datetime.now() + hours
        self.write(
            {
                "call_count": self.call_count + 1,
                "call_again_at": call_again_at,
                "claimed_by_id": False,
                "claimed_until": False,
                "skipped_at": False,
            }
        )
        if call_again_at:
            self.write({"result_id": result.id, "note": note or self.note})
        else:
            self._gestor_serve(result, note)
        marks = {}
        if result.is_wrong_number:
            marks["gestor_is_phone_to_check"] = True
        if result.is_refusal:
            marks["gestor_is_phone_refused"] = True
        if marks:
            # sudo: what a call found out is kept, even where the caller may not
            # change clients
            self.partner_id.sudo().write(marks)

    def _gestor_call_skip(self):
        """Put the client off behind the others."""
        self._gestor_check_claimed()
        self.write(
            {
                "skipped_at": fields.Datetime.now(),
                "claimed_by_id": False,
                "claimed_until": False,
            }
        )
