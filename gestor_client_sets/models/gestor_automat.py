from odoo import api, fields, models
from odoo.exceptions import ValidationError

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
    def _gestor_get_set_automats(self, client_set):
        """Return the automats that begin when clients enter or leave a set."""
        triggers = self._get_triggers("res.partner")[0]
        ids = [
            automat_id
            for trigger in TRIGGERS.values()
            for automat_id in triggers.get(trigger, ())
        ]
        return self._as_engine(ids).filtered(
            lambda automat: automat.client_set_id.id == client_set.id
        )

    def _gestor_fire_set(self, client_set, moment, moved):
        """Plan the steps for the clients who entered or left a set at a moment.

        :param dict moved: their ids, by direction
        """
        for automat in self:
            for direction, ids in moved.items():
                if automat.trigger != TRIGGERS[direction]:
                    continue
                key = f"set-{client_set.id}-{direction}-{moment:%Y%m%d%H%M%S}"
                # sudo: an automat works for all users
                partners = self.env["res.partner"].sudo().browse(ids)
                for chunk in self._split(partners):
                    automat._fire_safely(chunk, key, moment)
