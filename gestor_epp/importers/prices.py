from odoo import models
from odoo.fields import Domain


class GestorEppHandlerPrices(models.AbstractModel):
    _name = "gestor.epp.handler.prices"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Price Lists"

    _epp_sections = ("CENNIK",)
    _epp_option = "with_prices"

    def _describe(self, entry):
        entry.key = f"{entry.record.code} · {entry.record.price_name}"
        entry.name = entry.record.price_name

    # === Plan ===

    def _plan(self, job, entries):
        codes = {entry.record.code for entry in entries}
        templates = self._templates(job, codes)
        coming = self._keys_in_file(job, "TOWARY", codes - templates.keys())
        pricelists = self._pricelists(job, {entry.name for entry in entries})
        items = self._items(pricelists, templates)
        first = self._earlier_lines(job, entries, "name", "name")
        for entry in entries:
            code = entry.record.code
            if not entry.record.net:
                entry.stop("skip", "price_zero")
            elif code not in templates and code not in coming:
                entry.stop("skip", "good_unknown", value=code)
            else:
                self._plan_price(job, entry, templates.get(code), pricelists, items)
                if first.setdefault(entry.name, entry.line) == entry.line:
                    self._note_new(entry, pricelists)

    def _templates(self, job, codes):
        """Return ``{code: template}`` of products without several variants."""
        products = self.env["product.product"].search_fetch(
            self._company_domain(job) & Domain("default_code", "in", list(codes)),
            ["default_code", "product_tmpl_id"],
        )
        return {product.default_code: product.product_tmpl_id for product in products}

    def _pricelists(self, job, names):
        pricelists = self.env["product.pricelist"].search(
            [("company_id", "=", job.company_id.id), ("name", "in", list(names))],
            order="id desc",
        )
        return {pricelist.name: pricelist for pricelist in pricelists}

    def _items(self, pricelists, templates):
        """Return ``{(pricelist, template): rule}`` of the plain fixed prices."""
        if not pricelists or not templates:
            return {}
        items = self.env["product.pricelist.item"].search(
            [
                ("pricelist_id", "in", [p.id for p in pricelists.values()]),
                ("product_tmpl_id", "in", [t.id for t in templates.values()]),
                ("applied_on", "=", "1_product"),
                ("compute_price", "=", "fixed"),
                ("min_quantity", "=", 0),
                ("date_start", "=", False),
                ("date_end", "=", False),
            ],
            order="id desc",
        )
        return {(item.pricelist_id, item.product_tmpl_id): item for item in items}

    def _plan_price(self, job, entry, template, pricelists, items):
        net = float(entry.record.net)
        pricelist = pricelists.get(entry.name)
        item = items.get((pricelist, template)) if pricelist and template else None
        entry.extra["template"] = template
        entry.vals = {"fixed_price": net}
        if item:
            entry.vals = self._changes(item, entry.vals)
        if template and entry.name == job.first_price_name:
            # the first price list of the file is what a product costs by itself
            entry.extra["list_price"] = self._changes(template, {"list_price": net})
        entry.target = item
        if not item:
            entry.action = "create"
        else:
            changed = entry.vals or entry.extra.get("list_price")
            entry.action = "update" if changed else "unchanged"

    @staticmethod
    def _note_new(entry, pricelists):
        if entry.name not in pricelists:
            entry.note("pricelist_new", value=entry.name)

    # === Apply ===

    def _apply(self, job, entries):
        entries = [entry for entry in entries if entry.extra["template"]]
        new = [entry for entry in entries if entry.action == "create"]
        pricelists = self._ensure_pricelists(job, new)
        items = self.env["product.pricelist.item"].create(
            [
                {
                    "pricelist_id": pricelists[entry.name].id,
                    "applied_on": "1_product",
                    "product_tmpl_id": entry.extra["template"].id,
                    "compute_price": "fixed",
                    "min_quantity": 0,
                    **entry.vals,
                }
                for entry in new
            ]
        )
        for entry, item in zip(new, items, strict=True):
            entry.created(item)
            entry.points_at(item)
        self._write_grouped(
            [
                (entry, entry.target, entry.vals)
                for entry in entries
                if entry.target and entry.action == "update" and entry.vals
            ]
        )
        self._write_grouped(
            [
                (entry, entry.extra["template"], entry.extra["list_price"])
                for entry in entries
                if entry.extra.get("list_price")
            ]
        )

    def _ensure_pricelists(self, job, entries):
        pricelists = self._pricelists(job, {entry.name for entry in entries})
        for entry in entries:
            if entry.name in pricelists:
                continue
            pricelist = self.env["product.pricelist"].create(
                {
                    "name": entry.name,
                    "company_id": job.company_id.id,
                    "currency_id": job.company_id.currency_id.id,
                }
            )
            entry.created(pricelist)
            pricelists[entry.name] = pricelist
        return pricelists
