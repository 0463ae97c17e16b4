from odoo import models


class GestorInfoMixin(models.AbstractModel):
    _name = "gestor.info.mixin"
    _description = "Gestor Document Info"

    def _gestor_client(self):
        """Return the client of a document: the company behind its contact.

        :rtype: res.partner
        """
        if self._name == "res.partner":
            return self.commercial_partner_id
        if "partner_id" in self._fields:
            return self.partner_id.commercial_partner_id
        return self.env["res.partner"]
