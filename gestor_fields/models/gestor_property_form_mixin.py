from odoo import api, models

from .gestor_field import FIELD


class GestorPropertyFormMixin(models.AbstractModel):
    """Own fields come and go while the document that they depend on is edited."""

    _name = "gestor.property.form.mixin"
    _description = "Own Fields of an Edited Document"

    @api.model
    def _get_gestor_decisive_fields(self):
        """Return the names of the fields that decide which own fields there are."""
        own_fields = self.env["gestor.field"]._get_own_fields(self._name)
        return frozenset().union(*(own.decisive_fields for own in own_fields))

    def _has_onchange(self, field, other_fields):
        if super()._has_onchange(field, other_fields):
            return True
        decisive = self._get_gestor_decisive_fields()
        if not decisive or self._fields[FIELD] not in other_fields:
            return False
        moved = self.pool.get_dependent_fields(field.base_field)
        return field.name in decisive or any(
            other.model_name == self._name and other.name in decisive for other in moved
        )

    def onchange(self, values, field_names, fields_spec):
        result = super().onchange(values, field_names, fields_spec)
        if field_names and FIELD in fields_spec and self._get_gestor_decisive_fields():
            self._change_gestor_own_fields(values, result.setdefault("value", {}))
        return result

    def _change_gestor_own_fields(self, typed, changed):
        """Show the own fields that an edited document has got, hide those it lost.

        :param dict typed: what the form has given
        :param dict changed: what the form is told; completed with the own fields if
            there are others now
        """
        document = self.new(self._get_gestor_edited_vals(typed, changed), origin=self)
        given = self._fields[FIELD].convert_to_cache(
            typed.get(FIELD), document, validate=False
        )
        shown = set(given or ())
        if FIELD not in typed:
            shown = {own.name for own in (self or document)._get_gestor_own_fields()}
        own_fields = document._get_gestor_own_fields()
        if shown == {own.name for own in own_fields}:
            return
        # what was typed goes first; a field that comes back has its stored value
        kept = {**(self and self[FIELD]._values or {}), **(given or {})}
        values = {}
        for own in own_fields:
            default = not self and own.definition.get("default")
            values[own.name] = kept.get(own.name, default or False)
        document[FIELD] = values
        changed.update(document.web_read({FIELD: {}})[0])
        changed.pop("id")

    @api.model
    def _get_gestor_edited_vals(self, typed, changed):
        """Return the values of a form as for ``new()``, without its own fields."""
        vals = {**typed}
        for name, value in changed.items():
            # a record comes as a dictionary with its name
            vals[name] = value["id"] if isinstance(value, dict) else value
        return {
            name: value
            for name, value in vals.items()
            if name != FIELD and self._fields[name].type != "one2many"
        }
