from odoo import api, models
from odoo.exceptions import UserError


class UseOffers(models.AbstractModel):
    _name = "gestor.set.use.offers"
    _description = "Make offers"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 50
    _gestor_params = ("offer_template_id",)
    _gestor_required = ("offer_template_id",)

    @api.model
    def _is_allowed(self):
        return self.env["gestor.offer"].has_access("create")

    @api.model
    def _label(self):
        return self.env._("Make offers")

    @api.model
    def _prepare_values(self, wizard):
        return {"template_id": wizard.offer_template_id.id}

    @api.model
    def _run(self, partners, values):
        """Make an offer with the variants of the template for each client.

        :return: the numbers of the offers, by client
        """
        template = self.env["gestor.record.template"].browse(values["template_id"])
        if not template.exists():
            raise UserError(self.env._("The template has been deleted."))
        names = {}
        for partner in partners:
            offer, missing = template._gestor_create_document(
                {"partner_id": partner.id}
            )
            names[partner.id] = offer.name
            if missing:
                names[partner.id] = self.env._(
                    "%(offer)s, without: %(fields)s",
                    offer=offer.name,
                    fields=", ".join(missing),
                )
        return names
