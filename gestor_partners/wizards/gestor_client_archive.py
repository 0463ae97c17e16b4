from odoo import fields, models
from odoo.fields import Domain


class GestorClientArchive(models.TransientModel):
    """Ask what happens with the branches of a head office that is archived."""

    _name = "gestor.client.archive"
    _description = "Archive Head Offices"

    partner_ids = fields.Many2many("res.partner", string="Clients", required=True)
    branches = fields.Selection(
        [
            ("keep", "Leave them as they are"),
            ("detach", "Put them under the head office above, or on their own"),
            ("archive", "Archive them too"),
        ],
        required=True,
        default="keep",
    )

    def action_apply(self):
        """Archive the head offices and do with the branches what was chosen."""
        self.ensure_one()
        heads = self.partner_ids
        if self.branches == "archive":
            heads |= self._get_all_below(heads)
        elif self.branches == "detach":
            for head in heads:
                head.gestor_branch_ids.gestor_head_office_id = (
                    head.gestor_head_office_id - heads
                )
        heads.write({"active": False})
        return {"type": "ir.actions.act_window_close"}

    def _get_all_below(self, heads):
        """Return the branches of all levels."""
        level, below = heads, heads.browse()
        while level := heads.search(Domain("gestor_head_office_id", "in", level.ids)):
            below |= level
        return below
