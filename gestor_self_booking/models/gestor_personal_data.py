from odoo import api, fields, models
from odoo.fields import Domain


class GestorPersonalData(models.AbstractModel):
    _inherit = "gestor.personal.data"

    @api.model
    def _get_more_domains(self, people, found):
        return {
            **super()._get_more_domains(people, found),
            "gestor.self.booking": Domain("partner_id", "in", people.ids),
        }

    @api.model
    def _get_obstacles(self, partner):
        obstacles = super()._get_obstacles(partner)
        # sudo: whoever looks, the visits are there
        people = self._get_people(partner.sudo())
        ahead = self._get_visits_of(people).filtered(
            lambda visit: (
                visit.state != "cancelled" and visit.stop_at > fields.Datetime.now()
            )
        )
        if ahead:
            obstacles.append(
                self.env._(
                    "Booked visits that are still ahead: %(count)s. Cancel them first.",
                    count=len(ahead),
                )
            )
        return obstacles

    @api.model
    def _forget_traces(self, people):
        result = super()._forget_traces(people)
        visits = self._get_visits_of(people)
        visits._gestor_anonymise()
        # sudo: links that would still open for whoever has the old mail
        invites = self.env["gestor.self.booking.invite"].sudo()
        invites.search([("partner_id", "in", people.ids)]).unlink()
        return result

    @api.model
    def _get_visits_of(self, people):
        # sudo: all of the person's data, whatever the administrator reads
        visits = self.env["gestor.self.booking"].sudo()
        return visits.search([("partner_id", "in", people.ids)])
