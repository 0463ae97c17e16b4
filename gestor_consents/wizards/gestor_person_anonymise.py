from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorPersonAnonymise(models.TransientModel):
    """Makes a client anonymous, after a look at what the law wants kept."""

    _name = "gestor.person.anonymise"
    _description = "Make A Client Anonymous"

    partner_id = fields.Many2one("res.partner", string="Client", required=True)
    obstacles = fields.Text("Not possible", compute="_compute_obstacles")
    note = fields.Text("Reason", help="For example: request of the client, by letter.")

    @api.depends("partner_id")
    def _compute_obstacles(self):
        data = self.env["gestor.personal.data"]
        for wizard in self:
            wizard.obstacles = "\n".join(data._get_obstacles(wizard.partner_id))

    def action_anonymise(self):
        """Make the client anonymous, or log why not; then show what else names it."""
        self.ensure_one()
        data = self.env["gestor.personal.data"]
        data._check_rights()
        if self.obstacles:
            self._log_refusal()
            return self._get_refused_action()
        if not (self.note or "").strip():
            raise UserError(self.env._("Write down the reason."))
        lookup = data._gestor_anonymise(self.partner_id, self.note)
        return lookup.action_open_lines()

    def _log_refusal(self):
        data = self.env["gestor.personal.data"]
        details = self.env._("Not made anonymous: %(why)s", why=self.obstacles)
        self.env["privacy.log"].create(data._get_log_vals(self.partner_id, details))

    def _get_refused_action(self):
        # no error: it would take back the row of the log
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger",
                "sticky": True,
                "title": self.env._("Not possible"),
                "message": self.obstacles,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
