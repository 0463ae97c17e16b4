from odoo import models


class GestorClientSet(models.Model):
    _inherit = "gestor.client.set"

    def action_gestor_client_map(self):
        """Show the clients in these sets as pins on a map."""
        return self.env["res.partner"]._get_gestor_map_action(
            ", ".join(self.mapped("name")), [("gestor_client_set_ids", "in", self.ids)]
        )
