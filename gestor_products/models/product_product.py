from odoo import api, fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    """A variant shares the flag and the links of the goods it belongs to."""

    _inherit = "product.product"

    # the host's index serves the whole code; this one any part of it
    default_code = fields.Char(index="trigram")

    gestor_substitute_count = fields.Integer(
        string="Substitutes",
        compute="_compute_gestor_substitute_count",
        groups="base.group_user",
    )

    def _compute_gestor_substitute_count(self):
        counts = self.env["gestor.product.substitute"]._gestor_counts(self)
        for product in self:
            product.gestor_substitute_count = counts[product]

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Fall back to the manufacturer code when nothing else is found."""
        found = super().name_search(name, domain, operator, limit)
        if found or not name or operator not in ("like", "ilike"):
            return found
        by_code = Domain("product_tmpl_id.gestor_manufacturer_code", operator, name)
        products = self.search_fetch(
            Domain(domain or Domain.TRUE) & by_code, ["display_name"], limit=limit
        )
        return [(product.id, product.display_name) for product in products]

    def action_gestor_links(self):
        """Open the links of the goods."""
        return self.product_tmpl_id.action_gestor_links()

    def action_gestor_substitutes(self):
        """Open the substitutes of variants."""
        return self.env["gestor.product.substitute"]._gestor_open(self)

    def action_gestor_set_flag(self):
        """Open the dialog that sets the flag of the goods."""
        return self.product_tmpl_id.action_gestor_set_flag()

    def _gestor_link(self, other, kind=None, note=None):
        """Link the goods; see :meth:`gestor.document.mixin._gestor_link`."""
        return self.product_tmpl_id._gestor_link(other, kind=kind, note=note)

    def _gestor_linked(self, model=None):
        """Return what is linked with the goods; see ``gestor.document.mixin``."""
        return self.product_tmpl_id._gestor_linked(model)

    def _prepare_sellers(self, params=False):
        # the rows of the main supplier first: the host takes the first one that fits
        sellers = super()._prepare_sellers(params)
        mains = sellers.filtered("gestor_is_main").partner_id
        return sellers.sorted(lambda seller: seller.partner_id not in mains)

    def _gestor_available_quantities(self):
        """Return how much of goods can be promised at once.

        Addons that know the stock override it; the warehouse is in the context, as the
        host has it (``warehouse_id``).

        :return: ``{product: quantity}`` in the unit of the good; a good whose stock
            nobody counts is missing
        :rtype: dict
        """
        return {}
