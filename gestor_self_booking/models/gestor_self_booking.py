import secrets
from datetime import timedelta
from hmac import compare_digest

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gestor_activities.const import OPEN

from ..const import STATES

#: what tells who the client is, beside the name
SAID = ("email", "phone", "address", "answers", "consent")


class GestorSelfBooking(models.Model):
    """A visit that a client has booked, as it was told to the client."""

    _name = "gestor.self.booking"
    _description = "Booked Visit"
    _inherit = ["gestor.self.booking.making.mixin", "gestor.self.booking.notice.mixin"]
    _order = "start_at desc, id desc"
    _rec_names_search = ["name", "email", "partner_id.name"]

    # === Fields: what was booked ===
    page_id = fields.Many2one(
        "gestor.self.booking.page", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    activity_id = fields.Many2one(
        "gestor.activity", index="btree_not_null", ondelete="set null"
    )
    invite_id = fields.Many2one(
        "gestor.self.booking.invite",
        string="Personal link",
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one("res.users", string="With", required=True)
    start_at = fields.Datetime(string="Start", required=True)
    stop_at = fields.Datetime(string="End", required=True)
    state = fields.Selection(STATES, required=True, default="confirmed", index=True)
    cancelled_by = fields.Selection(
        [("client", "Client"), ("staff", "We")], string="Cancelled by"
    )
    move_count = fields.Integer(string="Times moved")

    # === Fields: what the client has said ===
    partner_id = fields.Many2one(
        "res.partner", string="Client", index=True, ondelete="set null"
    )
    name = fields.Char(string="Name given", required=True)
    email = fields.Char(string="E-mail")
    phone = fields.Char()
    address = fields.Char()
    answers = fields.Text()
    consent = fields.Text(string="Consent given", help="The text that was ticked.")
    tz = fields.Char(string="Time zone of the client")
    lang = fields.Char(string="Language of the client")
    token = fields.Char(required=True, groups=fields.NO_ACCESS)
    request_key = fields.Char(required=True, groups=fields.NO_ACCESS)

    _request_key_uniq = models.UniqueIndex("(request_key)")
    _user_start_idx = models.Index("(user_id, start_at) WHERE state != 'cancelled'")
    _order_idx = models.Index("(start_at DESC, id DESC)")
    _times_order = models.Constraint(
        "CHECK (start_at <= stop_at)", "A visit cannot end before it begins."
    )

    @api.depends("name", "page_id")
    def _compute_display_name(self):
        for booking in self:
            booking.display_name = f"{booking.page_id.name}: {booking.name}"

    # === Actions ===

    def action_confirm(self):
        """Confirm visits that wait for it, and tell the clients."""
        self._check_decides()
        waiting = self.filtered(lambda booking: booking.state == "waiting")
        if not waiting:
            raise UserError(self.env._("This visit does not wait for confirmation."))
        # sudo: whoever may move the activity decides about the visit; the rows are
        # written by the program only
        waiting = waiting.sudo()
        waiting.state = "confirmed"
        waiting._plan_reminders()
        waiting._tell_client("confirmed")

    def action_cancel(self):
        """Cancel visits and their activities, and tell the clients."""
        self._check_decides()
        self.sudo()._gestor_cancel("staff")  # sudo: see action_confirm

    def action_open_activity(self):
        """Open the activity of a visit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.activity",
            "res_id": self.activity_id.id,
            "views": [(False, "form")],
        }

    def _check_decides(self):
        """Refuse decisions of who may not change the activities of the visits."""
        self.check_access("read")
        self.activity_id.check_access("write")

    # === The page of a visit ===

    @api.model
    def _gestor_find(self, booking_id, token):
        """Return the visit if the secret is right; else no visit."""
        booking = self.browse(booking_id).exists()
        # a visit that is not there takes as long as a wrong secret
        secret = booking.token if booking else secrets.token_urlsafe(32)
        is_right = compare_digest(secret.encode(), (token or "").encode())
        return booking if booking and is_right else self.browse()

    def _get_minutes(self):
        self.ensure_one()
        return round((self.stop_at - self.start_at).total_seconds() / 60)

    def _get_deadline(self):
        """Return until when the client moves and cancels the visit."""
        self.ensure_one()
        return self.start_at - timedelta(hours=self.page_id.change_deadline_hours)

    def _can_change(self):
        """Return whether the client may still move and cancel the visit."""
        self.ensure_one()
        return (
            self.state != "cancelled"
            and self.activity_id.state in OPEN
            and fields.Datetime.now() <= min(self._get_deadline(), self.start_at)
        )

    # === Changes ===

    def _gestor_cancel(self, who):
        """Cancel visits with their activities, and tell the other side.

        :param str who: ``client`` or ``staff``
        """
        kept = self.filtered(lambda booking: booking.state != "cancelled")
        if not kept:
            return
        kept.write({"state": "cancelled", "cancelled_by": who})
        kept._plan_reminders()
        if who == "client":
            kept._tell_person("cancelled")
        activities = kept.activity_id.filtered(lambda one: one.state in OPEN)
        if activities:
            activities._gestor_finish("cancelled")
        now = fields.Datetime.now()
        kept.filtered(lambda booking: booking.stop_at > now)._tell_client("cancelled")

    def _gestor_anonymise(self):
        """Take out who has booked these visits and what the client has said.

        That a visit took place, when and with whom, stays.
        """
        for booking in self:
            name = self.env._("Anonymous client %(number)s", number=booking.id)
            booking.write(
                {
                    **dict.fromkeys(SAID, False),
                    "name": name,
                    # the old link opens nothing any more
                    "token": secrets.token_urlsafe(32),
                }
            )
            booking._anonymise_activity(f"{booking.page_id.name}: {name}")

    def _anonymise_activity(self, name):
        place = self.page_id._get_place()
        vals = {"name": name, "description": False, "location": place}
        # no tracking: it would write the old name into the new history
        activity = self.activity_id.with_context(tracking_disable=True)
        # not a change of what was planned: a closed activity forgets too
        activity._store_state(vals)
        activity.event_id._gestor_silent().write(vals)

    def _follow_activity(self):
        """Take over what was changed in the activities, and tell the clients."""
        now = fields.Datetime.now()
        for booking in self.filtered(lambda one: one.state != "cancelled"):
            activity = booking.activity_id
            vals = {}
            if activity.user_id and activity.user_id != booking.user_id:
                vals["user_id"] = activity.user_id.id
            start, stop = activity.planned_start_at, activity.planned_stop_at
            is_moved = start and (start, stop) != (booking.start_at, booking.stop_at)
            if is_moved:
                vals.update(
                    start_at=start, stop_at=stop, move_count=booking.move_count + 1
                )
            if vals:
                booking.write(vals)
            if is_moved:
                booking._plan_reminders()
                if start > now:
                    booking._tell_client("moved")
