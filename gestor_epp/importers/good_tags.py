from collections import defaultdict

from odoo import models
from odoo.fields import Command, Domain


class GestorEppHandlerGoodTags(models.AbstractModel):
    """The group of a good is its category, its features are tags."""

    _name = "gestor.epp.handler.good.tags"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Groups and Features of Goods"

    _epp_sections = ("GRUPYTOWAROW", "CECHYTOWAROW")
    _epp_option = "with_good_tags"

    def _describe(self, entry):
        entry.key = f"{entry.record.code} · {entry.record.name}"
        entry.name = entry.record.name

    def _plan(self, job, entries):
        codes = {entry.record.code for entry in entries}
        products = self._products(job, codes)
        coming = self._keys_in_file(job, "TOWARY", codes - products.keys())
        for section in self._epp_sections:
            rows = [entry for entry in entries if entry.section == section]
            labels = self._labels(section, {entry.name for entry in rows})
            for entry in rows:
                label = labels.get(entry.name.casefold())
                self._plan_row(entry, products, label, coming)

    def _plan_row(self, entry, products, label, coming):
        code = entry.record.code
        template = products.get(code)
        if template is None and code not in coming:
            entry.stop("skip", "good_unknown", value=code)
            return
        if not label:
            entry.note("category_new", value=entry.name)
        has = template and template[self._field(entry.section)]
        entry.target = template
        entry.action = "unchanged" if has and label and label in has else "update"

    @staticmethod
    def _field(section):
        return "categ_id" if section == "GRUPYTOWAROW" else "product_tag_ids"

    def _label_model(self, section):
        is_group = section == "GRUPYTOWAROW"
        return self.env["product.category" if is_group else "product.tag"]

    def _labels(self, section, names):
        found = self._label_model(section).search([("name", "in", list(names))])
        return {label.name.casefold(): label for label in found.sorted("id", True)}

    def _products(self, job, codes):
        products = self.env["product.product"].search_fetch(
            self._company_domain(job) & Domain("default_code", "in", list(codes)),
            ["default_code", "product_tmpl_id"],
        )
        return {product.default_code: product.product_tmpl_id for product in products}

    def _apply(self, job, entries):
        groups = defaultdict(list)
        for entry in entries:
            if entry.target:
                groups[entry.section, entry.name.casefold()].append(entry)
        for section in self._epp_sections:
            names = {entry.name for entry in entries if entry.section == section}
            labels = self._labels(section, names) if names else {}
            for key in [key for part, key in groups if part == section]:
                rows = groups[section, key]
                label = labels.get(key)
                if not label:
                    label = self._label_model(section).create({"name": rows[0].name})
                    rows[0].created(label)
                self._put(section, label, rows)

    def _put(self, section, label, rows):
        if section == "GRUPYTOWAROW":
            vals = {"categ_id": label.id}
            self._write_grouped([(entry, entry.target, vals) for entry in rows])
            return
        templates = self.env["product.template"].browse([e.target.id for e in rows])
        templates.write({"product_tag_ids": [Command.link(label.id)]})
        for entry in rows:
            entry.changed(entry.target, {}, {"product_tag_ids": {"link": label.id}})
