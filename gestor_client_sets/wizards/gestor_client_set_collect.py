from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: where a model keeps its client, by convention
CLIENT_FIELDS = ("partner_id", "client_id", "commercial_partner_id")


class GestorClientSetCollect(models.TransientModel):
    """Makes a client set from the rows of any list that leads to clients."""

    _name = "gestor.client.set.collect"
    _description = "Make A Client Set From Rows"

    target = fields.Selection(
        [("new", "New set"), ("existing", "Set that is there")],
        string="Put them into",
        default="new",
        required=True,
    )
    name = fields.Char(string="Name of the new set")
    client_set_id = fields.Many2one(
        "gestor.client.set",
        string="Client set",
        domain=lambda self: self._get_set_domain(),
    )
    is_firms = fields.Boolean(
        string="Firms instead of their contact persons", default=True
    )
    source_model = fields.Char(readonly=True)
    source_ids = fields.Json(readonly=True)
    row_count = fields.Integer(string="Rows", compute="_compute_counts")
    client_count = fields.Integer(string="Clients", compute="_compute_counts")
    empty_count = fields.Integer(
        string="Rows without a client", compute="_compute_counts"
    )

    @api.model
    def _get_set_domain(self):
        """Return the sets to which the user may add."""
        domain = Domain("kind", "=", "static")
        if not self.env.user.has_group("gestor_base.gestor_base_group_manager"):
            domain &= Domain("user_id", "=", self.env.uid)
        return list(domain)

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        context = self.env.context
        vals.setdefault("source_model", context.get("active_model"))
        vals.setdefault("source_ids", context.get("active_ids") or [])
        return vals

    @api.depends("source_model", "source_ids", "is_firms")
    def _compute_counts(self):
        for wizard in self:
            clients, empty = wizard._get_clients()
            wizard.row_count = len(wizard.source_ids or [])
            wizard.client_count = len(clients)
            wizard.empty_count = empty

    # === Which client a row leads to ===

    @api.model
    def _leads_to_clients(self, model_name):
        """Tell whether a client can be found from the records of a model."""
        model = self.env.get(model_name)
        if model is None or model._abstract or model._transient:
            return False
        return model_name == "res.partner" or bool(
            self._get_client_field(model)
            or model_name in self.env["gestor.info.mixin"]._gestor_implementers()
        )

    @api.model
    def _get_client_field(self, model):
        """Return the field of the client by convention, or nothing."""
        for name in CLIENT_FIELDS:
            field = model._fields.get(name)
            if (
                field is not None
                and field.type == "many2one"
                and field.comodel_name == "res.partner"
                and model._has_field_access(field, "read")
            ):
                return name
        return None

    @api.model
    def _get_row_clients(self, rows):
        """Return the client of each row, as far as there is one.

        :param rows: records of a model that leads to clients
        :return: ``{row id: res.partner}``
        :rtype: dict[int, res.partner]
        """
        if rows._name == "res.partner":
            return {row.id: row for row in rows}
        name = self._get_client_field(rows)
        if name:
            return {row.id: row[name] for row in rows if row[name]}
        found = {row.id: row._gestor_client()[:1] for row in rows}
        return {row_id: client for row_id, client in found.items() if client}

    def _get_clients(self):
        """Return the clients that the rows lead to, and how many rows lead nowhere.

        :rtype: tuple[res.partner, int]
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        if not self._leads_to_clients(self.source_model):
            return partners, 0
        rows = self.env[self.source_model].search(
            Domain("id", "in", self.source_ids or [])
        )
        found = self._get_row_clients(rows)
        clients = partners.browse({client.id for client in found.values()})
        if self.is_firms:
            # sudo: whoever may not read the firm does not add it
            clients = clients.sudo().commercial_partner_id.sudo(False)
        clients = clients._filtered_access("read").filtered("active")
        return clients, len(rows) - len(found)

    def action_collect(self):
        """Put the clients into the set and open it."""
        self.ensure_one()
        clients = self._get_clients()[0]
        if not clients:
            raise UserError(self.env._("None of these rows leads to a client."))
        client_set = self._get_target()
        client_set._gestor_add(clients, self._get_source_text())
        return {
            "type": "ir.actions.act_window",
            "res_model": client_set._name,
            "res_id": client_set.id,
            "views": [(False, "form")],
        }

    def _get_target(self):
        if self.target == "new":
            if not self.name:
                raise UserError(self.env._("Give the new set a name."))
            return self.env["gestor.client.set"].create({"name": self.name})
        if not self.client_set_id:
            raise UserError(self.env._("Choose a set."))
        return self.client_set_id

    def _get_source_text(self):
        # sudo: the name of a kind of documents
        label = self.env["ir.model"].sudo()._get(self.source_model).name
        if self.source_model == "res.partner":
            return self.env._("Added by hand")
        return self.env._('From the list "%(name)s"', name=label)
