from odoo import Command, fields, models


class GestorClassifierAssign(models.TransientModel):
    """Put many goods into nodes, or take them out, at once."""

    _name = "gestor.classifier.assign"
    _description = "Assign To Classifiers"

    product_tmpl_ids = fields.Many2many(
        "product.template",
        string="Goods",
        required=True,
        default=lambda self: self._default_product_tmpl_ids(),
    )
    product_count = fields.Integer(compute="_compute_product_count")
    mode = fields.Selection(
        [
            ("add", "Put into the nodes"),
            ("remove", "Take out of the nodes"),
            ("replace", "Put only into these nodes of the classifier"),
        ],
        required=True,
        default="add",
    )
    node_ids = fields.Many2many("gestor.classifier.node", string="Nodes", required=True)

    def _default_product_tmpl_ids(self):
        records = self.env[self.env.context.get("active_model") or "product.template"]
        records = records.browse(self.env.context.get("active_ids", []))
        if records._name == "product.product":
            records = records.product_tmpl_id
        return records.ids if records._name == "product.template" else []

    def _compute_product_count(self):
        for assignment in self:
            assignment.product_count = len(assignment.product_tmpl_ids)

    def action_assign(self):
        """Do it and close."""
        self.ensure_one()
        self.product_tmpl_ids.write({"gestor_node_ids": self._prepare_commands()})
        return {"type": "ir.actions.act_window_close"}

    def _prepare_commands(self):
        if self.mode == "remove":
            return [Command.unlink(node.id) for node in self.node_ids]
        # where a good has one place, the new one takes the place of the old one
        emptied = self.node_ids.classifier_id
        if self.mode == "add":
            emptied = emptied.filtered("is_single")
        others = emptied.with_context(active_test=False).node_ids - self.node_ids
        return [
            *[Command.unlink(node.id) for node in others],
            *[Command.link(node.id) for node in self.node_ids],
        ]
