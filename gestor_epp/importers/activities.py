import hashlib
from collections import defaultdict

import pytz

from odoo import models
from odoo.fields import Domain

from odoo.addons.gestor_pl.lib import numbers


class GestorEppHandlerActivities(models.AbstractModel):
    """Rows of a table of activities: entries of the clients' time lines."""

    _name = "gestor.epp.handler.activities"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of Activities"

    _epp_sections = ("CZYNNOSCI",)
    _epp_option = "with_documents"

    def _describe(self, entry):
        activity = entry.record
        digest = hashlib.sha256("\x1f".join(map(str, activity)).encode())
        entry.key = digest.hexdigest()[:32]
        entry.name = activity.subject[:128]
        if activity.nip:
            prefix, number = numbers.tax_number(activity.nip)
            entry.alt_key = number if prefix == "PL" else prefix + number

    # === Plan ===

    def _plan(self, job, entries):
        clients = self._clients(job, entries)
        users = self._users(entries)
        known = self._known(job, entries)
        zone = pytz.timezone(self.env.context.get("tz") or "Europe/Warsaw")
        for entry in entries:
            entry.target = known.get(entry.key)
            if entry.target:
                entry.action = "unchanged"
                continue
            partner = self._identify(entry, clients)
            if partner:
                entry.action = "create"
                entry.vals = self._prepare_vals(job, entry, partner, users, zone)

    def _clients(self, job, entries):
        """Return ``{(way, value): partners}`` for the ways to tell a client."""
        refs = list({entry.record.code for entry in entries} - {""})
        nips = list({entry.alt_key for entry in entries} - {""})
        names = list({entry.record.client for entry in entries} - {""})
        found = self.env["res.partner"].search_fetch(
            self._company_domain(job)
            & (
                Domain("ref", "in", refs)
                | Domain("gestor_nip", "in", nips)
                | Domain("name", "in", names)
            ),
            ["ref", "gestor_nip", "name", "parent_id"],
        )
        clients = defaultdict(self.env["res.partner"].browse)
        for partner in found:
            clients["code", partner.ref] |= partner
            clients["client", partner.name] |= partner
            if not partner.parent_id:
                clients["nip", partner.gestor_nip] |= partner
        return clients

    @staticmethod
    def _identify(entry, clients):
        """Return the client: by code, else by NIP, else by the whole name."""
        activity, several = entry.record, 0
        for way, value in (
            ("code", activity.code),
            ("nip", entry.alt_key),
            ("client", activity.client),
        ):
            found = clients.get((way, value)) if value else None
            if found and len(found) == 1:
                return found
            several = several or (found and len(found)) or 0
        value = activity.code or activity.nip or activity.client
        if several:
            entry.stop("error", "client_ambiguous", count=several, value=value)
        else:
            entry.stop("error", "client_unknown", value=value)
        return None

    def _users(self, entries):
        """Return ``{login or name in lower case: id}``, former users too."""
        names = list({entry.record.user for entry in entries} - {""})
        logins = [*names, *(name.casefold() for name in names)]
        users = (
            self.env["res.users"]
            .with_context(active_test=False)
            .search(Domain("login", "in", logins) | Domain("name", "in", names))
        )
        ids = {}
        for user in users:
            ids.setdefault(user.name.casefold(), user.id)
            ids[user.login.casefold()] = user.id
        return ids

    def _known(self, job, entries):
        activities = self.env["gestor.history.activity"].search_fetch(
            [
                ("company_id", "=", job.company_id.id),
                ("import_key", "in", [entry.key for entry in entries]),
            ],
            ["import_key"],
        )
        return {activity.import_key: activity for activity in activities}

    @staticmethod
    def _prepare_vals(job, entry, partner, users, zone):
        activity = entry.record
        moment = zone.localize(activity.moment).astimezone(pytz.utc)
        return {
            "company_id": job.company_id.id,
            "import_key": entry.key,
            "name": activity.subject,
            "kind": activity.kind,
            "date": moment.replace(tzinfo=None),
            "partner_id": partner.id,
            "user_id": users.get(activity.user.casefold(), False),
            "user_name": activity.user,
            "text": activity.text,
        }

    # === Apply ===

    def _apply(self, job, entries):
        activities = self.env["gestor.history.activity"].create(
            [entry.vals for entry in entries]
        )
        for entry, activity in zip(entries, activities, strict=True):
            entry.created(activity)
            entry.points_at(activity)
