from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"


class GestorPartnerGuardianMixin(models.AbstractModel):
    """Guardians by area, beside the main one; all of them have the client."""

    _name = "gestor.partner.guardian.mixin"
    _description = "Guardians of a Client"

    gestor_guardian_ids = fields.One2many(
        "gestor.guardian", "partner_id", string="Guardians by area", groups=STAFF
    )

    @api.model
    def _get_gestor_owner_domain(self, users):
        """Count every guardian in force; see :class:`gestor.participant.mixin`."""
        # sudo: this is how it is found out which clients the user may read
        guardians = self.env["gestor.guardian"].sudo()
        query = guardians._search(
            Domain("user_id", "in", users.ids) & guardians._get_in_force_domain()
        )
        by_area = Domain("id", "in", query.subselect("partner_id"))
        return super()._get_gestor_owner_domain(users) | by_area

    @api.depends("gestor_guardian_ids.user_id", "gestor_guardian_ids.is_current")
    def _compute_gestor_is_in_charge(self):
        result = super()._compute_gestor_is_in_charge()
        others = self.filtered(lambda client: not client.gestor_is_in_charge)
        users = self._gestor_represented_users()
        # sudo: see _get_gestor_owner_domain
        guardians = self.env["gestor.guardian"].sudo()
        rows = guardians.search(
            Domain("partner_id", "in", others.ids)
            & Domain("user_id", "in", users.ids)
            & guardians._get_in_force_domain()
        )
        mine = set(rows.partner_id.ids)
        for client in others:
            client.gestor_is_in_charge = client._origin.id in mine
        return result

    def _gestor_get_guardians(self, area=None, date=None):
        """Return who looks after each client in an area, active users only.

        Nobody in the area: the main guardian. Constant number of queries.

        :param str area: code of ``gestor.guardian.area``; empty: the main guardian
        :param date: today by default
        :return: ``{client: res.users}``, perhaps empty, in order
        :rtype: dict
        """
        found = {}
        if area:
            # sudo: who looks after a client is no secret of those who may read it
            guardians = self.env["gestor.guardian"].sudo()
            rows = guardians.search(
                Domain("partner_id", "in", self.ids)
                & Domain("area_id.code", "=", area)
                & Domain("user_id.active", "=", True)
                & guardians._get_in_force_domain(date)
            )
            found = rows.grouped("partner_id")
        return {
            client: (
                found[client].user_id.with_env(self.env)
                if client in found
                else client.user_id.filtered("active")
            )
            for client in self
        }

    def _gestor_hand_over(self, user, area=None, with_activities=False):
        """Give these clients another guardian, from today.

        :param user: the new guardian
        :param area: ``gestor.guardian.area``; none: the main guardian. Those who
            looked after the area until yesterday stay as history.
        :param bool with_activities: whether the open activities of the old guardians
            on these clients go along; those of others never do
        """
        if with_activities:
            self._hand_gestor_activities_over(user, area)
        if not area:
            self.user_id = user
            return
        guardians = self.env["gestor.guardian"]
        today = fields.Date.context_today(self)
        rows = guardians.search(
            Domain("partner_id", "in", self.ids)
            & Domain("area_id", "=", area.id)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )
        begun = rows.filtered(lambda row: not row.date_from or row.date_from < today)
        begun.date_to = today - timedelta(days=1)
        (rows - begun).unlink()
        guardians.create(
            [
                {
                    "partner_id": client.id,
                    "user_id": user.id,
                    "area_id": area.id,
                    "date_from": today,
                }
                for client in self
            ]
        )

    def _hand_gestor_activities_over(self, user, area):
        """Give a user the open activities that the guardians of these clients have.

        Without an e-mail for each of them: there may be thousands.
        """
        before = self._get_gestor_guardians_before(area)
        owners = self.env["res.users"].union(*before.values())
        activities = self.env["mail.activity"].search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("user_id", "in", owners.ids)
        )
        theirs = activities.filtered(
            lambda todo: todo.user_id in before[self.browse(todo.res_id)]
        )
        theirs.with_context(mail_activity_quick_update=True).user_id = user

    def _get_gestor_guardians_before(self, area):
        """Return who looks after each client today, also who has left.

        :param area: ``gestor.guardian.area``; none: the main guardian
        :return: ``{client: res.users}``
        :rtype: dict
        """
        if not area:
            return {client: client.user_id for client in self}
        guardians = self.env["gestor.guardian"]
        rows = guardians.search(
            Domain("partner_id", "in", self.ids)
            & Domain("area_id", "=", area.id)
            & guardians._get_in_force_domain()
        ).grouped("partner_id")
        nobody = self.env["res.users"]
        return {
            client: rows[client].user_id if client in rows else nobody
            for client in self
        }
