from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorRegisterCheckStart(models.TransientModel):
    _name = "gestor.register.check.start"
    _description = "Start a Bulk Check"

    service = fields.Selection(
        selection="_selection_service",
        string="Register",
        required=True,
        default="white_list",
    )
    scope = fields.Selection(
        [("selected", "Selected clients"), ("all", "All clients with a number")],
        string="Which clients",
        required=True,
        default=lambda self: "selected" if self._active_ids() else "all",
    )
    client_count = fields.Integer(
        string="Number of clients", compute="_compute_client_count"
    )

    @api.model
    def _selection_service(self):
        return self.env["gestor.register.check"]._selection_service()

    @api.depends("service", "scope")
    def _compute_client_count(self):
        for dialog in self:
            dialog.client_count = len(dialog._get_partners())

    def action_start(self):
        """Start the check and show its progress."""
        self.ensure_one()
        partners = self._get_partners()
        if not partners:
            raise UserError(
                self.env._("None of these clients has a number that the register knows.")
            )
        job = self.env["gestor.register.check"]._gestor_start(self.service, partners)
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "views": [(False, "form")],
        }

    def _active_ids(self):
        is_partner = self.env.context.get("active_model") == "res.partner"
        return self.env.context.get("active_ids", []) if is_partner else []

    def _get_partners(self):
        partners = self.env["res.partner"]
        if self.scope == "selected":
            chosen = partners.browse(self._active_ids()).exists()
            return chosen.commercial_partner_id.filtered("vat")
        domain = self.env["gestor.register.check"]._get_partner_domain(self.service)
        return partners.search(domain)
