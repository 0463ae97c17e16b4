from odoo import fields, models

from ..const import POINTS

POLICIES = [("off", "Do not check"), ("warn", "Warn"), ("block", "Refuse")]


def _policy(label):
    return fields.Selection(POLICIES, string=label, default="warn", required=True)


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_duplicate_nip = _policy("Same NIP")
    gestor_duplicate_regon = _policy("Same REGON")
    gestor_duplicate_email = _policy("Same e-mail")
    gestor_duplicate_phone = _policy("Same phone")
    gestor_duplicate_name = _policy("Similar name")

    def _gestor_duplicate_policies(self):
        """Return ``{kind of reason: "warn" or "block"}`` of what is checked at all."""
        self.ensure_one()
        # sudo: whoever enters a client is held to it, whatever he may read
        company = self.sudo()
        # asked for at each pause in the typing: only these of its hundred columns
        company.fetch([f"gestor_duplicate_{kind}" for kind in POINTS])
        policies = {kind: company[f"gestor_duplicate_{kind}"] for kind in POINTS}
        return {kind: what for kind, what in policies.items() if what != "off"}
