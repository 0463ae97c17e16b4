from odoo import api, fields, models
from odoo.exceptions import UserError

HOURS = ("gestor_working_hours_id", "gestor_is_hours_fixed")


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_working_hours_id = fields.Many2one(
        "resource.calendar",
        string="Working hours",
        compute="_compute_gestor_working_hours_id",
        inverse="_inverse_gestor_working_hours_id",
        help="Whoever plans an activity outside them is warned. Empty: the hours of "
        "the company.",
    )
    gestor_is_hours_fixed = fields.Boolean(
        string="Hours kept by the personnel file",
        compute="_compute_gestor_working_hours_id",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *HOURS]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "gestor_working_hours_id"]

    @api.depends("resource_ids.calendar_id")
    def _compute_gestor_working_hours_id(self):
        for user in self:
            resource = user._get_gestor_resource()
            user.gestor_working_hours_id = resource.calendar_id
            user.gestor_is_hours_fixed = user._is_gestor_employee(resource)

    def _inverse_gestor_working_hours_id(self):
        """Write the hours to the resource of the user, who gets one if needed.

        :raise UserError: if the hours are part of an employment
        """
        for user in self:
            calendar = user.gestor_working_hours_id
            resource = user._get_gestor_resource()
            if resource.calendar_id == calendar:
                continue
            if user._is_gestor_employee(resource):
                raise UserError(
                    self.env._(
                        "The working hours of %(user)s are kept in the personnel file.",
                        user=user.name,
                    )
                )
            if resource:
                resource.calendar_id = calendar
            else:
                resource.create(user._prepare_gestor_resource_vals(calendar))

    def _get_gestor_resource(self):
        """Return the resource whose working hours count for this user."""
        self.ensure_one()
        # sudo: users may not read the register of resources, their own hours they may
        return self.sudo().resource_ids[:1]

    def _prepare_gestor_resource_vals(self, calendar):
        self.ensure_one()
        return {
            "name": self.name,
            "user_id": self.id,
            "company_id": self.company_id.id,
            "calendar_id": calendar.id,
            "tz": self.tz or calendar.tz,
        }

    @api.model
    def _is_gestor_employee(self, resource):
        """Return whether somebody else, the personnel file, decides about the hours."""
        return "employee_id" in resource._fields and bool(resource.employee_id)
