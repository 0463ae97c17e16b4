import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class GestorDataCheck(models.Model):
    """A rule about what is wrong with a client, and where to mend it."""

    _name = "gestor.data.check"
    _description = "Data Check"
    _inherit = ["gestor.set.rule.mixin", "gestor.set.condition.mixin"]
    _order = "sequence, id"
    _gestor_rule_fields = frozenset(
        {"domain", "has_contacts", "definition", "is_negated", "days", "date_from"}
        | {"date_to", "product_ids", "interest_ids", "interest_strength"}
        | {"head_office_id"}
    )

    name = fields.Char(string="What is wrong", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(aggregator=False)
    fix_field = fields.Char(
        string="Field to mend",
        help="Technical name: the button opens the card of the client at this field.",
    )
    is_available = fields.Boolean(compute="_compute_is_available")
    checked_at = fields.Datetime(string="Checked on", readonly=True, copy=False)
    issue_count = fields.Integer(string="To fix", compute="_compute_issue_count")
    mine_count = fields.Integer(string="Of my clients", compute="_compute_issue_count")

    @api.depends("definition")
    def _compute_is_available(self):
        """An addon that the question is about may be missing."""
        known = self.env["gestor.set.definition"]._get_keys()
        for check in self:
            check.is_available = not check.definition or check.definition in known

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_issue_count(self):
        issues = self.env["gestor.data.issue"]
        domain = Domain("check_id", "in", self.ids) & issues._get_current_domain()
        counts = dict(issues._read_group(domain, ["check_id"], ["__count"]))
        domain &= issues._get_mine_domain()
        mine = dict(issues._read_group(domain, ["check_id"], ["__count"]))
        for check in self:
            check.issue_count = counts.get(check._origin, 0)
            check.mine_count = mine.get(check._origin, 0)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks._refresh()
        return checks

    def write(self, vals):
        result = super().write(vals)
        if not self._gestor_rule_fields.isdisjoint(vals):
            self._refresh()
        return result

    # === Actions ===

    def action_refresh(self):
        """Look again at all clients."""
        self.check_access("read")
        self._refresh()
        return True

    def action_issues(self):
        """Open what this check has found."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_client_sets.gestor_data_issue_action"
        )
        action["display_name"] = self.name
        action["domain"] = [("check_id", "=", self.id)]
        action["context"] = {
            "search_default_filter_current": 1,
            "search_default_filter_mine": 1,
        }
        return action

    # === Hooks of the rule ===

    def _get_rule_conditions(self):
        return self.filtered("definition")

    def _get_rule_companies(self, user):
        return user.company_ids

    # === Looking ===

    def _refresh(self, narrow=Domain.TRUE):
        """Bring what is to fix in line with the clients, in one statement a check.

        :param Domain narrow: looks only at these clients
        """
        checks = self.sudo()  # sudo: what is found is written by the checks only
        for check in checks.filtered("is_available"):
            check._exchange_issues(narrow)
        checks.write({"checked_at": fields.Datetime.now(), "error": False})

    def _exchange_issues(self, narrow):
        wanted = self._get_rule_sql(narrow)
        scope = self.env["res.partner"].with_context(active_test=False)._search(narrow)
        self.env["gestor.data.issue"].flush_model()
        self._run_rule(
            SQL(
                """
            WITH wanted (partner_id) AS MATERIALIZED %(wanted)s,
            gone AS (
                DELETE FROM gestor_data_issue AS issue
                 WHERE issue.check_id = %(check)s
                   AND issue.partner_id IN %(scope)s
                   AND NOT EXISTS (SELECT FROM wanted
                                    WHERE wanted.partner_id = issue.partner_id)),
            fresh AS (
                INSERT INTO gestor_data_issue
                       (check_id, partner_id, found_at, create_uid, create_date,
                        write_uid, write_date)
                SELECT %(check)s, partner_id, %(now)s, %(uid)s, %(now)s, %(uid)s,
                       %(now)s
                  FROM wanted
                    ON CONFLICT (check_id, partner_id) DO NOTHING
                RETURNING id)
            SELECT count(*) FROM fresh""",
                wanted=wanted,
                scope=scope.subselect(),
                check=self.id,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.env["gestor.data.issue"].invalidate_model()
        self.invalidate_model(["issue_count", "mine_count"])

    @api.model
    def _cron_refresh(self):
        """Look at all clients, check by check."""
        cron = self.env["ir.cron"]
        checks = self.search(Domain.TRUE)
        cron._commit_progress(remaining=len(checks))
        for check in checks:
            try:
                with self.env.cr.savepoint():
                    check._refresh()
            except Exception as error:  # one bad rule does not stop the others
                _logger.info("Data check %s failed: %s", check, error)
                check.error = str(error)
            if not cron._commit_progress(1):
                break
