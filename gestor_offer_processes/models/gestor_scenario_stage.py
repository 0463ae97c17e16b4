from odoo import fields, models


class GestorScenarioStage(models.Model):
    _inherit = "gestor.scenario.stage"

    crm_stage_id = fields.Many2one(
        "crm.stage",
        string="Pipeline stage",
        ondelete="set null",
        index="btree_not_null",
        help="Where a process in this stage stands in the pipeline. Empty: it stays"
        " where it is.",
    )
