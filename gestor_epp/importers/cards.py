from odoo import models
from odoo.fields import Domain

from odoo.addons.gestor_partners.lib import phone as phones
from odoo.addons.gestor_pl.lib import numbers

_PLAIN = ("email", "phone", "street", "zip", "city", "website")


class GestorEppHandlerCards(models.AbstractModel):
    """Business cards: contact persons of their firms, or firms."""

    _name = "gestor.epp.handler.cards"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of Business Cards"

    _epp_sections = ("WIZYTOWKI",)
    _epp_option = "with_clients"

    def _describe(self, entry):
        card = entry.record
        number = numbers.tax_number(card.nip)[1] if card.nip else ""
        entry.extra["nip"] = number if numbers.is_nip(number) else ""
        entry.extra["phone"] = phones.digits(card.phone)
        key = (
            card.email.casefold()
            or entry.extra["nip"]
            or entry.extra["phone"]
            or f"{card.name} · {card.firm}".strip(" ·")
        )
        entry.key, entry.name = key[:128], card.name[:128]

    # === Plan ===

    def _plan(self, job, entries):
        known = self._known(job, entries)
        firms = self._firms(job, {entry.record.firm for entry in entries})
        countries = self.env["gestor.epp.handler.clients"]._countries()
        for entry in entries:
            vals = self._prepare_vals(job, entry, countries)
            entry.target = self._identify(entry, known)
            if not entry.target:
                entry.action = "create"
                entry.vals = vals
                firm = entry.record.firm
                if firm and firm.casefold() not in firms:
                    entry.note("firm_new", value=firm)
                continue
            if not entry.target.active:
                entry.stop("skip", "archived")
                continue
            # a card adds what is missing; what is there is known better
            entry.vals = {
                name: value
                for name, value in vals.items()
                if name in (*_PLAIN, "function", "country_id")
                and not entry.target[name]
            }
            entry.action = "update" if entry.vals else "unchanged"

    @staticmethod
    def _identify(entry, known):
        """Return the partner: by e-mail, else by NIP, else by telephone."""
        card = entry.record
        for way, value in (
            ("email", card.email.casefold()),
            ("nip", entry.extra["nip"]),
            ("phone", entry.extra["phone"]),
        ):
            if value and (way, value) in known:
                entry.note("card_found", value=card.email or value)
                return known[way, value]
        return None

    def _known(self, job, entries):
        emails = list({entry.record.email.casefold() for entry in entries} - {""})
        nips = list({entry.extra["nip"] for entry in entries} - {""})
        digits = list({entry.extra["phone"] for entry in entries} - {""})
        found = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                self._company_domain(job)
                & (
                    Domain("email_normalized", "in", emails)
                    | Domain("gestor_nip", "in", nips)
                    | Domain("gestor_phone_digits", "in", digits)
                ),
                ["email_normalized", "gestor_nip", "gestor_phone_digits", "active"],
                order="active, id desc",
            )
        )
        known = {}
        for partner in found:
            known["email", partner.email_normalized] = partner
            known["phone", partner.gestor_phone_digits] = partner
            if not partner.parent_id:
                known["nip", partner.gestor_nip] = partner
        return known

    def _firms(self, job, names):
        """Return ``{name in lower case: firm}``."""
        firms = self.env["res.partner"].search_fetch(
            self._company_domain(job)
            & Domain("is_company", "=", True)
            & Domain("name", "in", [name for name in names if name]),
            ["name"],
            order="id desc",
        )
        return {firm.name.casefold(): firm for firm in firms}

    @staticmethod
    def _prepare_vals(job, entry, countries):
        card = entry.record
        vals = {name: getattr(card, name) for name in ("name", *_PLAIN)}
        vals.update(
            company_id=job.company_id.id,
            is_company=card.is_firm,
            function=card.title,
            country_id=countries.get(card.country.casefold(), False),
            comment=card.note,
        )
        if entry.extra["nip"] and card.is_firm:
            vals["vat"] = f"PL{entry.extra['nip']}"
        return {name: value for name, value in vals.items() if value}

    # === Apply ===

    def _apply(self, job, entries):
        new = [entry for entry in entries if entry.action == "create"]
        firms = self._ensure_firms(job, new)
        partners = self.env["res.partner"].create(
            [
                {**entry.vals, "parent_id": firms[entry.record.firm.casefold()].id}
                if entry.record.firm
                else entry.vals
                for entry in new
            ]
        )
        for entry, partner in zip(new, partners, strict=True):
            entry.created(partner)
            entry.points_at(partner)
        self._write_grouped(
            [
                (entry, entry.target, entry.vals)
                for entry in entries
                if entry.action == "update"
            ]
        )

    def _ensure_firms(self, job, entries):
        firms = self._firms(job, {entry.record.firm for entry in entries})
        makers = {}
        for entry in entries:
            name = entry.record.firm
            if name and name.casefold() not in firms:
                makers.setdefault(name.casefold(), entry)
        made = self.env["res.partner"].create(
            [
                {
                    "name": entry.record.firm,
                    "is_company": True,
                    "company_id": job.company_id.id,
                }
                for entry in makers.values()
            ]
        )
        for (key, entry), firm in zip(makers.items(), made, strict=True):
            entry.created(firm)
            firms[key] = firm
        return firms
