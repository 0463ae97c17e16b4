from odoo import fields, models
from odoo.exceptions import UserError


class GestorLinkCreate(models.TransientModel):
    _name = "gestor.link.create"
    _description = "Link With a Document"

    res_model = fields.Char(required=True, default=lambda self: self._default_end(0))
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        default=lambda self: self._default_end(1),
    )
    target = fields.Reference(
        selection="_selection_target",
        string="Document",
        required=True,
    )
    kind = fields.Char()
    note = fields.Char()

    def _default_end(self, place):
        """Return the model (0) or the id (1) of the document whose links are shown."""
        # no "default_" keys: the client drops them when a button opens an action
        origin = self.env.context.get("gestor_base_link_origin")
        return origin and origin[place]

    def _selection_target(self):
        return self.env["gestor.link"]._selection_document_models()

    def action_link(self):
        """Link the document with the chosen one and return to the list."""
        self.ensure_one()
        if self.res_model not in self.env["gestor.flag"]._get_area_names():
            raise UserError(
                self.env._("Only business documents of Gestor can be linked.")
            )
        self.env[self.res_model].browse(self.res_id)._gestor_link(
            self.target, kind=self.kind, note=self.note
        )
        return {"type": "ir.actions.act_window_close"}
