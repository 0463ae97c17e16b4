from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gestor_offers.models.gestor_offer_lifecycle import STATES


class GestorOfferReportMixin(models.AbstractModel):
    """What both reports of offers are asked by.

    One offer counts with one variant: the accepted one, else the proposed one, in the
    company's currency at the rate of the variant.
    """

    _name = "gestor.offer.report.mixin"
    _description = "Effectiveness Of Offers"
    _auto = False
    _rec_name = "offer_id"
    _order = "date desc, id desc"

    offer_id = fields.Many2one("gestor.offer", readonly=True)
    process_id = fields.Many2one("crm.lead", string="Offer process", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    user_id = fields.Many2one("res.users", string="Guardian", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    medium_id = fields.Many2one("utm.medium", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    scenario_id = fields.Many2one("gestor.scenario", readonly=True)
    scenario_stage_id = fields.Many2one("gestor.scenario.stage", readonly=True)
    date = fields.Date(string="Offer date", readonly=True)
    state = fields.Selection(STATES, string="Status", readonly=True)
    outcome = fields.Selection(
        [("open", "Open"), ("won", "Won"), ("lost", "Lost")], readonly=True
    )
    lost_reason_id = fields.Many2one(
        "crm.lost.reason", string="Loss reason", readonly=True
    )
    competitor_id = fields.Many2one("gestor.competitor", readonly=True)
    amount = fields.Monetary(string="Net amount", readonly=True)
    cost = fields.Monetary(readonly=True)
    margin = fields.Monetary(string="Profit", readonly=True)
    margin_percent = fields.Float(
        string="Margin (%)",
        readonly=True,
        aggregator="avg",
        help="Of groups: their profit as a fraction of their value.",
    )
    won_amount = fields.Monetary(string="Won value", readonly=True)
    lost_amount = fields.Monetary(string="Lost value", readonly=True)
    success_percent = fields.Float(
        string="Effectiveness",
        readonly=True,
        aggregator="avg",
        help="Won as a fraction of what is decided; open offers do not count.",
    )

    def action_open_offer(self):
        """Open the offer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.offer",
            "res_id": self.offer_id.id,
            "views": [(False, "form")],
        }

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "margin_percent:avg":
            # not the average of the margins: a small offer counts for little
            return SQL(
                "SUM(%s) / NULLIF(SUM(%s), 0)",
                self._field_to_sql(self._table, "margin", query),
                self._field_to_sql(self._table, "amount", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s WHERE %s", *self._get_query_parts())

    @api.model
    def _get_query_parts(self):
        """Return the columns, the tables and the condition of the report.

        :rtype: tuple[SQL, SQL, SQL]
        """
        columns = SQL(
            """
            o.id AS offer_id,
            o.process_id AS process_id,
            o.partner_id AS partner_id,
            o.user_id AS user_id,
            COALESCE(process.team_id, variant.team_id) AS team_id,
            o.company_id AS company_id,
            company.currency_id AS currency_id,
            COALESCE(process.source_id, variant.source_id) AS source_id,
            COALESCE(process.medium_id, variant.medium_id) AS medium_id,
            COALESCE(process.campaign_id, variant.campaign_id) AS campaign_id,
            process.scenario_id AS scenario_id,
            process.gestor_stage_id AS scenario_stage_id,
            o.date_from AS date,
            o.state AS state,
            verdict.outcome AS outcome,
            CASE WHEN verdict.outcome = 'lost'
                THEN COALESCE(o.reject_reason_id, process.lost_reason_id)
            END AS lost_reason_id,
            COALESCE(o.competitor_id, process.gestor_competitor_id) AS competitor_id,
            figures.amount AS amount,
            figures.amount - figures.margin AS cost,
            figures.margin AS margin,
            figures.margin / NULLIF(figures.amount, 0) AS margin_percent,
            CASE WHEN verdict.outcome = 'won' THEN figures.amount ELSE 0 END
                AS won_amount,
            CASE WHEN verdict.outcome = 'lost' THEN figures.amount ELSE 0 END
                AS lost_amount,
            CASE verdict.outcome WHEN 'won' THEN 1.0 WHEN 'lost' THEN 0.0 END
                AS success_percent
            """
        )
        return columns, self._get_tables(), SQL("TRUE")

    @api.model
    def _get_tables(self):
        """Return each offer with its process, counting variant and outcome."""
        return SQL(
            """
            gestor_offer o
            JOIN res_company company ON company.id = o.company_id
            LEFT JOIN crm_lead process ON process.id = o.process_id
            LEFT JOIN sale_order variant
                ON variant.id = COALESCE(o.accepted_order_id, o.proposed_order_id)
            CROSS JOIN LATERAL (
                SELECT CASE
                    WHEN o.state IN ('accepted', 'realized') THEN 'won'
                    WHEN o.state IN ('rejected', 'expired')
                        OR process.won_status = 'lost' THEN 'lost'
                    ELSE 'open'
                END AS outcome
            ) verdict
            """
        )
