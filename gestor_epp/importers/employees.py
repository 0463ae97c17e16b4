from odoo import models


class GestorEppHandlerEmployees(models.AbstractModel):
    """Employees of the old program: contacts of the own company, switched off at first.

    Parents' names, dates of birth, PESEL and insurance stay in the file: a CRM has no
    business with them.
    """

    _name = "gestor.epp.handler.employees"
    _inherit = ["gestor.epp.handler"]
    _description = "Importer of EDI++ Employees"

    _epp_sections = ("PRACOWNICY",)
    _epp_option = "with_employees"

    def _describe(self, entry):
        entry.key = entry.name = entry.record.name

    def _plan(self, job, entries):
        own = job.company_id.partner_id
        known = {
            (child.name or "").casefold(): child
            for child in self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch([("parent_id", "=", own.id)], ["name"])
        }
        for entry in entries:
            employee = entry.record
            entry.target = known.get(entry.name.casefold())
            if entry.target:
                entry.action = "unchanged"
                continue
            entry.action = "create"
            entry.vals = {
                "name": employee.name,
                "parent_id": own.id,
                "type": "other",
                "street": employee.street,
                "zip": employee.zip,
                "city": employee.city,
                "phone": employee.phone,
                "active": not employee.left,
                "company_id": job.company_id.id,
            }

    def _apply(self, job, entries):
        partners = self.env["res.partner"].create([entry.vals for entry in entries])
        for entry, partner in zip(entries, partners, strict=True):
            entry.created(partner)
            entry.points_at(partner)
