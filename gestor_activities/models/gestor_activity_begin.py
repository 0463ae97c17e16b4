from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

#: context key: a form is being opened, so a template of the type may fill it
FORM_KEY = "gestor_activities_form"
#: what a template puts into a form if nobody has said anything else
PLAIN_FIELDS = ("name", "description", "category_id", "location", "is_private")
#: which address of the client an activity of a kind begins with
ADDRESS_PURPOSES = {"letter": "gestor_correspondence", "meeting": "gestor_service"}


class GestorActivityBeginMixin(models.AbstractModel):
    """Begins new activities with templates, in forms; code uses the template itself."""

    _name = "gestor.activity.begin.mixin"
    _description = "New Activities From Templates"

    def onchange(self, values, field_names, fields_spec):
        """Begin a new form with the template of its type, if there is one."""
        if self or field_names:
            return super().onchange(values, field_names, fields_spec)
        opened = self.with_context(**{FORM_KEY: True})
        return super(GestorActivityBeginMixin, opened).onchange(
            values, field_names, fields_spec
        )

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        templates = self.env["gestor.activity.template"]
        if chosen := self.env.context.get("default_template_id"):
            if "type_id" in fields and "default_type_id" not in self.env.context:
                defaults["type_id"] = templates.browse(chosen).type_id.id
        elif self.env.context.get(FORM_KEY) and "template_id" in fields:
            begin = templates._gestor_get_default(
                self.env["gestor.activity.type"].browse(defaults.get("type_id")),
                self.env["res.company"].browse(defaults.get("company_id"))
                or self.env.company,
            )
            if begin:
                defaults["template_id"] = begin.id
        return defaults

    @api.onchange("type_id")
    def _onchange_type_id(self):
        """Take the template of the type instead of that of another type."""
        if self._origin or self.template_id.type_id == self.type_id:
            return
        self.template_id = self.env["gestor.activity.template"]._gestor_get_default(
            self.type_id, self.company_id or self.env.company
        )

    @api.onchange("partner_id", "type_id")
    def _onchange_address_id(self):
        """Go to where the client is served, and write to where letters go."""
        purpose = ADDRESS_PURPOSES.get(self.kind)
        client = self.partner_id._origin
        if not purpose or not client:
            self.address_id = False
            return
        if self.address_id.commercial_partner_id != client.commercial_partner_id:
            address = client._gestor_address(purpose)[client.id]
            self.address_id = address if address != client else False

    @api.onchange("template_id")
    def _onchange_template_id(self):
        """Fill what is still empty, or as any new activity has it."""
        template = self.template_id
        if not template or self._origin:
            return
        self.type_id = template.type_id
        vals = template._prepare_activity_vals(
            fields.Datetime.now(), self.company_id.id
        )
        for name in PLAIN_FIELDS:
            if not self[name]:
                self[name] = vals[name]
        if self.priority == "0":
            self.priority = template.priority
        if "planned_start_at" in vals:
            self._begin_at(vals["planned_start_at"])
        self._begin_with_people()

    def _begin_at(self, start):
        """Plan it as the template says, if nobody has chosen a time."""
        template = self.template_id
        is_chosen = (
            "default_planned_start_at" in self.env.context
            or self.planned_start_at not in (False, self._default_planned_start_at())
        )
        if not is_chosen and (template.offset_days or template.is_at_hour):
            self.planned_start_at = start
        if self.planned_start_at and "default_planned_stop_at" not in self.env.context:
            hours = template._get_hours()
            self.planned_stop_at = self.planned_start_at + timedelta(hours=hours)

    def _begin_with_people(self):
        """Put in the executors of the template, if there are none."""
        user = self.user_id or self.env.user
        client = self.partner_id._origin
        guardian = client and client._gestor_get_guardians()[client]
        people = self.template_id._get_executors(
            user, guardian, (self.company_id or self.env.company).id
        )
        if people and not self.executor_ids:
            self.finish_rule = self.template_id.finish_rule
            self.executor_ids = [
                Command.create({"user_id": person.id}) for person in people
            ]
