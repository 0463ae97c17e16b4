from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SELLERS = "gestor_offers.gestor_offers_group_own"
KINDS = [
    ("line_discount", "Discount of a line"),
    ("variant_discount", "Discount of a variant"),
    ("margin", "Margin of a variant"),
    ("amount", "Net amount of a variant"),
]


class GestorOfferApprovalRule(models.Model):
    """A limit of a company beyond which somebody has to approve an offer."""

    _name = "gestor.offer.approval.rule"
    _description = "Approval Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="The rule holds for the offers of this company and of its branches.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="line_discount")
    limit_percent = fields.Float(
        string="Limit (%)",
        digits=(6, 2),
        help="A discount above it, or a margin below it, is approved before sending.",
    )
    limit_amount = fields.Monetary(
        string="Limit",
        help="In the currency of the company; other currencies are converted.",
    )

    # === Fields: whose offers, and who approves ===

    user_ids = fields.Many2many(
        "res.users",
        "gestor_offer_approval_rule_seller_rel",
        string="Guardians",
        domain="[('share', '=', False)]",
        help="Whose offers. Empty, without teams too: of everybody.",
    )
    team_ids = fields.Many2many(
        "crm.team", string="Sales teams", help="The offers of which teams."
    )
    approver_ids = fields.Many2many(
        "res.users",
        "gestor_offer_approval_rule_approver_rel",
        string="Approvers",
        domain="[('share', '=', False)]",
        help="Any of them approves; so does who stands in for one of them.",
    )
    approver_group_id = fields.Many2one(
        "res.groups",
        string="Group of approvers",
        ondelete="restrict",
        help="Each member of the group may approve.",
    )
    is_own_allowed = fields.Boolean(
        string="May approve own offers",
        help="An approver may approve an offer that he or she is the guardian of.",
    )

    _limit_percent_range = models.Constraint(
        "CHECK (limit_percent BETWEEN -1000 AND 100)",
        "A limit in percent is at most 100.",
    )
    _limit_amount_positive = models.Constraint(
        "CHECK (limit_amount >= 0)", "The limit of an amount cannot be negative."
    )

    @api.constrains("active", "approver_ids", "approver_group_id")
    def _check_approvers(self):
        for rule in self.filtered("active"):
            if not rule.approver_ids and not rule.approver_group_id:
                raise ValidationError(
                    self.env._(
                        "Say who approves: rule “%(rule)s” has nobody.", rule=rule.name
                    )
                )
            strangers = rule.approver_ids.filtered(lambda u: not u.has_group(SELLERS))
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(users)s cannot approve: give them rights to offers first.",
                        users=", ".join(strangers.mapped("name")),
                    )
                )

    # === CRUD: what was approved is looked at anew ===

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._recheck_offers()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._recheck_offers()
        return result

    def unlink(self):
        result = super().unlink()
        self._recheck_offers()
        return result

    @api.model
    def _recheck_offers(self):
        """See anew what the rules mean for the offers the clients do not have yet."""
        # sudo: a rule holds for all offers, whoever may see them
        offers = self.env["gestor.offer"].sudo()
        offers.invalidate_model(["approval_is_needed", "approval_text"])
        asked = offers.search(
            Domain("approval_state", "in", ("waiting", "approved", "outdated"))
            & offers._get_approval_domain()
        )
        self.env.add_to_compute(offers._fields["approval_state"], asked)

    # === Engine ===

    @api.model
    def _get_of(self, companies):
        """Return the rules in force in companies, as superuser.

        :param companies: ``res.company``; the rules of their parents hold too
        """
        # sudo: the rules hold for a seller who does not see them
        rules = self.sudo()
        if not companies:
            return rules.browse()
        return rules.search(Domain("company_id", "parent_of", companies.ids))

    def _is_about(self, order):
        """Tell whether the rule is about a variant.

        :param order: ``sale.order`` with superuser rights
        """
        self.ensure_one()
        if all(line.display_type for line in order.order_line):
            return False  # nothing is offered yet: its margin is 0 without meaning it
        # all companies above are named in the path of a branch
        if self.company_id not in order.gestor_offer_id.company_id.parent_ids:
            return False
        if not self.user_ids and not self.team_ids:
            return True
        return (
            order.gestor_offer_id.user_id in self.user_ids
            or order.team_id in self.team_ids
        )

    def _get_limit(self):
        self.ensure_one()
        return self.limit_amount if self.kind == "amount" else self.limit_percent

    def _get_approvers(self):
        """Return who approves, without substitutes.

        :rtype: res.users
        """
        # sudo: the members of a group are no business of a seller
        rule = self.sudo()
        users = rule.approver_ids | rule.approver_group_id.all_user_ids
        return users.filtered(
            lambda user: (
                user.active
                and rule.company_id in user.company_ids
                and user.has_group(SELLERS)
            )
        )

    def _may_approve(self, user, own):
        """Tell whether a user may approve what breaks this rule.

        Who stands in for an approver may do what the approver may, and no more.

        :param user: one of ``res.users``
        :param own: the users whose own offer it is
        """
        self.ensure_one()
        asked = (user | user._gestor_acting_for("gestor.offer")) & self._get_approvers()
        if not self.is_own_allowed:
            asked -= own
            if user in own:
                return False
        return bool(asked)

    @api.model
    def _get_mine_domain(self):
        """Return the rules that the user, or whom he or she stands in for, approves."""
        users = self.env["gestor.offer"]._gestor_represented_users()
        groups = {group for user in users for group in user._get_group_ids()}
        return Domain("approver_ids", "in", users.ids) | Domain(
            "approver_group_id", "in", list(groups)
        )
