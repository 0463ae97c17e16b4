import base64

from odoo import api, fields, models
from odoo.fields import Command

from ..lib.registers.subject import Finding, Number


class GestorRegisterFetchAnswer(models.TransientModel):
    _name = "gestor.register.fetch.answer"
    _description = "Answer of a Register"

    fetch_id = fields.Many2one(
        "gestor.register.fetch", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    name = fields.Char(string="Register", compute="_compute_name")
    state = fields.Selection(
        [("found", "Found"), ("none", "Not found"), ("failed", "No answer")],
        required=True,
    )
    message = fields.Char()
    subject = fields.Json()
    number = fields.Char()
    result = fields.Char()
    notes = fields.Json()
    request_id = fields.Char(string="Enquiry number")
    requested_at = fields.Char(string="Time of the register")
    raw = fields.Binary(attachment=False)

    @api.depends("code")
    def _compute_name(self):
        names = self._get_register_names()
        for answer in self:
            answer.name = names.get(answer.code, answer.code)

    @api.model
    def _get_register_names(self):
        return dict(self.env["gestor.verification"]._selection_service())

    def _get_finding(self):
        """Return the finding that the answer was made of, for a proof."""
        self.ensure_one()
        return Finding(
            Number(*self.number.split(":", 1)),
            result=self.result,
            notes=self.notes or [],
            request_id=self.request_id or "",
            requested_at=self.requested_at or "",
            raw=base64.b64decode(self.raw or b""),
        )


class GestorRegisterFetchLine(models.TransientModel):
    _name = "gestor.register.fetch.line"
    _description = "Difference between a Client and a Register"

    fetch_id = fields.Many2one(
        "gestor.register.fetch", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("field", "Field"),
            ("account", "Bank account"),
            ("unit", "Local unit"),
        ],
        required=True,
    )
    key = fields.Char(required=True)
    label = fields.Char(string="Field", compute="_compute_label")
    old_value = fields.Text(string="Now")
    new_value = fields.Text(string="In the register")
    source = fields.Char(string="Register")
    take = fields.Boolean(string="Take over")
    payload = fields.Json()

    @api.depends("kind", "key")
    @api.depends_context("lang")
    def _compute_label(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        partner_fields = self.env["res.partner"]._gestor_register_fields()
        texts = self.env["res.partner"].fields_get(
            list(partner_fields.values()), ["string"]
        )
        # the host calls it by other words in each country
        own = {"nip": "NIP", "regon": "REGON"}
        for line in self:
            name = partner_fields.get(line.key)
            label = texts.get(name, {}).get("string")
            line.label = own.get(line.key) or label or kinds.get(line.kind)

    def _prepare_partner_vals(self):
        """Return what the chosen lines write to the client."""
        names = self.env["res.partner"]._gestor_register_fields()
        vals = {}
        for line in self.filtered(lambda line: line.kind == "field"):
            name = names.get(line.key)
            if name:
                vals[name] = line._get_written_value(name)
        return {name: value for name, value in vals.items() if value}

    def _get_written_value(self, name):
        self.ensure_one()
        value = self.new_value
        if name == "vat":
            return value if value[:2].isalpha() else f"PL{value}"
        if name == "country_id":
            countries = self.env["res.country"]
            return countries.search([("code", "=", value)], limit=1).id
        if name == "state_id":
            domain = [("country_id.code", "=", "PL"), ("name", "=ilike", value)]
            return self.env["res.country.state"].search(domain, limit=1).id
        return value

    def _create_related(self, partner):
        """Add the chosen bank accounts and local units to a client."""
        accounts = self.filtered(lambda line: line.kind == "account")
        units = self.filtered(lambda line: line.kind == "unit")
        vals = {}
        if accounts:
            vals["bank_ids"] = [
                Command.create({"acc_number": line.new_value}) for line in accounts
            ]
        if units:
            vals["child_ids"] = [
                Command.create(
                    {
                        "type": "other",
                        "name": line.payload["name"],
                        "street": line.payload["street"],
                        "zip": line.payload["zip"],
                        "city": line.payload["city"],
                        "country_id": partner.country_id.id,
                    }
                )
                for line in units
            ]
        if vals:
            partner.write(vals)
