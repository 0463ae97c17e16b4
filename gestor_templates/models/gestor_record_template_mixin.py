from odoo import api, models

from ..lib import record_template as lib

#: context key: the template that a new document begins with
CHOSEN_KEY = "gestor_base_record_template"
OWN_FIELDS = "gestor_properties"
#: bookkeeping of a document, which no template repeats
PRIVATE_PREFIXES = ("gestor_flag", "message_", "activity_", "access_", "website_")
SIMPLE_TYPES = {
    *("char", "text", "html", "integer", "float", "monetary", "boolean"),
    *("selection", "date", "datetime", "many2one", "many2many"),
}


class GestorRecordTemplateMixin(models.AbstractModel):
    """Makes documents from named templates, and templates from documents."""

    _name = "gestor.record.template.mixin"
    _description = "Gestor Record Templates"

    @api.model
    def _gestor_template_fields(self):
        """Return the names of the fields that a template of this model may keep.

        Lines are named with a dot: ``["name", "line_ids.product_id"]``. By default
        all stored fields that users type and that a copy would take over, without
        lines.

        :rtype: list[str]
        """
        return [
            name
            for name, field in self._fields.items()
            if field.type in SIMPLE_TYPES
            and field.store
            and (field.copy or field.company_dependent)
            and not field.readonly
            and not field.inherited
            and name not in (self._rec_name, "active", "company_id")
            and not name.startswith(PRIVATE_PREFIXES)
        ]

    @api.model
    def _gestor_get_template_tree(self):
        """Return what a template keeps, lines nested: own fields are always there."""
        return lib.tree([*self._gestor_template_fields(), OWN_FIELDS])

    @api.model
    def _gestor_template_unseen_fields(self):
        """Return the fields that the form of a new document cannot take over.

        They are taken from the chosen template when the form is saved.

        :rtype: list[str]
        """
        return []

    @api.model_create_multi
    def create(self, vals_list):
        names = self._gestor_template_unseen_fields()
        if not names or not self.env.context.get(CHOSEN_KEY):
            return super().create(vals_list)
        template, _is_chosen = self.env["gestor.record.template"]._gestor_get_start(
            self._name
        )
        kept = template._gestor_prepare_vals()[0] if template else {}
        unseen = {name: kept[name] for name in names if name in kept}
        # once: what is created along with it begins without the template
        documents = self.with_context(**{CHOSEN_KEY: False})
        return super(GestorRecordTemplateMixin, documents).create(
            [{**unseen, **vals} for vals in vals_list]
        )

    def action_gestor_save_template(self):
        """Make a template from the document and open it, to be adjusted."""
        self.ensure_one()
        template = self.env["gestor.record.template"]._gestor_save(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": template._name,
            "res_id": template.id,
            "views": [(False, "form")],
        }

    def onchange(self, values, field_names, fields_spec):
        """Begin a new form with the values of a template, if there is one to use."""
        if self or field_names:
            return super().onchange(values, field_names, fields_spec)
        template, is_chosen = self.env["gestor.record.template"]._gestor_get_start(
            self._name
        )
        vals, problems = template._gestor_prepare_vals() if template else ({}, [])
        given = {} if is_chosen else self.env.context
        values = {
            **{
                name: value
                for name, value in vals.items()
                if name in fields_spec and f"default_{name}" not in given
            },
            **values,
        }
        result = super().onchange(values, field_names, fields_spec)
        if problems:
            result["warning"] = template._gestor_get_warning(problems)
        return result
