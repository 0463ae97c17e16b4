import base64

from odoo import fields, models


class GestorPersonExport(models.TransientModel):
    """Hands over all data of a person; the file goes with the dialog."""

    _name = "gestor.person.export"
    _description = "Hand Over Personal Data"

    partner_id = fields.Many2one("res.partner", string="Client", required=True)
    content = fields.Binary("File", attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)

    def action_export(self):
        """Make the file and show it in the dialog."""
        self.ensure_one()
        content = self.env["gestor.personal.data"]._gestor_export(self.partner_id)
        self.write(
            {
                "content": base64.b64encode(content),
                "file_name": self.env._("personal-data-%(id)s", id=self.partner_id.id)
                + ".zip",
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Hand over personal data"),
        }
