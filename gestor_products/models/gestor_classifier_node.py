from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class GestorClassifierNode(models.Model):
    """A place in the tree of a classifier, where goods are put."""

    _name = "gestor.classifier.node"
    _description = "Classifier Node"
    _parent_store = True
    _order = "classifier_id, sequence, id"
    _rec_names_search = ["name", "code"]
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(translate=True)
    display_name = fields.Char(recursive=True)
    code = fields.Char(copy=False, help="A short symbol, unique in the classifier.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    classifier_id = fields.Many2one(
        "gestor.classifier",
        compute="_compute_classifier_id",
        store=True,
        readonly=False,
        precompute=True,
        recursive=True,
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="classifier_id.company_id", store=True)
    parent_id = fields.Many2one(
        "gestor.classifier.node",
        domain="[('classifier_id', '=?', classifier_id), ('id', '!=', id)]",
        index=True,
        ondelete="cascade",
        help="The node it lies in. Empty: at the top of the classifier.",
    )
    parent_path = fields.Char(index=True)
    is_root = fields.Boolean(readonly=True, copy=False)
    child_ids = fields.One2many("gestor.classifier.node", "parent_id")
    product_tmpl_ids = fields.Many2many(
        "product.template",
        "gestor_classifier_node_product_rel",
        "node_id",
        "product_tmpl_id",
        string="Goods",
    )
    product_count = fields.Integer(
        string="Number of goods",
        compute="_compute_product_count",
        help="Goods in the node and below it.",
    )
    note = fields.Text(string="Description", translate=True)

    _one_root = models.UniqueIndex("(classifier_id) WHERE is_root")
    _has_name_and_parent = models.Constraint(
        "CHECK (is_root IS TRUE OR (name IS NOT NULL AND parent_id IS NOT NULL))",
        "A node needs a name and a classifier.",
    )
    _code_unique = models.UniqueIndex(
        "(classifier_id, code) WHERE code IS NOT NULL",
        lambda env, diag: env._("This code is used in the classifier already."),
    )

    @api.depends("parent_id", "parent_id.classifier_id")
    def _compute_classifier_id(self):
        for node in self:
            if node.parent_id:
                node.classifier_id = node.parent_id.classifier_id

    @api.depends("name", "parent_id.display_name", "classifier_id.name", "is_root")
    @api.depends_context("hierarchical_naming", "lang")
    def _compute_display_name(self):
        short = not self.env.context.get("hierarchical_naming", True)
        for node in self:
            name = node.classifier_id.name if node.is_root else node.name
            if not short and node.parent_id:
                name = f"{node.parent_id.display_name} / {name}"
            node.display_name = name

    @api.depends("product_tmpl_ids", "parent_path")
    def _compute_product_count(self):
        counts = self.env["product.template"]._gestor_node_counts(
            Domain("gestor_node_ids", "child_of", self.ids)
        )
        for node in self:
            node.product_count = counts.get(node._origin.id, 0)

    @api.constrains("parent_id", "classifier_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A node cannot lie in itself."))
        for node in self:
            if node.parent_id and node.parent_id.classifier_id != node.classifier_id:
                raise ValidationError(
                    self.env._(
                        "%(node)s and the node it lies in must belong to one "
                        "classifier.",
                        node=node.display_name,
                    )
                )

    @api.constrains("classifier_id", "product_tmpl_ids")
    def _check_gestor_single(self):
        self._check_single_places(
            SQL(
                """SELECT product_tmpl_id FROM gestor_classifier_node_product_rel
                    WHERE node_id IN %(nodes)s""",
                nodes=tuple(self.ids),
            )
        )

    def _check_single_places(self, goods):
        """Refuse goods that stand twice in a classifier that allows one place.

        :param SQL goods: a list or a subquery of ids of the goods to look at
        :raise ValidationError: naming the first one
        """
        singles = self.classifier_id.filtered("is_single")
        if not singles:
            return
        self.flush_model(["classifier_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT rel.product_tmpl_id, node.classifier_id
                     FROM gestor_classifier_node_product_rel AS rel
                     JOIN gestor_classifier_node AS node ON node.id = rel.node_id
                    WHERE node.classifier_id IN %(classifiers)s
                      AND rel.product_tmpl_id IN (%(goods)s)
                    GROUP BY rel.product_tmpl_id, node.classifier_id
                   HAVING COUNT(*) > 1 LIMIT 1""",
                classifiers=tuple(singles.ids),
                goods=goods,
            )
        )
        for product_id, classifier_id in rows:
            raise ValidationError(
                self.env._(
                    "%(product)s can stand in one node of %(classifier)s only.",
                    product=self.env["product.template"].browse(product_id).name,
                    classifier=singles.browse(classifier_id).name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["classifier_id", "parent_id"])
        vals_list = [defaults | vals for vals in vals_list]
        classifier_ids = {
            vals.get("classifier_id")
            for vals in vals_list
            if not (vals.get("is_root") or vals.get("parent_id"))
        }
        classifiers = self.env["gestor.classifier"].browse(
            classifier_ids - {None, False}
        )
        roots = {key.id: root.id for key, root in classifiers._get_roots().items()}
        return super().create(
            [self._prepare_node_vals(vals, roots) for vals in vals_list]
        )

    def write(self, vals):
        vals = self._prepare_code(vals)
        if not vals.keys().isdisjoint(("classifier_id", "parent_id", "is_root")):
            self._check_no_root()
            vals = self._prepare_move_vals(vals)
        result = super().write(vals)
        if "active" in vals:
            nodes = self._get_nodes_of_one_state(vals["active"])
            super(GestorClassifierNode, nodes).write({"active": vals["active"]})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_root_or_with_goods(self):
        self._check_no_root()
        self._check_without_goods()

    def action_open_goods(self):
        """Open the goods in a node and below it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_products.gestor_goods_action"
        )
        return action | {
            "display_name": self.display_name,
            "domain": [("gestor_node_ids", "child_of", self.id)],
            "context": {"default_gestor_node_ids": self.ids},
        }

    @api.model
    def _prepare_node_vals(self, vals, roots):
        vals = self._prepare_code(vals)
        if vals.get("is_root") or vals.get("parent_id"):
            return vals
        return vals | {"parent_id": roots.get(vals.get("classifier_id"))}

    @api.model
    def _prepare_code(self, vals):
        if "code" not in vals:
            return vals
        return vals | {"code": (vals["code"] or "").strip() or False}

    def _prepare_move_vals(self, vals):
        """Return values that move nodes under a parent, else to the top of a tree."""
        if vals.get("parent_id") or not self:
            return vals
        classifiers = self.classifier_id
        if vals.get("classifier_id"):
            classifiers = classifiers.browse(vals["classifier_id"])
        if len(classifiers) > 1:
            raise UserError(
                self.env._("Move the nodes of one classifier at a time to its top.")
            )
        return vals | {"parent_id": classifiers._get_roots()[classifiers].id}

    def _get_nodes_of_one_state(self, active):
        """Return what is archived with nodes, or what they need to be seen again.

        :raise UserError: if the classifier is archived
        """
        if active and not all(self.classifier_id.mapped("active")):
            raise UserError(self.env._("Bring the classifier back first."))
        operator = "parent_of" if active else "child_of"
        return self.with_context(active_test=False).search(
            [("id", operator, self.ids), ("active", "!=", active)]
        )

    def _check_no_root(self):
        if any(node.is_root for node in self):
            raise UserError(
                self.env._(
                    "The top of a classifier cannot be moved or deleted. Change the "
                    "classifier instead."
                )
            )

    def _check_without_goods(self):
        # sudo: goods and nodes that the user does not see would be lost too
        nodes = self.sudo().with_context(active_test=False)
        goods = nodes.env["product.template"].search(
            [("gestor_node_ids", "child_of", self.ids)], limit=1
        )
        if goods:
            raise UserError(
                self.env._(
                    "There are goods in what you want to delete, for example "
                    "%(product)s. Take them out first, or archive it.",
                    product=goods.name,
                )
            )
