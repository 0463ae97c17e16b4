from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gestor_pl.lib import numbers

from ..lib import client_mapping


class GestorEppHandlerClients(models.AbstractModel):
    _name = "gestor.epp.handler.clients"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Clients"

    _epp_sections = ("KONTRAHENCI",)
    _epp_option = "with_clients"

    def _describe(self, entry):
        client = entry.record
        entry.key, entry.name = client.code, client.name
        prefix, number = numbers.tax_number(client.nip, client.eu_prefix)
        if not number:
            return
        entry.extra["tax"] = (prefix, number)
        # the way gestor_partners spells numbers: only Polish ones without prefix
        entry.alt_key = number if prefix == "PL" else prefix + number

    # === Plan ===

    def _plan(self, job, entries):
        countries = self._countries()
        by_ref, by_nip = self._find(job, entries)
        earlier = self._earlier_lines(job, entries, "alt_key", "alt_key")
        own_nip = job.company_id.partner_id.gestor_nip
        for entry in entries:
            line = earlier.setdefault(entry.alt_key, entry.line)
            entry.extra["is_branch"] = bool(entry.alt_key) and line < entry.line
            if own_nip and entry.alt_key == own_nip:
                entry.stop("skip", "own_company", value=own_nip)
            elif self._identify(entry, by_ref, by_nip):
                self._plan_vals(job, entry, countries)
        kept = [entry for entry in entries if not entry.action]
        self._plan_children(job, kept)
        for entry in kept:
            self._plan_action(entry)

    def _find(self, job, entries):
        """Return the partners with the codes and those with the NIPs."""
        refs = [entry.key for entry in entries]
        nips = [entry.alt_key for entry in entries if entry.alt_key]
        partners = self._partners().search_fetch(
            self._company_domain(job)
            & Domain("parent_id", "=", False)
            & (Domain("ref", "in", refs) | Domain("gestor_nip", "in", nips))
        )
        by_ref, by_nip = defaultdict(list), defaultdict(list)
        for partner in partners:
            by_ref[partner.ref].append(partner)
            if partner.gestor_nip:
                by_nip[partner.gestor_nip].append(partner)
        return by_ref, by_nip

    def _partners(self):
        return self.env["res.partner"].with_context(active_test=False)

    def _identify(self, entry, by_ref, by_nip):
        """Find the partner of an entry; return False if the entry is stopped."""
        found = by_ref[entry.key]
        if len(found) > 1:
            count = len(found)
            entry.stop("skip", "ambiguous_code", count=count, value=entry.key)
            return False
        if found:
            entry.target = found[0]
        elif entry.alt_key:
            self._identify_by_nip(entry, by_nip[entry.alt_key])
        if entry.target and not entry.target.active:
            entry.stop("skip", "archived")
            return False
        return True

    @staticmethod
    def _identify_by_nip(entry, found):
        free = [partner for partner in found if not partner.ref]
        if len(free) == len(found) == 1 and not entry.extra["is_branch"]:
            entry.target = free[0]
            entry.note("nip_found", value=entry.alt_key)
        elif found:
            names = ", ".join(partner.name for partner in found[:3])
            entry.note("nip_shared", value=entry.alt_key, name=names)
        elif entry.extra["is_branch"]:
            entry.note("nip_twice", value=entry.alt_key)

    def _plan_vals(self, job, entry, countries):
        client, target = entry.record, entry.target
        code = client_mapping.country_code(client)
        country = countries.get(code) or countries.get(client.country.casefold())
        if not country and (code or client.country):
            entry.note("country_unknown", value=client.country or code)
        vals = client_mapping.client_vals(client, country)
        data = client_mapping.kept_data(client)
        if "tax" in entry.extra:
            self._plan_vat(entry, vals, data)
        if "website" in vals:
            vals["website"] = self.env["res.partner"]._clean_website(vals["website"])
        self._plan_role(job, entry, vals)
        if data:
            vals["gestor_epp_data"] = {
                **(target and target.gestor_epp_data or {}),
                **data,
            }
        entry.vals = vals

    def _plan_vat(self, entry, vals, data):
        prefix, number = entry.extra["tax"]
        if prefix == "PL":
            valid = numbers.is_nip(number)
        else:
            country = self.env["res.country"].browse(vals.get("country_id"))
            valid, _code = self.env["res.partner"]._run_vat_checks(
                country, prefix + number, validation="setnull"
            )
        if not valid:
            data["nip"] = entry.record.nip
            entry.note("nip_invalid", value=entry.record.nip)
        elif not entry.target or entry.target.gestor_nip != entry.alt_key:
            # with the prefix, as the host's VIES check and KSeF want it
            vals["vat"] = prefix + number

    @staticmethod
    def _plan_role(job, entry, vals):
        client, target = entry.record, entry.target
        if client.is_customer and not (target and target.customer_rank):
            vals["customer_rank"] = 1
        if client.is_supplier and not (target and target.supplier_rank):
            vals["supplier_rank"] = 1
        if not target or target.gestor_kind == "potential":
            vals["gestor_kind"] = "standard"
        if not target:
            vals["company_id"] = job.company_id.id

    def _plan_children(self, job, entries):
        """See which contact persons and bank accounts are new."""
        targets = [entry.target.id for entry in entries if entry.target]
        contacts = defaultdict(set)
        accounts = {}
        if targets:
            children = self._partners().search_fetch(
                [("parent_id", "in", targets)], ["name", "parent_id"]
            )
            for child in children:
                contacts[child.parent_id.id].add((child.name or "").casefold())
            banks = self.env["res.partner.bank"].with_context(active_test=False)
            for bank in banks.search([("partner_id", "in", targets)]):
                accounts[bank.partner_id.id, bank.sanitized_acc_number] = bank
        for entry in entries:
            partner_id = entry.target.id if entry.target else 0
            contact = entry.record.contact
            known = {entry.name.casefold(), *contacts[partner_id]}
            if job.with_contacts and contact and contact.casefold() not in known:
                entry.extra["contact"] = contact
            if job.with_accounts and entry.record.bank_account:
                self._plan_account(entry, partner_id, accounts)

    @staticmethod
    def _plan_account(entry, partner_id, accounts):
        number, valid = numbers.bank_account(entry.record.bank_account)
        if not valid:
            entry.note("account_invalid", value=number)
        compact = numbers.compact(number)
        found = accounts.get((partner_id, compact)) or accounts.get(
            (partner_id, compact.removeprefix("PL"))
        )
        if not found or not found.active:
            entry.extra["account"] = (number, entry.record.bank_name, found)

    def _plan_action(self, entry):
        if not entry.target:
            entry.action = "create"
            return
        entry.vals = self._changes(entry.target, entry.vals)
        has_new = bool(entry.vals) or entry.extra.keys() & {"contact", "account"}
        entry.action = "update" if has_new else "unchanged"

    @api.model
    def _countries(self):
        """Return ids by code and by name, English and Polish, in lower case."""
        ids, with_code = {}, [("code", "!=", False)]
        for lang in ("en_US", "pl_PL"):
            for country in (
                self.env["res.country"].with_context(lang=lang).search(with_code)
            ):
                ids[country.code] = country.id
                ids.setdefault(country.name.casefold(), country.id)
        return ids

    # === Apply ===

    def _apply(self, job, entries):
        new = [entry for entry in entries if entry.action == "create"]
        partners = self.env["res.partner"].create([entry.vals for entry in new])
        for entry, partner in zip(new, partners, strict=True):
            entry.target = partner
            entry.created(partner)
            entry.points_at(partner)
        old = [entry for entry in entries if entry.action == "update" and entry.vals]
        self._write_grouped([(entry, entry.target, entry.vals) for entry in old])
        self._apply_contacts(entries)
        self._apply_accounts(entries)

    def _apply_contacts(self, entries):
        entries = [entry for entry in entries if "contact" in entry.extra]
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": entry.extra["contact"],
                    "parent_id": entry.target.id,
                    "type": "contact",
                    "company_id": entry.target.company_id.id,
                }
                for entry in entries
            ]
        )
        for entry, contact in zip(entries, contacts, strict=True):
            entry.created(contact)

    def _apply_accounts(self, entries):
        entries = [entry for entry in entries if "account" in entry.extra]
        banks = self._banks(entries)
        new, vals_list = [], []
        for entry in entries:
            number, bank_name, archived = entry.extra["account"]
            if archived:
                # the host keeps removed accounts and forbids a second one
                archived.active = True
                entry.changed(archived, {"active": False}, {"active": True})
                continue
            new.append(entry)
            vals_list.append(
                {
                    "partner_id": entry.target.id,
                    "acc_number": number,
                    "bank_id": banks.get(bank_name.casefold()),
                }
            )
        accounts = self.env["res.partner.bank"].create(vals_list)
        for entry, account in zip(new, accounts, strict=True):
            entry.created(account)

    def _banks(self, entries):
        """Return ``{name in lower case: id}``; banks that are missing are made."""
        makers = {}
        for entry in entries:
            name = entry.extra["account"][1]
            if name:
                makers.setdefault(name.casefold(), (name, entry))
        if not makers:
            return {}
        ids = {
            bank.name.casefold(): bank.id
            for bank in self.env["res.bank"].search_fetch([], ["name"])
        }
        missing = [pair for key, pair in makers.items() if key not in ids]
        banks = self.env["res.bank"].create(
            [{"name": name} for name, _entry in missing]
        )
        for (name, entry), bank in zip(missing, banks, strict=True):
            # before the account: an undo takes the account away first
            entry.created(bank)
            ids[name.casefold()] = bank.id
        return ids
