from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.registers.subject import identify

STAFF = "base.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_pkd = fields.Text(
        string="PKD", groups=STAFF, help="Activities of the firm, the main one first."
    )
    gestor_verification_count = fields.Integer(
        string="Verifications",
        compute="_compute_gestor_verification_count",
        groups="gestor_base.gestor_base_group_user",
    )

    def _compute_gestor_verification_count(self):
        groups = self.env["gestor.verification"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.gestor_verification_count = counts.get(partner._origin.id, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_verified(self):
        # sudo: also proofs of other companies are history
        proofs = self.env["gestor.verification"].sudo()
        if proofs.search_count([("partner_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A client with verifications is not deleted: archive it.")
            )

    def action_gestor_verifications(self):
        """Show the proofs of the client."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_pl.gestor_verification_action"
        )
        action.update(domain=[("partner_id", "=", self.id)], context={})
        return action

    @api.model
    def _gestor_register_fields(self):
        """Return which field of a client a value of a register goes to.

        :return: ``{key of lib.registers.subject: field}``, in the order of the preview
        :rtype: dict[str, str]
        """
        return {
            "name": "name",
            "nip": "vat",
            "regon": "company_registry",
            "krs": "gestor_krs",
            "street": "street",
            "zip": "zip",
            "city": "city",
            "state": "state_id",
            "country": "country_id",
            "phone": "phone",
            "email": "email",
            "website": "website",
            "legal_form": "gestor_legal_form",
            "pkd": "gestor_pkd",
        }

    def _gestor_register_values(self):
        """Return what a client has, as registers write it; of none, empty texts.

        :return: ``{key of lib.registers.subject: text}``
        """
        values = {
            key: self[field] or ""
            for key, field in self._gestor_register_fields().items()
        }
        number = identify(self.vat)
        return {
            **values,
            "nip": number.value if number else self.vat or "",
            "state": self.state_id.name or "",
            "country": self.country_id.code or "",
        }
