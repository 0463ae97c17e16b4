from odoo import api, fields, models
from odoo.exceptions import UserError


class TestGestorVisit(models.Model):
    """Something with a time that stands in the common calendar."""

    _name = "test.gestor.visit"
    _description = "Test Visit"
    _inherit = ["gestor.calendar.mixin"]

    _gestor_calendar_start_field = "start_at"
    _gestor_calendar_stop_field = "stop_at"
    _gestor_calendar_resource_field = "vehicle_ids"

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
    partner_id = fields.Many2one("res.partner", index=True)
    company_id = fields.Many2one("res.company", index=True)
    vehicle_ids = fields.Many2many("res.country", help="Stands for resources.")
    start_at = fields.Datetime(index=True)
    stop_at = fields.Datetime()
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="open",
        required=True,
    )
    is_private = fields.Boolean()

    def write(self, vals):
        if "start_at" in vals and "done" in self.mapped("state"):
            raise UserError(self.env._("What is done does not move."))
        return super().write(vals)

    @api.model
    def _gestor_calendar_kinds(self):
        return [
            {
                "key": "test_visit",
                "label": self.env._("Visit"),
                "icon": "fa-car",
                "color": 4,
            }
        ]

    @api.model
    def _get_gestor_calendar_fields(self):
        return [*super()._get_gestor_calendar_fields(), "state", "is_private"]

    def _prepare_gestor_calendar_items(self):
        items = super()._prepare_gestor_calendar_items()
        visits = self.browse(item["id"] for item in items)
        for item, visit in zip(items, visits, strict=True):
            item["state"] = visit.state
            item["can_move"] = item["can_move"] and visit.state == "open"
            if visit.is_private and visit.user_id != self.env.user:
                item["is_busy_only"] = True
        return items

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        if all_day or not self.has_access("create"):
            return None
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {"default_start_at": start, "default_stop_at": stop},
        }

    def _gestor_calendar_delegate(self, user):
        self.user_id = user

    def _gestor_calendar_finish(self):
        self.state = "done"

    def _gestor_calendar_cancel(self):
        if self.state == "done":
            raise UserError(
                self.env._("%(name)s is done already.", name=self.display_name)
            )
        self.state = "cancelled"
