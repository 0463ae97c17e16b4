from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

from ..lib import vault
from ..lib.registers.errors import RegisterError, RegisterRefusedError
from .register_texts import say, say_error
from .server_settings import server_setting


class GestorRegister(models.Model):
    """The settings of one register; the code behind it is its provider."""

    _name = "gestor.register"
    _description = "Public Register"
    _order = "sequence, id"

    _code_uniq = models.UniqueIndex("(code)")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Off: the register is asked for nothing."
    )
    description = fields.Text(translate=True, readonly=True)
    is_test = fields.Boolean(
        string="Test environment",
        help="Its data are changed or outdated: only to try the connection.",
    )
    has_test = fields.Boolean(compute="_compute_provider")
    request_limit = fields.Integer(
        string="Requests a day",
        help="Gestor stops by itself before the register does. 0: no limit of a day.",
    )

    # === Fields: key ===
    needs_key = fields.Boolean(compute="_compute_provider")
    # the token opens only with the key of the server, and nobody can read even it
    secret = fields.Char(groups=NO_ACCESS, copy=False)
    has_key = fields.Boolean(string="Key is stored", compute="_compute_has_key")
    key_input = fields.Char(
        string="New key",
        compute="_compute_key_input",
        inverse="_inverse_key_input",
        help="The key is stored encrypted and cannot be read any more.",
    )
    is_server_ready = fields.Boolean(compute="_compute_is_server_ready")

    # === Fields: rates ===
    company_ids = fields.Many2many(
        "res.company",
        string="Companies with daily rates",
        help="Companies in złoty get the rates every day; empty: all of them.",
    )
    rate_day = fields.Selection(
        [
            ("next", "From the next day"),
            ("same", "From the day of the table"),
        ],
        string="A rate holds",
        default="next",
        required=True,
        help="From the next day: a document gets the rate of the last working day "
        "before it, as the Polish VAT act wants it.",
    )

    # === Fields: last check ===
    checked_at = fields.Datetime(string="Last checked on", readonly=True)
    check_result = fields.Char(string="Result of the check", readonly=True)
    is_check_fine = fields.Boolean(readonly=True)

    @api.depends("code")
    def _compute_provider(self):
        providers = self.env["gestor.register.provider"]._gestor_providers()
        for register in self:
            provider = providers.get(register.code)
            urls = provider._gestor_urls if provider is not None else ("", "")
            register.has_test = urls[0] != urls[1]
            register.needs_key = provider is not None and provider._gestor_needs_key

    @api.depends("secret")
    def _compute_has_key(self):
        # sudo: only whether there is a token, not the token
        for register in self:
            register.has_key = bool(register.sudo().secret)

    def _compute_key_input(self):
        self.key_input = False

    def _inverse_key_input(self):
        for register in self:
            if register.key_input:
                register._set_key(register.key_input.strip())

    def _compute_is_server_ready(self):
        try:
            vault.encrypt(server_setting("secret_key"), "")
        except vault.VaultError:
            self.is_server_ready = False
        else:
            self.is_server_ready = True

    # === Actions ===

    def action_check(self):
        """Ask the register something simple and say whether it answered."""
        self.ensure_one()
        self.check_access("write")
        provider = self._get_provider()
        try:
            provider._gestor_check()
        except RegisterError as error:
            result, is_fine = say_error(self.env, error), False
        else:
            result, is_fine = self.env._("The register answers."), True
        # sudo: readonly for a form, yet the check has just been made
        self.sudo().write(
            {
                "checked_at": fields.Datetime.now(),
                "check_result": result,
                "is_check_fine": is_fine,
            }
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_fine else "danger",
                "title": self.name,
                "message": result,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_forget_key(self):
        """Delete the stored key."""
        self.check_access("write")
        # sudo: nobody may reach the token, whoever configures may delete it
        self.sudo().secret = False

    # === Helpers ===

    def _get_provider(self):
        self.ensure_one()
        return self.env["gestor.register.provider"]._gestor_providers()[self.code]

    def _set_key(self, key):
        self.ensure_one()
        try:
            token = vault.encrypt(server_setting("secret_key"), key)
        except vault.VaultError as error:
            raise UserError(say(self.env, [(error.code, {})])) from None
        # sudo: the token is closed to everybody
        self.sudo().secret = token

    def _gestor_key(self):
        """Return the key for a request, or "" if the register needs none.

        :raise RegisterRefusedError: if it needs one and there is none that opens
        """
        self.ensure_one()
        provider = self._get_provider()
        if not provider._gestor_needs_key:
            return ""
        # sudo: the only place that opens the token; what comes out goes to the register
        token = self.sudo().secret
        if not token:
            if self.is_test and provider._gestor_test_key:
                return provider._gestor_test_key
            raise RegisterRefusedError("key_missing")
        try:
            return vault.decrypt(server_setting("secret_key"), token)
        except vault.VaultError as error:
            raise RegisterRefusedError(error.code) from None
