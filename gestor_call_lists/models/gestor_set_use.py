from odoo import api, models


class UseCallList(models.AbstractModel):
    _name = "gestor.set.use.call_list"
    _description = "Call by phone"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 35
    _gestor_params = ("purpose",)
    _gestor_channel = "phone"

    @api.model
    def _label(self):
        return self.env._("Make a call list")

    @api.model
    def _is_allowed(self):
        return self.env["gestor.activity"].has_access("create")

    @api.model
    def _start(self, wizard, partners):
        return self.env["gestor.call.list.make"]._get_action(
            partners, name=wizard.client_set_id.name, purpose=wizard.purpose
        )
