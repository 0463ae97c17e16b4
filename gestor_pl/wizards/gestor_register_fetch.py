from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib.registers import compare
from ..lib.registers.look_up import look_up
from ..lib.registers.subject import CLOSED, SUSPENDED, identify, merge
from ..models.notification import RELOAD
from ..models.register_texts import say, say_error

#: proofs that a look at a client leaves
_PROOF_KINDS = {"white_list": "vat", "vies": "vies"}


class GestorRegisterFetch(models.TransientModel):
    """Look a client up by a number, compare, take over what the user wants."""

    _name = "gestor.register.fetch"
    _description = "Fetch from Registers"

    number = fields.Char(
        help="NIP, REGON or KRS; a foreign VAT number with its prefix; a bank account."
    )
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    existing_partner_id = fields.Many2one(
        "res.partner", string="Client with this NIP", readonly=True
    )
    answer_ids = fields.One2many("gestor.register.fetch.answer", "fetch_id")
    line_ids = fields.One2many("gestor.register.fetch.line", "fetch_id")
    is_asked = fields.Boolean(readonly=True)
    is_found = fields.Boolean(readonly=True)
    warning = fields.Char(readonly=True)

    # === Actions ===

    @api.model
    def action_open_for(self, partner_id, number):
        """Open the dialog for a client, with the registers already asked if it can be.

        :param partner_id: of the client, or False for a new one
        :param number: as typed, or False
        """
        partner = self.env["res.partner"].browse(partner_id or [])
        partner.check_access("read")
        number = number or partner.vat or partner.company_registry
        dialog = self.create({"partner_id": partner.id, "number": number})
        if number:
            dialog._ask()
        return dialog._reopen()

    def action_fetch(self):
        """Ask the registers and show what they say."""
        self.ensure_one()
        self._ask()
        return self._reopen()

    def action_use_existing(self):
        """Compare with the client that has the number already."""
        self.ensure_one()
        self.partner_id = self.existing_partner_id
        self._compare()
        self._record_proofs(self.partner_id)
        return self._reopen()

    def action_apply(self):
        """Write what was chosen; a client that is new is created and opened."""
        self.ensure_one()
        partner, chosen = self.partner_id, self.line_ids.filtered("take")
        vals = chosen._prepare_partner_vals()
        if partner:
            partner.write(vals)
        else:
            if not vals.get("name"):
                raise UserError(self.env._("A new client needs a name: take it."))
            partner = partner.create({"is_company": True, **vals})
        chosen._create_related(partner)
        self._record_proofs(partner)
        if self.partner_id:
            return RELOAD
        client = {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "views": [(False, "form")],
        }
        if self.env.context.get("gestor_pl_from_form"):
            # the form behind the dialog first drops what was typed there
            return {"type": "ir.actions.act_window_close", "infos": {"client": client}}
        return client

    # === Helpers ===

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fetch from registers"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _ask(self):
        """Ask each register that knows such numbers; one that fails stops no other."""
        number = identify(self.number)
        if not number:
            raise UserError(
                self.env._(
                    "%(number)s is no NIP, REGON or KRS number, no VAT number of the "
                    "EU and no Polish bank account: check its digits.",
                    number=self.number or "–",
                )
            )
        findings = look_up(number, self._get_registers())
        found = [(code, item.subject) for code, item in findings if item.subject]
        answers = [
            Command.create(self._prepare_answer_vals(code, item))
            for code, item in findings
        ]
        # sudo: an answer can become a proof, so nobody may write one by hand
        self.sudo().write(
            {
                "answer_ids": [Command.clear(), *answers],
                "is_asked": True,
                "is_found": bool(found),
                "warning": self._get_warning(merge(found)[0]),
            }
        )
        self._compare()
        self._record_proofs(self.partner_id)

    def _get_registers(self):
        """Return ``{code: (pick, fetch)}`` of the registers that are switched on."""
        # sudo: which registers are on, nothing else of them
        on = self.env["gestor.register"].sudo().search_fetch([("active", "=", True)])
        codes = set(on.mapped("code"))
        providers = self.env["gestor.register.provider"]._gestor_providers()
        return {
            code: (provider._gestor_pick, provider._gestor_fetch)
            for code, provider in providers.items()
            if code in codes
        }

    def _prepare_answer_vals(self, code, finding):
        state = "found" if finding.subject else "none"
        message = say(self.env, finding.notes)
        if finding.error:
            state, message = "failed", say_error(self.env, finding.error)
        return {
            "code": code,
            "state": state,
            "message": message,
            "request_id": finding.request_id,
            "data": finding.dump(),
        }

    def _get_warning(self, subject):
        status = subject.get("status")
        if status == CLOSED:
            return self.env._("The activity has ended: %(day)s.", day=subject["ended"])
        if status == SUSPENDED:
            return self.env._("The activity is suspended.")
        return False

    def _compare(self):
        """Make a line for each value that differs from what the client has."""
        partner, answers = self.partner_id, self.answer_ids.sorted("id")
        subject, sources = merge(
            [(item.code, item.data["subject"] or {}) for item in answers]
        )
        known = partner.bank_ids.mapped("sanitized_acc_number")
        units = {(item.name, item.street, item.zip) for item in partner.child_ids}
        rows = [
            *compare.differences(subject, partner._gestor_register_values()),
            *compare.new_accounts(subject, known, take=not partner),
            *compare.new_units(subject, units),
        ]
        names = answers._get_register_names()
        lines = [
            Command.create({**row, "source": names[sources[row["key"]]]})
            for row in rows
        ]
        self.line_ids = [Command.clear(), *lines]
        self.existing_partner_id = self._find_existing(subject)

    def _find_existing(self, subject):
        if self.partner_id or not subject.get("nip"):
            return False
        domain = [("gestor_nip", "=", subject["nip"]), ("parent_id", "=", False)]
        return self.env["res.partner"].search(domain, limit=1)

    def _record_proofs(self, partner):
        """Keep the answers that prove something about the client, each once."""
        proofs = self.env["gestor.verification"]
        own = {identify(partner.vat), identify(partner.company_registry)}
        for answer in self.answer_ids.filtered(lambda item: not item.is_kept):
            kind, finding = _PROOF_KINDS.get(answer.code), answer._get_finding()
            # a proof on a number that is not the client's would prove nothing
            if kind and finding.request_id and finding.number in own:
                found = [(finding, {"partner_id": partner.id})]
                proofs._gestor_record(answer.code, kind, found)
                # sudo: answers are closed, so that nobody forges a proof
                answer.sudo().is_kept = True
