from odoo import api, fields, models
from odoo.fields import Domain


class GestorClientSetRowMixin(models.AbstractModel):
    """A row about a client in a set: read by who may read both."""

    _name = "gestor.client.set.row.mixin"
    _description = "Row About A Client In A Set"
    _inherit = ["gestor.client.row.mixin"]
    _rec_name = "partner_id"

    set_id = fields.Many2one(
        "gestor.client.set", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )

    @api.model
    def _get_open_domain(self):
        return super()._get_open_domain() & Domain("set_id", "any", Domain.TRUE)


class GestorClientSetMember(models.Model):
    """A client in a set. Rows are written by the sets, in SQL."""

    _name = "gestor.client.set.member"
    _description = "Member Of A Client Set"
    _inherit = ["gestor.client.set.row.mixin"]
    _order = "id desc"

    entered_at = fields.Datetime(string="In the set since", readonly=True)
    source = fields.Char(readonly=True)
    reason = fields.Char(string="Why in the set", compute="_compute_reason")
    city = fields.Char(related="partner_id.city")
    email = fields.Char(related="partner_id.email")
    user_id = fields.Many2one(related="partner_id.user_id", string="Guardian")

    _member_uniq = models.UniqueIndex("(set_id, partner_id)")

    @api.depends("source", "set_id.summary")
    @api.depends_context("lang")
    def _compute_reason(self):
        for member in self:
            member.reason = member.source or member.set_id.summary

    def action_exclude(self):
        """Take these clients out of their sets, and leave them out."""
        for client_set in self.set_id:
            members = self.filtered(lambda row, own=client_set: row.set_id == own)
            client_set._gestor_exclude(members.partner_id)
        return True


class GestorClientSetExclusion(models.Model):
    """A client left out of a set by hand, whatever the rule says."""

    _name = "gestor.client.set.exclusion"
    _description = "Client Left Out Of A Set"
    _inherit = ["gestor.client.set.row.mixin"]
    _order = "id desc"

    create_uid = fields.Many2one("res.users", string="Left out by", readonly=True)
    create_date = fields.Datetime(string="Left out on", readonly=True)

    _exclusion_uniq = models.UniqueIndex("(set_id, partner_id)")

    def action_take_back(self):
        """Let the clients in again."""
        self.set_id._gestor_take_back(self)
        return True


class GestorClientSetChange(models.Model):
    """That a client entered or left a set."""

    _name = "gestor.client.set.change"
    _description = "Change Of A Client Set"
    _inherit = ["gestor.client.set.row.mixin"]
    _order = "id desc"

    direction = fields.Selection(
        [("entered", "Entered"), ("left", "Left")], required=True, readonly=True
    )
    at = fields.Datetime(string="When", required=True, readonly=True, index=True)

    @api.autovacuum
    def _gc_changes(self):
        """Forget changes after a year."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), years=1)
        changes = self.search([("at", "<", limit)], limit=10000)
        changes.unlink()
        return len(changes), len(changes) == 10000
