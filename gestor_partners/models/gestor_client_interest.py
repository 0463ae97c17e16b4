from odoo import api, fields, models

STRENGTHS = [("1", "Low"), ("2", "Medium"), ("3", "High")]


class GestorClientInterest(models.Model):
    """How strongly a client is interested in something.

    The table is the one of the many2many ``gestor_interest_ids`` of the client: tags
    set on the card, in the list or by an import are rows whose strength nobody has
    judged yet, and a row is a tag wherever tags are shown, searched and grouped.
    """

    _name = "gestor.client.interest"
    _description = "Interest of a Client"
    _order = "partner_id, strength DESC NULLS LAST, id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    interest_id = fields.Many2one(
        "gestor.interest", required=True, index=True, ondelete="cascade"
    )
    strength = fields.Selection(
        STRENGTHS,
        index="btree_not_null",
        help="How much the client wants it. Empty: nobody has asked yet.",
    )
    note = fields.Char()
    # the database writes the rows of tags; only a judgement has an author
    write_uid = fields.Many2one("res.users", string="Judged by", readonly=True)
    write_date = fields.Datetime(string="Judged on", readonly=True)

    # a constraint, not an index: the host's merge of clients asks for it
    _pair_unique = models.Constraint(
        "UNIQUE (partner_id, interest_id)", "The client has this interest already."
    )

    @api.depends("interest_id.display_name", "strength")
    def _compute_display_name(self):
        labels = dict(self._fields["strength"]._description_selection(self.env))
        for row in self:
            name = row.interest_id.display_name or ""
            strength = labels.get(row.strength)
            row.display_name = f"{name} ({strength})" if strength else name

    # === CRUD: the tags of the clients follow ===

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._invalidate_tags()
        return rows

    def write(self, vals):
        self._invalidate_tags()
        result = super().write(vals)
        self._invalidate_tags()
        return result

    def unlink(self):
        self._invalidate_tags()
        return super().unlink()

    def _invalidate_tags(self):
        self.partner_id.invalidate_recordset(["gestor_interest_ids"])
        self.interest_id.invalidate_recordset(["partner_ids"])

    # === Helpers ===

    @api.model
    def _merge_doubles(self, sources, target):
        """Leave the strongest row of each interest, before clients become one.

        The host drops all rows of the sources where one of them stands in the way.

        :param sources: the clients that vanish
        :param target: the one that stays
        """
        # sudo: the merge moves everything, whatever its user may see
        rows = self.sudo().search([("partner_id", "in", (sources | target).ids)])
        for same in rows.grouped("interest_id").values():
            strongest = same.sorted(lambda row: row.strength or "")[-1]
            kept = same.filtered(lambda row: row.partner_id == target) or strongest
            kept.write({"strength": strongest.strength, "note": strongest.note})
            (same - kept).unlink()
        self.env.flush_all()
