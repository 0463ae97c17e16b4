from odoo import api, models


class GestorInfoMixin(models.AbstractModel):
    _inherit = "gestor.info.mixin"

    @api.model
    def _gestor_client_facts(self, client):
        facts = super()._gestor_client_facts(client)
        label = client._get_gestor_selection_label
        own = [
            ("fa-address-card-o", self.env._("Client kind"), label("gestor_kind")),
            (
                "fa-comments-o",
                self.env._("Preferred way of contact"),
                label("gestor_contact_channel"),
            ),
            ("fa-clock-o", self.env._("Contact now"), client.gestor_contact_hint),
        ]
        kind, *contact = [
            {"icon": icon, "label": name, "value": value, "href": False}
            for icon, name, value in own
        ]
        return [fact for fact in (kind, *facts, *contact) if fact["value"]]
