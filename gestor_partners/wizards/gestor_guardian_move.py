from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class GestorGuardianMove(models.TransientModel):
    """Hands clients over to another guardian: those chosen, or all of one."""

    _name = "gestor.guardian.move"
    _description = "Hand Clients Over"

    from_user_id = fields.Many2one(
        "res.users",
        string="All clients of",
        domain="[('share', '=', False), ('active', 'in', (True, False))]",
        help="Empty: the clients chosen in the list.",
    )
    area_id = fields.Many2one(
        "gestor.guardian.area",
        help="Empty: the main guardian is changed.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="New guardian",
        required=True,
        domain="[('share', '=', False)]",
    )
    is_with_activities = fields.Boolean(
        string="With open activities",
        help="The new guardian also gets the open activities that the old one has on "
        "these clients.",
    )
    client_count = fields.Integer(
        string="Clients count", compute="_compute_client_count"
    )

    @api.depends("from_user_id", "area_id", "user_id")
    def _compute_client_count(self):
        for dialog in self:
            dialog.client_count = self.env["res.partner"].search_count(
                dialog._get_client_domain()
            )

    def action_apply(self):
        """Hand the clients over; an area keeps the old guardian as history."""
        self.ensure_one()
        clients = self.env["res.partner"].search(self._get_client_domain())
        if not clients:
            raise UserError(self.env._("There are no clients to hand over."))
        clients.check_access("write")
        return self._hand_over(clients) or {
            "type": "ir.actions.client",
            "tag": "soft_reload",
        }

    def _hand_over(self, clients):
        """Do it at once; an addon may do it in the background.

        :param clients: partners that the user may change
        :return: an action to go on with, or nothing
        """
        clients._gestor_hand_over(self.user_id, self.area_id, self.is_with_activities)

    def _get_client_domain(self):
        """Return the clients that are to be handed over and are not yet.

        :rtype: Domain
        """
        self.ensure_one()
        if self.from_user_id:
            domain = self._get_guardian_domain(self.from_user_id)
        else:
            domain = Domain("id", "in", self.env.context.get("active_ids", []))
        return domain & ~self._get_guardian_domain(self.user_id)

    def _get_guardian_domain(self, user):
        if not self.area_id:
            return Domain("user_id", "=", user.id)
        guardians = self.env["gestor.guardian"]
        return Domain(
            "gestor_guardian_ids",
            "any",
            Domain("area_id", "=", self.area_id.id)
            & Domain("user_id", "=", user.id)
            & guardians._get_in_force_domain(),
        )
