import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib.registers.subject import CLOSED, SUSPENDED, Number, identify, merge, same
from ..models.register_texts import say, say_error

#: what people keep up to date better than registers: only empty fields are proposed
_CONTACT_KEYS = {"phone", "email", "website"}
#: proofs that a look at a client leaves
_PROOF_KINDS = {"white_list": "vat", "vies": "vies"}
_MAX_ACCOUNTS = 20


class GestorRegisterFetch(models.TransientModel):
    """Look a client up by a number, compare, take over what the user wants."""

    _name = "gestor.register.fetch"
    _description = "Fetch from Registers"

    number = fields.Char(
        string="Number",
        help="NIP, REGON or KRS; a foreign VAT number with its prefix.",
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
        return self._reopen()

    def action_apply(self):
        """Write what was chosen; a client that is new is created and opened."""
        self.ensure_one()
        chosen = self.line_ids.filtered("take")
        vals = chosen._prepare_partner_vals()
        partner = self.partner_id
        if partner:
            partner.write(vals)
        else:
            if not vals.get("name"):
                raise UserError(self.env._("A new client needs a name: take it."))
            partner = partner.create({"is_company": True, **vals})
        chosen._create_related(partner)
        self._record_proofs(partner)
        if self.partner_id:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "views": [(False, "form")],
        }

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
                    "%(number)s is no NIP, REGON or KRS number and no VAT number of "
                    "the EU: check its digits.",
                    number=self.number or "–",
                )
            )
        found, answers = [], []
        known, subject = {number.kind: number}, {}
        for code, provider in self._get_providers():
            pick = provider._gestor_pick(known, subject)
            if not pick:
                continue
            finding = provider._gestor_fetch([pick])[pick]
            answers.append(Command.create(self._prepare_answer_vals(code, finding)))
            if finding.subject:
                found.append((code, finding.subject))
                subject, _sources = merge(found)
                for kind in ("nip", "regon", "krs"):
                    if subject.get(kind, "").isdigit():
                        known.setdefault(kind, Number(kind, subject[kind]))
        # sudo: an answer can become a proof, so nobody may write one by hand
        self.sudo().write(
            {
                "answer_ids": [Command.clear(), *answers],
                "is_asked": True,
                "is_found": bool(found),
                "warning": self._warning(subject),
            }
        )
        self._compare()

    def _get_providers(self):
        """Return ``[(code, provider)]`` of the registers that are switched on."""
        # sudo: which registers are on, nothing else of them
        codes = set(self.env["gestor.register"].sudo().search([]).mapped("code"))
        providers = self.env["gestor.register.provider"]._gestor_providers()
        return [(code, item) for code, item in providers.items() if code in codes]

    def _prepare_answer_vals(self, code, finding):
        state = "failed" if finding.error else "found" if finding.subject else "none"
        message = (
            say_error(self.env, finding.error)
            if finding.error
            else say(self.env, finding.notes)
        )
        return {
            "code": code,
            "state": state,
            "message": message,
            "subject": finding.subject or False,
            "number": f"{finding.number.kind}:{finding.number.value}",
            "result": finding.result,
            "notes": finding.notes,
            "request_id": finding.request_id,
            "requested_at": finding.requested_at,
            "raw": base64.b64encode(finding.raw) if finding.raw else False,
        }

    def _warning(self, subject):
        status = subject.get("status")
        if status == CLOSED:
            return self.env._("The activity has ended: %(day)s.", day=subject["ended"])
        if status == SUSPENDED:
            return self.env._("The activity is suspended.")
        return False

    def _compare(self):
        """Make a line for each value that differs from what the client has."""
        answers = self.answer_ids.filtered("subject").sorted("id")
        subject, sources = merge([(item.code, item.subject) for item in answers])
        self.existing_partner_id = self._find_existing(subject)
        names = self.answer_ids._get_register_names()
        commands = [Command.clear()]
        for vals in self._prepare_line_vals_list(subject):
            source = names.get(sources[vals.pop("source_key")])
            commands.append(Command.create({**vals, "source": source}))
        self.line_ids = commands

    def _find_existing(self, subject):
        if self.partner_id or not subject.get("nip"):
            return False
        domain = [("gestor_nip", "=", subject["nip"]), ("parent_id", "=", False)]
        return self.env["res.partner"].search(domain, limit=1)

    def _prepare_line_vals_list(self, subject):
        partner = self.partner_id
        lines = []
        for key, field in partner._gestor_register_fields().items():
            new = _shown(key, subject.get(key))
            if not new:
                continue
            old = self._old_value(field)
            if same(old, new):
                continue
            lines.append(
                {
                    "kind": "field",
                    "source_key": key,
                    "key": key,
                    "old_value": old,
                    "new_value": new,
                    "take": not old or key not in _CONTACT_KEYS,
                }
            )
        lines += self._prepare_account_vals(subject)
        return lines + self._prepare_unit_vals(subject)

    def _old_value(self, field):
        partner = self.partner_id
        if field == "country_id":
            return partner.country_id.code or ""
        if field == "vat":
            number = identify(partner.vat or "")
            return number.value if number else partner.vat or ""
        value = partner[field]
        return (value.name if field == "state_id" else value) or ""

    def _prepare_account_vals(self, subject):
        known = self.partner_id.bank_ids.mapped("sanitized_acc_number")
        new = [f"PL{number}" for number in subject.get("accounts", [])]
        return [
            {
                "kind": "account",
                "source_key": "accounts",
                "key": "account",
                "new_value": account,
                "take": not self.partner_id,
            }
            for account in new[:_MAX_ACCOUNTS]
            if account not in known
        ]

    def _prepare_unit_vals(self, subject):
        children = self.partner_id.child_ids
        known = {(child.name, child.street, child.zip) for child in children}
        return [
            {
                "kind": "unit",
                "source_key": "units",
                "key": "unit",
                "new_value": f"{unit['name']}, {unit['street']}, "
                f"{unit['zip']} {unit['city']}",
                "payload": unit,
            }
            for unit in subject.get("units", [])
            if (unit["name"], unit["street"], unit["zip"]) not in known
        ]

    def _record_proofs(self, partner):
        """Keep the answers that prove something about the client."""
        proofs = self.env["gestor.verification"]
        own = {identify(partner.vat or ""), identify(partner.company_registry or "")}
        for answer in self.answer_ids:
            kind = _PROOF_KINDS.get(answer.code)
            finding = answer._get_finding()
            # a proof on a number that is not the client's would prove nothing
            if kind and answer.request_id and finding.number in own:
                proofs._gestor_record(
                    answer.code, kind, [(finding, {"partner_id": partner.id})]
                )


def _shown(key, value):
    """Return a value of a register as the text that is compared and written."""
    if key == "pkd":
        return "\n".join(f"{a['code']} {a['name']}".strip() for a in value or [])
    return value or ""
