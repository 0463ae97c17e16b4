from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import POINTS

SIDES = ("partner_id", "duplicate_id")


class GestorDuplicate(models.Model):
    """Two clients that may be one, or that somebody has told apart.

    Nobody has rights of his own to a pair: who may read both clients reads it, who may
    change them decides.
    """

    _name = "gestor.duplicate"
    _description = "Possible Duplicate"
    _inherit = ["gestor.row.access.mixin"]
    _order = "score desc, id"
    _rec_name = "partner_id"
    #: found by the program, not written by people: it goes along with the clients
    _gestor_is_derived = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The one entered earlier.",
    )
    duplicate_id = fields.Many2one(
        "res.partner",
        string="Possible duplicate",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The one entered later.",
    )
    partner_nip = fields.Char(related="partner_id.vat", string="NIP")
    duplicate_nip = fields.Char(related="duplicate_id.vat", string="NIP of the other")
    partner_city = fields.Char(related="partner_id.city", string="City")
    duplicate_city = fields.Char(
        related="duplicate_id.city", string="City of the other"
    )
    partner_email = fields.Char(related="partner_id.email", string="E-mail")
    duplicate_email = fields.Char(
        related="duplicate_id.email", string="E-mail of the other"
    )
    partner_phone = fields.Char(related="partner_id.phone", string="Phone")
    duplicate_phone = fields.Char(
        related="duplicate_id.phone", string="Phone of the other"
    )
    kinds = fields.Char(string="Kinds of reasons", readonly=True)
    reasons = fields.Char(compute="_compute_reasons")
    score = fields.Integer(
        readonly=True, aggregator="max", help="How likely they are one: up to 100."
    )
    state = fields.Selection(
        [("open", "To decide"), ("not_duplicate", "Not a duplicate")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    note = fields.Char(readonly=True, help="Why they are not one.")
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    found_at = fields.Datetime(string="Found on", readonly=True)

    _pair_uniq = models.UniqueIndex("(partner_id, duplicate_id)")
    _order_of_pair = models.Constraint(
        "CHECK (partner_id < duplicate_id)", "The earlier client comes first."
    )

    # === Computes ===

    @api.depends("kinds")
    @api.depends_context("lang")
    def _compute_reasons(self):
        for pair in self:
            pair.reasons = self._get_reasons((pair.kinds or "").split(","))

    @api.depends("partner_id.display_name", "duplicate_id.display_name")
    def _compute_display_name(self):
        for pair in self:
            names = (pair.partner_id.display_name, pair.duplicate_id.display_name)
            pair.display_name = " / ".join(name or "" for name in names)

    @api.model
    def _get_reasons(self, kinds):
        """Return why two clients may be one, in the user's language."""
        labels = {
            "nip": self.env._("same NIP"),
            "regon": self.env._("same REGON"),
            "email": self.env._("same e-mail"),
            "phone": self.env._("same phone"),
            "name": self.env._("similar name"),
        }
        return ", ".join(labels[kind] for kind in POINTS if kind in kinds)

    # === Rights ===

    def _filtered_closed(self, operation):
        # sudo: the clients say who may do it; reading them here shows nothing
        rows = self.sudo()
        partners = (rows.partner_id | rows.duplicate_id).with_env(self.env)
        needed = "read" if operation == "read" else "write"
        open_ids = set(partners._filtered_access(needed)._ids)
        closed = rows.filtered(
            lambda pair: (
                not open_ids.issuperset((pair.partner_id | pair.duplicate_id)._ids)
            )
        )
        return self.browse(closed._ids)

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and not kwargs.get("bypass_access"):
            domain = Domain(domain) & Domain.AND(
                # archived clients are found too
                Domain(side, "any", [("active", "in", (True, False))])
                for side in SIDES
            )
        return super()._search(domain, *args, **kwargs)

    def _get_closed_row_message(self):
        return self.env._("You may not change these clients.")

    # === Actions ===

    def action_merge(self):
        """Ask how to join the clients of these pairs."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_duplicates.gestor_duplicate_merge_action"
        )
        partners = self.partner_id | self.duplicate_id
        return {
            **action,
            "context": {"active_model": "res.partner", "active_ids": partners.ids},
        }

    def action_not_duplicate(self):
        """Tell these clients apart; they are not asked about again."""
        self._decide(self.env.context.get("gestor_duplicates_note"))
        return True

    def action_reopen(self):
        """Ask about these clients again."""
        self._write_decision({"state": "open", "user_id": False, "decided_at": False})
        return True

    def action_make_branch(self):
        """Make the later client a branch of the earlier one."""
        for pair in self._decidable().with_env(self.env):
            pair.duplicate_id.gestor_head_office_id = pair.partner_id
        return self._drop_decided()

    def action_make_head_office(self):
        """Make the earlier client a branch of the later one."""
        for pair in self._decidable().with_env(self.env):
            pair.partner_id.gestor_head_office_id = pair.duplicate_id
        return self._drop_decided()

    @api.model
    def action_scan(self):
        """Look for duplicates in the whole file, in the background."""
        self.env["res.partner"].check_access("write")
        # sudo: whoever may join clients may also have them looked for
        self.env.ref("gestor_duplicates.gestor_duplicate_cron_scan").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The search runs in the background. Refresh this list in a moment."
                ),
            },
        }

    def _decidable(self):
        """Return the pairs with the right to change them, or refuse."""
        (self.partner_id | self.duplicate_id).check_access("write")
        # sudo: pairs are written by the actions only
        return self.sudo()

    def _decide(self, note=None):
        self._write_decision(
            {
                "state": "not_duplicate",
                "note": note,
                "user_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _write_decision(self, vals):
        self._decidable().write({"note": False, **vals})
        self.env["res.partner"].invalidate_model(["gestor_duplicate_hint"], flush=False)

    def _drop_decided(self):
        # sudo: see _decidable; as branches they are never a pair again
        self.sudo().unlink()
        return True

    # === Writing pairs in bulk ===

    @api.model
    def _gestor_note(self, matches):
        """Put found pairs on the work list; those decided already stay so.

        :param dict matches: ``{(earlier id, later id): Match}``
        """
        if not matches:
            return
        partner_ids, duplicate_ids = zip(*matches, strict=True)
        found = matches.values()
        source = SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[], %s::text[], %s::int[])"
            " AS found (partner_id, duplicate_id, kinds, score)",
            list(partner_ids),
            list(duplicate_ids),
            [",".join(match.kinds) for match in found],
            [match.score for match in found],
        )
        self._insert(source)

    @api.model
    def _insert(self, source):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO gestor_duplicate
                       (partner_id, duplicate_id, kinds, score, state, found_at,
                        create_uid, create_date, write_uid, write_date)
                SELECT partner_id, duplicate_id, kinds, score, 'open', %(now)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (%(source)s) AS source
                    ON CONFLICT (partner_id, duplicate_id) DO UPDATE
                   SET kinds = EXCLUDED.kinds, score = EXCLUDED.score,
                       found_at = EXCLUDED.found_at
                 WHERE gestor_duplicate.state = 'open'
                """,
                source=source,
                now=self.env.cr.now(),
                uid=self.env.uid,
            )
        )
        self.invalidate_model()

    @api.model
    def _gestor_tell_apart(self, partner, others, note=None):
        """Remember that clients are not the same as another one.

        :param partner: one client
        :param others: clients, whom the user may read
        :param str note: why
        """
        # sudo: the decision is about clients that the user is just saving
        pairs = self.sudo()
        for other in others - partner:
            ids = sorted((partner.id, other.id))
            pair = pairs.search(
                Domain("partner_id", "=", ids[0]) & Domain("duplicate_id", "=", ids[1])
            ) or pairs.create({"partner_id": ids[0], "duplicate_id": ids[1]})
            pair._decide(note)

    @api.model
    def _gestor_move(self, sources, target):
        """Keep what was decided about clients that become one.

        :param sources: the clients that vanish
        :param target: the client that stays
        """
        # sudo: whoever may merge the clients keeps what others decided about them
        pairs = self.sudo().search(
            Domain("partner_id", "in", sources.ids)
            | Domain("duplicate_id", "in", sources.ids)
        )
        for pair in pairs.filtered(lambda pair: pair.state == "not_duplicate"):
            others = (pair.partner_id | pair.duplicate_id) - sources - target
            self.with_user(pair.user_id)._gestor_tell_apart(target, others, pair.note)
        pairs.unlink()
        # until they are gone nobody asks whether they are the same
        for source in sources:
            self._gestor_tell_apart(target, source)

    # === Cron ===

    @api.model
    def _cron_scan(self):
        """Look for duplicates in the whole file; what is none any more goes."""
        # sudo: every company may look for something else
        # pylint: disable-next=no-search-all
        companies = self.env["res.company"].sudo().search([])
        kinds = {
            kind
            for company in companies
            for kind in company._gestor_duplicate_policies()
        }
        self.env.flush_all()
        if kinds:
            self._insert(self.env["gestor.duplicate.finder"]._gestor_scan(kinds))
        gone = Domain("state", "=", "open") & Domain("found_at", "<", self.env.cr.now())
        self.search(gone).unlink()
