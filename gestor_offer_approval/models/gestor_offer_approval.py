from odoo import api, fields, models
from odoo.fields import Domain


class GestorOfferApproval(models.Model):
    """A request to approve an offer, and what was decided: who, when and why."""

    _name = "gestor.offer.approval"
    _description = "Approval Of An Offer"
    _order = "id desc"
    _rec_name = "offer_id"

    offer_id = fields.Many2one(
        "gestor.offer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="restrict",
        help="An approval holds for this client only.",
    )
    line_ids = fields.One2many(
        "gestor.offer.approval.line", "approval_id", string="Beyond the limits"
    )
    text = fields.Text(string="What is beyond the limits", compute="_compute_text")
    state = fields.Selection(
        [
            ("waiting", "Waiting for approval"),
            ("approved", "Approved"),
            ("returned", "Sent back"),
            ("replaced", "Replaced"),
        ],
        string="Status",
        required=True,
        default="waiting",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Requested by", required=True, index=True
    )
    note = fields.Text(string="Request note")
    decided_by_id = fields.Many2one("res.users", string="Decided by", index=True)
    decided_for_id = fields.Many2one("res.users", string="Standing in for")
    decided_at = fields.Datetime(string="Decided on")
    reason = fields.Text(string="Reason or comment")
    is_for_me = fields.Boolean(
        string="For me to decide",
        compute="_compute_is_for_me",
        search="_search_is_for_me",
        help="I approve what the offer breaks, or stand in for somebody who does.",
    )

    @api.depends("line_ids.text")
    def _compute_text(self):
        for approval in self:
            approval.text = "\n".join(approval.line_ids.mapped("text"))

    @api.depends("line_ids.rule_id")
    @api.depends_context("uid")
    def _compute_is_for_me(self):
        mine = self._get_my_lines(Domain("approval_id", "in", self.ids)).approval_id
        for approval in self:
            approval.is_for_me = approval in mine

    @api.model
    def _search_is_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        if False in value:
            return Domain.TRUE
        query = self._get_my_lines_query()
        return Domain("id", "in", query.subselect("approval_id"))

    @api.model
    def _get_my_lines(self, domain):
        """Return the lines whose rules the user may approve by, as superuser."""
        # sudo: who is asked is found out here, before there are rights to read it
        lines = self.env["gestor.offer.approval.line"].sudo()
        return lines.search(domain & self._get_my_lines_domain())

    @api.model
    def _get_my_lines_query(self):
        # sudo: see _get_my_lines
        lines = self.env["gestor.offer.approval.line"].sudo()
        return lines._search(self._get_my_lines_domain())

    @api.model
    def _get_my_lines_domain(self):
        rules = self.env["gestor.offer.approval.rule"]
        return Domain("rule_id", "any!", rules._get_mine_domain())

    # === Deciding ===

    def _get_own_users(self):
        """Return the users who would approve their own work."""
        self.ensure_one()
        return self.user_id | self.offer_id.user_id

    def _get_open_lines(self, user):
        """Return the lines that wait for a decision of a user."""
        lines = self.line_ids.filtered(lambda line: not line.user_id)
        return lines.filtered(
            lambda line: (
                line.rule_id._may_approve(user, line.approval_id._get_own_users())
                if line.rule_id
                else True
            )
        )

    def _get_asked_users(self):
        """Return who gets a to-do: the approvers of what is not approved yet."""
        self.ensure_one()
        users = self.env["res.users"]
        own = self._get_own_users()
        for line in self.line_ids.filtered(lambda line: not line.user_id):
            approvers = line.rule_id._get_approvers()
            if not line.rule_id.is_own_allowed:
                approvers -= own
            users |= approvers
        return users

    def _get_represented(self, user, lines):
        """Return in whose place a user decides, empty if in his or her own."""
        approvers = self.env["res.users"].union(
            *(line.rule_id._get_approvers() for line in lines)
        )
        if user in approvers:
            return user.browse()
        return (user._gestor_acting_for("gestor.offer") & approvers)[:1]
