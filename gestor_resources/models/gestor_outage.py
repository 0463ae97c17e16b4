from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .gestor_booking_lifecycle import BEFORE


class GestorOutage(models.Model):
    """A time in which a resource cannot be used, as during a repair.

    The host gets it as a leave of its resource, so all planning of the host knows it.
    """

    _name = "gestor.outage"
    _description = "Out Of Use"
    _inherit = ["mail.thread", "gestor.document.mixin"]
    _order = "start_at desc, id desc"

    name = fields.Char(string="Reason", required=True, tracking=True)
    kind = fields.Selection(
        [("repair", "Repair"), ("inspection", "Inspection"), ("other", "Other")],
        default="repair",
        required=True,
    )
    resource_id = fields.Many2one(
        "gestor.resource",
        required=True,
        index=True,
        ondelete="cascade",
        tracking=True,
    )
    company_id = fields.Many2one(
        related="resource_id.company_id", store=True, index="btree_not_null"
    )
    start_at = fields.Datetime(
        string="From", required=True, default=fields.Datetime.now, tracking=True
    )
    stop_at = fields.Datetime(string="To", required=True, tracking=True)
    note = fields.Text()
    leave_id = fields.Many2one(
        "resource.calendar.leaves",
        string="Host's leave",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    conflict_ids = fields.Many2many(
        "gestor.booking", string="Bookings to move", compute="_compute_conflict_ids"
    )
    conflict_count = fields.Integer(
        string="Bookings to move, count", compute="_compute_conflict_ids"
    )

    _check_period = models.Constraint(
        "CHECK (stop_at > start_at)", "The end has to be after the beginning."
    )

    @api.depends("resource_id", "start_at", "stop_at")
    def _compute_conflict_ids(self):
        dated = self.filtered(lambda outage: outage.start_at and outage.stop_at)
        bookings = self.env["gestor.booking"]
        if dated:
            bookings = bookings.search(
                [
                    ("resource_id", "in", dated.resource_id.ids),
                    ("state", "in", BEFORE["cancel"]),
                    ("start_at", "<", max(dated.mapped("stop_at"))),
                    ("stop_at", ">", min(dated.mapped("start_at"))),
                ],
                order="start_at, id",
            )
        for outage in self:
            outage.conflict_ids = bookings.filtered(
                lambda booking, outage=outage: (
                    booking.resource_id == outage.resource_id._origin
                    and booking.start_at < outage.stop_at
                    and booking.stop_at > outage.start_at
                )
            )
            outage.conflict_count = len(outage.conflict_ids)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        outages = super().create(vals_list)
        outages._sync_leaves()
        return outages

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("name", "resource_id", "start_at", "stop_at")):
            self._sync_leaves()
        return result

    def unlink(self):
        # sudo: the host's leaves are closed to those who keep a resource
        leaves = self.sudo().leave_id
        result = super().unlink()
        leaves.unlink()
        return result

    @api.constrains("start_at", "stop_at")
    def _check_length(self):
        for outage in self:
            if (outage.stop_at - outage.start_at).days > 10 * 366:
                raise ValidationError(
                    self.env._(
                        "More than ten years out of use: archive the resource instead."
                    )
                )

    def _sync_leaves(self):
        """Keep one leave of the host in step with each outage."""
        # nobody may book while the outage is being written
        self.env["gestor.booking.slot"]._serialize(self.resource_id)
        # sudo: the host's leaves are closed to those who keep a resource
        leaves = self.env["resource.calendar.leaves"].sudo()
        # sudo: likewise
        outages = self.sudo()
        new = outages.filtered(lambda outage: not outage.leave_id)
        for outage in outages - new:
            outage.leave_id.write(outage._prepare_leave_vals())
        created = leaves.create([outage._prepare_leave_vals() for outage in new])
        for outage, leave in zip(new, created, strict=True):
            outage.leave_id = leave

    def _prepare_leave_vals(self):
        """Return the values of the host's leave."""
        self.ensure_one()
        return {
            "name": self.name,
            "resource_id": self.resource_id.resource_id.id,
            "calendar_id": self.resource_id.calendar_id.id,
            "date_from": self.start_at,
            "date_to": self.stop_at,
            "time_type": "leave",
        }

    # === Actions ===

    def action_move_bookings(self):
        """Open the dialog that moves the bookings of that time."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_resources.gestor_outage_move_action"
        )
        move = self.env["gestor.outage.move"].create({"outage_id": self.id})
        return {**action, "res_id": move.id}
