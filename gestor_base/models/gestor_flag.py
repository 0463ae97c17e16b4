from odoo import api, fields, models
from odoo.fields import Domain


class GestorFlag(models.Model):
    _name = "gestor.flag"
    _description = "Flag"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(default=1, aggregator=False)
    icon = fields.Char(
        default="fa-flag",
        required=True,
        help="A Font Awesome icon, for example fa-flag, fa-phone or fa-clock-o.",
    )
    # ir.model and res.groups are closed to ordinary users, yet the areas decide
    # which flags they may choose
    model_ids = fields.Many2many(
        "ir.model",
        string="Areas",
        domain=lambda self: self._get_area_domain(),
        bypass_search_access=True,
        help="Where the flag can be set. Empty: everywhere.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Allowed groups",
        bypass_search_access=True,
        help="Who may set and remove the flag. Empty: everybody who may write.",
    )
    is_note_required = fields.Boolean(string="Note required")

    _icon_is_class = models.Constraint(
        "CHECK (icon ~ '^fa-[a-z0-9-]+$')",
        "An icon is one Font Awesome class, for example fa-flag.",
    )

    @api.model
    def _get_area_domain(self):
        """Return the models that can carry flags."""
        return Domain("model", "in", self._get_area_names())

    @api.model
    def _get_area_names(self):
        """Return the names of the models that can carry flags.

        :rtype: list[str]
        """
        return self.env["gestor.document.mixin"]._gestor_implementers()

    @api.model
    def _get_field_domain(self, documents):
        """Return the flags that the current user may set on some documents.

        A model that only delegates to a document (``_inherits``, as users do to
        partners) shows the flag of that document.

        :param documents: records of a model that has the field ``gestor_flag_id``
        :rtype: Domain
        """
        field = documents._fields["gestor_flag_id"]
        return self.with_env(documents.env)._get_settable_domain(
            field.base_field.model_name
        )

    @api.model
    def _get_settable_domain(self, model_name):
        """Return the flags that the current user may set on a model.

        :param str model_name: technical name of a document model
        :rtype: Domain
        """
        model_id = self.env["ir.model"]._get_id(model_name)
        domain = Domain("model_ids", "=", False) | Domain("model_ids", "in", [model_id])
        if self.env.su:
            return domain
        groups = self.env.user.all_group_ids
        return domain & (
            Domain("group_ids", "=", False) | Domain("group_ids", "in", groups.ids)
        )
