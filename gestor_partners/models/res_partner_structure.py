from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

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

    @api.constrains("gestor_head_office_id")
    def _check_gestor_head_office_circle(self):
        if self._has_cycle("gestor_head_office_id"):
            raise ValidationError(
                self.env._("A firm cannot be a branch of itself, nor of its branches.")
            )

    @api.constrains("gestor_head_office_id", "is_company")
    def _check_gestor_structure_firms(self):
        """Only firms have branches, and only firms are branches."""
        firms = self | self.gestor_head_office_id | self._get_gestor_branches()
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
        for partner in self | self._get_gestor_branches():
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
