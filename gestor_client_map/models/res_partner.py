from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import str2bool

from odoo.addons.gestor_partners.const import READERS

# more pins say nothing more and make the browser slow
MAX_PINS = 5000
# the host keeps "no coordinates" as zeros
PLACED = Domain("partner_latitude", "!=", 0) | Domain("partner_longitude", "!=", 0)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("partner_latitude", "partner_longitude")
    def _check_gestor_position(self):
        for partner in self:
            if abs(partner.partner_latitude) > 90 or (
                abs(partner.partner_longitude) > 180
            ):
                raise ValidationError(
                    self.env._(
                        "“%(client)s”: a latitude is between -90 and 90, a longitude "
                        "between -180 and 180.",
                        client=partner.display_name,
                    )
                )

    # === What the map asks ===

    @api.model
    @api.readonly
    def get_gestor_map(self, domain):
        """Return everything that the map draws, of the clients that the user may read.

        :param domain: which clients
        :return: dict of ``pins`` (lists ``[id, name, city, latitude, longitude,
            importance]``, at most MAX_PINS, important ones first), ``total`` (clients
            with coordinates), ``missing`` (clients without), ``importances`` (labels by
            value) and ``tiles`` (False, or a dict of ``url`` and ``attribution``)
        :raise AccessError: for users who do not read the clients of Gestor
        """
        if not self.env.user.has_groups(READERS):
            raise AccessError(
                self.env._("The map of clients is for users and viewers of Gestor.")
            )
        domain = Domain(domain)
        placed = self.search_fetch(
            domain & PLACED,
            [
                "name",
                "city",
                "partner_latitude",
                "partner_longitude",
                "gestor_importance",
            ],
            limit=MAX_PINS,
            order="gestor_importance desc nulls last, id",
        )
        total = len(placed)
        if total == MAX_PINS:
            total = self.search_count(domain & PLACED)
        importance = self.fields_get(["gestor_importance"], ["selection"])
        return {
            "pins": [
                [
                    partner.id,
                    partner.name or "",
                    partner.city or "",
                    partner.partner_latitude,
                    partner.partner_longitude,
                    partner.gestor_importance or "0",
                ]
                for partner in placed
            ],
            "total": total,
            "missing": self.search_count(domain & ~PLACED),
            "importances": dict(importance["gestor_importance"]["selection"]),
            "tiles": self._get_gestor_map_tiles(),
        }

    @api.model
    def _get_gestor_map_tiles(self):
        # sudo: only the settings of the map, which every user of it may know
        params = self.env["ir.config_parameter"].sudo()
        if not str2bool(params.get_param("gestor_client_map.tiles", ""), False):
            return False
        url = params.get_param("gestor_client_map.tile_url")
        if not url or not url.startswith("https://"):
            return False
        return {
            "url": url,
            "attribution": params.get_param("gestor_client_map.attribution") or "",
        }

    # === Ways to the map ===

    @api.model
    def _get_gestor_map_action(self, name, domain):
        """Return the action that shows the clients of a domain on the map."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "gestor_client_map.gestor_client_map_action"
        )
        action["path"] = False  # the address of the menu shows all clients
        action["display_name"] = name
        action["params"] = {"domain": list(domain)}
        return action

    def action_gestor_client_map(self):
        """Show these clients as pins on a map."""
        name = self.env._("Chosen clients")
        return self._get_gestor_map_action(name, [("id", "in", self.ids)])

    def action_gestor_group_map(self):
        """Show the head office and all branches of this firm on the map."""
        self.ensure_one()
        group = self._get_gestor_groups()[self.id]
        name = self.env._("Group of %(client)s", client=self.display_name)
        return self._get_gestor_map_action(name, [("id", "in", group.ids)])
