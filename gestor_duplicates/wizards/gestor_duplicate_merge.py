from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

MOST = 3  # the host merges no more at once


class GestorDuplicateMerge(models.TransientModel):
    """Join clients that are one: which stays, and which values it keeps."""

    _name = "gestor.duplicate.merge"
    _description = "Merge Clients"

    partner_ids = fields.Many2many(
        "res.partner", string="Clients", context={"active_test": False}, required=True
    )
    dst_partner_id = fields.Many2one(
        "res.partner",
        string="The one that stays",
        required=True,
        domain="[('id', 'in', partner_ids), ('active', 'in', (True, False))]",
    )
    line_ids = fields.One2many(
        "gestor.duplicate.merge.line",
        "merge_id",
        string="Values that differ",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    moved = fields.Text(
        string="What goes along", compute="_compute_moved", compute_sudo=False
    )

    @api.model
    def default_get(self, fields):
        result = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "res.partner" and context.get("active_ids"):
            partners = self.env["res.partner"].browse(context["active_ids"]).exists()
            self._check_partners(partners)
            result["partner_ids"] = [Command.set(partners.ids)]
            result["dst_partner_id"] = self._get_oldest(partners).id
        return result

    @api.model
    def _get_oldest(self, partners):
        """Return the client that most refers to: the active one entered first."""
        return partners.sorted(lambda partner: (not partner.active, partner.id))[:1]

    @api.model
    def _check_partners(self, partners):
        if not 2 <= len(partners) <= MOST:
            raise UserError(
                self.env._("Choose from 2 to %(most)s clients to merge.", most=MOST)
            )
        partners.check_access("write")

    # === Computes ===

    @api.depends("partner_ids", "dst_partner_id")
    def _compute_line_ids(self):
        for merge in self:
            merge.line_ids = [Command.clear()] + [
                Command.create(vals) for vals in merge._prepare_lines()
            ]

    def _prepare_lines(self):
        """Return the values of a line for each field that is not the same in all."""
        self.ensure_one()
        partners = self.partner_ids._origin
        target = self.dst_partner_id._origin
        labels = partners.fields_get(self._gestor_merge_fields(), ["string"])
        # the host calls the guardian a salesperson
        labels["user_id"]["string"] = self.env._("Guardian")
        lines = []
        for name, label in labels.items():
            texts = {partner: partner._get_gestor_text(name) for partner in partners}
            if len(set(texts.values())) < 2:
                continue
            filled = [target, *(partners - target)]
            chosen = next(partner for partner in filled if texts.get(partner))
            lines.append(
                {
                    "field_name": name,
                    "label": label["string"],
                    "partner_id": chosen.id,
                    "choices": "\n".join(
                        f"{partner.display_name}: {texts[partner] or '-'}"
                        for partner in partners
                    ),
                }
            )
        return lines

    @api.model
    def _gestor_merge_fields(self):
        """Return the names of the fields whose value may be chosen.

        The host takes every other value from the one that stays, or where that has
        none from the others.
        """
        names = ["name", "vat", "company_registry", "ref", "email", "phone", "website"]
        names += ["street", "street2", "zip", "city", "state_id", "country_id", "lang"]
        names += ["gestor_kind", "user_id", "gestor_relation_id", "gestor_importance"]
        partners = self.env["res.partner"]
        return [name for name in names if name in partners._fields]

    @api.depends("partner_ids", "dst_partner_id")
    def _compute_moved(self):
        for merge in self:
            sources = (merge.partner_ids - merge.dst_partner_id)._origin
            merge.moved = "\n".join(
                f"{label}: {count}"
                for label, count in merge._count_moved(sources)
                if count
            )

    def _count_moved(self, sources):
        """Yield what of the vanishing clients the user may see, and how much."""
        messages = [("model", "=", "res.partner"), ("res_id", "in", sources.ids)]
        files = [("res_model", "=", "res.partner"), ("res_id", "in", sources.ids)]
        yield self.env._("Contact persons and addresses"), len(sources.child_ids)
        yield self.env._("Branches"), len(sources.gestor_branch_ids)
        yield self.env._("Anniversaries"), len(sources.gestor_anniversary_ids)
        yield self.env._("Links"), sum(sources.mapped("gestor_link_count"))
        yield self.env._("Library files"), sum(sources.mapped("gestor_library_count"))
        yield self.env._("Attachments"), self.env["ir.attachment"].search_count(files)
        yield self.env._("Things to do"), len(sources.activity_ids)
        yield self.env._("Messages"), self.env["mail.message"].search_count(messages)

    # === Actions ===

    def action_merge(self):
        """Merge, write the chosen values and open the client that stays."""
        self.ensure_one()
        partners, target = self.partner_ids, self.dst_partner_id
        self._check_partners(partners)
        if target not in partners:
            raise UserError(self.env._("Choose which of the clients stays."))
        chosen = {
            line.field_name: line._get_value()
            for line in self.line_ids
            if line.field_name in self._gestor_merge_fields()
        }
        # sudo: that somebody logs in with one of them is no secret to the host either
        users = partners.sudo().with_context(active_test=False).user_ids
        # the host asks for one e-mail lest a login be taken over; clients have none
        self.env["base.partner.merge.automatic.wizard"]._merge(
            partners.ids, target, extra_checks=bool(users)
        )
        target.write(chosen)
        return target.action_gestor_use()


class GestorDuplicateMergeLine(models.TransientModel):
    """A field of which the merged clients have different values."""

    _name = "gestor.duplicate.merge.line"
    _description = "Merge Clients: Value"

    merge_id = fields.Many2one(
        "gestor.duplicate.merge", required=True, ondelete="cascade", index=True
    )
    field_name = fields.Char(required=True)
    label = fields.Char(string="Field")
    choices = fields.Text(string="Values")
    partner_id = fields.Many2one("res.partner", string="Take from", required=True)
    value = fields.Char(string="Will be", compute="_compute_value")

    @api.depends("partner_id", "field_name")
    def _compute_value(self):
        for line in self:
            line.value = line.partner_id._get_gestor_text(line.field_name)

    def _get_value(self):
        self.ensure_one()
        if self.partner_id not in self.merge_id.partner_ids:
            raise UserError(self.env._("Take values from the merged clients only."))
        field = self.partner_id._fields[self.field_name]
        return field.convert_to_write(self.partner_id[self.field_name], self.partner_id)
