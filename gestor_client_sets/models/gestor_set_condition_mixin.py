from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.gestor_partners.models.gestor_client_interest import STRENGTHS


class GestorSetConditionMixin(models.AbstractModel):
    """One use of a ready definition, with its parameters.

    An addon with a definition of its own adds the parameters that are missing here.
    """

    _name = "gestor.set.condition.mixin"
    _description = "Use Of A Definition"

    definition = fields.Selection("_selection_definition")
    is_negated = fields.Boolean(
        string="Not", help="The clients for whom it does not hold."
    )
    days = fields.Integer(aggregator=False)
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    product_ids = fields.Many2many(
        "product.product", string="Goods", help="Any of them. Empty: anything."
    )
    interest_ids = fields.Many2many(
        "gestor.interest", string="Interests", help="Any of them, or a narrower one."
    )
    interest_strength = fields.Selection(
        STRENGTHS,
        string="At least",
        help="Empty: any strength, also where nobody has judged it.",
    )
    head_office_id = fields.Many2one(
        "res.partner", string="Head office", ondelete="cascade"
    )
    params_shown = fields.Char(compute="_compute_params_shown")
    summary = fields.Char(compute="_compute_summary")

    _days_not_negative = models.Constraint(
        "CHECK (days IS NULL OR days >= 0)", "Say the number of days as 0 or more."
    )

    @api.model
    def _selection_definition(self):
        definitions = self.env["gestor.set.definition"]
        return [
            (key, definitions._get_definition(key)._label())
            for key in definitions._get_all_keys()
        ]

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer only what works in this database."""
        result = super().fields_get(allfields, attributes)
        known = self.env["gestor.set.definition"]._get_keys()
        info = result.get("definition", {})
        if "selection" in info:
            info["selection"] = [item for item in info["selection"] if item[0] in known]
        return result

    @api.depends("definition")
    def _compute_params_shown(self):
        """The names of the parameters, between commas, for the screen."""
        definitions = self.env["gestor.set.definition"]
        for condition in self:
            names = ()
            if condition.definition in definitions._get_all_keys():
                names = definitions._get_definition(condition.definition)._gestor_params
            condition.params_shown = f",{','.join(names)},"

    @api.depends(lambda self: self._get_condition_fields())
    @api.depends_context("lang")
    def _compute_summary(self):
        definitions = self.env["gestor.set.definition"]
        known = definitions._get_all_keys()
        for condition in self:
            condition.summary = False
            if condition.definition in known:
                # sudo: the name of a good or an interest is no secret
                text = definitions._get_definition(condition.definition)._describe(
                    condition.sudo()
                )
                condition.summary = (
                    self.env._("not: %(text)s", text=text)
                    if condition.is_negated
                    else text
                )

    @api.model
    def _get_condition_fields(self):
        """Return the names of the fields that make a condition: add your own."""
        return [
            *("definition", "is_negated", "days", "date_from", "date_to"),
            *("product_ids", "interest_ids", "interest_strength", "head_office_id"),
        ]

    @api.constrains(lambda self: self._get_condition_fields())
    def _check_condition(self):
        definitions = self.env["gestor.set.definition"]
        for condition in self.filtered("definition"):
            definitions._get_definition(condition.definition)._validate(condition)

    def _get_condition_domain(self, env):
        """Return the partners of all these conditions at once.

        :param env: its user is the one whose rights count
        :raise ValidationError: if a definition is not installed any more
        :rtype: Domain
        """
        domain = Domain.TRUE
        for condition in self:
            definition = env["gestor.set.definition"]._get_definition(
                condition.definition
            )
            if not definition._is_available():
                raise ValidationError(
                    env._(
                        '"%(definition)s" needs an addon that is not installed.',
                        definition=definition._label(),
                    )
                )
            # sudo: the parameters stand in the rule; whom it finds is asked as the user
            found = definition._get_domain(condition.sudo())
            domain &= ~found if condition.is_negated else found
        return domain
