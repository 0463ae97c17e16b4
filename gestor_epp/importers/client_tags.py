from collections import defaultdict

from odoo import models
from odoo.fields import Command, Domain


class GestorEppHandlerClientTags(models.AbstractModel):
    _name = "gestor.epp.handler.client.tags"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Client Groups and Features"

    _epp_sections = ("GRUPYKONTRAHENTOW", "CECHYKONTRAHENTOW")
    _epp_option = "with_tags"

    def _describe(self, entry):
        entry.key = f"{entry.record.code} · {entry.record.name}"
        entry.name = entry.record.name

    def _plan(self, job, entries):
        codes = {entry.record.code for entry in entries}
        partners = self._partners(job, codes)
        coming = self._keys_in_file(job, "KONTRAHENCI", codes - partners.keys())
        tags = self._tags({entry.name for entry in entries})
        for entry in entries:
            code = entry.record.code
            partner = partners.get(code)
            tag = tags.get(entry.name.casefold())
            if partner is None and code not in coming:
                entry.stop("skip", "client_unknown", value=code)
            elif partner is not None and tag and tag in partner.category_id:
                entry.target, entry.action = partner, "unchanged"
            else:
                entry.target, entry.action = partner, "update"

    def _partners(self, job, codes):
        partners = self.env["res.partner"].search_fetch(
            self._company_domain(job)
            & Domain("ref", "in", list(codes))
            & Domain("parent_id", "=", False),
            ["ref", "category_id"],
        )
        return {partner.ref: partner for partner in partners}

    def _tags(self, names):
        tags = self.env["res.partner.category"].search([("name", "in", list(names))])
        return {tag.name.casefold(): tag for tag in tags}

    def _apply(self, job, entries):
        entries = [entry for entry in entries if entry.target]
        tags = self._tags({entry.name for entry in entries})
        groups = defaultdict(list)
        for entry in entries:
            groups[entry.name.casefold()].append(entry)
        for key, group in groups.items():
            tag = tags.get(key)
            if not tag:
                tag = self.env["res.partner.category"].create({"name": group[0].name})
                group[0].created(tag)
            partners = self.env["res.partner"].browse(
                [entry.target.id for entry in group]
            )
            partners.write({"category_id": [Command.link(tag.id)]})
            for entry in group:
                entry.changed(entry.target, {}, {"category_id": {"link": tag.id}})
