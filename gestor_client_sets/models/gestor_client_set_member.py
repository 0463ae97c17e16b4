from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.gestor_partners.lib import nip


class GestorClientSetRowMixin(models.AbstractModel):
    """A row about a client in a set: read by who may read both."""

    _name = "gestor.client.set.row.mixin"
    _description = "Row About A Client In A Set"
    _inherit = ["gestor.client.row.mixin"]
    _rec_name = "partner_id"

    set_id = fields.Many2one(
        "gestor.client.set", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )

    @api.model
    def _get_open_domain(self):
        return super()._get_open_domain() & Domain("set_id", "any", Domain.TRUE)


class GestorClientSetMember(models.Model):
    """A client in a set. Rows are written by the sets, in SQL; an import asks them."""

    _name = "gestor.client.set.member"
    _description = "Member Of A Client Set"
    _inherit = ["gestor.client.set.row.mixin", "gestor.import.template.mixin"]
    _order = "id desc"

    client_key = fields.Char(
        string="NIP, code, e-mail or name",
        store=False,
        help="Only for an import: finds the client where none is named otherwise.",
    )
    entered_at = fields.Datetime(string="In the set since", readonly=True)
    source = fields.Char(readonly=True)
    reason = fields.Char(string="Why in the set", compute="_compute_reason")
    city = fields.Char(related="partner_id.city")
    email = fields.Char(related="partner_id.email")
    user_id = fields.Many2one(related="partner_id.user_id", string="Guardian")

    _member_uniq = models.UniqueIndex("(set_id, partner_id)")

    @api.depends("source", "set_id.summary")
    @api.depends_context("lang")
    def _compute_reason(self):
        for member in self:
            member.reason = member.source or member.set_id.summary

    # === CRUD and import ===

    # the sets write the rows, in SQL
    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Put clients into their static sets.

        :return: a row for each of the values; who is in already keeps his row
        :raise UserError: if a client is not found, or was left out of the set by hand
        """
        pairs = self._get_pairs(vals_list)
        partner_ids = defaultdict(list)
        for set_id, partner_id in pairs:
            partner_ids[set_id].append(partner_id)
        rows = {}
        for set_id, ids in partner_ids.items():
            clients = self.env["res.partner"].browse(ids)
            client_set = self.env["gestor.client.set"].browse(set_id)
            client_set._gestor_add(clients, source=self.env._("From a file"))
            members = self.search(
                [("set_id", "=", set_id), ("partner_id", "in", clients.ids)]
            )
            if missing := clients - members.partner_id:
                raise UserError(
                    self.env._(
                        "Archived, or left out of the set by hand: %(clients)s",
                        clients=", ".join(missing.mapped("display_name")),
                    )
                )
            rows |= {(set_id, row.partner_id.id): row.id for row in members}
        return self.browse(rows[pair] for pair in pairs)

    @api.model
    def _get_pairs(self, vals_list):
        """Return ``(set id, client id)`` of each of the values.

        :raise UserError: if one of them is missing
        """
        keys = [vals["client_key"] for vals in vals_list if vals.get("client_key")]
        found = self._find_clients(keys)
        set_id = self.env.context.get("default_set_id")
        pairs = [
            (
                vals.get("set_id") or set_id,
                vals.get("partner_id") or found[vals.get("client_key")].id,
            )
            for vals in vals_list
        ]
        if not all(set_id and partner_id for set_id, partner_id in pairs):
            raise UserError(self.env._("Each row needs a client and a set."))
        return pairs

    @api.model
    def _find_clients(self, keys):
        """Return the clients whom the texts of a file mean.

        :param list keys: each a NIP in any spelling, a code, an e-mail or a name
        :return: ``{text: partner}``; no text means no client
        :raise UserError: if nobody, or more than one client, is meant
        """
        partners = self.env["res.partner"]
        kinds = {
            "gestor_nip": nip.normalize,
            "ref": str,
            "email_normalized": email_normalize,
            "complete_name": str,
        }
        texts = {
            key: {field: clean(key.strip()) for field, clean in kinds.items()}
            for key in keys
        }
        candidates = partners.search(
            Domain.OR(
                Domain(
                    field,
                    "in",
                    list(filter(None, {text[field] for text in texts.values()})),
                )
                for field in kinds
            )
        )
        known = {field: candidates.grouped(field) for field in kinds}
        result = defaultdict(partners.browse)
        for key, text in texts.items():
            meant = (known[field].get(text[field]) for field in kinds if text[field])
            result[key] = next(filter(None, meant), partners)
            if len(result[key]) != 1:
                raise UserError(
                    self.env._(
                        '"%(text)s": clients found: %(count)s. One must be meant.',
                        text=key,
                        count=len(result[key]),
                    )
                )
        return result

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(
            self.env._("Template for clients of a set")
        )
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        client = self.env["res.partner"].search(
            [("gestor_kind", "!=", False), ("gestor_nip", "!=", False)],
            order="id desc",
            limit=1,
        )
        own = self.env.company.partner_id
        return {"client_key": client.gestor_nip or own.complete_name}

    # === Actions ===

    def action_exclude(self):
        """Take these clients out of their sets, and leave them out."""
        for client_set in self.set_id:
            members = self.filtered(lambda row, own=client_set: row.set_id == own)
            client_set._gestor_exclude(members.partner_id)
        return True


class GestorClientSetExclusion(models.Model):
    """A client left out of a set by hand, whatever the rule says."""

    _name = "gestor.client.set.exclusion"
    _description = "Client Left Out Of A Set"
    _inherit = ["gestor.client.set.row.mixin"]
    _order = "id desc"

    create_uid = fields.Many2one("res.users", string="Left out by", readonly=True)
    create_date = fields.Datetime(string="Left out on", readonly=True)

    _exclusion_uniq = models.UniqueIndex("(set_id, partner_id)")

    def action_take_back(self):
        """Let the clients in again."""
        self.set_id._gestor_take_back(self)
        return True


class GestorClientSetChange(models.Model):
    """That a client entered or left a set."""

    _name = "gestor.client.set.change"
    _description = "Change Of A Client Set"
    _inherit = ["gestor.client.set.row.mixin"]
    _order = "id desc"

    direction = fields.Selection(
        [("entered", "Entered"), ("left", "Left")], required=True, readonly=True
    )
    at = fields.Datetime(string="When", required=True, readonly=True, index=True)

    @api.autovacuum
    def _gc_changes(self):
        """Forget changes after a year."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), years=1)
        changes = self.search([("at", "<", limit)], limit=10000)
        changes.unlink()
        return len(changes), len(changes) == 10000
