from odoo import api, models
from odoo.fields import Domain


class GestorClientRowMixin(models.AbstractModel):
    """A row about one client: seen by who may read the client, never of archived ones.

    There may be very many of them, so the search says in SQL which ones are open.
    """

    _name = "gestor.client.row.mixin"
    _description = "Row About A Client"
    _inherit = ["gestor.row.access.mixin"]
    #: found by the program, not written by people: it goes along with the clients
    _gestor_is_derived = True

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if not (self.env.su or kwargs.get("bypass_access")):
            domain = Domain(domain) & self._get_open_domain()
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _get_open_domain(self):
        """Return the rows that the current user may read.

        ``any`` asks the rules of the other model, as the current user.
        """
        return Domain("partner_id", "any", Domain("active", "=", True))

    def _filtered_closed(self, operation):
        return self - self.search(Domain("id", "in", self.ids))
