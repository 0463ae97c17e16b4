from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_substitute_id = fields.Many2one(
        "res.users",
        string="Default substitute",
        domain="[('share', '=', False), ('id', '!=', id)]",
        ondelete="set null",
        help="Who stands in when the user is away.",
    )
    gestor_is_away = fields.Boolean(
        string="Away", compute="_compute_gestor_is_away", help="Has a substitute now."
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [
            *super().SELF_READABLE_FIELDS,
            "gestor_substitute_id",
            "gestor_is_away",
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "gestor_substitute_id"]

    def _compute_gestor_is_away(self):
        away = {p.user_id for p in self.env["gestor.substitution"]._get_current()}
        for user in self:
            user.gestor_is_away = user.id in away

    def action_gestor_away(self):
        """Begin a substitution by the default substitute, until switched off.

        Without a default substitute a dialog asks for one.
        """
        self.ensure_one()
        self._check_gestor_own_absence()
        if self.gestor_substitute_id:
            self.env["gestor.substitution"].create({"user_id": self.id})
            return {"type": "ir.actions.client", "tag": "reload_context"}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_base.gestor_substitution_action_away"
        )
        action["context"] = {"default_user_id": self.id}
        return action

    def action_gestor_back(self):
        """End the substitutions of the user that hold now."""
        self._check_gestor_own_absence()
        current = self.env["gestor.substitution"]._get_current()
        ids = [period.id for period in current if period.user_id in self.ids]
        self.env["gestor.substitution"].browse(ids).action_end()
        return {"type": "ir.actions.client", "tag": "reload_context"}

    def _check_gestor_own_absence(self):
        """Refuse to send others away; only managers may."""
        manages = self.env.user.has_group("gestor_base.gestor_base_group_manager")
        if self != self.env.user and not manages:
            raise AccessError(
                self.env._("Only managers plan the absence of somebody else.")
            )

    def _gestor_acting_for(self, model=None):
        """Return the users this user stands in for at this moment.

        The user is not among them. Not transitive: a substitute who is away is
        refused, so there is nobody behind. Costs no query.

        :param str model: only those whose substitution covers documents of the model
        :rtype: res.users
        """
        self.ensure_one()
        return self.browse(
            {
                period.user_id
                for period in self.env["gestor.substitution"]._get_current(model)
                if period.substitute_id == self.id
            }
        )

    @api.model
    def _get_gestor_substitution_info(self):
        """Return what the web client shows of the user's substitutions.

        :return: ``{"is_away": bool, "acting_for": [{"name": str, "until": str}]}``
        """
        substitutions = self.env["gestor.substitution"]
        current = substitutions._get_current()
        ids = [p.id for p in current if p.substitute_id == self.env.uid]
        # sudo: the name of whom one stands in for
        acting = substitutions.sudo().search(Domain("id", "in", ids))
        return {
            "is_away": any(p.user_id == self.env.uid for p in current),
            "acting_for": [
                {
                    "name": substitution.user_id.name,
                    "until": substitution.date_to
                    and format_date(self.env, substitution.date_to),
                }
                for substitution in acting
            ],
        }
