from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import record_template as lib
from .gestor_record_template_mixin import CHOSEN_KEY, OWN_FIELDS

DATES = ("date", "datetime")
MANAGER = "gestor_base.gestor_base_group_manager"


class GestorRecordTemplate(models.Model):
    """Values, lines and day offsets from which a new document begins.

    A template of one's own is seen by its owner; managers share theirs with all.
    Whoever uses a template needs the rights to create the document: nothing is done
    as superuser.
    """

    _name = "gestor.record.template"
    _description = "Record Template"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    model = fields.Selection(
        selection="_selection_models", string="Documents", required=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    is_shared = fields.Boolean(
        string="For everybody",
        default=lambda self: self.env.user.has_group(MANAGER),
        groups=MANAGER,
    )
    is_default = fields.Boolean(
        string="Begin with it",
        help="Each new document of the kind begins with this template: for everybody, "
        "if the template is shared; one's own goes first.",
    )
    note = fields.Text(help="When to use the template.")
    value_ids = fields.One2many(
        "gestor.record.template.value", "template_id", string="Values", copy=True
    )

    @api.model
    def _selection_models(self):
        return self.env["gestor.link"]._selection_document_models()

    # === Actions ===

    def action_new(self):
        """Open a new document that begins with the template."""
        self.ensure_one()
        self.env[self.model].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "views": [(False, "form")],
            "context": {CHOSEN_KEY: self.id},
        }

    # === From a document to a template ===

    @api.model
    def _gestor_save(self, document):
        """Make a template from what the user may read of a document.

        :rtype: gestor.record.template
        """
        document.ensure_one()
        origin = fields.Date.context_today(document, document.create_date)
        names = document._gestor_get_template_tree()
        kept = self._gestor_keep(document, names, origin)
        # what a new document has anyway would only be noise
        for name, value in document.default_get(list(kept)).items():
            if kept[name] == value:
                del kept[name]
        if not kept:
            raise UserError(self.env._("There is nothing to keep in a template."))
        return self.create(
            {
                "name": document.display_name,
                "model": document._name,
                "value_ids": [
                    Command.create({"field_name": name, "value": value})
                    for name, value in kept.items()
                ],
            }
        )

    @api.model
    def _gestor_keep(self, record, names, origin):
        """Return the values of a record as JSON; empty ones are missing."""
        kept = {}
        for name, children in names.items():
            field = record._fields.get(name)
            if not field or not record._has_field_access(field, "read"):
                continue
            if field.type == "properties":
                if own := self._gestor_keep_own(record, origin):
                    kept[name] = own
            elif record[name]:
                kept[name] = self._gestor_keep_value(
                    field, record[name], children, origin
                )
        return kept

    @api.model
    def _gestor_keep_own(self, record, origin):
        """Return the own values of a document; days and moments as days from it."""
        values, kept = record[OWN_FIELDS]._values, {}
        for own in record._get_gestor_own_fields():
            value = values.get(own.name)
            if own.kind in DATES and value:
                moment = fields.Datetime.to_datetime(value)
                kept[own.name] = lib.to_offset(moment, origin)
            elif value:
                kept[own.name] = value
        return kept

    @api.model
    def _gestor_keep_value(self, field, value, children, origin):
        if field.type in ("date", "datetime"):
            if field.type == "datetime":
                value = fields.Datetime.context_timestamp(self, value)
            return lib.to_offset(value, origin)
        if field.type == "many2one":
            return value.id
        if field.type == "many2many":
            return value.ids
        if field.type == "one2many":
            return [self._gestor_keep(line, children, origin) for line in value]
        return value

    # === From a template to a document ===

    @api.model
    def _gestor_get_start(self, model):
        """Return the template a new form begins with, and whether it was chosen."""
        if chosen := self.env.context.get(CHOSEN_KEY):
            template = (
                self.browse(chosen).exists().filtered_domain([("model", "=", model)])
            )
            return template, True
        templates = self.search_fetch(
            Domain("model", "=", model) & Domain("is_default", "=", True),
            ["user_id"],
        )
        own = templates.filtered(lambda template: template.user_id == self.env.user)
        return (own or templates)[:1], False

    def _gestor_create_document(self, vals=None):
        """Create a document from the template, with the user's rights.

        :param dict vals: values that go before those of the template
        :return: the new document and the problems, see :meth:`_gestor_prepare_vals`
        """
        kept, problems = self._gestor_prepare_vals()
        return self.env[self.model].create({**kept, **(vals or {})}), problems

    def _gestor_prepare_vals(self):
        """Return the values for a new document, and what had to be left out.

        A field that is gone or closed to the user, a deleted record and a choice that
        no longer exists are left out.

        :return: ``(dict for create(), list of labels of what is missing)``
        """
        self.ensure_one()
        problems = []
        document = self.env[self.model]
        names = document._gestor_get_template_tree()
        kept = {row.field_name: row.value for row in self.value_ids}
        vals = self._gestor_restore(document, names, kept, problems)
        return vals, problems

    @api.model
    def _gestor_restore(self, model, names, kept, problems):
        vals = {}
        for name, value in kept.items():
            field = model._fields.get(name)
            if not field or name not in names:
                problems.append(name)
            elif not model._has_field_access(field, "write"):
                problems.append(field._description_string(self.env))
            elif field.type == "properties":
                vals[name] = self._gestor_restore_own(model, value, problems)
            elif field.type == "one2many":
                lines = self.env[field.comodel_name]
                vals[name] = [
                    Command.create(
                        self._gestor_restore(lines, names[name], line, problems)
                    )
                    for line in value or []
                ]
            else:
                self._gestor_restore_value(field, value, vals, problems)
        return vals

    @api.model
    def _gestor_restore_own(self, model, kept, problems):
        """Return the own values that a new document can have."""
        own_fields = self.env["gestor.field"]._get_own_fields(model._name)
        today, values, labels = fields.Date.context_today(self), {}, {}
        for own in own_fields:
            if own.name in kept:
                value, labels[own.name] = kept[own.name], own.label
                if own.kind in DATES:
                    kind = fields.Date if own.kind == "date" else fields.Datetime
                    value = kind.to_string(lib.from_offset(value, today))
                values[own.name] = value
        vals = model._get_gestor_values_to_copy(values)
        problems += [labels.get(name, name) for name in kept if name not in vals]
        return vals

    @api.model
    def _gestor_restore_value(self, field, value, vals, problems):
        """Put one value into ``vals``, or the label of the field among the problems."""
        is_lost = False
        if field.relational:
            ids = value if isinstance(value, list) else [value or 0]
            found = self.env[field.comodel_name].browse(ids).exists()
            found = found._filtered_access("read")
            is_lost = len(found) < len(ids)
            value = [Command.set(found.ids)] if field.type == "many2many" else found.id
        elif field.type == "selection":
            is_lost = value not in dict(field._description_selection(self.env))
        elif field.type in ("date", "datetime"):
            value = lib.from_offset(value or 0, fields.Date.context_today(self))
        if is_lost:
            problems.append(field._description_string(self.env))
        if not is_lost or field.type == "many2many":
            vals[field.name] = value

    def _gestor_get_warning(self, problems):
        """Return the warning of a form that could not take over everything."""
        return {
            "title": self.env._("Template: %(name)s", name=self.name),
            "message": self.env._(
                "Left out, because it is gone or closed to you: %(fields)s.",
                fields=", ".join(dict.fromkeys(problems)),
            ),
            "type": "notification",
        }
