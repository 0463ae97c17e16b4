from odoo import api, fields, models


class GestorClassifier(models.Model):
    """One way of sorting the assortment: a tree that is independent of the others.

    The tree has one root, which carries the name of the classifier: to look for goods
    under the root is to look for what is sorted at all.
    """

    _name = "gestor.classifier"
    _description = "Classifier"
    _order = "sequence, id"
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    is_single = fields.Boolean(
        string="One node per good",
        help="A good stands in one node of this classifier at most.",
    )
    note = fields.Text(string="Description", translate=True)
    node_ids = fields.One2many("gestor.classifier.node", "classifier_id")
    root_id = fields.Many2one("gestor.classifier.node", compute="_compute_root_id")
    node_count = fields.Integer(string="Nodes", compute="_compute_node_count")

    @api.depends("node_ids.is_root")
    def _compute_root_id(self):
        nodes = self.env["gestor.classifier.node"].with_context(active_test=False)
        roots = nodes.search(
            [("classifier_id", "in", self.ids), ("is_root", "=", True)]
        )
        by_classifier = roots.grouped("classifier_id")
        for classifier in self:
            classifier.root_id = by_classifier.get(classifier._origin)

    @api.depends("node_ids.active")
    def _compute_node_count(self):
        groups = self.env["gestor.classifier.node"]._read_group(
            [("classifier_id", "in", self.ids), ("is_root", "=", False)],
            ["classifier_id"],
            ["__count"],
        )
        counts = {classifier.id: count for classifier, count in groups}
        for classifier in self:
            classifier.node_count = counts.get(classifier._origin.id, 0)

    @api.constrains("is_single")
    def _check_is_single(self):
        self.node_ids._check_gestor_single()

    @api.model_create_multi
    def create(self, vals_list):
        classifiers = super().create(vals_list)
        # nodes that came with the values made the root themselves
        classifiers.filtered(lambda classifier: not classifier.root_id)._create_roots()
        return classifiers

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            nodes = self.with_context(active_test=False).node_ids
            nodes.write({"active": vals["active"]})
        return result

    def copy_data(self, default=None):
        return [
            vals
            | {"name": self.env._("%(name)s (copy)", name=classifier.name)}
            | (default or {})
            for classifier, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_goods(self):
        self.with_context(active_test=False).node_ids._check_without_goods()

    def action_open_nodes(self):
        """Open the nodes of a classifier, ready to be changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_products.gestor_classifier_node_action"
        )
        return action | {
            "display_name": self.name,
            "domain": [("classifier_id", "=", self.id)],
            "context": {"default_classifier_id": self.id},
        }

    def _create_roots(self):
        """Give classifiers their roots and return these."""
        return self.env["gestor.classifier.node"].create(
            [{"classifier_id": classifier.id, "is_root": True} for classifier in self]
        )

    def _get_roots(self):
        """Return the root of each classifier, made where it is missing.

        :return: ``{classifier: root}``
        """
        missing = self.filtered(lambda classifier: not classifier.root_id)
        if missing:
            missing._create_roots()
        missing.invalidate_recordset(["root_id"])
        return {classifier: classifier.root_id for classifier in self}
