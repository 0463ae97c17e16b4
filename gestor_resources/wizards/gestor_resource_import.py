from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class GestorResourceImport(models.TransientModel):
    """Takes records of other applications over as shared resources."""

    _name = "gestor.resource.import"
    _description = "Take Over Resources"

    model = fields.Selection("_selection_models", string="From", required=True)
    kind_id = fields.Many2one("gestor.resource.kind", required=True)
    line_ids = fields.One2many(
        "gestor.resource.import.line",
        "import_id",
        string="Not taken over yet",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _selection_models(self):
        names = self.env["gestor.resource.source.mixin"]._gestor_implementers()
        return [
            (name, self.env["ir.model"]._get(name).name)
            for name in names
            if self.env[name].has_access("read")
        ]

    @api.model
    def default_get(self, fields):
        models_found = self._selection_models()
        if not models_found:
            raise UserError(
                self.env._(
                    "There is nothing to take over from: neither the vehicles (Fleet) "
                    "nor the equipment (Maintenance) of Odoo are installed."
                )
            )
        return {"model": models_found[0][0], **super().default_get(fields)}

    @api.depends("model")
    def _compute_line_ids(self):
        for wizard in self:
            records = self.env[wizard.model] if wizard.model else ()
            if wizard.model:
                records = records.search([("gestor_resource_id", "=", False)])
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({"res_id": record.id, "name": record.display_name})
                    for record in records
                ),
            ]

    def action_take_over(self):
        """Make a resource of each chosen record and open them.

        :raise UserError: if none is chosen
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("is_chosen").mapped("res_id")
        # read again: somebody else may have taken some over meanwhile
        records = self.env[self.model].search(
            [("id", "in", chosen), ("gestor_resource_id", "=", False)]
        )
        if not records:
            raise UserError(self.env._("Choose what to take over."))
        resources = self.env["gestor.resource"].create(
            [
                {**record._prepare_gestor_resource_vals(), "kind_id": self.kind_id.id}
                for record in records
            ]
        )
        for record, resource in zip(records, resources, strict=True):
            # sudo: a manager of resources may not change vehicles otherwise
            record.sudo().gestor_resource_id = resource
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_resources.gestor_resource_action"
        )
        return {**action, "domain": [("id", "in", resources.ids)]}


class GestorResourceImportLine(models.TransientModel):
    _name = "gestor.resource.import.line"
    _description = "Record To Take Over"

    import_id = fields.Many2one(
        "gestor.resource.import", ondelete="cascade", index=True
    )
    res_id = fields.Integer(required=True)
    name = fields.Char(readonly=True)
    is_chosen = fields.Boolean(string="Take over", default=True)
