from odoo import models
from odoo.fields import Command, Domain

from odoo.addons.gestor_pl.lib import numbers

from ..models.epp_texts import say


class GestorEppHandlerDocuments(models.AbstractModel):
    """Documents of the old program become history: nothing is posted or moved."""

    _name = "gestor.epp.handler.documents"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Documents"

    _epp_sections = ("DOKUMENTY",)
    _epp_option = "with_documents"

    def _describe(self, entry):
        document = entry.record
        # a supplier's number comes again with another supplier, or the next year
        parts = (document.number, document.partner_code, str(document.date.year))
        entry.key = " · ".join(filter(None, parts))[:128]
        entry.name = document.partner_name[:128]
        if document.nip:
            prefix, number = numbers.tax_number(document.nip)
            entry.alt_key = number if prefix == "PL" else prefix + number

    # === Plan ===

    def _plan(self, job, entries):
        partners = self._partners(job, entries)
        known = self._known(job, entries)
        currencies = self._currencies(job, entries)
        coming = self._keys_in_file(
            job, "KONTRAHENCI", {e.record.partner_code for e in entries} - {""}
        )
        for entry in entries:
            document = entry.record
            partner = partners.get(("ref", document.partner_code)) or partners.get(
                ("nip", entry.alt_key)
            )
            if not partner and document.partner_code not in coming:
                entry.note("no_client")
            self._note_faults(entry)
            entry.vals = self._prepare_vals(job, entry, partner, currencies)
            entry.target = known.get(entry.key)
            if not entry.target:
                entry.action = "create"
                continue
            # what was issued does not change, but its client may be found only now
            changes = {}
            if partner and not entry.target.partner_id:
                changes = {"partner_id": partner.id}
            entry.vals = changes
            entry.action = "update" if changes else "unchanged"

    def _note_faults(self, entry):
        if entry.record.faults:
            reasons = ", ".join(
                f"{line} ({say(self.env, [(code, params)])})"
                for line, code, params in entry.record.faults[:10]
            )
            entry.note("lines_broken", value=reasons)

    def _partners(self, job, entries):
        """Return ``{("ref", code): partner, ("nip", number): partner}``."""
        codes = list({entry.record.partner_code for entry in entries} - {""})
        nips = list({entry.alt_key for entry in entries} - {""})
        found = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                self._company_domain(job)
                & Domain("parent_id", "=", False)
                & (Domain("ref", "in", codes) | Domain("gestor_nip", "in", nips)),
                ["ref", "gestor_nip"],
                order="id desc",
            )
        )
        partners = {}
        for partner in found:
            partners["ref", partner.ref or None] = partner
            partners["nip", partner.gestor_nip or None] = partner
        return partners

    def _known(self, job, entries):
        documents = self.env["gestor.history.document"].search_fetch(
            [
                ("company_id", "=", job.company_id.id),
                ("import_key", "in", [entry.key for entry in entries]),
            ],
            ["import_key", "partner_id"],
        )
        return {document.import_key: document for document in documents}

    def _currencies(self, job, entries):
        names = {entry.record.currency for entry in entries}
        names.add(job.company_id.currency_id.name)
        currencies = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "in", list(names))])
        )
        return {currency.name: currency.id for currency in currencies}

    @staticmethod
    def _prepare_vals(job, entry, partner, currencies):
        document = entry.record
        own = job.company_id.currency_id
        currency_id = currencies.get(document.currency or own.name)
        if not currency_id:
            entry.note("currency_unknown", value=document.currency)
        town = f"{document.zip} {document.city}".strip()
        return {
            "company_id": job.company_id.id,
            "import_key": entry.key,
            "name": document.number,
            "symbol": document.symbol,
            "kind": document.kind,
            "state": document.state,
            "date": document.date,
            "sale_date": document.sale_date,
            "payment_date": document.payment_date,
            "partner_id": partner.id if partner else False,
            "partner_code": document.partner_code,
            "partner_name": document.partner_name,
            "partner_nip": document.nip,
            "partner_address": ", ".join(filter(None, (document.street, town))),
            "currency_id": currency_id or own.id,
            "currency_name": False if currency_id else document.currency,
            "amount_net": float(document.net),
            "amount_tax": float(document.tax),
            "amount_gross": float(document.gross),
            "amount_paid": float(document.paid),
            "payment_method": document.payment_method,
            "price_name": document.price_name,
            "category": document.category,
            "issuer": document.issuer,
            "reference": document.reference,
            "corrected_number": document.corrected,
            "order_number": document.order,
            "note": document.remarks,
        }

    # === Apply ===

    def _apply(self, job, entries):
        new = [entry for entry in entries if entry.action == "create"]
        products = self._products(job, new)
        documents = self.env["gestor.history.document"].create(
            [
                {
                    **entry.vals,
                    "line_ids": [
                        Command.create(self._prepare_line(line, products))
                        for line in entry.record.lines
                    ],
                }
                for entry in new
            ]
        )
        for entry, document in zip(new, documents, strict=True):
            entry.created(document)
            entry.points_at(document)
        self._write_grouped(
            [
                (entry, entry.target, entry.vals)
                for entry in entries
                if entry.action == "update"
            ]
        )

    def _products(self, job, entries):
        """Return ``{code: product}`` of all the lines."""
        codes = {line.code for entry in entries for line in entry.record.lines}
        found = self.env["product.product"].search_fetch(
            self._company_domain(job) & Domain("default_code", "in", list(codes)),
            ["default_code"],
        )
        return {product.default_code: product for product in found}

    @staticmethod
    def _prepare_line(line, products):
        product = products.get(line.code) if line.code else None
        return {
            "product_id": product.id if product else False,
            "code": line.code,
            "name": line.name or (product.name if product else line.code),
            "description": line.description,
            "unit": line.unit,
            "quantity": float(line.quantity),
            "discount": float(line.discount),
            "price_net": float(line.price_net),
            "price_gross": float(line.price_gross),
            "vat_percent": float(line.vat),
            "amount_net": float(line.net),
            "amount_tax": float(line.tax),
            "amount_gross": float(line.gross),
        }
