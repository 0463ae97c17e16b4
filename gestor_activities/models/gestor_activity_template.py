from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Command, Domain

from odoo.addons.gestor_automation.lib.workdays import WorkCalendar

from ..const import PRIORITIES
from ..lib.planned_time import planned_at

#: the longest way from the base: ten years, which no template means
FARTHEST_DAYS = 3660


class GestorActivityTemplate(models.Model):
    """From which activities begin: what, who, for whom and when.

    Not a ``gestor.record.template``: that one keeps the values of one document of any
    kind and gives them back to one form, counted from today. This one knows rules
    instead of values (the guardian of the client, working days, an hour of the day),
    counts from a moment that the caller names, belongs to a type and is used in
    batches by scenarios, series and lists of clients. Activities have record templates
    too, as all documents; what those say goes before this.
    """

    _name = "gestor.activity.template"
    _description = "Activity Template"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    type_id = fields.Many2one("gestor.activity.type", required=True, index=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    is_default = fields.Boolean(
        string="Begin with it", help="Each new activity of the type begins with it."
    )

    # === Fields: what ===
    subject = fields.Char(translate=True, help="Empty: the name of the template.")
    description = fields.Html(translate=True)
    priority = fields.Selection(PRIORITIES, default="0", required=True)
    is_private = fields.Boolean(string="Private")
    category_id = fields.Many2one(
        "gestor.activity.category",
        domain="['|', ('type_ids', '=', False), ('type_ids', 'in', type_id)]",
        check_company=True,
        index="btree_not_null",
    )
    location = fields.Char(string="Place")

    # === Fields: when ===
    offset_days = fields.Integer(
        string="Days later",
        help="Counted from the day it is made for; negative: days earlier.",
    )
    is_working_days = fields.Boolean(
        string="Working days only",
        help="Weekends and the public holidays of the company's country do not count.",
    )
    is_at_hour = fields.Boolean(
        string="At a fixed hour", help="Otherwise at the hour it is made for."
    )
    hour = fields.Float(default=8.0)
    hours = fields.Float(string="Length (hours)", help="Zero: usual for the type.")

    # === Fields: who ===
    finish_rule = fields.Selection(
        [("any", "One executor is enough"), ("all", "All executors must finish")],
        string="Finished when",
        default="any",
        required=True,
    )
    executor_ids = fields.One2many(
        "gestor.activity.template.executor",
        "template_id",
        string="Executors",
        copy=True,
    )

    _default_uniq = models.UniqueIndex(
        "(type_id, COALESCE(company_id, 0)) WHERE is_default AND active",
        "New activities of a type begin with one template at most.",
    )
    _hour_range = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "An hour of the day is from 0:00 to 23:59."
    )
    _hours_range = models.Constraint(
        "CHECK (hours >= 0 AND hours <= 8760)",
        "An activity lasts from nothing to a year.",
    )
    _offset_range = models.Constraint(
        f"CHECK (offset_days BETWEEN -{FARTHEST_DAYS} AND {FARTHEST_DAYS})",
        "An activity is planned within ten years.",
    )

    # === CRUD ===

    def copy_data(self, default=None):
        # one template at most is the first one
        return super().copy_data({"is_default": False, **(default or {})})

    # === Actions ===

    def action_new(self):
        """Open a new activity that begins with the template."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.activity",
            "views": [(False, "form")],
            "context": {
                "default_template_id": self.id,
                "default_type_id": self.type_id.id,
            },
        }

    # === API ===

    @api.model
    def _gestor_get_default(self, activity_type, company):
        """Return the template that new activities of a type begin with, or none.

        That of the company goes before that of all companies.
        """
        found = self.search(
            Domain("type_id", "=", activity_type.id)
            & Domain("is_default", "=", True)
            & Domain("company_id", "in", [False, company.id])
        )
        return found.sorted(lambda template: not template.company_id)[:1]

    def _gestor_create_activities(
        self, base, partners=None, user=None, parent=None, vals=None
    ):
        """Create the activities that these templates describe, in one batch.

        Each template gives one activity for each client, or one without clients. The
        number of queries does not depend on how many there are, apart from what the
        host does for each document.

        :param base: the moment to count from: a UTC datetime without a zone, or a date
        :param partners: clients, ``res.partner``
        :param user: the responsible person, the current user by default
        :param parent: the ``gestor.activity`` that the new ones continue
        :param dict vals: values that go before those of the templates
        :return: in the order of the templates, then of the clients
        :rtype: gestor.activity
        """
        return self.env["gestor.activity"].create(
            self._prepare_activities(base, partners, user, parent, vals)
        )

    def _prepare_activities(
        self, base, partners=None, user=None, parent=None, vals=None
    ):
        """Return the values of what :meth:`_gestor_create_activities` creates.

        :rtype: list[dict]
        """
        vals = vals or {}
        user = user or self.env.user
        clients = partners or self.env["res.partner"]
        guardians = {}
        if any(row.rule == "guardian" for row in self.executor_ids):
            guardians = clients._gestor_get_guardians()
        vals_list = []
        for template in self:
            common = template._prepare_activity_vals(base, vals.get("company_id"))
            if parent:
                common["parent_id"] = parent.id
            for client in clients or [clients]:
                people = template._get_executors(
                    user, guardians.get(client), common["company_id"]
                )
                activity_vals = {**common, "user_id": user.id}
                if people:
                    activity_vals["executor_ids"] = [
                        Command.create({"user_id": person.id}) for person in people
                    ]
                if client:
                    activity_vals["partner_id"] = client.id
                vals_list.append({**activity_vals, **vals})
        return vals_list

    # === Helpers ===

    def _prepare_activity_vals(self, base, company_id=None):
        """Return the values of an activity, without people.

        :param base: the moment to count from, see :meth:`_gestor_create_activities`
        :param int company_id: of the activity, if neither the template's nor current
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        if company_id:
            company = company.browse(company_id)
        start = self._get_start(base, company)
        vals = {
            "template_id": self.id,
            "type_id": self.type_id.id,
            "company_id": company.id,
            "name": self.subject or self.name,
            "description": self.description,
            "priority": self.priority,
            "is_private": self.is_private,
            "category_id": self.category_id.id,
            "location": self.location,
            "finish_rule": self.finish_rule,
        }
        if self.type_id.kind != "note":
            vals["planned_start_at"] = start
            vals["planned_stop_at"] = start + timedelta(hours=self._get_hours())
        return vals

    def _get_hours(self):
        return self.hours or self.type_id.default_hours

    def _get_start(self, base, company):
        """Return when an activity is to begin, in UTC."""
        zone = ZoneInfo(self.env.tz.zone)
        if not isinstance(base, datetime):
            # a day has no hour: it begins as the template says, on that day
            base = planned_at(
                datetime.combine(base, datetime.min.time()).replace(hour=12),
                zone,
                hour=self.hour,
            )
        # sudo: the country of a company is no secret, also not of another one
        country = company.sudo().country_id.code
        return planned_at(
            base,
            zone,
            self.offset_days,
            WorkCalendar(country) if self.is_working_days else None,
            self.hour if self.is_at_hour else None,
        )

    def _get_executors(self, user, guardian, company_id):
        """Return who carries out an activity, in order and once each.

        Who has left or does not work in the company is passed over; for a client whom
        nobody looks after it is the responsible person.
        """
        people = user.browse()
        for row in self.executor_ids:
            meant = {
                "user": row.user_id,
                "responsible": user,
                "guardian": guardian or user,
            }[row.rule]
            people |= meant
        return people.filtered(
            lambda person: (
                person.active
                and not person.share
                # sudo: where a colleague works is no secret
                and company_id in person.sudo().company_ids.ids
            )
        )
