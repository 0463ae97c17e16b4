from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GestorActivityClient(models.Model):
    """A client whom an activity is about, and what came of it with this client."""

    _name = "gestor.activity.client"
    _description = "Activity Client"
    _inherit = ["gestor.activity.client.mixin"]

    _activity_client_uniq = models.UniqueIndex(
        "(activity_id, partner_id, COALESCE(contact_id, 0))",
        "This client is in the activity already.",
    )

    activity_id = fields.Many2one(
        "gestor.activity", required=True, ondelete="cascade", index=True
    )
    phone = fields.Char(compute="_compute_reach")
    email = fields.Char(string="E-mail", compute="_compute_reach")
    is_served = fields.Boolean(string="Served", copy=False)
    result_id = fields.Many2one(
        "gestor.activity.result",
        domain="[('kind', 'in', (parent.kind, False)), "
        "('company_id', 'in', (parent.company_id, False))]",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    note = fields.Char(string="Comment", copy=False)
    served_by_id = fields.Many2one(
        "res.users", string="Served by", readonly=True, copy=False
    )
    served_at = fields.Datetime(string="Served on", readonly=True, copy=False)
    call_again_at = fields.Datetime(string="Call again on", copy=False)

    @api.depends("partner_id", "contact_id")
    def _compute_reach(self):
        for client in self:
            people = client.contact_id | client.partner_id
            client.phone = next((p.phone for p in people if p.phone), False)
            client.email = next((p.email for p in people if p.email), False)

    @api.constrains("result_id")
    def _check_result_company(self):
        for client in self:
            company = client.result_id.company_id
            if company and company != client.activity_id.company_id:
                raise ValidationError(
                    self.env._(
                        "The result %(result)s belongs to another company.",
                        result=client.result_id.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        self.env["gestor.activity"]._check_rows_allowed(vals_list)
        return super().create([self._with_served_stamp(vals) for vals in vals_list])

    def write(self, vals):
        self.env["gestor.activity"]._check_rows_allowed([vals])
        return super().write(self._with_served_stamp(vals))

    @api.model
    def _with_served_stamp(self, vals):
        """Say who served the client and when; nobody says it for another."""
        vals = {
            name: value
            for name, value in vals.items()
            if self.env.su or name not in ("served_by_id", "served_at")
        }
        if "is_served" not in vals:
            return vals
        if not vals["is_served"]:
            return {**vals, "served_by_id": False, "served_at": False}
        return {
            "served_by_id": self.env.uid,
            "served_at": fields.Datetime.now(),
            **vals,
        }

    # === Helpers ===

    def _gestor_serve(self, result=None, note=None):
        """Mark these clients as served, now, by the current user.

        :param result: a ``gestor.activity.result``
        :param str note: what came of it
        """
        vals = {"is_served": True}
        if result:
            vals["result_id"] = result.id
        if note:
            vals["note"] = note
        self.write(vals)
