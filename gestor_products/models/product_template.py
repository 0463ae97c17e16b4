from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# so many variants are looked at when a text may be a part of a code
MANY_VARIANTS = 50


class ProductTemplate(models.Model):
    """Goods and services of the assortment."""

    _name = "product.template"
    _inherit = [
        "product.template",
        "gestor.document.mixin",
        "gestor.search.mixin",
        "gestor.import.template.mixin",
    ]

    _gestor_search_sequence = 60
    _gestor_search_icon = "fa-cube"

    gestor_manufacturer_code = fields.Char(
        string="Manufacturer code",
        index="trigram",
        help="The number under which the manufacturer sells it.",
    )
    gestor_pkwiu = fields.Char(
        string="PKWiU",
        help="Symbol in the Polish Classification of Goods and Services, for example "
        "26.20.11.0.",
    )

    # who may read goods and not the classifiers, as on the portal, does not get it
    gestor_node_ids = fields.Many2many(
        "gestor.classifier.node",
        "gestor_classifier_node_product_rel",
        "product_tmpl_id",
        "node_id",
        string="Classifiers",
        groups="base.group_user",
        help="Where it stands in the classifiers.",
    )
    # the tree panel of the client needs a many2one
    gestor_node_id = fields.Many2one(
        "gestor.classifier.node",
        string="Classifier node",
        compute="_compute_gestor_node_id",
        search="_search_gestor_node_id",
        groups="base.group_user",
    )

    gestor_substitute_count = fields.Integer(
        string="Substitutes",
        compute="_compute_gestor_substitute_count",
        groups="base.group_user",
    )

    gestor_activity_template_ids = fields.One2many(
        "gestor.product.activity.template",
        "product_tmpl_id",
        string="Activity templates",
        groups="base.group_user",
        help="What is to be done when it stands on a document.",
    )

    gestor_main_supplier_id = fields.Many2one(
        "res.partner",
        string="Main supplier",
        compute="_compute_gestor_main_supplier_id",
        search="_search_gestor_main_supplier_id",
        groups="base.group_user",
    )

    @api.depends("gestor_node_ids")
    def _compute_gestor_node_id(self):
        for product in self:
            product.gestor_node_id = product.gestor_node_ids[:1]

    @api.model
    def _search_gestor_node_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("gestor_node_ids", operator, value)

    @api.depends("product_variant_ids")
    def _compute_gestor_substitute_count(self):
        counts = self.env["gestor.product.substitute"]._gestor_counts(
            self.product_variant_ids
        )
        for template in self:
            template.gestor_substitute_count = sum(
                counts[product] for product in template.product_variant_ids
            )

    @api.depends("seller_ids.gestor_is_main", "seller_ids.partner_id")
    @api.depends_context("company")
    def _compute_gestor_main_supplier_id(self):
        rows = self.env["product.supplierinfo"].search(
            Domain("product_tmpl_id", "in", self.ids) & self._get_main_rows_domain()
        )
        # what is said of the company and of all variants comes last and stays
        rows = rows.sorted(lambda row: (bool(row.company_id), not row.product_id))
        mains = {row.product_tmpl_id: row.partner_id for row in rows}
        for template in self:
            template.gestor_main_supplier_id = mains.get(template._origin)

    @api.model
    def _search_gestor_main_supplier_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        rows = self._get_main_rows_domain()
        if operator == "in" and False in value:
            some = [partner_id for partner_id in value if partner_id]
            without = ~Domain("seller_ids", "any", rows)
            if not some:
                return without
            return without | self._search_gestor_main_supplier_id("in", some)
        return Domain("seller_ids", "any", rows & Domain("partner_id", operator, value))

    @api.model
    def _get_main_rows_domain(self):
        return Domain("gestor_is_main", "=", True) & Domain(
            "company_id", "in", [False, self.env.company.id]
        )

    @api.constrains("gestor_node_ids")
    def _check_gestor_node_ids(self):
        goods = SQL(", ").join(self.ids)
        self.gestor_node_ids._check_single_places(goods)

    def action_gestor_substitutes(self):
        """Open the substitutes of goods, of all their variants."""
        return self.env["gestor.product.substitute"]._gestor_open(
            self.with_context(active_test=False).product_variant_ids
        )

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        """Count the goods of the nodes, below each node too, for the tree panel."""
        if field_name != "gestor_node_id":
            return super().search_panel_select_range(field_name, **kwargs)
        counted = kwargs.pop("enable_counters", False)
        kwargs["expand"] = True
        result = super().search_panel_select_range(field_name, **kwargs)
        if counted and "values" in result:
            domain = Domain.AND(
                kwargs.get(name, [])
                for name in ("search_domain", "category_domain", "filter_domain")
            )
            counts = self._gestor_node_counts(domain)
            for value in result["values"]:
                value["__count"] = counts.get(value["id"], 0)
        return result

    @api.model
    def _gestor_node_counts(self, domain):
        """Count goods by node; goods count once in each node above their own.

        :param domain: which goods
        :return: ``{node id: number}``, without nodes that have none
        :rtype: dict[int, int]
        """
        query = self._search(Domain(domain) & Domain("gestor_node_ids", "!=", False))
        rows = self.env.execute_query(
            SQL(
                """SELECT place.node_id, COUNT(*)
                     FROM (
                    SELECT DISTINCT rel.product_tmpl_id, above.node_id
                      FROM gestor_classifier_node_product_rel AS rel
                      JOIN gestor_classifier_node AS node ON node.id = rel.node_id,
                           unnest(
                               string_to_array(rtrim(node.parent_path, '/'), '/')::int[]
                           ) AS above(node_id)
                     WHERE rel.product_tmpl_id IN %(goods)s
                          ) AS place
                    GROUP BY place.node_id""",
                goods=query.subselect(),
            )
        )
        return dict(rows)

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator not in ("like", "ilike") or not value:
            return domain
        by_code = Domain("gestor_manufacturer_code", operator, value)
        return Domain.OR([domain, by_code])

    @api.model
    def _gestor_document_label(self):
        return self.env._("Goods or service")

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(self.env._("Template for goods"))
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        return {
            "name": self.env._("Example of goods"),
            "default_code": "TOWAR-1",
            "barcode": "5901234123457",
            "list_price": 129.5,
        }

    @api.model
    def _gestor_search_label(self):
        return self.env._("Goods and services")

    @api.model
    def _get_gestor_exact_domain(self, text):
        codes = Domain("default_code", "=", text) | Domain("barcode", "=", text)
        variants = self.env["product.product"].search(
            codes, limit=MANY_VARIANTS, order="id"
        )
        return Domain("id", "in", variants.product_tmpl_id.ids)

    @api.model
    def _get_gestor_hit_domain(self, text):
        # two steps: a subquery beside the other conditions would read the whole table
        variants = self.env["product.product"].search(
            Domain("default_code", "ilike", text), limit=MANY_VARIANTS, order="id desc"
        )
        return (
            Domain("id", "in", variants.product_tmpl_id.ids)
            | Domain("name", "ilike", text)
            | Domain("gestor_manufacturer_code", "ilike", text)
        )

    def _get_gestor_subtitle_parts(self):
        return [self.gestor_manufacturer_code, self.categ_id.display_name]
