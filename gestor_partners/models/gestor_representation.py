from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..lib import phone


class GestorRepresentation(models.Model):
    """A person stands for a firm, in a role, from a day to a day.

    One person may stand for many firms. Contacts of a firm stand for it without such a
    row; one adds what the contact's card has no place for: the role, the days, the
    main flag. ``gestor.representative`` lists both.
    """

    _name = "gestor.representation"
    _description = "Representation of a Firm"
    _inherit = ["gestor.period.mixin"]
    _order = "is_main desc, date_from desc, id"

    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False)]",
    )
    firm_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', True)]",
    )
    role_id = fields.Many2one("gestor.representation.role", ondelete="restrict")
    function = fields.Char(string="Job position")
    email = fields.Char(
        string="E-mail in the role",
        help="Empty: the one on the person's card. Mail from it belongs to this firm.",
    )
    email_normalized = fields.Char(
        compute="_compute_email_normalized", store=True, index="btree_not_null"
    )
    phone = fields.Char(string="Phone in the role")
    phone_digits = fields.Char(
        compute="_compute_phone_digits", store=True, index="trigram"
    )
    is_main = fields.Boolean(
        string="Main", help="Whom to turn to first; one of a firm at a time."
    )
    note = fields.Char()

    # === Computes and constraints ===

    @api.depends("email")
    def _compute_email_normalized(self):
        for row in self:
            row.email_normalized = email_normalize(row.email, strict=False)

    @api.depends("phone")
    def _compute_phone_digits(self):
        for row in self:
            row.phone_digits = phone.digits(row.phone) or False

    @api.depends("person_id.name", "firm_id.name")
    def _compute_display_name(self):
        for row in self:
            names = (row.person_id.name, row.firm_id.name)
            row.display_name = ", ".join(filter(None, names))

    @api.constrains("person_id", "firm_id")
    def _check_kinds(self):
        for row in self:
            if row.person_id.is_company or not row.firm_id.is_company:
                raise ValidationError(
                    self.env._(
                        "A person represents a firm: “%(person)s” must be a person and "
                        "“%(firm)s” a firm.",
                        person=row.person_id.name,
                        firm=row.firm_id.name,
                    )
                )

    @api.constrains("person_id", "firm_id", "date_from", "date_to")
    def _check_doubles(self):
        rows = self.search(
            Domain("person_id", "in", self.person_id.ids)
            & Domain("firm_id", "in", self.firm_id.ids)
        )
        for same in rows.grouped(lambda row: (row.person_id, row.firm_id)).values():
            if same._get_overlap():
                raise ValidationError(
                    self.env._(
                        "%(person)s represents %(firm)s at this time already. End that "
                        "representation first, or change it.",
                        person=same[0].person_id.name,
                        firm=same[0].firm_id.name,
                    )
                )

    @api.constrains("firm_id", "date_from", "date_to", "is_main")
    def _check_main(self):
        mains = self.search(
            Domain("firm_id", "in", self.firm_id.ids) & Domain("is_main", "=", True)
        )
        for firm, rows in mains.grouped("firm_id").items():
            overlap = rows._get_overlap()
            if overlap:
                raise ValidationError(
                    self.env._(
                        "%(firm)s has one main representative at a time: "
                        "%(first)s or %(second)s?",
                        firm=firm.name,
                        first=overlap[0].person_id.name,
                        second=overlap[1].person_id.name,
                    )
                )

    @api.onchange("person_id")
    def _onchange_person_id(self):
        self.function = self.function or self.person_id.function

    # === Actions ===

    def action_end(self):
        """End these representations today; they stay as history."""
        self.date_to = fields.Date.context_today(self)
        return True

    # === Merge of clients ===

    @api.model
    def _merge_doubles(self, partner):
        """Leave one row of each person and firm, after clients became one.

        :param partner: the client that stays
        """
        # sudo: the merge moves everything, whatever its user may see
        rows = self.sudo().search(
            Domain("person_id", "=", partner.id) | Domain("firm_id", "=", partner.id)
        )
        wrong = rows.filtered(
            lambda row: row.person_id.is_company or not row.firm_id.is_company
        )
        wrong.unlink()
        rows -= wrong
        mains = rows.filtered("is_main")
        mains.is_main = False
        candidates = self.browse()
        for same in rows.grouped(lambda row: (row.person_id, row.firm_id)).values():
            for kept, doubles in same._merge_overlapping().items():
                candidates |= kept if doubles & mains else self.browse()
        candidates._become_main_where_free()

    def _become_main_where_free(self):
        """Make main those rows whose firm has no other main one at their time."""
        for row in self:
            others = row.search(
                Domain("firm_id", "=", row.firm_id.id) & Domain("is_main", "=", True)
            )
            if not (others | row)._get_overlap():
                row.is_main = True

    @api.model
    def _get_merged_fields(self):
        fields_of_role = ["role_id", "function", "email", "phone"]
        return [*super()._get_merged_fields(), *fields_of_role]
