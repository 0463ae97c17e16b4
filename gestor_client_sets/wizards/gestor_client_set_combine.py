from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

OPERATIONS = {"union": "UNION", "intersection": "INTERSECT", "difference": "EXCEPT"}


class GestorClientSetCombine(models.TransientModel):
    """Makes a static set out of other sets."""

    _name = "gestor.client.set.combine"
    _description = "Combine Client Sets"

    name = fields.Char(string="Name of the new set", required=True)
    operation = fields.Selection(
        [
            ("union", "In any of them"),
            ("intersection", "In all of them"),
            ("difference", "In the first, in none of the others"),
        ],
        default="union",
        required=True,
    )
    first_set_id = fields.Many2one(
        "gestor.client.set", string="First set", required=True
    )
    other_set_ids = fields.Many2many(
        "gestor.client.set", string="Other sets", required=True
    )

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "gestor.client.set":
            first, *others = context.get("active_ids") or [False]
            vals.update(first_set_id=first, other_set_ids=others)
        return vals

    def action_combine(self):
        """Make the set and open it."""
        self.ensure_one()
        others = self.other_set_ids - self.first_set_id
        if not others:
            raise UserError(self.env._("Choose at least two sets."))
        sets = [self.first_set_id, *others]
        new = self.env["gestor.client.set"].create({"name": self.name})
        query = SQL(f" {OPERATIONS[self.operation]} ").join(
            self._get_members(client_set) for client_set in sets
        )
        names = ", ".join(client_set.name for client_set in sets)
        label = dict(self._fields["operation"]._description_selection(self.env))
        new._insert_members(SQL("(%s)", query), f"{label[self.operation]}: {names}")
        return {
            "type": "ir.actions.act_window",
            "res_model": new._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_members(self, client_set):
        """Return the sub-query of the clients of a set that the user may read."""
        client_set.check_access("read")
        query = self.env["res.partner"]._search(
            [("gestor_client_set_ids", "in", client_set.ids)]
        )
        if query.is_empty():
            return SQL("SELECT 0 WHERE FALSE")
        return query.subselect()
