from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.gestor_offers.models.gestor_offer_lifecycle import WON_STATES

STAFF = "base.group_user"
#: outcomes of a stage by what the host says of the process
OUTCOMES = {"won": ("won",), "lost": ("lost", "cancelled"), "pending": ("open",)}


class CrmLead(models.Model):
    """An offer process that goes through a scenario beside the host's pipeline.

    The scenario says what is allowed and what happens; the pipeline shows it. Each
    follows the other: a stage of the scenario puts the process into its pipeline
    stage, wins or loses it; what the host or the client does moves the process to
    the fitting stage of its scenario. Without a scenario it is the host's process.
    """

    _name = "crm.lead"
    _inherit = ["crm.lead", "gestor.scenario.mixin"]

    _gestor_stage_field = "gestor_stage_id"

    # the host's stage, which others than the staff may read: not the scenario's
    stage_id = fields.Many2one(groups=None)
    gestor_stage_id = fields.Many2one(
        "gestor.scenario.stage",
        string="Scenario stage",
        domain="[('scenario_id', '=', scenario_id)]",
        group_expand="_read_group_stage_id",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        groups=STAFF,
    )
    scenario_id = fields.Many2one(index="btree_not_null", copy=False)
    stage_outcome = fields.Selection(related="gestor_stage_id.outcome")
    stage_entry_text = fields.Html(related="gestor_stage_id.entry_text")
    gestor_competitor_id = fields.Many2one(
        "gestor.competitor",
        string="Competitor",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        groups=STAFF,
        help="Who offers the same to the client, or won instead of us.",
    )
    gestor_lost_note = fields.Text(
        string="Comment on the loss", copy=False, groups=STAFF
    )
    gestor_realized_amount = fields.Monetary(
        string="Realized",
        compute="_compute_gestor_realized",
        currency_field="company_currency",
        groups=STAFF,
        help="Net, in the company's currency: what is invoiced of the accepted offers.",
    )
    gestor_realized_percent = fields.Float(
        string="Realized part",
        compute="_compute_gestor_realized",
        groups=STAFF,
        help="A fraction of the value of the accepted offers: 0.25 is 25 %.",
    )

    # === Defaults and computes ===

    def _default_scenario_id(self):
        if self.env.context.get("default_type") == "lead":
            return False
        return super()._default_scenario_id()

    @api.depends(
        "gestor_amount_untaxed",
        "gestor_offer_ids.state",
        "gestor_offer_ids.accepted_order_id.order_line.untaxed_amount_invoiced",
    )
    def _compute_gestor_realized(self):
        # sudo: the figures of a process count all its offers, as its value does
        offers = self.sudo().gestor_offer_ids.filtered(lambda o: o.state in WON_STATES)
        lines = self.env["sale.order.line"].sudo()  # sudo: as above
        invoiced = dict(
            lines._read_group(
                [("order_id", "in", offers.accepted_order_id.ids)],
                ["order_id"],
                ["untaxed_amount_invoiced:sum"],
            )
        )
        by_process = offers.grouped("process_id")
        for lead in self:
            amount = 0.0
            # sudo: the offers were read with all rights, as above
            for offer in by_process.get(lead._origin.sudo(), offers.browse()):
                currency = lead.company_id.currency_id or offer.company_id.currency_id
                amount += offer._get_company_amount(
                    invoiced.get(offer.accepted_order_id, 0.0), currency
                )
            lead.gestor_realized_amount = amount
            value = lead.gestor_amount_untaxed
            lead.gestor_realized_percent = amount / value if amount and value else 0.0

    # === CRUD ===

    def write(self, vals):
        result = super().write(vals)
        if not {"stage_id", "active", "probability"}.isdisjoint(vals):
            self._follow_pipeline()
        return result

    def web_save(self, vals, specification, next_id=None):
        """Ask a person why the process is lost where a program is refused."""
        stage = self.env["gestor.scenario.stage"].browse(vals.get("gestor_stage_id"))
        if stage.outcome in OUTCOMES["lost"] and self._filter_without_loss():
            raise RedirectWarning(
                self._get_loss_message(),
                self._get_lost_action(),
                self.env._("Mark as lost"),
            )
        return super().web_save(vals, specification, next_id=next_id)

    @api.model
    def _prepare_first_stage_vals(self, vals):
        kind = vals.get("type") or self.default_get(["type"]).get("type")
        if kind == "lead":
            vals = {**vals, "scenario_id": False, "gestor_stage_id": False}
        vals = super()._prepare_first_stage_vals(vals)
        wanted = vals.get("stage_id") or self.env.context.get("default_stage_id")
        if wanted and vals["gestor_stage_id"]:
            # put into a column of the pipeline: the stage that belongs there
            stage = self.env["gestor.scenario.stage"].search(
                [
                    ("scenario_id", "=", vals["scenario_id"]),
                    ("outcome", "=", "open"),
                    ("crm_stage_id", "=", wanted),
                ],
                limit=1,
            )
            vals["gestor_stage_id"] = stage.id or vals["gestor_stage_id"]
        return vals

    # === The scenario and the pipeline ===

    def _check_move(self, stage, new_scenario_id):
        # what the client has decided goes before the arrows
        is_decided = self.env.context.get("gestor_offer_processes_decided")
        if is_decided and self.env.su:
            return None
        return super()._check_move(stage, new_scenario_id)

    def _check_stage_reason(self, stage, reason):
        if stage.outcome in OUTCOMES["lost"] and self._filter_without_loss():
            raise UserError(self._get_loss_message())
        return super()._check_stage_reason(stage, reason)

    def _filter_without_loss(self):
        return self.filtered(lambda lead: lead.won_status != "lost")

    @api.model
    def _get_loss_message(self):
        return self.env._(
            "A process is lost with a reason: use the button “Lost” and choose it."
        )

    def _get_lost_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.crm_lead_lost_action"
        )
        return {**action, "context": {"default_lead_ids": self.ids}}

    def _gestor_stage_entered(self, stage):
        result = super()._gestor_stage_entered(stage)
        # sudo: the move was allowed, and the user may have lost the process to the
        # person responsible in the new stage
        leads = self.sudo()
        if stage.outcome == "won":
            leads.filtered(lambda lead: lead.won_status != "won").action_set_won()
        elif stage.outcome == "open":
            leads.filtered(lambda lead: lead.won_status == "lost").action_restore()
            target = stage.crm_stage_id
            if target:
                leads.filtered(lambda lead: lead.stage_id != target).write(
                    {"stage_id": target.id}
                )
        return result

    def _follow_pipeline(self):
        """Move processes to the stage that fits what the host says of them.

        Won, lost and opened again goes before the arrows, as the client's decision;
        along the pipeline only an allowed move is possible.

        :raise UserError: if the scenario does not allow the move
        """
        # sudo: whoever may write the process may know its scenario
        for lead in self.sudo().filtered("gestor_stage_id"):
            outcomes = OUTCOMES[lead.won_status]
            current = lead.gestor_stage_id
            is_decision = current.outcome not in outcomes
            if not is_decision and (
                lead.won_status != "pending" or lead.stage_id == current.crm_stage_id
            ):
                continue
            stage = lead._find_scenario_stage(outcomes, is_decision)
            if not stage:
                continue
            reason = lead.lost_reason_id.name or stage.name
            if is_decision:
                lead = lead.with_context(gestor_offer_processes_decided=True)
            else:
                # sudo: the arrows hold for the user, so back to his own rights
                lead = lead.sudo(self.env.su)
            lead._gestor_enter_stage(stage, reason)

    def _find_scenario_stage(self, outcomes, is_decision):
        """Return the stage of the scenario that fits the pipeline, or nothing.

        :param outcomes: those of the stages in question
        :param bool is_decision: whether the process was won, lost or opened again
        """
        self.ensure_one()
        stages = self.scenario_id.stage_ids.filtered(lambda s: s.outcome in outcomes)
        following = self.gestor_stage_id._get_next_stages() & stages
        here = stages.filtered(lambda s: s.crm_stage_id == self.stage_id)
        if not is_decision:
            return (following & here or here)[:1]
        if outcomes == OUTCOMES["pending"]:
            # where it stood before it was won or lost
            rows = self.scenario_history_ids.sorted("id", reverse=True)
            before = rows.stage_id.filtered(lambda s: s in stages)
            return (before & here or before or here or stages)[:1]
        return (following & here or following or here or stages)[:1]

    # === Decisions ===

    def action_set_lost(self, **additional_values):
        """Lose processes with a reason.

        :raise UserError: if somebody loses a process without a reason; the client's
            own words, which come with all rights, are a reason enough
        """
        if not self.env.su and not additional_values.get("lost_reason_id"):
            unclear = self.filtered(
                lambda lead: lead.type == "opportunity" and not lead.lost_reason_id
            )
            if unclear:
                raise UserError(self._get_loss_message())
        return super().action_set_lost(**additional_values)

    def action_unarchive(self):
        closed = self.filtered(lambda lead: not lead.active)
        result = super().action_unarchive()
        # sudo: whoever may open the process again forgets why it was lost
        closed.sudo().write({"gestor_lost_note": False})
        return result

    def _convert_opportunity_data(self, customer, team_id=False):
        vals = super()._convert_opportunity_data(customer, team_id)
        if not self.scenario_id:
            company = self.company_id or self.env.company
            vals["scenario_id"] = self.env["gestor.scenario"]._get_default_id(
                self._name, company.id
            )
        return vals
