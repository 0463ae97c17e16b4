from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.registers.subject import Question, identify

USERS = "gestor_base.gestor_base_group_user"


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    gestor_white_list_state = fields.Selection(
        [
            ("confirmed", "On the list"),
            ("denied", "Not on the list"),
            ("failed", "No answer"),
            ("unknown", "Not checked"),
        ],
        string="White list",
        compute="_compute_gestor_white_list",
        groups=USERS,
    )
    gestor_white_list_at = fields.Datetime(
        string="Checked on", compute="_compute_gestor_white_list", groups=USERS
    )

    @api.depends("acc_number", "partner_id.vat")
    def _compute_gestor_white_list(self):
        newest = self.env["gestor.verification"]._gestor_latest("partner_bank_id", self)
        for account in self:
            proof = newest.get(account._origin.id)
            # a proof of the number that stood here before is none of this one
            if proof and proof.account != account._gestor_nrb():
                proof = None
            account.gestor_white_list_state = proof.result if proof else "unknown"
            account.gestor_white_list_at = proof.checked_at if proof else False

    def action_gestor_check_white_list(self):
        """Ask the white list whether the accounts belong to their holders, with proof."""
        self.check_access("read")
        questions = {account: account._get_gestor_question() for account in self}
        provider = self.env["gestor.register.provider"]._gestor_providers()["white_list"]
        findings = provider._gestor_verify(list(set(questions.values())))
        proofs = self.env["gestor.verification"]._gestor_record(
            "white_list",
            "account",
            [
                (
                    findings[question],
                    {
                        "partner_id": account.partner_id.id,
                        "partner_bank_id": account.id,
                        "account": question.account,
                    },
                )
                for account, question in questions.items()
            ],
        )
        self.invalidate_recordset(["gestor_white_list_state", "gestor_white_list_at"])
        return self._gestor_notify(proofs)

    def action_gestor_verifications(self):
        """Show the proofs of the account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_pl.gestor_verification_action"
        )
        action.update(domain=[("partner_bank_id", "=", self.id)], context={})
        return action

    def _gestor_notify(self, proofs):
        results = set(proofs.mapped("result"))
        kind = "success" if results == {"confirmed"} else "danger"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": self.env._("White list"),
                "message": " ".join(
                    f"{proof.account}: {proof.summary}" for proof in proofs
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _gestor_nrb(self):
        """Return the 26 digits of a Polish account, or ""."""
        number = (self.sanitized_acc_number or "").removeprefix("PL")
        return number if len(number) == 26 and number.isdigit() else ""

    def _get_gestor_question(self):
        """Return the question to the white list.

        :raise UserError: if it cannot be asked about this account
        """
        self.ensure_one()
        holder = self.partner_id.commercial_partner_id
        number = identify(holder.vat or "") or identify(holder.company_registry or "")
        account = self._gestor_nrb()
        if not account:
            raise UserError(
                self.env._(
                    "Only Polish accounts of 26 digits are on the white list: "
                    "%(account)s is none.",
                    account=self.acc_number,
                )
            )
        if not number or number.kind not in ("nip", "regon"):
            raise UserError(
                self.env._(
                    "%(name)s has neither a NIP nor a REGON to ask about.",
                    name=holder.display_name,
                )
            )
        return Question(number, account)


