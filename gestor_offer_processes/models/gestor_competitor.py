from odoo import fields, models


class GestorCompetitor(models.Model):
    """A firm that offers the same to the same clients."""

    _name = "gestor.competitor"
    _description = "Competitor"
    _order = "sequence, name, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: known to all companies.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        check_company=True,
        index="btree_not_null",
        help="Its card, when the competitor is in the contacts, too.",
    )
    note = fields.Text(string="Strong and weak points")

    # two companies may know a competitor by one name; a shared name is unique
    _name_uniq = models.UniqueIndex(
        "(lower(name), COALESCE(company_id, 0))",
        "There is a competitor of this name already.",
    )
