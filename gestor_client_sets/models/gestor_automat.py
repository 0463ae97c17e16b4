from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

TRIGGERS = {"entered": "set_entered", "left": "set_left"}


class GestorAutomat(models.Model):
    _inherit = "gestor.automat"

    trigger = fields.Selection(
        selection_add=[
            ("set_entered", "A client enters a set"),
            ("set_left", "A client leaves a set"),
        ],
        ondelete={"set_entered": "cascade", "set_left": "cascade"},
    )
    client_set_id = fields.Many2one(
        "gestor.client.set", string="Client set", ondelete="cascade"
    )

    def _check_fields(self):
        super()._check_fields()
        if self.trigger not in TRIGGERS.values():
            return
        if self.model != "res.partner" or not self.client_set_id:
            raise ValidationError(
                self.env._("Choose clients as the documents, and one of their sets.")
            )

    def _get_when_text(self):
        name = self.client_set_id.name
        if self.trigger == "set_entered":
            return self.env._('When a client enters the set "%(name)s"', name=name)
        if self.trigger == "set_left":
            return self.env._('When a client leaves the set "%(name)s"', name=name)
        return super()._get_when_text()

    @api.model
    def _gestor_fire_set(self, client_set, moment, found):
        """Plan the steps for the clients who entered or left a set at a moment.

        :param dict found: how many, by direction
        """
        triggers = self._get_triggers("res.partner")[0]
        for direction, trigger in TRIGGERS.items():
            automats = self._as_engine(triggers.get(trigger, ())).filtered(
                lambda automat: automat.client_set_id.id == client_set.id
            )
            if not automats or not found.get(direction):
                continue
            rows = self.env.execute_query(
                SQL(
                    """SELECT partner_id FROM gestor_client_set_change
                        WHERE set_id = %s AND at = %s AND direction = %s""",
                    client_set.id,
                    moment,
                    direction,
                )
            )
            # sudo: an automat works for all users
            partners = self.env["res.partner"].sudo().browse(row[0] for row in rows)
            key = f"set-{client_set.id}-{direction}-{moment:%Y%m%d%H%M%S}"
            for automat in automats:
                for chunk in self._split(partners):
                    automat._fire_safely(chunk, key, moment)
