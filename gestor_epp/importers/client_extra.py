from odoo import models
from odoo.fields import Domain


class GestorEppHandlerClientExtra(models.AbstractModel):
    """Tax features of a client: kept with the data from the file."""

    _name = "gestor.epp.handler.client.extra"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of Further Data of EDI++ Clients"

    _epp_sections = ("DODATKOWEKONTRAHENTOW",)
    _epp_option = "with_clients"

    def _describe(self, entry):
        entry.key = entry.name = entry.record.code

    def _plan(self, job, entries):
        codes = {entry.record.code for entry in entries}
        partners = self.env["res.partner"].search_fetch(
            self._company_domain(job)
            & Domain("ref", "in", list(codes))
            & Domain("parent_id", "=", False),
            ["ref", "gestor_epp_data"],
        )
        by_ref = {partner.ref: partner for partner in partners}
        coming = self._keys_in_file(job, "KONTRAHENCI", codes - by_ref.keys())
        for entry in entries:
            code, partner = entry.record.code, by_ref.get(entry.record.code)
            if partner is None and code not in coming:
                entry.stop("skip", "client_unknown", value=code)
                continue
            kept = (partner and partner.gestor_epp_data) or {}
            data = {**kept, **self._data(entry.record)}
            entry.target = partner
            entry.vals = {"gestor_epp_data": data} if data != kept else {}
            has_news = partner is None or entry.vals
            entry.action = "update" if has_news else "unchanged"

    def _data(self, extra):
        data = {"excise_status": extra.excise_status, "excise_tax": extra.excise_tax}
        for key in ("cash_method", "reverse_charge"):
            data[key] = self.env._("yes") if getattr(extra, key) else ""
        return {key: value for key, value in data.items() if value not in ("", "0")}

    def _apply(self, job, entries):
        self._write_grouped(
            [(entry, entry.target, entry.vals) for entry in entries if entry.vals]
        )
