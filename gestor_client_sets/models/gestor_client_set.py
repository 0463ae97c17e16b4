import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

PREVIEW = 10
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
#: a cron that starts a little earlier than the last time must not skip a turn
SLACK = timedelta(minutes=5)
#: brings the rows of a set in line with the sub-query of its clients, and notes who
#: entered and who left
EXCHANGE = """
    WITH found (partner_id) AS MATERIALIZED %(ids)s,
    wanted AS MATERIALIZED (
        SELECT DISTINCT found.partner_id FROM found
         WHERE NOT EXISTS (
               SELECT FROM gestor_client_set_exclusion AS exclusion
                WHERE exclusion.set_id = %(set)s
                  AND exclusion.partner_id = found.partner_id)),
    gone AS (
        DELETE FROM gestor_client_set_member AS member
         WHERE member.set_id = %(set)s AND NOT %(keep)s
           AND NOT EXISTS (SELECT FROM wanted
                            WHERE wanted.partner_id = member.partner_id)
        RETURNING member.partner_id),
    fresh AS (
        INSERT INTO gestor_client_set_member
               (set_id, partner_id, source, entered_at, create_uid,
                create_date, write_uid, write_date)
        SELECT %(set)s, partner_id, %(source)s, %(now)s, %(uid)s,
               %(now)s, %(uid)s, %(now)s
          FROM wanted
            ON CONFLICT (set_id, partner_id) DO NOTHING
        RETURNING partner_id),
    moved AS (
        SELECT partner_id, 'left' AS direction FROM gone
         UNION ALL
        SELECT partner_id, 'entered' FROM fresh),
    noted AS (
        INSERT INTO gestor_client_set_change
               (set_id, partner_id, direction, at, create_uid,
                create_date, write_uid, write_date)
        SELECT %(set)s, partner_id, direction, %(now)s, %(uid)s,
               %(now)s, %(uid)s, %(now)s
          FROM moved WHERE NOT %(first)s)
    SELECT direction, count(*), array_agg(partner_id) FILTER (WHERE %(watched)s)
      FROM moved GROUP BY direction"""


class GestorClientSet(models.Model):
    """Some clients under a name: picked by hand, or found by a rule.

    Who is in stands in ``gestor.client.set.member``, written in SQL. Everybody sees of
    a set, and counts, only the clients that he may read.
    """

    _name = "gestor.client.set"
    _description = "Client Set"
    _inherit = ["mail.thread", "gestor.set.rule.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    description = fields.Text()
    kind = fields.Selection(
        [("static", "Static"), ("dynamic", "Dynamic")],
        default="static",
        required=True,
        tracking=True,
        help="Static: clients added by hand. Dynamic: those whom the rule finds.",
    )
    condition_ids = fields.One2many(
        "gestor.client.set.condition", "set_id", string="Conditions", copy=True
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Empty: clients of all companies.",
    )
    summary = fields.Char(string="Rule", compute="_compute_summary")

    # === Fields: who may use it ===

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    visibility = fields.Selection(
        [
            ("private", "Owner only"),
            ("chosen", "Chosen users"),
            ("public", "Everybody"),
        ],
        string="For whom",
        default="private",
        required=True,
        tracking=True,
        help="Everybody sees only those clients of the set that he may read.",
    )
    user_ids = fields.Many2many(
        "res.users", string="Users", domain=[("share", "=", False)]
    )
    group_ids = fields.Many2many("res.groups", string="Groups")

    # === Fields: who is in ===

    refresh_every = fields.Selection(
        [("manual", "By hand only"), ("hour", "Every hour"), ("day", "Every day")],
        string="Refresh",
        default="day",
        required=True,
    )
    refreshed_at = fields.Datetime(string="Refreshed on", readonly=True, copy=False)
    is_stale = fields.Boolean(readonly=True, copy=False)
    entered_count = fields.Integer(string="Entered", readonly=True, copy=False)
    left_count = fields.Integer(string="Left", readonly=True, copy=False)
    partner_count = fields.Integer(
        string="Number of clients", compute="_compute_partner_count"
    )
    preview_member_ids = fields.Many2many(
        "gestor.client.set.member",
        string="First clients",
        compute="_compute_preview_member_ids",
    )
    exclusion_ids = fields.One2many(
        "gestor.client.set.exclusion", "set_id", string="Left out by hand"
    )

    # === Computes ===

    @api.depends("kind", "domain", "condition_ids.summary")
    @api.depends_context("lang")
    def _compute_summary(self):
        for client_set in self:
            if client_set.kind == "static":
                client_set.summary = self.env._("Added by hand")
                continue
            texts = [
                text for text in client_set.condition_ids.mapped("summary") if text
            ]
            if (client_set.domain or "[]").strip() != "[]":
                texts.append(self.env._("own filter"))
            client_set.summary = "; ".join(texts) or self.env._("All clients")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_partner_count(self):
        counts = dict(
            self.env["gestor.client.set.member"]._read_group(
                [("set_id", "in", self.ids)], ["set_id"], ["__count"]
            )
        )
        for client_set in self:
            client_set.partner_count = counts.get(client_set._origin, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_preview_member_ids(self):
        members = self.env["gestor.client.set.member"]
        for client_set in self:
            client_set.preview_member_ids = members.search(
                [("set_id", "=", client_set._origin.id)], limit=PREVIEW
            )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        sets = super().create(vals_list)
        sets._refresh()
        return sets

    def write(self, vals):
        result = super().write(vals)
        if not {"user_id", "company_id"}.isdisjoint(vals):
            # the host asks the rules before the change only: a set must not be put
            # under somebody else's name
            self.check_access("write")
        if "kind" in vals:
            self._touch_rule()
        if not self._get_refresh_fields().isdisjoint(vals):
            self._refresh()
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        return [
            {
                **vals,
                "name": self.env._("%(name)s (copy)", name=client_set.name),
                "user_id": self.env.uid,
                "visibility": "private",
            }
            for client_set, vals in zip(self, vals_list, strict=True)
        ]

    # === Actions ===

    def action_refresh(self):
        """Look the rules up again."""
        self.check_access("read")
        self._refresh()
        return True

    def action_open_clients(self):
        """Open the clients in these sets as a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_partners.gestor_client_action"
        )
        del action["path"]
        action["domain"] = [("gestor_client_set_ids", "in", self.ids)]
        action["display_name"] = ", ".join(self.mapped("name"))
        action["context"] = {}
        return action

    def action_import(self):
        """Add clients from a spreadsheet."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": self.env._("Clients from a file"),
            "params": {
                "active_model": "gestor.client.set.member",
                "context": {"default_set_id": self.id, "in_set": True},
            },
        }

    def action_changes(self):
        """Open the list of who entered and who left."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_client_sets.gestor_client_set_change_action"
        )
        action["domain"] = [("set_id", "=", self.id)]
        return action

    # === Hooks of the rule ===

    def _get_rule_conditions(self):
        return self.condition_ids

    def _get_rule_companies(self, user):
        company = self.company_id
        if not company:
            return user.company_ids
        if company not in user.company_ids:
            raise UserError(
                self.env._(
                    'The rule of "%(name)s" was written by %(user)s, who does not work '
                    "in the company %(company)s.",
                    name=self.name,
                    user=user.name,
                    company=company.name,
                )
            )
        return company

    @api.model
    def _get_refresh_fields(self):
        """Return the fields after whose change the rule is looked up at once."""
        return self._gestor_rule_fields | {"kind", "condition_ids", "company_id"}

    def _touch_rule(self):
        """Note that the current user changed the rule, and answers for it."""
        sets = self.sudo()  # sudo: asked by who may change the conditions
        sets.is_stale = True
        sets._sign_rule()

    # === Who is in ===

    def _gestor_partners(self):
        """Return the clients in these sets, as far as the user may read them.

        :rtype: res.partner
        """
        return self.env["res.partner"].search(
            [("gestor_client_set_ids", "in", self.ids)]
        )

    def _gestor_add(self, partners, source=None):
        """Add clients to static sets; who is left out by hand stays out.

        :param partners: those that the user may not read and archived ones are skipped
        :param str source: why they are in the set
        :return: how many are new in one of the sets
        :rtype: int
        """
        allowed = partners._filtered_access("read").filtered("active")
        ids = SQL("(SELECT unnest(%s::int[]))", allowed.ids)
        return sum(client_set._insert_members(ids, source) for client_set in self)

    def _gestor_exclude(self, partners):
        """Leave clients out of these sets, whatever the rule says."""
        self.check_access("write")
        partners.check_access("read")
        # sudo: the rows belong to the sets, which the user may change
        exclusions = self.env["gestor.client.set.exclusion"].sudo()
        for client_set in self:
            known = exclusions.search([("set_id", "=", client_set.id)]).partner_id
            exclusions.create(
                [
                    {"set_id": client_set.id, "partner_id": partner.id}
                    for partner in partners - known
                ]
            )
        members = self.env["gestor.client.set.member"].sudo()  # sudo: see above
        members.search(
            [("set_id", "in", self.ids), ("partner_id", "in", partners.ids)]
        ).unlink()
        self._forget_members()

    def _gestor_take_back(self, exclusions):
        """Let clients in again who were left out by hand."""
        self.check_access("write")
        exclusions.check_access("read")
        pairs = [(row.set_id, row.partner_id) for row in exclusions]
        exclusions.sudo().unlink()  # sudo: the rows belong to the sets
        self._refresh()
        for client_set, partner in pairs:
            if client_set.kind == "static":
                client_set._gestor_add(partner)

    def _insert_members(self, ids, source):
        """Put clients into one static set.

        :param SQL ids: a sub-query of partner ids that the user may read
        """
        self.ensure_one()
        self.check_access("write")
        if self.kind != "static":
            raise UserError(
                self.env._(
                    '"%(name)s" is a dynamic set: its rule says who is in.',
                    name=self.name,
                )
            )
        found = self._exchange_members(ids, source=source, keep=True)
        return found.get("entered", 0)

    def _refresh(self):
        """Look up the rules of dynamic sets and note who entered and who left.

        No clients are loaded: each set is one statement, however many there are.
        """
        # sudo: the members are written by the sets only; the rules are looked up with
        # the rights of those who wrote them
        for client_set in self.sudo().filtered(lambda row: row.kind == "dynamic"):
            client_set.lock_for_update()
            ids = client_set._get_rule_sql()
            found = client_set._exchange_members(ids)
            client_set._note_refresh(found)

    def _note_refresh(self, found):
        is_first = not self.refreshed_at
        self.write(
            {
                "refreshed_at": fields.Datetime.now(),
                "is_stale": False,
                "error": False,
                "entered_count": 0 if is_first else found.get("entered", 0),
                "left_count": found.get("left", 0),
            }
        )

    def _exchange_members(self, ids, source=None, keep=False):
        """Bring the rows of one set in line with a sub-query, in one statement.

        :param SQL ids: a sub-query of partner ids
        :param str source: why they are in the set
        :param bool keep: takes nobody out
        :return: ``{"entered": count, "left": count}``
        :rtype: dict[str, int]
        """
        self.ensure_one()
        self.env["gestor.client.set.exclusion"].flush_model()
        now = fields.Datetime.now()
        # the first members of a rule have not entered: they were found
        is_first = self.kind == "dynamic" and not self.refreshed_at
        automats = self.env["gestor.automat"]._gestor_get_set_automats(self)
        rows = self._run_rule(
            SQL(
                EXCHANGE,
                ids=ids,
                set=self.id,
                keep=keep,
                first=is_first,
                watched=bool(automats),
                source=source,
                now=now,
                uid=self.env.uid,
            )
        )
        self._forget_members()
        if automats and not is_first:
            moved = {direction: ids for direction, _count, ids in rows}
            automats._gestor_fire_set(self, now, moved)
        return {direction: count for direction, count, _ids in rows}

    @api.model
    def _forget_members(self):
        """Drop from memory what the statement has changed behind its back."""
        for name in ("member", "change", "exclusion"):
            self.env[f"gestor.client.set.{name}"].invalidate_model()
        self.invalidate_model(["partner_count", "preview_member_ids", "exclusion_ids"])
        self.env["res.partner"].invalidate_model(["gestor_client_set_ids"])

    # === Cron ===

    @api.model
    def _get_due_domain(self):
        now = fields.Datetime.now()
        domain = Domain("is_stale", "=", True)
        for period, delta in PERIODS.items():
            domain |= Domain("refresh_every", "=", period) & (
                Domain("refreshed_at", "=", False)
                | Domain("refreshed_at", "<=", now - delta + SLACK)
            )
        return domain & Domain("kind", "=", "dynamic")

    @api.model
    def _cron_refresh(self):
        """Refresh the dynamic sets whose time has come, one by one."""
        cron = self.env["ir.cron"]
        sets = self.search(self._get_due_domain())
        cron._commit_progress(remaining=len(sets))
        for client_set in sets:
            try:
                with self.env.cr.savepoint():
                    client_set._refresh()
            except Exception as error:  # one bad rule does not stop the others
                _logger.info("Client set %s was not refreshed: %s", client_set, error)
                client_set._record_error(str(error))
            if not cron._commit_progress(1):
                break

    def _record_error(self, message):
        self.write({"error": message, "refreshed_at": fields.Datetime.now()})
