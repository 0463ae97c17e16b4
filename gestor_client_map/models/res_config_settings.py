from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_client_map_tiles = fields.Boolean(
        string="Street map under the pins",
        config_parameter="gestor_client_map.tiles",
        help="The browser of the user fetches pictures of streets from the address "
        "below, which tells that server what part of the world is looked at.",
    )
    gestor_client_map_tile_url = fields.Char(
        string="Address of the street map",
        config_parameter="gestor_client_map.tile_url",
        default="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        help="{z}, {x} and {y} stand for the scale and the place of a picture.",
    )
    gestor_client_map_attribution = fields.Char(
        string="Source of the street map",
        config_parameter="gestor_client_map.attribution",
        default="© OpenStreetMap contributors",
    )
