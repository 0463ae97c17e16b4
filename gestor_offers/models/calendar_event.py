from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "gestor.history.mixin"]

    _gestor_history_date = "start"
    _gestor_search_icon = "fa-calendar"

    @api.model
    def _get_gestor_history_label(self):
        return self.env._("Meeting")

    @api.model
    def _gestor_history_domain(self, partner_ids):
        return Domain("partner_ids", "in", partner_ids)

    def _prepare_gestor_history_entry(self):
        parts = (
            format_datetime(self.env, self.start, dt_format="short"),
            self.location,
        )
        return {
            **super()._prepare_gestor_history_entry(),
            "summary": " · ".join(part for part in parts if part),
        }
