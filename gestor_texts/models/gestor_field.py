from odoo import api, models


class GestorField(models.Model):
    """An own field is a placeholder too, under its own name."""

    _inherit = "gestor.field"

    @api.model_create_multi
    def create(self, vals_list):
        own_fields = super().create(vals_list)
        # sudo: who may define a field gets its placeholder along
        self.env["gestor.autotext"].sudo().create(
            [own._prepare_autotext_vals() for own in own_fields]
        )
        return own_fields

    def write(self, vals):
        result = super().write(vals)
        autotexts = self._get_autotexts()
        if followed := {
            name: vals[name] for name in ("name", "active") if name in vals
        }:
            autotexts.write(followed)
        if "model_id" in vals:
            for own in self:
                own._get_autotexts().model_id = own._get_autotext_model()
        return result

    def unlink(self):
        autotexts = self._get_autotexts()
        result = super().unlink()
        autotexts.unlink()
        return result

    @api.model
    def _complete_autotexts(self):
        """Give fields that were there before this addon their placeholder."""
        # sudo: see create
        own_fields = self.sudo().with_context(active_test=False)
        autotexts = own_fields.env["gestor.autotext"]
        group = self.env.ref("gestor_texts.gestor_autotext_group_own")
        known = autotexts.search([("group_id", "=", group.id)]).mapped("code")
        missing = own_fields.search([("code", "not in", known)])
        autotexts.create([own._prepare_autotext_vals() for own in missing])

    def _prepare_autotext_vals(self):
        """Return the values of the placeholder for this field."""
        self.ensure_one()
        return {
            "name": self.name,
            "code": self.code,
            "active": self.active,
            "group_id": self.env.ref("gestor_texts.gestor_autotext_group_own").id,
            "model_id": self._get_autotext_model().id,
            "source": "code",
            "builtin_key": self.code,
        }

    def _get_autotext_model(self):
        # what a client has can stand in the texts about all his documents
        is_client = self.model == "res.partner"
        return self.env["ir.model"] if is_client else self.model_id

    def _get_autotexts(self):
        # sudo: see create
        autotexts = self.env["gestor.autotext"].sudo().with_context(active_test=False)
        return autotexts.search([("code", "in", self.mapped("code"))])
