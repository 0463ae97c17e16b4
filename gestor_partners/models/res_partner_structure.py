from collections import defaultdict
from urllib.parse import urlencode

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..const import READERS

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"


class GestorPartnerStructureMixin(models.AbstractModel):
    """Head office and branches: firms with cards and terms of their own.

    A relation beside the host's ``parent_id``, along which the host copies the
    address, the NIP and the terms of payment. A branch may have branches.
    """

    _name = "gestor.partner.structure.mixin"
    _description = "Head Office and Branches of a Client"

    gestor_head_office_id = fields.Many2one(
        "res.partner",
        string="Head office",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        copy=False,
        domain="[('is_company', '=', True), ('id', '!=', id)]",
        help="The firm that this firm is a branch of. A branch has a card, a guardian "
        "and terms of its own; its NIP may be that of the head office.",
        groups=STAFF,
    )
    gestor_branch_ids = fields.One2many(
        "res.partner", "gestor_head_office_id", string="Branches", groups=STAFF
    )

    gestor_branch_count = fields.Integer(
        string="Firms of the group",
        compute="_compute_gestor_branch_count",
        help="The head office and all branches below it.",
        groups=STAFF,
    )
    gestor_group_summary = fields.Html(
        string="Figures of the group",
        compute="_compute_gestor_group_summary",
        sanitize=False,  # built here, every text escaped
        groups=READERS,
    )
    gestor_open_matter_count = fields.Integer(
        string="Open matters",
        compute="_compute_gestor_open_matter_count",
        help="Offer processes, offers and the like that are not closed yet, of the "
        "client and of its contacts.",
        groups=READERS,
    )

    @api.depends("gestor_head_office_id", "gestor_branch_ids")
    def _compute_gestor_branch_count(self):
        groups = self._get_gestor_groups()
        for partner in self:
            # alone is no group
            size = len(groups.get(partner._origin.id, ()))
            partner.gestor_branch_count = size if size > 1 else 0

    @api.depends("gestor_head_office_id", "gestor_branch_ids")
    def _compute_gestor_group_summary(self):
        for partner in self:
            if not partner.gestor_branch_count:
                partner.gestor_group_summary = False
                continue
            partner.gestor_group_summary = Markup("<dl>%s</dl>") % Markup().join(
                Markup('<dt>%s</dt><dd class="ms-3">%s</dd>') % figure
                for figure in partner._origin._gestor_group_totals()
            )

    def _compute_gestor_open_matter_count(self):
        counts = self._origin._get_gestor_open_matter_counts()
        for partner in self:
            partner.gestor_open_matter_count = counts.get(partner._origin.id, 0)

    @api.constrains("gestor_head_office_id")
    def _check_gestor_head_office_circle(self):
        if self._has_cycle("gestor_head_office_id"):
            raise ValidationError(
                self.env._("A firm cannot be a branch of itself, nor of its branches.")
            )

    @api.constrains("gestor_head_office_id", "is_company")
    def _check_gestor_structure_firms(self):
        """Only firms have branches, and only firms are branches."""
        people = self.filtered(lambda partner: not partner.is_company)
        firms = self | self.gestor_head_office_id | people._get_gestor_branches()
        wrong = firms.filtered(
            lambda firm: (
                firm.gestor_head_office_id
                and not (firm.is_company and firm.gestor_head_office_id.is_company)
            )
        )
        for partner in wrong:
            raise ValidationError(
                self.env._(
                    "Only firms have a head office and branches; “%(client)s” or its "
                    "head office is a person.",
                    client=partner.name,
                )
            )

    @api.constrains("gestor_head_office_id", "company_id")
    def _check_gestor_structure_company(self):
        """Whoever sees a branch sees its head office as well."""
        limited = self.filtered("company_id")
        for partner in self | limited._get_gestor_branches():
            company = partner.gestor_head_office_id.company_id
            if company and company != partner.company_id:
                raise ValidationError(
                    self.env._(
                        "The head office of “%(client)s” belongs to the company "
                        "“%(company)s” only; a branch belongs to the same one.",
                        client=partner.name,
                        company=company.name,
                    )
                )

    def _get_gestor_branches(self):
        """Return the branches of these firms, archived ones too, one level down."""
        return self.with_context(active_test=False).search(
            Domain("gestor_head_office_id", "in", self.ids)
        )

    # === The group ===

    def _get_gestor_groups(self):
        """Return the whole group of each of these firms, from its topmost head office.

        A query per level of the structure, whatever the number of firms. Firms that
        the user may not see are left out.

        :return: ``{firm id: recordset of the group}``, the firm itself included
        :rtype: dict[int, res.partner]
        """
        tops = {partner.id: partner for partner in self._origin}
        above = self._origin
        while above := above.gestor_head_office_id:
            tops = {
                partner_id: top.gestor_head_office_id or top
                for partner_id, top in tops.items()
            }
        roots = self.browse().union(*tops.values())
        members = {root.id: root for root in roots}
        root_of = {root.id: root.id for root in roots}
        level = roots
        while level:
            level = self.search_fetch(
                Domain("gestor_head_office_id", "in", level.ids),
                ["gestor_head_office_id"],
            )
            for branch in level:
                root_id = root_of[branch.gestor_head_office_id.id]
                root_of[branch.id] = root_id
                members[root_id] |= branch
        return {partner_id: members[top.id] for partner_id, top in tops.items()}

    def _get_gestor_open_matter_counts(self):
        """Count the open matters of these clients and of their contacts.

        :return: ``{client id: count}``; clients without any may be missing
        """
        counts = defaultdict(int)
        for model, domain in self._gestor_open_matters():
            documents = self.env[model]
            if not self or not documents.has_access("read"):
                continue
            own = Domain("partner_id.commercial_partner_id", "in", self.ids)
            for partner, count in documents._read_group(
                own & domain, ["partner_id"], ["__count"]
            ):
                # sudo: whose contact a client is, the count may depend on
                counts[partner.sudo().commercial_partner_id.id] += count
        return counts

    @api.model
    def _gestor_open_matters(self):
        """Return which documents of a client are open matters.

        A hook: extend the list; the documents have the client in ``partner_id``.

        :return: ``[(model, domain), ...]``
        """
        return []

    def _gestor_group_totals(self):
        """Return the figures of the whole group of this firm.

        A hook: extend the list. Each figure is asked for once, for the whole group.

        :return: ``[(label, text), ...]``
        """
        self.ensure_one()
        group = self._get_gestor_groups()[self.id]
        totals = [
            (self.env._("Firms of the group"), str(len(group))),
            (
                self.env._("Open matters"),
                str(sum(group._get_gestor_open_matter_counts().values())),
            ),
        ]
        moves = self.env["account.move"]
        if moves.has_access("read"):
            totals.append((self.env._("Turnover"), group._get_gestor_turnover_text()))
        return totals

    def _get_gestor_turnover_text(self):
        """Return the net sum of the posted sales invoices, of the current company."""
        [(amount,)] = self.env["account.move"]._read_group(
            Domain("commercial_partner_id", "in", self.ids)
            & Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_refund", "out_receipt"))
            & Domain("company_id", "=", self.env.company.id),
            [],
            ["amount_untaxed_signed:sum"],
        )
        return formatLang(
            self.env, amount or 0.0, currency_obj=self.env.company.currency_id
        )

    def action_gestor_group(self):
        """Show the whole group of the firm as a tree."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_partners.gestor_client_structure_action"
        )
        action["domain"] = [("id", "in", self._get_gestor_groups()[self.id].ids)]
        action["context"] = {"default_is_company": True}
        action["help"] = False
        return action

    def action_gestor_map(self):
        """Open the address on a map in the browser; nothing is sent before."""
        self.ensure_one()
        address = " ".join(
            filter(None, (self.street, self.zip, self.city, self.country_id.name))
        )
        return {
            "type": "ir.actions.act_url",
            "url": "https://www.openstreetmap.org/search?"
            + urlencode({"query": address}),
            "target": "new",
        }
