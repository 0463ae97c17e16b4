from odoo import api, fields, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    gestor_contact_warning = fields.Char(
        string="Outside contact hours",
        compute="_compute_gestor_contact_warning",
        groups="base.group_user",
    )

    @api.depends("allday", "start", "start_date", "partner_ids")
    @api.depends_context("lang", "uid")
    def _compute_gestor_contact_warning(self):
        """Warn of clients who are not to be met then; nothing is forbidden.

        Colleagues have working hours of their own, which the host keeps.
        """
        clients = self.partner_ids._filtered_access("read").filtered("partner_share")
        for event in self:
            at = event.start_date if event.allday else event.start
            attendees = clients.browse(event.partner_ids._origin.ids) & clients._origin
            event.gestor_contact_warning = attendees.with_prefetch(
                clients._prefetch_ids
            )._gestor_contact_warning(at)
