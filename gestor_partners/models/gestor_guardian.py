from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class GestorGuardian(models.Model):
    """A user looks after a client in an area, beside the main guardian.

    The main guardian is ``user_id`` of the client, as in the host; the flag of a row
    says whether its user is the one.
    """

    _name = "gestor.guardian"
    _description = "Guardian of a Client"
    _inherit = ["gestor.period.mixin"]
    _order = "partner_id, area_id, id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Guardian",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    area_id = fields.Many2one(
        "gestor.guardian.area",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["gestor.guardian.area"].search([], limit=1),
    )
    is_main = fields.Boolean(
        string="Main",
        compute="_compute_is_main",
        inverse="_inverse_is_main",
        search="_search_is_main",
    )
    note = fields.Char()

    @api.depends("user_id", "partner_id.user_id")
    def _compute_is_main(self):
        for guardian in self:
            guardian.is_main = (
                guardian.user_id and guardian.user_id == guardian.partner_id.user_id
            )

    def _inverse_is_main(self):
        for guardian in self:
            client = guardian.partner_id
            if guardian.is_main:
                client.user_id = guardian.user_id
            elif client.user_id == guardian.user_id:
                client.user_id = False

    @api.model
    def _search_is_main(self, operator, value):
        if operator != "in":
            return NotImplemented
        mains = Domain.custom(to_sql=self._get_main_sql)
        if False in value:
            return Domain.TRUE if True in value else ~mains
        return mains

    @api.model
    def _get_main_sql(self, _model, alias, _query):
        self.env["res.partner"].flush_model(["user_id"])
        return SQL(
            """%s IS NOT DISTINCT FROM (
                   SELECT client.user_id FROM res_partner AS client
                    WHERE client.id = %s)""",
            SQL.identifier(alias, "user_id"),
            SQL.identifier(alias, "partner_id"),
        )

    @api.depends("user_id.name", "area_id.name")
    def _compute_display_name(self):
        for guardian in self:
            guardian.display_name = (
                f"{guardian.user_id.name or ''} ({guardian.area_id.name or ''})"
            )

    @api.constrains("user_id")
    def _check_user(self):
        for guardian in self:
            if guardian.user_id.share:
                raise ValidationError(
                    self.env._(
                        "%(user)s is no employee and cannot look after clients.",
                        user=guardian.user_id.name,
                    )
                )

    @api.constrains("partner_id", "user_id", "area_id", "date_from", "date_to")
    def _check_doubles(self):
        rows = self.search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("user_id", "in", self.user_id.ids)
        )
        for same in rows.grouped(self._get_double_key).values():
            if same._get_overlap():
                raise ValidationError(
                    self.env._(
                        "%(user)s looks after %(client)s in this area at this time "
                        "already.",
                        user=same[0].user_id.name,
                        client=same[0].partner_id.name,
                    )
                )

    @api.model
    def _get_double_key(self, row):
        return row.partner_id, row.user_id, row.area_id

    @api.model
    def _merge_doubles(self, partner):
        """Leave one row of each user and area, after clients became one."""
        # sudo: the merge moves everything, whatever its user may see
        rows = self.sudo().search(Domain("partner_id", "=", partner.id))
        for same in rows.grouped(self._get_double_key).values():
            same._merge_overlapping()
