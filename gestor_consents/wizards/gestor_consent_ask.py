from odoo import Command, api, fields, models
from odoo.exceptions import UserError

TEMPLATE = "gestor_consents.mail_template_ask"


class GestorConsentAsk(models.TransientModel):
    """Asks clients by mail, with a personal link, through the host's mail queue."""

    _name = "gestor.consent.ask"
    _description = "Ask For Consents"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        default=lambda self: self._default_partner_ids(),
    )
    type_ids = fields.Many2many(
        "gestor.consent.type",
        string="Consents",
        domain="[('is_public', '=', True), ('version_ids', '!=', False)]",
        default=lambda self: self._default_type_ids(),
    )
    template_id = fields.Many2one(
        "mail.template",
        required=True,
        domain="[('model', '=', 'res.partner')]",
        default=lambda self: self.env.ref(TEMPLATE, raise_if_not_found=False),
    )
    left_out = fields.Text("Not asked", compute="_compute_left_out")

    @api.model
    def _default_partner_ids(self):
        context = self.env.context
        if context.get("active_model") != "res.partner":
            return []
        return [Command.set(context.get("active_ids") or [])]

    @api.model
    def _default_type_ids(self):
        kinds = self.env["gestor.consent.type"]
        return kinds.search(
            kinds._get_company_domain(self.env.company) & kinds._get_public_domain()
        )

    @api.depends("partner_ids", "type_ids")
    def _compute_left_out(self):
        for wizard in self:
            reasons = wizard._get_reasons()
            wizard.left_out = "\n".join(
                f"{partner.display_name}: {reasons[partner.id]}"
                for partner in wizard.partner_ids
                if partner.id in reasons
            )

    def _get_reasons(self):
        """Return why clients are not asked: ``{partner id: sentence}``.

        Whoever has said no is not asked again.
        """
        partners = self.partner_ids._origin
        open_kinds = {partner.id: self.type_ids._origin for partner in partners}
        consents = self.env["gestor.consent"].search(
            [
                ("partner_id", "in", partners.ids),
                ("type_id", "in", self.type_ids._origin.ids),
                ("state", "!=", "waiting"),
            ]
        )
        for consent in consents:
            if consent.state != "given" or consent._is_in_force():
                open_kinds[consent.partner_id.id] -= consent.type_id
        # sudo: the host's lists of refusals, which sellers may not read
        blocked = partners.sudo()._get_gestor_blacklisted("email")
        reasons = {}
        for partner in partners:
            if not partner.email_normalized:
                reasons[partner.id] = self.env._("no e-mail address")
            elif partner.id in blocked:
                reasons[partner.id] = self.env._("wants no mail")
            elif not open_kinds[partner.id]:
                reasons[partner.id] = self.env._("has answered already")
        return reasons

    def action_ask(self):
        """Put the questions into the mail queue; the consents wait for an answer."""
        self.ensure_one()
        reasons = self._get_reasons()
        asked = self.partner_ids.filtered(lambda partner: partner.id not in reasons)
        if not asked or not self.type_ids:
            raise UserError(
                self.env._("Nobody to ask: %(reasons)s", reasons=self.left_out or "-")
            )
        asked.check_access("write")
        self._wait_for(asked)
        self.template_id.send_mail_batch(asked.ids, force_send=False)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Questions in the mail queue: %(count)s", count=len(asked)
                ),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _wait_for(self, partners):
        """Let wait what nobody has answered yet; an answer is never overwritten."""
        consents = self.env["gestor.consent"]
        answered = consents.search(
            [
                ("partner_id", "in", partners.ids),
                ("type_id", "in", self.type_ids.ids),
                ("state", "!=", "waiting"),
            ]
        )
        closed = {(consent.partner_id.id, consent.type_id.id) for consent in answered}
        for kind in self.type_ids:
            waiting = partners.filtered(lambda p, k=kind: (p.id, k.id) not in closed)
            # the note makes the log keep each question, also a repeated one
            note = self.template_id.name
            consents._gestor_record(waiting, kind, "waiting", "asked", {"note": note})
