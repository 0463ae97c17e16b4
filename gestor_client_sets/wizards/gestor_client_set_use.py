from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: names shown of those who are left out for one reason
NAMES = 10


class GestorClientSetUse(models.TransientModel):
    """Uses a client set: what for, how, and who is left out."""

    _name = "gestor.client.set.use"
    _description = "Use A Client Set"

    client_set_id = fields.Many2one("gestor.client.set", required=True)
    use = fields.Selection("_selection_use", string="Use for", required=True)
    params_shown = fields.Char(compute="_compute_params_shown")
    purpose = fields.Selection(
        [("business", "Matter of business"), ("marketing", "Advertising")],
        default="marketing",
        help="Advertising goes only to who has agreed to it.",
    )
    taken_count = fields.Integer(string="Clients", compute="_compute_left_out")
    left_count = fields.Integer(string="Left out", compute="_compute_left_out")
    left_html = fields.Html(string="Why left out", compute="_compute_left_out")

    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="To-do type",
        domain=[("res_model", "in", (False, "res.partner"))],
        default=lambda self: self.env.ref(
            "mail.mail_activity_data_todo", raise_if_not_found=False
        ),
    )
    activity_summary = fields.Char(string="Summary")
    activity_note = fields.Html(string="Note")
    activity_date = fields.Date(
        string="Due date",
        default=lambda self: fields.Date.context_today(self) + timedelta(days=7),
    )
    activity_for = fields.Selection(
        [("guardian", "Guardian of the client"), ("me", "Me"), ("chosen", "One user")],
        string="For whom",
        default="guardian",
        help="A client without guardian: you.",
    )
    activity_user_id = fields.Many2one(
        "res.users", string="User", domain=[("share", "=", False)]
    )
    mail_template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "res.partner")]
    )
    pattern_id = fields.Many2one(
        "gestor.print.pattern",
        string="Print pattern",
        domain=[("model", "=", "res.partner")],
    )

    @api.model
    def _selection_use(self):
        uses = self.env["gestor.set.use"]
        return [(key, uses._get_use(key)._label()) for key in uses._get_keys()]

    @api.depends("use")
    def _compute_params_shown(self):
        for wizard in self:
            names = wizard._get_use()._gestor_params if wizard.use else ()
            wizard.params_shown = f",{','.join(names)},"

    @api.depends("use", "client_set_id", "purpose")
    def _compute_left_out(self):
        for wizard in self:
            if not wizard.use or not wizard.client_set_id:
                wizard.update({"taken_count": 0, "left_count": 0, "left_html": False})
                continue
            taken, left = wizard._split_clients()
            wizard.taken_count = len(taken)
            wizard.left_count = len(left)
            wizard.left_html = wizard._get_left_html(left)

    def _get_use(self):
        return self.env["gestor.set.use"]._get_use(self.use)

    def _split_clients(self):
        """Return whom the set is used for, and who is left out.

        :return: partners, and ``{partner id: reason}``
        :rtype: tuple[res.partner, dict[int, str]]
        """
        self.ensure_one()
        use = self._get_use()
        client_set = self.client_set_id
        client_set.check_access("read")
        partners = client_set._gestor_partners()
        inside = Domain("gestor_client_set_ids", "in", client_set.ids)
        left = {}
        for reason, domain in use._get_exclusions(self):
            for partner_id in partners.search(inside & domain).ids:
                left.setdefault(partner_id, reason)
        taken = partners.filtered(lambda partner: partner.id not in left)
        if use._gestor_channel:
            refused = taken._gestor_contact_refusals(use._gestor_channel, self.purpose)
            left.update(refused)
            taken = taken.filtered(lambda partner: partner.id not in refused)
        return taken, left

    def _get_left_html(self, left):
        by_reason = {}
        for partner_id, reason in left.items():
            by_reason.setdefault(reason, []).append(partner_id)
        rows = []
        for reason, ids in by_reason.items():
            shown = self.env["res.partner"].browse(ids[:NAMES])
            names = ", ".join(shown.mapped("display_name"))
            more = ", ..." if len(ids) > NAMES else ""
            rows.append(
                Markup("<li><b>%s</b> (%s): %s%s</li>")
                % (reason, len(ids), names, more)
            )
        return rows and Markup("<ul>%s</ul>") % Markup().join(rows)

    def action_show_left_out(self):
        """Open the clients who are left out as a list."""
        self.ensure_one()
        action = self.client_set_id.action_open_clients()
        action["display_name"] = self.env._("Left out")
        action["domain"] = [("id", "in", list(self._split_clients()[1]))]
        return action

    def action_use(self):
        """Start it for all who are not left out."""
        self.ensure_one()
        use = self._get_use()
        for name in use._gestor_required:
            if not self[name]:
                raise ValidationError(
                    self.env._(
                        'Fill in "%(field)s".',
                        field=self._fields[name]._description_string(self.env),
                    )
                )
        taken = self._split_clients()[0]
        if not taken:
            raise UserError(self.env._("Nobody is left to use the set for."))
        return use._start(self, taken)
