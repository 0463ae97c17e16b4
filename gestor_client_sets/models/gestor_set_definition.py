from odoo import api, models
from odoo.exceptions import ValidationError

PREFIX = "gestor.set.definition."


class GestorSetDefinition(models.AbstractModel):
    """A ready question about clients, with parameters.

    A definition of your own is a model ``gestor.set.definition.<key>`` that inherits
    this one. Sets and data checks use it by its key; its parameters are fields of
    ``gestor.set.condition.mixin``, which an addon may extend.
    """

    _name = "gestor.set.definition"
    _description = "Definition Of A Client Set"

    #: where it stands in lists of definitions
    _gestor_sequence = 100
    #: names of the parameters that the form shows, and of those that must be filled in
    _gestor_params = ()
    _gestor_required = ()

    @api.model
    def _get_keys(self):
        """Return the definitions that work in this database, in order.

        :rtype: list[str]
        """
        return [
            key
            for key in self._get_all_keys()
            if self.env[PREFIX + key]._is_available()
        ]

    @api.model
    def _get_all_keys(self):
        """Return all definitions, also those that wait for another addon."""
        base = self.env.registry["gestor.set.definition"]
        names = [
            name
            for name, cls in self.env.registry.items()
            if name.startswith(PREFIX) and issubclass(cls, base)
        ]
        names.sort(key=lambda name: (self.env[name]._gestor_sequence, name))
        return [name.removeprefix(PREFIX) for name in names]

    @api.model
    def _get_definition(self, key):
        """Return the definition of a key.

        :raise ValidationError: if no installed addon brings it
        """
        if key not in self._get_all_keys():
            raise ValidationError(
                self.env._('There is no definition called "%(key)s".', key=key)
            )
        return self.env[PREFIX + key]

    # === Hooks: a definition implements them ===

    @api.model
    def _is_available(self):
        """Tell whether what the definition asks about is installed."""
        return True

    @api.model
    def _label(self):
        """Return what users call it, in their language."""
        return self._description

    @api.model
    def _validate(self, condition):
        """Refuse parameters with which the question has no sense.

        :param condition: a record of a model with ``gestor.set.condition.mixin``
        :raise ValidationError: with a sentence for the user
        """
        for name in self._gestor_required:
            if not condition[name]:
                raise ValidationError(
                    self.env._(
                        '"%(definition)s" needs the field "%(field)s".',
                        definition=self._label(),
                        field=condition._fields[name]._description_string(self.env),
                    )
                )

    @api.model
    def _describe(self, condition):
        """Return the question with its parameters, in a few words."""
        values = [
            self._format_param(condition, name)
            for name in self._gestor_params
            if condition[name]
        ]
        text = ", ".join(values)
        return f"{self._label()} ({text})" if text else self._label()

    @api.model
    def _format_param(self, condition, name):
        """Return a parameter as the user reads it: its label and its value."""
        field, value = condition._fields[name], condition[name]
        if field.type == "many2many":
            value = ", ".join(value.mapped("display_name"))
        elif field.type == "selection":
            value = field.convert_to_export(value, condition)
        else:
            value = field.convert_to_display_name(value, condition)
        return f"{field._description_string(self.env)}: {value}"

    @api.model
    def _get_domain(self, condition):
        """Return which partners are meant, with the rights of the environment's user.

        What the user may not read must raise ``AccessError``: build sub-queries by
        ``self.env[model]._search()``. No records are loaded.

        :param condition: see :meth:`_validate`
        :return: on ``res.partner``
        :rtype: Domain
        """
        raise NotImplementedError
