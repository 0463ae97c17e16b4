from odoo import api, models


class GestorRowSearchMixin(models.AbstractModel):
    """Finds the rows that other records let the user read, and counts only these.

    For rows of which one search finds few: each of them is checked. Where it may find
    many, say in SQL which ones are open.
    """

    _name = "gestor.row.search.mixin"
    _description = "Search Of Rows With The Rights Of Other Records"
    _inherit = ["gestor.row.access.mixin"]

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self.env.su or kwargs.get("bypass_access"):
            return super()._search(domain, offset, limit, order, **kwargs)
        query = super()._search(domain, order=order, **kwargs)
        if query.is_empty():
            return query
        rows = self.browse(row[0] for row in self.env.execute_query(query.select()))
        rows = rows._filtered_access("read")
        stop = None if limit is None else offset + limit
        return rows[offset:stop]._as_query(ordered=bool(order))
