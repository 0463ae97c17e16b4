from odoo import api, fields, models
from odoo.fields import Domain


class GestorDataIssue(models.Model):
    """What is wrong with a client, since when, and whether somebody let it be.

    Written by the checks, in SQL; it vanishes by itself when it is mended.
    """

    _name = "gestor.data.issue"
    _description = "To Fix"
    _inherit = ["gestor.client.row.mixin"]
    _order = "found_at desc, id desc"
    _rec_name = "partner_id"

    check_id = fields.Many2one(
        "gestor.data.check",
        string="What is wrong",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    user_id = fields.Many2one(related="partner_id.user_id", string="Guardian")
    city = fields.Char(related="partner_id.city")
    found_at = fields.Datetime(string="Since", readonly=True)
    is_ignored = fields.Boolean(string="Ignored", readonly=True)
    ignored_until = fields.Date(
        readonly=True, help="The day on which it is to fix again. Empty: for good."
    )
    ignored_reason = fields.Char(string="Why ignored", readonly=True)
    ignored_user_id = fields.Many2one("res.users", string="Ignored by", readonly=True)

    _issue_uniq = models.UniqueIndex("(check_id, partner_id)")

    @api.model
    def _get_current_domain(self):
        """Return what is to fix now: not ignored, or not any more."""
        today = fields.Date.context_today(self)
        return Domain("check_id.active", "=", True) & (
            Domain("is_ignored", "=", False) | Domain("ignored_until", "<=", today)
        )

    @api.model
    def _get_mine_domain(self):
        """Return what concerns the clients of the user and of whom he stands in for."""
        users = self.env.user | self.env.user._gestor_acting_for()
        return Domain("partner_id.user_id", "in", users.ids)

    # === Actions ===

    @api.model
    def action_open_mine(self):
        """Open the list; what was mended meanwhile is gone."""
        self.check_access("read")
        users = self.env.user | self.env.user._gestor_acting_for()
        checks = self.env["gestor.data.check"].search([("error", "=", False)])
        checks._refresh(Domain("user_id", "in", users.ids))
        return self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_client_sets.gestor_data_issue_action"
        )

    def action_fix(self):
        """Open the card of the client at the field to mend."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
            "context": {"gestor_client_sets_focus": self.check_id.fix_field},
        }

    def action_recheck(self):
        """Look at these clients again."""
        self.check_access("read")
        narrow = Domain("id", "in", self.partner_id.ids)
        self.check_id._refresh(narrow)
        return True

    def action_restore(self):
        """Put what was ignored back on the list."""
        self._decidable().write(
            {
                "is_ignored": False,
                "ignored_until": False,
                "ignored_reason": False,
                "ignored_user_id": False,
            }
        )
        return True

    def _gestor_ignore(self, reason, until=None):
        """Let it be, for good or until a day.

        :param str reason: for whoever asks later
        :param date until: the day on which it comes back
        """
        self._decidable().write(
            {
                "is_ignored": True,
                "ignored_until": until,
                "ignored_reason": reason,
                "ignored_user_id": self.env.uid,
            }
        )

    def _decidable(self):
        """Return the rows with the right to decide about them, or refuse."""
        self.check_access("read")
        # sudo: written by decisions only; who works with the client may decide
        return self.sudo()  # the rows are written by decisions only
