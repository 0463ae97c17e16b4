from odoo import Command, fields, models


class GestorActivityClientMixin(models.AbstractModel):
    """A client in a row, with the person who represents it."""

    _name = "gestor.activity.client.mixin"
    _description = "Client Of Activities"
    _order = "sequence, id"
    _rec_name = "partner_id"

    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="cascade", index=True
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Representative",
        domain="[('id', 'child_of', partner_id)]",
        ondelete="set null",
        index="btree_not_null",
    )

    def _prepare_client_commands(self):
        """Return commands that put the same clients elsewhere.

        :rtype: list
        """
        return [
            Command.create(
                {
                    "sequence": row.sequence,
                    "partner_id": row.partner_id.id,
                    "contact_id": row.contact_id.id,
                }
            )
            for row in self
        ]
