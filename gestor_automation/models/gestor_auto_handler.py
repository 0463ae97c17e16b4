from odoo import api, models
from odoo.exceptions import ValidationError

PREFIX = "gestor.auto.handler."


class GestorAutoHandler(models.AbstractModel):
    """What an automatic step can do. One kind is one AbstractModel.

    A kind of your own is a model ``gestor.auto.handler.<kind>`` that inherits this one.
    Its parameters are a JSON dictionary of its own design.
    """

    _name = "gestor.auto.handler"
    _description = "Automatic Step"

    #: where the kind stands in lists of kinds
    _gestor_sequence = 100

    @api.model
    def _get_kinds(self):
        """Return the installed kinds of steps, in order.

        :rtype: list[str]
        """
        base = self.env.registry[self._inherit_root()]
        names = [
            name
            for name, cls in self.env.registry.items()
            if name.startswith(PREFIX) and issubclass(cls, base)
        ]
        names.sort(key=lambda name: (self.env[name]._gestor_sequence, name))
        return [name.removeprefix(PREFIX) for name in names]

    @api.model
    def _inherit_root(self):
        return PREFIX.rstrip(".")

    @api.model
    def _get_handler(self, kind):
        """Return the handler of a kind.

        :param str kind: for example "mail"
        :raise ValidationError: if no installed addon brings that kind
        """
        if kind not in self._get_kinds():
            raise ValidationError(
                self.env._(
                    'There is no kind of automatic step called "%(kind)s".', kind=kind
                )
            )
        return self.env[PREFIX + kind]

    # === Hooks: a kind implements them ===

    @api.model
    def _label(self):
        """Return what users call this kind of step, in their language."""
        return self._description

    @api.model
    def _validate(self, params, model):
        """Refuse parameters with which the step cannot work.

        :param dict params: the parameters of the step
        :param str model: technical name of the document model
        :raise ValidationError: with a sentence for the user
        """

    @api.model
    def _check_configurable(self, params):
        """Refuse parameters that the current user may not give to a step.

        Not called when code plans the step.

        :raise AccessError: with a sentence for the user
        """

    @api.model
    def _describe(self, params):
        """Return what the step does, in a few words of the user's language.

        :param dict params: the parameters of the step
        :rtype: str
        """
        return self._label()

    @api.model
    def _preview(self, params, document):
        """Return what the step would produce for a document, without any effect.

        :return: pairs of a label and a text or HTML (``Markup``)
        :rtype: list[tuple[str, str]]
        """
        return []

    @api.model
    def _run(self, action, document):
        """Do the step. All of it is in the transaction of the done mark.

        Nothing may leave the database here: mails and SMS are queued, calls to the
        outside are left to a job.

        :param action: the planned action, with ``params``; its environment is that of
            the user in whose name it runs, with all rights
        :param document: the one record it is for, in the same environment
        :raise UserError: why it cannot be done; the action then stands failed with it
        """
        raise NotImplementedError

    # === Helpers for the kinds ===

    @api.model
    def _get_param_record(self, model, params, name):
        """Return the record that a parameter points to.

        :param str model: of the record
        :raise ValidationError: if it is missing or deleted
        """
        value = params.get(name)
        # sudo: whether it is there; what it says is not told
        record = self.env[model].sudo().browse(value if isinstance(value, int) else ())
        if not record.exists():
            raise ValidationError(
                self.env._(
                    'The step "%(step)s" lacks its setting: %(model)s. It was not '
                    "chosen, or it has been deleted.",
                    step=self._label(),
                    model=self.env["ir.model"]._get(model).name,
                )
            )
        return record

    @api.model
    def _check_same_model(self, record, model):
        """Refuse a template or an action that is made for another model."""
        if record.model_id.model != model:
            raise ValidationError(
                self.env._(
                    '"%(name)s" is made for another kind of documents.',
                    name=record.display_name,
                )
            )

    @api.model
    def _check_inherits(self, model, mixin):
        """Refuse a model that cannot do what the step needs."""
        if not issubclass(self.env.registry[model], self.env.registry[mixin]):
            raise ValidationError(
                self.env._(
                    'The step "%(step)s" does not work on documents of the kind '
                    '"%(model)s".',
                    step=self._label(),
                    model=self.env["ir.model"]._get(model).name,
                )
            )
