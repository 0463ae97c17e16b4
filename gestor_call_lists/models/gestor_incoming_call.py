from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gestor_partners.lib import phone

GROUP = "gestor_activities.gestor_activities_group_own"
#: callers found by one number that are shown
CALLERS = 3
#: fewer digits than a whole number are not enough to say who calls
MIN_DIGITS = 7
#: characters kept of what the exchange sends
LONGEST = 32


class GestorIncomingCall(models.AbstractModel):
    """Says who is calling, to the user whose phone rings. Nothing is kept."""

    _name = "gestor.incoming.call"
    _description = "Incoming Call"

    @api.model
    def _gestor_announce(self, company, number, extension=None, login=None):
        """Show the caller to the user whose phone rings.

        Without an extension or login the guardian of the caller is told.

        :param company: the company of the telephone exchange
        :param str number: as the exchange writes it
        :return: whether there was somebody to tell
        :rtype: bool
        """
        number = (number or "").strip()[:LONGEST]
        user = self._get_user(company, extension, login)
        if not user and not (extension or login):
            callers = self._get_callers(company, number)
            user = callers.user_id.filtered(
                lambda user: user.active and company in user.company_ids
            )[:1]
        if not number or not user.has_group(GROUP):
            return False
        # what the user may not read is not shown to him
        there = self.with_user(user).with_context(
            lang=user.lang, allowed_company_ids=company.ids
        )
        user._bus_send("gestor_call_lists/incoming", there._prepare_payload(number))
        return True

    @api.model
    def _get_user(self, company, extension, login):
        users = self.env["res.users"]
        here = Domain("company_ids", "in", company.ids) & Domain("share", "=", False)
        for field, value in (("gestor_call_extension", extension), ("login", login)):
            if value:
                return users.search(here & Domain(field, "=", str(value)), limit=1)
        return users

    @api.model
    def _get_callers(self, company, number):
        digits = phone.digits(number)
        partners = self.env["res.partner"]
        if len(digits) < MIN_DIGITS:
            return partners
        return partners.search(
            Domain("gestor_phone_digits", "=", digits)
            & Domain("company_id", "in", (False, company.id)),
            limit=CALLERS,
            order="is_company, id",
        )

    @api.model
    def _prepare_payload(self, number):
        callers = self._get_callers(self.env.company, number)
        return {
            "number": number,
            "callers": [
                {
                    "id": caller.id,
                    "name": caller.display_name,
                    # sudo: everybody may know who looks after the client
                    "guardian": caller.user_id.sudo().name or "",
                }
                for caller in callers
            ],
        }
