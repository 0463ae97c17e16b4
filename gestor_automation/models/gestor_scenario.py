from odoo import Command, api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class GestorScenario(models.Model):
    """The stages that documents of one kind go through, and the ways between them."""

    _name = "gestor.scenario"
    _description = "Scenario"
    _order = "sequence, id"
    _check_company_domain = models.check_company_domain_parent_of

    _default_uniq = models.UniqueIndex(
        "(model_id, COALESCE(company_id, 0)) WHERE is_default AND active",
        "Another scenario is the default one of these documents already.",
    )

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    # ir.model is closed to ordinary users, who may see the scenarios
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        required=True,
        ondelete="cascade",
        domain=lambda self: self._get_model_domain(),
        bypass_search_access=True,
        help="What goes through the stages of this scenario.",
    )
    model = fields.Char(
        related="model_id.model", string="Technical name", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for the documents of all companies.",
    )
    is_default = fields.Boolean(
        string="Default", help="New documents get this scenario by themselves."
    )
    transition_mode = fields.Selection(
        [("free", "From any stage to any other"), ("drawn", "Only along the arrows")],
        string="Moves",
        default="drawn",
        required=True,
        help="Along the arrows: a document goes only to the allowed next stages; a "
        "stage without any is the end.",
    )
    stage_ids = fields.One2many("gestor.scenario.stage", "scenario_id", copy=False)
    stage_count = fields.Integer(string="Stages", compute="_compute_stage_count")
    diagram = fields.Json(compute="_compute_diagram")

    # === Computes and constraints ===

    def _compute_stage_count(self):
        groups = self.env["gestor.scenario.stage"]._read_group(
            Domain("scenario_id", "in", self.ids), ["scenario_id"], ["__count"]
        )
        counts = {scenario.id: count for scenario, count in groups}
        for scenario in self:
            scenario.stage_count = counts.get(scenario.id, 0)

    @api.depends("transition_mode", "stage_ids")
    @api.depends_context("uid", "lang")
    def _compute_diagram(self):
        """Return what the visual editor draws; always read anew from the stages."""
        can_edit = self.has_access("write")
        for scenario in self:
            scenario.diagram = {
                "can_edit": can_edit,
                "is_free": scenario.transition_mode == "free",
                "stages": [
                    stage._prepare_diagram_vals()
                    for stage in scenario._origin.stage_ids.sorted()
                ],
            }

    @api.model
    def _get_model_domain(self):
        """Return the models that can have scenarios."""
        names = self.env["gestor.scenario.mixin"]._gestor_implementers()
        return Domain("model", "in", names)

    @api.constrains("model_id")
    def _check_model_has_scenarios(self):
        names = self.env["gestor.scenario.mixin"]._gestor_implementers()
        for scenario in self:
            if scenario.model_id.model not in names:
                raise ValidationError(
                    self.env._(
                        'Documents of the kind "%(kind)s" have no scenarios.',
                        kind=scenario.model_id.name,
                    )
                )
        # templates are of the model of the scenario
        self.stage_ids._check_templates()

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.with_context(active_test=False).stage_ids._check_not_used("delete")

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def copy(self, default=None):
        copies = super().copy({"is_default": False, **(default or {})})
        for scenario, duplicate in zip(self, copies, strict=True):
            scenario._copy_stages_to(duplicate)
        return copies

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for scenario, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(name)s (copy)", name=scenario.name)
        return vals_list

    def _copy_stages_to(self, other):
        """Give another scenario the same stages and the same ways between them."""
        stages = self.stage_ids
        copies = stages.copy({"scenario_id": other.id})
        twins = dict(zip(stages.ids, copies.ids, strict=True))
        for stage, duplicate in zip(stages, copies, strict=True):
            following = stage.next_stage_ids & stages
            duplicate.write(
                {
                    "next_stage_ids": [
                        Command.set([twins[next_id] for next_id in following.ids])
                    ],
                    "target_stage_id": twins.get(stage.target_stage_id.id),
                    "auto_advance": stage.auto_advance,
                }
            )

    # === Helpers of the documents ===

    @api.model
    @tools.ormcache("model_name", "company_id")
    def _get_default_id(self, model_name, company_id):
        """Return the id of the scenario that new documents get, or ``False``.

        The default of the company itself goes before its parents' and before the
        shared one.
        """
        # sudo: the answer is the same for everybody, so it can be kept
        company = self.env["res.company"].sudo().browse(company_id)
        companies = [company.id, *reversed(company.parent_ids.ids), False]
        # sudo: as above
        scenarios = self.sudo().search_fetch(
            Domain("model", "=", model_name)
            & Domain("is_default", "=", True)
            & Domain("company_id", "in", companies),
            ["company_id"],
        )
        best = sorted(scenarios, key=lambda s: companies.index(s.company_id.id))
        return best[0].id if best else False

    @api.model
    @tools.ormcache("scenario_id")
    def _get_start_stage_id(self, scenario_id):
        """Return the id of the first stage of a scenario, or ``False``."""
        # sudo: the answer is the same for everybody, so it can be kept
        stages = self.env["gestor.scenario.stage"].sudo()
        return stages.search([("scenario_id", "=", scenario_id)], limit=1).id
