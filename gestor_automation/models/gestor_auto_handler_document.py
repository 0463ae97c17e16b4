from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

TEMPLATE = "gestor.record.template"


class GestorAutoHandlerDocument(models.AbstractModel):
    """Continue the document with a new one, which is linked with it.

    Parameters: ``model``, any with ``gestor.document.mixin``; optional ``template_id``
    of a record template of that model. What the new document takes over from the one
    it continues says its ``_gestor_prepare_continued_vals``.
    """

    _name = "gestor.auto.handler.document"
    _description = "Make Document"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 60
    _gestor_has_fields = True

    @api.model
    def _label(self):
        return self.env._("Make document")

    @api.model
    def _get_model(self, params):
        """Return the empty recordset of the kind of documents that is made.

        :raise ValidationError: if no installed addon brings such documents
        """
        model = params.get("model")
        if model not in self.env["gestor.document.mixin"]._gestor_implementers():
            raise ValidationError(
                self.env._(
                    'The step "%(step)s" needs to know which document it makes.',
                    step=self._label(),
                )
            )
        return self.env[model]

    @api.model
    def _get_template(self, params):
        """Return the template of the document, or none if there is to be none.

        :raise ValidationError: if it is gone or made for other documents
        """
        if not params.get("template_id"):
            return self.env[TEMPLATE].sudo()  # sudo: as a template that is there
        template = self._get_param_record(TEMPLATE, params, "template_id")
        if template.model != params.get("model"):
            raise ValidationError(
                self.env._(
                    '"%(name)s" is made for another kind of documents.',
                    name=template.name,
                )
            )
        return template

    @api.model
    def _validate(self, params, model):
        self._check_inherits(model, "gestor.document.mixin")
        self._get_model(params)
        self._get_template(params)

    @api.model
    def _check_configurable(self, params):
        template = self._get_template(params).sudo(False)
        if not (
            self._get_model(params).has_access("create") and template.has_access("read")
        ):
            raise AccessError(
                self.env._("You may not let such documents be made by themselves.")
            )

    @api.model
    def _get_step_params(self, step):
        return {
            "model": step.document_model,
            "template_id": step.record_template_id.id,
        }

    @api.model
    def _describe(self, params):
        label = self._get_model(params)._gestor_document_label()
        template = self._get_template(params)
        if not template:
            return self.env._('Make document "%(document)s"', document=label)
        return self.env._(
            'Make document "%(document)s" from the template "%(template)s"',
            document=label,
            template=template.name,
        )

    @api.model
    def _preview(self, params, document):
        vals, problems = self._prepare_vals(params, document)
        made = self._get_model(params).new(vals)
        fields = [made._fields[name] for name in vals]
        pairs = [
            (
                field._description_string(self.env),
                field.convert_to_display_name(made[field.name], made) or "",
            )
            for field in fields
            if field.type not in ("html", "one2many", "many2many", "properties")
        ]
        pairs += made._gestor_own_pairs()
        if problems:
            pairs.append((self.env._("Left out"), ", ".join(problems)))
        return pairs

    @api.model
    def _prepare_vals(self, params, document):
        """Return the values of the new document, and what the template has lost.

        The client and the company are those of the continued document; in all else a
        template knows better.
        """
        vals = self._get_model(params)._gestor_prepare_continued_vals(document)
        template = self._get_template(params).with_env(self.env)
        kept, problems = template._gestor_prepare_vals() if template else ({}, [])
        own = {
            name: vals[name] for name in ("partner_id", "company_id") if name in vals
        }
        return {**vals, **kept, **own}, problems

    @api.model
    def _run(self, action, document):
        handler = self.with_env(action.env)
        vals, _problems = handler._prepare_vals(action.params, document)
        made = handler._get_model(action.params).create(vals)
        document._gestor_link(made, kind=handler.env._("continuation"))
