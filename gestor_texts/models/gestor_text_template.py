from odoo import api, fields, models

MANAGER = "gestor_base.gestor_base_group_manager"


class GestorTextTemplate(models.Model):
    """A text with placeholders, written once and filled in for any document."""

    _name = "gestor.text.template"
    _description = "Text Template"
    _inherit = ["gestor.text.mixin"]
    _order = "sequence, name, id"

    category_id = fields.Many2one(
        "gestor.text.category", ondelete="restrict", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self._default_user(),
        index="btree_not_null",
        help="A text with an owner is his own: nobody else is offered it. Empty: "
        "everybody is.",
    )

    document_model = fields.Selection(
        selection=lambda self: self.env["gestor.link"]._selection_document_models(),
        string="Documents",
        compute="_compute_document_model",
        inverse="_inverse_document_model",
        help="What the text is about. Empty: any document.",
    )

    @api.depends("model_id")
    def _compute_document_model(self):
        # users write texts, and they do not read the table of models
        kinds = dict(self.env["gestor.link"]._selection_document_models())
        for template in self:
            template.document_model = (
                template.model if template.model in kinds else False
            )

    def _inverse_document_model(self):
        for template in self:
            template.model_id = self.env["ir.model"]._get(template.document_model)

    def _default_user(self):
        manager = self.env.su or self.env.user.has_group(MANAGER)
        return False if manager else self.env.user

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            # the host asks the rules before the change only: whoever may change his
            # own texts must not give them to everybody
            self.check_access("write")
        return result
