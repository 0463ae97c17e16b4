from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: what an undone call gives back to the row and to the client
ROW_FIELDS = ("is_served", "note", "call_again_at", "call_count", "skipped_at")
STAMPS = ("served_at",)
LINKS = ("result_id", "served_by_id")
MARKS = ("gestor_is_phone_to_check", "gestor_is_phone_refused")


class GestorCallAttempt(models.Model):
    """One call from a call list: who, when, with what result."""

    _name = "gestor.call.attempt"
    _description = "Call"
    _order = "called_at desc, id desc"
    _rec_name = "partner_id"

    _user_day_idx = models.Index("(user_id, called_at)")

    row_id = fields.Many2one(
        "gestor.activity.client",
        string="Row of the list",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    activity_id = fields.Many2one(
        "gestor.activity",
        string="Call list",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="activity_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    result_id = fields.Many2one(
        "gestor.activity.result", readonly=True, ondelete="restrict"
    )
    is_success = fields.Boolean(
        related="result_id.is_success", store=True, string="Success", precompute=True
    )
    note = fields.Char(string="Comment", readonly=True)
    called_at = fields.Datetime(string="Called on", required=True, readonly=True)
    hour = fields.Integer(
        readonly=True, aggregator=False, help="On the clock of the user."
    )
    seconds = fields.Integer(string="Duration (s)", readonly=True)
    previous = fields.Json(readonly=True, groups=fields.NO_ACCESS)

    # === Writing down and taking back ===

    @api.model
    def _gestor_remember(self, row):
        """Return what a call will change of a row and its client, as JSON."""
        # sudo: marks of the client, and who served the row
        row = row.sudo()
        stamps = {
            name: fields.Datetime.to_string(row[name])
            for name in (*STAMPS, "call_again_at", "skipped_at")
        }
        return {
            "row": {
                **{name: row[name] for name in ROW_FIELDS},
                **stamps,
                **{name: row[name].id for name in LINKS},
            },
            "partner": {name: row.partner_id[name] for name in MARKS},
        }

    @api.model
    def _gestor_log(self, row, previous, note="", seconds=0):
        """Write a call down that has just been finished by the current user."""
        now = fields.Datetime.now()
        zone = ZoneInfo(self.env.user.tz or "UTC")
        # sudo: calls are written by the screen only
        return self.sudo().create(
            {
                "row_id": row.id,
                "activity_id": row.activity_id.id,
                "partner_id": row.partner_id.id,
                "user_id": self.env.uid,
                "result_id": row.result_id.id,
                "note": note,
                "called_at": now,
                "hour": now.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).hour,
                "seconds": max(0, min(int(seconds), 86_400)),
                "previous": previous,
            }
        )

    @api.model
    def _gestor_undo_last(self, activity):
        """Take the last call of the current user in a list back.

        :return: the row, reserved for the user, and the comment of the call
        :rtype: tuple[gestor.activity.client, str]
        :raise UserError: if there is none, or somebody has called since
        """
        attempt = self.search(
            Domain("activity_id", "=", activity.id)
            & Domain("user_id", "=", self.env.uid),
            limit=1,
        )
        if not attempt:
            raise UserError(self.env._("There is no call of yours to take back."))
        row = attempt.row_id
        newest = self.sudo().search([("row_id", "=", row.id)], limit=1)  # sudo: of all
        is_taken = row.claimed_until and row.claimed_until > fields.Datetime.now()
        if newest != attempt or (is_taken and row.claimed_by_id != self.env.user):
            raise UserError(
                self.env._(
                    "%(client)s was called by somebody else since.",
                    client=row.partner_id.display_name,
                )
            )
        row.check_access("write")
        note = attempt.note or ""
        self._gestor_restore(row, attempt)
        return row, note

    @api.model
    def _gestor_restore(self, row, attempt):
        attempt = attempt.sudo()  # sudo: written and deleted by the screen only
        previous = attempt.previous
        result = attempt.result_id
        set_here = (result.is_wrong_number, result.is_refusal)
        marks = {
            name: previous["partner"][name]
            for name, is_set in zip(MARKS, set_here, strict=True)
            if is_set
        }
        # sudo: the stamps of who served it
        row.sudo().write(previous["row"])
        if marks:
            # sudo: only the marks that this call has set
            row.partner_id.sudo().write(marks)
        attempt.unlink()
        row._gestor_keep()
