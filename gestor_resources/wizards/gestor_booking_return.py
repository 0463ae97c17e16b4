from odoo import api, fields, models


class GestorBookingReturn(models.TransientModel):
    """Asks for what is written down when a resource comes back."""

    _name = "gestor.booking.return"
    _description = "Return Of A Resource"

    booking_id = fields.Many2one("gestor.booking", required=True)
    resource_id = fields.Many2one(related="booking_id.resource_id")
    returned_at = fields.Datetime(
        string="Returned on", required=True, default=fields.Datetime.now
    )
    has_meter = fields.Boolean(related="booking_id.has_meter")
    meter_unit = fields.Char(related="booking_id.meter_unit")
    meter_start = fields.Float(
        string="Meter when taken", compute="_compute_meter_start"
    )
    meter_stop = fields.Float(string="Meter when returned")
    note = fields.Text(string="Notes on return")
    photo_ids = fields.Many2many("ir.attachment", string="Photos on return")
    is_damaged = fields.Boolean(
        string="Needs a repair", help="The keeper gets a to-do with the notes."
    )

    @api.depends("booking_id")
    def _compute_meter_start(self):
        for wizard in self:
            booking = wizard.booking_id
            wizard.meter_start = booking.meter_start or booking.resource_id.meter

    def action_return(self):
        """End the booking and tell the keeper what needs a repair."""
        self.ensure_one()
        booking = self.booking_id
        booking._end(self.returned_at, self.meter_stop, self.note)
        if self.photo_ids:
            # what belongs to the booking is read by whoever reads the booking
            self.photo_ids.write({"res_model": booking._name, "res_id": booking.id})
            booking._by_keeper()[0].return_photo_ids = self.photo_ids
        if self.is_damaged:
            # sudo: whoever returns a resource may ask its keeper for a repair
            booking.resource_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Needs a repair"),
                note=self.note,
                user_id=(booking.resource_id.keeper_id or self.env.user).id,
            )
        return {"type": "ir.actions.act_window_close"}
