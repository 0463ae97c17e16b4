from odoo import api, models


class GestorInfoMixin(models.AbstractModel):
    _inherit = "gestor.info.mixin"

    @api.model
    def _gestor_client_facts(self, client):
        facts = super()._gestor_client_facts(client)
        kind = client._get_gestor_selection_label("gestor_kind")
        if not kind:
            return facts
        return [
            {
                "icon": "fa-address-card-o",
                "label": self.env._("Client kind"),
                "value": kind,
                "href": False,
            },
            *facts,
        ]
