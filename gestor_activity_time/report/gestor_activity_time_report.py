from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gestor_activities.const import KINDS


class GestorActivityTimeReport(models.Model):
    """Closed time entries, with their hours rounded up as the company counts them."""

    _name = "gestor.activity.time.report"
    _description = "Time Report"
    _auto = False
    _order = "start_at desc, id desc"
    _rec_name = "activity_id"

    activity_id = fields.Many2one("gestor.activity", readonly=True)
    type_id = fields.Many2one("gestor.activity.type", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    start_at = fields.Datetime(string="From", readonly=True)
    is_chargeable = fields.Boolean(string="Chargeable", readonly=True)
    hours = fields.Float(string="Worked hours", readonly=True)
    rounded_hours = fields.Float(
        readonly=True, help="Each entry rounded up as the settings say."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT entry.id, entry.activity_id, entry.type_id, entry.kind,
                   entry.user_id, entry.partner_id, entry.company_id, entry.start_at,
                   entry.is_chargeable, entry.hours,
                   CASE WHEN COALESCE(company.gestor_time_rounding_minutes, 0) = 0
                        THEN entry.hours
                        ELSE CEIL(
                                 EXTRACT(EPOCH FROM entry.stop_at - entry.start_at)
                                 / (60 * company.gestor_time_rounding_minutes)
                             ) * company.gestor_time_rounding_minutes / 60.0
                   END AS rounded_hours
              FROM gestor_activity_time entry
              JOIN res_company company ON company.id = entry.company_id
             WHERE entry.state != 'running'
            """
        )
