from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.limits import is_worse

#: a client reads his own offer through the portal; how it came about is not for him
STAFF = "base.group_user"
#: the client has not got the offer yet, or has been told that it is withdrawn
OPEN_STATES = ("draft", "prepared")


class Breach(NamedTuple):
    """A variant beyond a limit, by how much."""

    order: object
    rule: object
    value: float

    @property
    def key(self):
        return self.order._origin.id, self.rule.id


class GestorOffer(models.Model):
    """An offer beyond the limits of the company waits until it is approved.

    Whether it is beyond them is never remembered but seen anew from the prices each
    time, so it does not matter in which way a price was changed.
    """

    _name = "gestor.offer"
    _inherit = ["gestor.offer", "gestor.offer.approval.mixin"]

    approval_ids = fields.One2many(
        "gestor.offer.approval", "offer_id", string="Approvals", groups=STAFF
    )
    approval_state = fields.Selection(
        [
            ("waiting", "Waiting for approval"),
            ("approved", "Approved"),
            ("returned", "Sent back"),
            ("outdated", "Changed for the worse since"),
        ],
        string="Approval",
        compute="_compute_approval_state",
        store=True,
        index="btree_not_null",
        copy=False,
        tracking=True,
        groups=STAFF,
    )
    approval_is_needed = fields.Boolean(
        string="Needs approval",
        compute="_compute_approval",
        search="_search_approval_is_needed",
        compute_sudo=True,
        groups=STAFF,
    )
    approval_text = fields.Text(
        string="Beyond the limits",
        compute="_compute_approval",
        compute_sudo=True,
        groups=STAFF,
    )
    approval_is_mine = fields.Boolean(
        string="I approve it",
        compute="_compute_approval_is_mine",
        search="_search_approval_is_mine",
        groups=STAFF,
    )
    approval_can_decide = fields.Boolean(
        compute="_compute_approval_can_decide", groups=STAFF
    )

    # === Computes and searches ===

    @api.depends(
        "partner_id",
        "approval_ids.state",
        "order_ids.amount_untaxed",
        "order_ids.margin",
        "order_ids.order_line.discount",
        "order_ids.order_line.price_unit",
    )
    def _compute_approval_state(self):
        """See what has become of the last request.

        It holds as long as no variant goes further beyond a limit than was asked for,
        and no other limit is broken.
        """
        asked = self.filtered("approval_ids")
        (self - asked).approval_state = False
        open_offers = asked.filtered(lambda offer: offer.state in OPEN_STATES)
        breaches = open_offers._get_uncovered_breaches()
        for offer in asked:
            last = offer.approval_ids.sorted("id")[-1:]
            state = last.state
            if offer in open_offers and state in ("waiting", "approved"):
                covered = offer._get_covered(last, (state,))
                if not all(_is_covered(b, covered) for b in breaches[offer.id]):
                    state = "outdated"
            offer.approval_state = state

    @api.depends(
        "state",
        "partner_id",
        "user_id",
        "company_id",
        "approval_ids.state",
        "order_ids.amount_untaxed",
        "order_ids.margin",
        "order_ids.team_id",
        "order_ids.gestor_variant_name",
        "order_ids.order_line.discount",
        "order_ids.order_line.price_unit",
    )
    @api.depends_context("lang")
    def _compute_approval(self):
        open_offers = self.filtered(lambda offer: offer.state in OPEN_STATES)
        breaches = open_offers._get_uncovered_breaches()
        for offer in self:
            texts = [self._get_breach_text(b) for b in breaches.get(offer.id, ())]
            offer.approval_is_needed = bool(texts)
            offer.approval_text = "\n".join(texts)

    @api.model
    def _search_approval_is_needed(self, operator, value):
        if operator != "in":
            return NotImplemented
        if False in value:
            return Domain.TRUE
        # sudo: the rights of the user come on top of what is found here
        offers = self.sudo().search(
            self._get_approval_domain()
            & Domain("company_id", "in", self.env.companies.ids)
        )
        breaches = offers._get_uncovered_breaches()
        return Domain("id", "in", [key for key, found in breaches.items() if found])

    @api.depends("approval_ids.line_ids.rule_id")
    @api.depends_context("uid")
    def _compute_approval_is_mine(self):
        lines = self.env["gestor.offer.approval"]._get_my_lines(
            Domain("offer_id", "in", self.ids)
        )
        mine = set(lines.offer_id.ids)
        for offer in self:
            offer.approval_is_mine = offer._origin.id in mine

    @api.model
    def _search_approval_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        if False in value:
            return Domain.TRUE
        query = self.env["gestor.offer.approval"]._get_my_lines_query()
        return Domain("id", "in", query.subselect("offer_id"))

    @api.depends("approval_state", "approval_ids.line_ids.user_id", "user_id")
    @api.depends_context("uid")
    def _compute_approval_can_decide(self):
        for offer in self:
            request = offer._get_waiting_approval()
            offer.approval_can_decide = bool(request._get_open_lines(self.env.user))

    # === Which limits are broken ===

    @api.model
    def _get_approval_domain(self):
        """Return the offers that approval is about: the clients do not have them."""
        return Domain("state", "in", OPEN_STATES)

    def _get_breaches(self):
        """Return which variants go beyond which limits.

        A constant number of queries for any number of offers.

        :return: ``{offer id: [Breach]}``
        :rtype: dict[int, list[Breach]]
        """
        # sudo: a limit holds whether or not the user may read costs and rules
        offers = self.sudo()
        rules = self.env["gestor.offer.approval.rule"]._get_of(offers.company_id)
        found = {offer.id: [] for offer in offers}
        # without rules the variants are not even read
        for offer in offers if rules else ():
            # no filtered(): it would read the lines of one variant after another
            for order in offer.order_ids:
                found[offer.id] += [
                    Breach(order, rule, value)
                    for rule in rules
                    if order.state != "cancel" and rule._is_about(order)
                    for value in [order._gestor_approval_value(rule)]
                    if is_worse(rule.kind, value, rule._get_limit())
                ]
        return found

    def _get_uncovered_breaches(self):
        """Return the broken limits that nobody has approved so far.

        :return: as :meth:`_get_breaches`
        """
        breaches = self._get_breaches()
        for offer in self.sudo():  # sudo: see _get_breaches
            if breaches[offer.id]:
                covered = offer._get_covered(offer.approval_ids, ("approved",))
                breaches[offer.id] = [
                    b for b in breaches[offer.id] if not _is_covered(b, covered)
                ]
        return breaches

    def _get_covered(self, approvals, states):
        """Return how far beyond the limits the offer may go by some approvals.

        :param tuple states: which of the approvals count

        :return: ``{(variant id, rule id): [value]}``
        """
        self.ensure_one()
        covered = {}
        client = self.partner_id.commercial_partner_id
        # sudo: see _get_breaches
        for approval in approvals.sudo():
            if approval.state in states and approval.partner_id == client:
                for line in approval.line_ids:
                    key = line.order_id.id, line.rule_id.id
                    covered.setdefault(key, []).append(line.value)
        return covered

    @api.model
    def _get_breach_text(self, breach):
        return self.env["gestor.offer.approval.line"]._get_text(
            breach.order.gestor_variant_name or breach.order.name,
            breach.rule.kind,
            breach.value,
            breach.rule._get_limit(),
            breach.rule.currency_id,
        )

    # === Every way to the client ===

    def _get_readiness_problems(self):
        """An offer beyond the limits is not ready."""
        return super()._get_readiness_problems() + self._get_approval_problems()

    def _get_approval_problems(self):
        """Return what has to be approved before the client may see the offer.

        :rtype: list[str]
        """
        self.ensure_one()
        # sudo: whoever sends it, also without rights to costs
        offer = self.sudo()
        if not offer.approval_is_needed:
            return []
        return [
            self.env._("Needs approval. %(what)s", what=text)
            for text in offer.approval_text.split("\n")
        ]

    def _check_approved(self):
        """Refuse to give an offer to the client before it is approved.

        :raise UserError: naming the offers and what is beyond which limit
        """
        self._raise_problems({o: o._get_approval_problems() for o in self})

    def write(self, vals):
        # the last door: whatever the way, an offer becomes the client's by its status
        if vals.get("state") not in (None, "rejected", *OPEN_STATES):
            self._check_approved()
        return super().write(vals)

    def message_post(self, **kwargs):
        """Refuse to post files to people outside before approval."""
        if kwargs.get("attachments") or kwargs.get("attachment_ids"):
            self._check_letter(kwargs)
        return super().message_post(**kwargs)

    def _check_letter(self, kwargs):
        """Refuse a message with files to anybody but colleagues.

        :param dict kwargs: of ``message_post``
        """
        # sudo: only whether they are colleagues
        partners = (
            self.env["res.partner"].sudo().browse(kwargs.get("partner_ids") or ())
        )
        strangers = partners.filtered("partner_share")
        if kwargs.get("subtype_xmlid") == "mail.mt_comment":
            # sudo: see above
            strangers |= self.sudo().message_partner_ids.filtered("partner_share")
        if strangers or kwargs.get("outgoing_email_to"):
            self._check_approved()

    # === History ===

    def _track_get_default_log_message(self, tracked_fields):
        message = super()._track_get_default_log_message(tracked_fields)
        if "approval_state" in tracked_fields and self.approval_state == "outdated":
            return self.env._(
                "The approval does not hold any more. %(what)s",
                what="; ".join((self.approval_text or "").split("\n")),
            )
        return message


def _is_covered(breach, covered):
    values = covered.get(breach.key, ())
    return any(not is_worse(breach.rule.kind, breach.value, value) for value in values)
