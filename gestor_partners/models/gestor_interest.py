from odoo import api, fields, models


class GestorInterest(models.Model):
    """What clients may be interested in, as a tree."""

    _name = "gestor.interest"
    _description = "Interest"
    _parent_store = True
    _order = "sequence, id"
    _rec_names_search = ["name"]

    name = fields.Char(required=True, translate=True)
    display_name = fields.Char(recursive=True)
    parent_id = fields.Many2one(
        "gestor.interest", string="Part of", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("gestor.interest", "parent_id", string="Narrower ones")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
    partner_ids = fields.Many2many(
        "res.partner",
        "gestor_client_interest",
        "interest_id",
        "partner_id",
        string="Clients",
    )
    partner_count = fields.Integer(
        string="Clients count", compute="_compute_partner_count"
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        """Count the clients of an interest and of the narrower ones, each once."""
        for interest in self:
            interest.partner_count = self.env["res.partner"].search_count(
                [("gestor_interest_ids", "child_of", interest.ids)]
            )

    @api.depends("name", "parent_id.display_name")
    def _compute_display_name(self):
        for interest in self:
            broader = interest.parent_id.display_name
            interest.display_name = (
                f"{broader} / {interest.name}" if broader else interest.name
            )

    def action_clients(self):
        """Open the clients who have this interest or a narrower one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_partners.gestor_client_action"
        )
        action["domain"] = [("gestor_interest_ids", "child_of", self.id)]
        return action
