from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GestorOutageMove(models.TransientModel):
    """Moves the bookings of a resource that is out of use."""

    _name = "gestor.outage.move"
    _description = "Move Bookings Out Of An Outage"

    outage_id = fields.Many2one("gestor.outage", required=True)
    line_ids = fields.One2many("gestor.outage.move.line", "move_id", string="Bookings")

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves.filtered(lambda move: not move.line_ids):
            move.line_ids = [
                Command.create(vals)
                for vals in self._prepare_lines_vals(move.outage_id)
            ]
        return moves

    @api.model
    def _prepare_lines_vals(self, outage):
        """Return a line for each booking, with the best way out proposed.

        Another resource of the kind at the same time first, then the same resource
        after the outage, else the booking is cancelled.
        """
        vals_list = []
        for booking in outage.conflict_ids:
            others = booking._get_alternatives()
            length = booking._get_release_at() - booking.start_at
            later = outage.resource_id._gestor_next_free(
                outage.stop_at, length, booking.quantity
            ).get(outage.resource_id.id)
            vals_list.append(
                {
                    "booking_id": booking.id,
                    "way": "resource" if others else "time" if later else "cancel",
                    "resource_id": others[:1].id,
                    "start_at": later,
                }
            )
        return vals_list

    def action_apply(self):
        """Move each booking as its line says; all or none."""
        self.ensure_one()
        for line in self.line_ids:
            line._apply()
        return {"type": "ir.actions.act_window_close"}


class GestorOutageMoveLine(models.TransientModel):
    _name = "gestor.outage.move.line"
    _description = "Booking To Move"

    move_id = fields.Many2one("gestor.outage.move", ondelete="cascade", index=True)
    booking_id = fields.Many2one("gestor.booking", required=True)
    user_id = fields.Many2one(related="booking_id.user_id")
    old_start_at = fields.Datetime(related="booking_id.start_at", string="Booked from")
    old_stop_at = fields.Datetime(related="booking_id.stop_at", string="Booked to")
    way = fields.Selection(
        [
            ("resource", "Other resource"),
            ("time", "Other time"),
            ("cancel", "Cancel"),
            ("keep", "Leave as it is"),
        ],
        required=True,
        default="keep",
    )
    kind_id = fields.Many2one(related="booking_id.kind_id")
    resource_id = fields.Many2one(
        "gestor.resource",
        string="Other resource",
        domain="[('kind_id', '=', kind_id)]",
    )
    start_at = fields.Datetime(string="New beginning")

    def _apply(self):
        self.ensure_one()
        booking = self.booking_id
        booking._check_approver()
        # sudo: the keeper may not change other people's bookings, but moves them out
        # of an outage
        moved = booking.sudo()
        if self.way == "resource":
            self._check_filled(self.resource_id)
            moved.resource_id = self.resource_id
        elif self.way == "time":
            self._check_filled(self.start_at)
            moved.write(
                {
                    "start_at": self.start_at,
                    "stop_at": self.start_at + (booking.stop_at - booking.start_at),
                }
            )
        elif self.way == "cancel":
            moved.action_cancel()
        if self.way != "keep":
            booking._notify_user(
                self.env._(
                    "%(resource)s is out of use: the booking was moved or cancelled.",
                    resource=self.move_id.outage_id.resource_id.display_name,
                )
            )

    def _check_filled(self, value):
        if not value:
            raise UserError(
                self.env._(
                    "Say where to move %(booking)s.",
                    booking=self.booking_id.display_name,
                )
            )
