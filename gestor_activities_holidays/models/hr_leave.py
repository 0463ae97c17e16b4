from odoo import api, fields, models
from odoo.exceptions import UserError

#: what decides whether and when somebody stands in
PERIOD_FIELDS = frozenset(
    (
        "state",
        "employee_id",
        "request_date_from",
        "request_date_to",
        "holiday_status_id",
    )
)


class HrLeave(models.Model):
    _inherit = "hr.leave"

    gestor_substitution_id = fields.Many2one(
        "gestor.substitution",
        string="Substitution",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        # the name of a linked record is shown to everybody who reads the leave
        groups="hr_holidays.group_hr_holidays_responsible",
    )

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._gestor_sync_substitutions()
        return leaves

    def write(self, vals):
        result = super().write(vals)
        if not PERIOD_FIELDS.isdisjoint(vals):
            self._gestor_sync_substitutions()
        return result

    def unlink(self):
        self._gestor_end_substitutions()
        return super().unlink()

    def _gestor_sync_substitutions(self):
        """Let the default substitutes stand in during these leaves, and only then."""
        # sudo: the substitution follows the leave, whoever approves or cancels it
        leaves = self.sudo()
        absences = leaves.filtered(lambda leave: leave._gestor_is_absence())
        (leaves - absences)._gestor_end_substitutions()
        for leave in absences:
            leave._gestor_sync_substitution()

    def _gestor_is_absence(self):
        """Return whether the leave keeps its person away for whole days to come."""
        self.ensure_one()
        user = self.employee_id.user_id
        return bool(
            self.state == "validate"
            and user.gestor_substitute_id
            and not (self.request_unit_half or self.request_unit_hours)
            and self.request_date_to >= fields.Date.context_today(self)
        )

    def _gestor_sync_substitution(self):
        """Make the substitution of this leave, or give it the days of the leave.

        What stands against it - the substitute is away too, for instance - is told to
        the absent person; the leave stays approved.
        """
        self.ensure_one()
        user = self.employee_id.user_id
        days = {"date_from": self.request_date_from, "date_to": self.request_date_to}
        current = self.gestor_substitution_id.filtered(
            lambda substitution: (
                substitution.state != "ended" and substitution.user_id == user
            )
        )
        if current.state == "active":
            del days["date_from"]  # a substitution that has begun keeps its first day
        try:
            with self.env.cr.savepoint():
                if current:
                    current.write(days)
                else:
                    self._gestor_end_substitutions()
                    self.gestor_substitution_id = current.create(
                        {"user_id": user.id, **days}
                    )
        except UserError as error:
            self._gestor_tell_no_substitute(user, str(error))

    def _gestor_end_substitutions(self):
        """Take back what these leaves brought: what has begun ends now."""
        # sudo: as above
        found = self.sudo().gestor_substitution_id
        found.filtered(lambda row: row.state == "active").action_end()
        found.filtered(lambda row: row.state == "planned").unlink()

    def _gestor_tell_no_substitute(self, user, reason):
        env = self.with_context(lang=user.lang).env
        self.message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Nobody stands in for you"),
            body=env._(
                "Your leave is approved, but your default substitute cannot stand in: "
                "%(reason)s",
                reason=reason,
            ),
        )
