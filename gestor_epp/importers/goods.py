from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gestor_pl.lib import numbers

from ..lib import good_mapping


class GestorEppHandlerGoods(models.AbstractModel):
    _name = "gestor.epp.handler.goods"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Goods and Services"

    _epp_sections = ("TOWARY",)
    _epp_option = "with_goods"

    def _describe(self, entry):
        good = entry.record
        entry.key, entry.name, entry.alt_key = good.code, good.name, good.barcode

    # === Plan ===

    def _plan(self, job, entries):
        by_code, by_barcode = self._find(job, entries)
        references = {
            "units": self._units(entries),
            "taxes": self._taxes(job, entries),
            "barcodes": by_barcode,
            "packagings": self._packaging_barcodes(entries),
            "earlier": self._earlier_lines(job, entries, "alt_key", "alt_key"),
        }
        for entry in entries:
            if self._identify(entry, by_code, by_barcode):
                self._plan_vals(job, entry, references)
        kept = [entry for entry in entries if not entry.action]
        self._plan_suppliers(job, kept)
        for entry in kept:
            self._plan_action(entry)

    def _find(self, job, entries):
        """Return the products with the codes and those with the barcodes."""
        barcodes = [entry.alt_key for entry in entries if entry.alt_key]
        products = (
            self.env["product.product"]
            .with_context(active_test=False)
            .search(
                self._company_domain(job)
                & (
                    Domain("default_code", "in", [entry.key for entry in entries])
                    | Domain("barcode", "in", barcodes)
                )
            )
        )
        by_code, by_barcode = defaultdict(list), {}
        for product in products:
            by_code[product.default_code].append(product)
            if product.barcode:
                by_barcode[product.barcode] = product
        return by_code, by_barcode

    def _packaging_barcodes(self, entries):
        barcodes = [entry.alt_key for entry in entries if entry.alt_key]
        packagings = self.env["product.uom"].search_fetch(
            [("barcode", "in", barcodes)], ["barcode"]
        )
        return set(packagings.mapped("barcode"))

    @staticmethod
    def _identify(entry, by_code, by_barcode):
        """Find the product of an entry; return False if the entry is stopped."""
        found = by_code[entry.key]
        if len(found) > 1:
            count = len(found)
            entry.stop("skip", "ambiguous_code", count=count, value=entry.key)
            return False
        product = found[0] if found else by_barcode.get(entry.alt_key)
        if product is None or (not found and product.default_code):
            return True
        entry.target = product.product_tmpl_id
        if not found:
            entry.note("barcode_found", value=entry.alt_key)
        if not product.active or not entry.target.active:
            entry.stop("skip", "archived")
        elif len(entry.target.with_context(active_test=False).product_variant_ids) > 1:
            entry.stop("skip", "has_variants")
        return not entry.action

    def _plan_vals(self, job, entry, references):
        good, target = entry.record, entry.target
        vals = good_mapping.good_vals(good)
        data = good_mapping.kept_data(good)
        self._plan_unit(entry, vals, references["units"])
        self._plan_taxes(entry, vals, references["taxes"])
        self._plan_barcode(entry, vals, data, references)
        if data:
            vals["gestor_epp_data"] = {
                **(target and target.gestor_epp_data or {}),
                **data,
            }
        if target:
            # the kind of a product in use cannot change; the host says so loudly
            vals.pop("type", None)
        else:
            vals["company_id"] = job.company_id.id
        entry.vals = vals

    @staticmethod
    def _plan_unit(entry, vals, units):
        unit = entry.record.unit
        key = good_mapping.unit_key(unit)
        if not key:
            return
        uom = units.get(key)
        if entry.target:
            if uom != entry.target.uom_id:
                name = entry.target.uom_id.name
                entry.note("unit_differs", name=name, value=unit)
        elif uom:
            vals["uom_id"] = uom.id
        else:
            entry.extra["unit"] = key
            if key not in units:
                units[key] = None
                entry.note("unit_new", value=unit)

    @staticmethod
    def _plan_taxes(entry, vals, taxes):
        good = entry.record
        symbols = (good.vat, good.purchase_vat or good.vat)
        pairs = (("sale", "taxes_id"), ("purchase", "supplier_taxes_id"))
        unknown = []
        for symbol, (use, name) in zip(symbols, pairs, strict=True):
            tax = taxes.get((symbol, use, good.is_service))
            if tax:
                vals[name] = [tax]
            elif symbol and symbol not in unknown:
                unknown.append(symbol)
            if not tax and not entry.target:
                # the host would put the company's usual tax: a guess
                vals[name] = []
        if unknown:
            entry.note("vat_unknown", value=", ".join(unknown))

    @staticmethod
    def _plan_barcode(entry, vals, data, references):
        barcode = entry.alt_key
        if not barcode:
            return
        owner = references["barcodes"].get(barcode)
        taken = owner is not None and owner.product_tmpl_id != entry.target
        line = references["earlier"].setdefault(barcode, entry.line)
        if not numbers.is_barcode(barcode):
            entry.note("barcode_bad", value=barcode)
        elif taken or line < entry.line or barcode in references["packagings"]:
            entry.note("barcode_used", value=barcode)
        else:
            vals["barcode"] = barcode
            return
        data["barcode"] = barcode

    # === References ===

    def _units(self, entries):
        """Return ``{key: uom}`` of the units that exist."""
        units = {}
        keys = {good_mapping.unit_key(entry.record.unit) for entry in entries} - {""}
        for key in list(keys):
            uom = self.env.ref(
                good_mapping.UNITS.get(key, ""), raise_if_not_found=False
            )
            if uom:
                units[key] = uom
        keys -= units.keys()
        if keys:
            for uom in (
                self.env["uom.uom"]
                .with_context(active_test=False)
                .search([("name", "!=", False)])
            ):
                key = good_mapping.unit_key(uom.name)
                if key in keys:
                    units.setdefault(key, uom)
        return units

    def _taxes(self, job, entries):
        """Return ``{(symbol, use, is service): tax id}`` of the company's chart."""
        template = self.env["account.chart.template"].with_company(job.company_id)
        taxes = {}
        for entry in entries:
            good = entry.record
            pairs = ((good.vat, "sale"), (good.purchase_vat or good.vat, "purchase"))
            for symbol, use in pairs:
                key = (symbol, use, good.is_service)
                if key not in taxes:
                    taxes[key] = self._tax(template, *key)
        return taxes

    @api.model
    def _tax(self, template, symbol, use, is_service):
        for name in good_mapping.tax_names(symbol, use, is_service):
            tax = template.ref(name, raise_if_not_found=False)
            if tax and tax.active:
                return tax.id
        return None

    # === Suppliers ===

    def _plan_suppliers(self, job, entries):
        codes = {entry.record.supplier_code for entry in entries} - {""}
        suppliers = self.env["res.partner"].search_fetch(
            self._company_domain(job)
            & Domain("ref", "in", list(codes))
            & Domain("parent_id", "=", False),
            ["ref"],
        )
        by_ref = {partner.ref: partner for partner in suppliers}
        coming = self._keys_in_file(job, "KONTRAHENCI", codes - by_ref.keys())
        known = self._supplier_infos(job, entries)
        for entry in entries:
            code = entry.record.supplier_code
            supplier = by_ref.get(code)
            if supplier:
                self._plan_supplier(job, entry, supplier, known)
            elif code and code not in coming:
                entry.note("supplier_unknown", value=code)

    def _supplier_infos(self, job, entries):
        targets = [entry.target.id for entry in entries if entry.target]
        if not targets:
            return {}
        infos = self.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "in", targets),
                ("company_id", "in", (False, job.company_id.id)),
                ("min_qty", "=", 0),
                ("date_start", "=", False),
                ("date_end", "=", False),
            ]
        )
        return {(info.product_tmpl_id, info.partner_id): info for info in infos}

    def _plan_supplier(self, job, entry, supplier, known):
        good = entry.record
        vals = {
            "price": float(good.purchase_price),
            "delay": max(good.delivery_days, 0),
        }
        info = known.get((entry.target, supplier))
        if info:
            vals = self._changes(info, vals)
            if vals:
                entry.extra["supplier"] = (info, vals)
            return
        vals.update(
            partner_id=supplier.id,
            company_id=job.company_id.id,
            currency_id=job.company_id.currency_id.id,
        )
        entry.extra["supplier"] = (None, vals)

    def _plan_action(self, entry):
        if not entry.target:
            entry.action = "create"
            return
        entry.vals = self._changes(entry.target, entry.vals)
        changed = entry.vals or "supplier" in entry.extra
        entry.action = "update" if changed else "unchanged"

    # === Apply ===

    def _apply(self, job, entries):
        self._apply_units(entries)
        new = [entry for entry in entries if entry.action == "create"]
        # through the variant: its fields then need no write per template
        products = self.env["product.product"].create(
            [self._for_write("product.product", entry.vals) for entry in new]
        )
        for entry, product in zip(new, products, strict=True):
            entry.target = product.product_tmpl_id
            entry.created(entry.target)
            entry.points_at(entry.target)
        old = [entry for entry in entries if entry.action == "update" and entry.vals]
        self._write_grouped([(entry, entry.target, entry.vals) for entry in old])
        self._apply_suppliers(entries)

    def _apply_units(self, entries):
        """Make the units that are missing; wake those the host has put away."""
        units = {}
        for entry in entries:
            key = entry.extra.get("unit")
            if key and key not in units:
                # a unit of its own: nothing says how many pieces it has
                name = entry.record.unit
                units[key] = self.env["uom.uom"].create({"name": name})
                entry.created(units[key])
            if key:
                entry.vals["uom_id"] = units[key].id
        ids = {entry.vals["uom_id"] for entry in entries if "uom_id" in entry.vals}
        asleep = self.env["uom.uom"].browse(ids).filtered(lambda uom: not uom.active)
        asleep.active = True

    def _apply_suppliers(self, entries):
        new, vals_list, changed = [], [], []
        for entry in entries:
            info, vals = entry.extra.get("supplier", (None, None))
            if info:
                changed.append((entry, info, vals))
            elif vals:
                new.append(entry)
                vals_list.append({**vals, "product_tmpl_id": entry.target.id})
        infos = self.env["product.supplierinfo"].create(vals_list)
        for entry, info in zip(new, infos, strict=True):
            entry.created(info)
        self._write_grouped(changed)
