from odoo import fields


class OwnProperties(fields.Properties):
    """The values of the own fields of a document, in one JSON column.

    The host keeps one definition for all records of a model and in one language. Here
    a field may be meant for some documents only, its label follows the reader, and who
    writes one value leaves the others as they are.
    """

    def _get_properties_definition(self, record):
        """Return the definitions that hold for one document."""
        model = self.base_field.model_name
        return [
            own.shown_definition
            for own in record.env["gestor.field"]._get_own_fields(model)
            if own.is_for(record)
        ]

    def _add_default_values(self, env, values):
        """Return the values to store: what is not there was completed before."""
        given = values.get(self.name) or {}
        return getattr(given, "_values", given)

    def _compute(self, records):
        """Give a new document in a form its defaults; a stored one keeps its values."""
        for record in records:
            values = dict(record[self.name]._values or {})
            if not record._origin:
                for definition in self._get_properties_definition(record):
                    if definition.get("default"):
                        values.setdefault(definition["name"], definition["default"])
            record[self.name] = values
