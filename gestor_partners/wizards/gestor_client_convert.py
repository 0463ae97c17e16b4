from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import person


class GestorClientConvert(models.TransientModel):
    """Make firms of persons or persons of firms, with everything they have."""

    _name = "gestor.client.convert"
    _description = "Convert Clients"

    partner_ids = fields.Many2many("res.partner", string="Clients", required=True)
    direction = fields.Selection(
        [("firm", "Persons become firms"), ("person", "Firms become persons")],
        required=True,
        default="firm",
    )
    name = fields.Char(
        string="Name of the firm",
        compute="_compute_name",
        store=True,
        readonly=False,
    )
    first_name = fields.Char(
        string="First names", compute="_compute_name", store=True, readonly=False
    )
    last_name = fields.Char(
        string="Last name", compute="_compute_name", store=True, readonly=False
    )
    keeps_contact = fields.Boolean(
        string="Keep the person as a contact of the firm",
        help="A contact with the name, the e-mail and the phone of the person.",
    )
    affected_count = fields.Integer(
        string="Clients to convert", compute="_compute_affected_count"
    )
    skipped_names = fields.Char(string="Left alone", compute="_compute_affected_count")
    document_count = fields.Integer(
        string="Posted documents", compute="_compute_affected_count"
    )

    @api.model
    def default_get(self, fields):
        """Take the clients of the list; the first one says which way to go."""
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner":
            partners = self.env["res.partner"].browse(
                self.env.context.get("active_ids", ())
            )
            values["partner_ids"] = [Command.set(partners.ids)]
            values["direction"] = "person" if partners[:1].is_company else "firm"
        return values

    @api.depends("partner_ids", "direction")
    def _compute_name(self):
        for dialog in self:
            partner = dialog._get_affected()
            is_single = len(partner) == 1
            dialog.name = is_single and partner.name
            first, last = "", ""
            if is_single:
                first, last = partner.gestor_first_name, partner.gestor_last_name
                if not last:
                    first, last = person.split_name(partner.name)
            dialog.first_name = first
            dialog.last_name = last

    @api.depends("partner_ids", "direction")
    def _compute_affected_count(self):
        for dialog in self:
            affected = dialog._get_affected()
            skipped = dialog.partner_ids._origin - affected
            dialog.affected_count = len(affected)
            dialog.skipped_names = ", ".join(skipped.mapped("display_name"))
            # sudo: how many there are is no secret to who may change the client
            dialog.document_count = (
                self.env["account.move"]
                .sudo()
                .search_count(
                    Domain("commercial_partner_id", "in", affected.ids)
                    & Domain("state", "=", "posted")
                )
            )

    def action_apply(self):
        """Convert the clients and say so in their history.

        Clients that are already what they should become are left alone, and so are
        contacts of firms: they have no papers of their own.

        :raise UserError: when nothing can be converted, or a head office or a branch
            would become a person
        """
        self.ensure_one()
        affected = self._get_affected()
        if not affected:
            raise UserError(
                self.env._(
                    "None of these clients can be converted: they are already what "
                    "they should become, or are contacts of firms."
                )
            )
        self._check_structure(affected)
        names_before = {partner: partner.name for partner in affected}
        contacts = self._prepare_contacts(affected)
        affected.write({"is_company": self.direction == "firm"})
        self._write_names(affected)
        self.env["res.partner"].create(contacts)
        affected._message_log_batch(
            {
                partner.id: self._get_log_text(names_before[partner])
                for partner in affected
            }
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_affected(self):
        """Return the clients that are not yet what they should become."""
        self.ensure_one()
        to_firm = self.direction == "firm"
        return self.partner_ids._origin.filtered(
            lambda partner: partner.is_company != to_firm and not partner.parent_id
        )

    def _check_structure(self, partners):
        if self.direction == "firm":
            return
        bound = partners.filtered("gestor_head_office_id")
        bound |= partners._get_gestor_branches().gestor_head_office_id & partners
        if bound:
            raise UserError(
                self.env._(
                    "A head office or a branch cannot become a person: %(clients)s. "
                    "Take it out of the structure first.",
                    clients=", ".join(bound.mapped("display_name")),
                )
            )

    def _prepare_contacts(self, partners):
        """Return the values of the contacts that persons leave in their firms."""
        if self.direction != "firm" or not self.keeps_contact:
            return []
        return [
            {
                "name": partner.name,
                "parent_id": partner.id,
                "type": "contact",
                "email": partner.email,
                "phone": partner.phone,
                "function": partner.function,
                "lang": partner.lang,
            }
            for partner in partners
        ]

    def _write_names(self, partners):
        """Give the name that was typed in; of many each keeps its own."""
        if len(partners) != 1:
            return
        if self.direction == "firm":
            if self.name:
                partners.name = self.name
        else:
            # the whole name follows
            partners.write(
                {
                    "gestor_first_name": self.first_name,
                    "gestor_last_name": self.last_name,
                }
            )

    def _get_log_text(self, name):
        if self.direction == "firm":
            return self.env._("The person “%(name)s” became a firm.", name=name)
        return self.env._("The firm “%(name)s” became a person.", name=name)
