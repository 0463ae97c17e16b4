from datetime import datetime

from psycopg2 import DataError, ProgrammingError

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gestor_base.lib.typed_text import READ_ERRORS

NOBODY = SQL("(SELECT 0 WHERE FALSE)")


class GestorSetRuleMixin(models.AbstractModel):
    """A rule about clients: a filter, and ready definitions.

    It is looked up with the rights of the user who wrote it last, never with more: a
    rule cannot tell anybody what he may not read himself.
    """

    _name = "gestor.set.rule.mixin"
    _description = "Rule About Clients"

    #: fields that make the rule; who writes one of them answers for it
    _gestor_rule_fields = frozenset({"domain", "has_contacts"})

    domain = fields.Char(string="Own filter", default="[]")
    has_contacts = fields.Boolean(
        string="Contact persons too",
        help="Not only the firms and private persons, also who works there.",
    )
    rule_user_id = fields.Many2one(
        "res.users",
        string="Rule by",
        readonly=True,
        copy=False,
        help="The rule finds the clients that this user may read, by the fields that "
        "he may read: whoever changed it last.",
    )
    error = fields.Char(readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        # never from outside: whose rights count is not to be chosen
        return super().create(
            [{**vals, "rule_user_id": self.env.uid} for vals in vals_list]
        )

    def write(self, vals):
        # whoever changes the rule, or says that he did, answers for it
        is_changed = not self._gestor_rule_fields.isdisjoint(vals)
        if is_changed or "rule_user_id" in vals:
            vals = {**vals, "rule_user_id": self.env.uid, "error": False}
        return super().write(vals)

    def _sign_rule(self):
        """Make the current user the one with whose rights the rule is looked up."""
        self.write({"rule_user_id": self.env.uid})

    # === Hooks ===

    def _get_rule_conditions(self):
        """Return the records with ``gestor.set.condition.mixin`` of one rule."""
        raise NotImplementedError

    def _get_rule_companies(self, _user):
        """Return the companies whose clients one rule may find."""
        raise NotImplementedError

    # === Looking up ===

    def _get_rule_env(self):
        """Return the environment in which one rule is looked up.

        :raise ValidationError: if its author works here no more
        """
        self.ensure_one()
        # sudo: who reads a rule need not read the user behind it
        user = self.sudo().rule_user_id
        if not user.active and user.id != api.SUPERUSER_ID:
            raise ValidationError(
                self.env._(
                    "%(user)s wrote this rule and works here no more: save the rule "
                    "again, and it is looked up with your rights.",
                    user=user.name,
                )
            )
        companies = self._get_rule_companies(user)
        return (
            self.with_user(user)
            .with_context(allowed_company_ids=companies.ids, active_test=True)
            .env
        )

    def _get_rule_domain(self, env):
        """Return the clients that one rule means, archived ones never.

        :param env: see :meth:`_get_rule_env`
        :rtype: Domain
        """
        context = {
            "uid": env.uid,
            "datetime": datetime,
            "context_today": lambda: fields.Date.context_today(env["res.partner"]),
        }
        domain = Domain(safe_eval(self.domain or "[]", context))
        domain &= Domain("active", "=", True) & Domain("gestor_kind", "!=", False)
        if not self.has_contacts:
            domain &= Domain("parent_id", "=", False)
        return domain & self._get_rule_conditions()._get_condition_domain(env)

    def _get_rule_sql(self, narrow=Domain.TRUE):
        """Return the sub-query of the ids of the clients that one rule means.

        :param Domain narrow: looks only at these clients
        :raise ValidationError: if the rule cannot be understood
        :raise AccessError: if it asks what its author may not read
        :rtype: SQL
        """
        env = self._get_rule_env()
        try:
            domain = self._get_rule_domain(env) & narrow
            query = env["res.partner"]._search(domain)
        except AccessError as error:
            raise AccessError(
                self.env._(
                    'The rule of "%(name)s" asks for what you may not read: %(reason)s',
                    name=self.display_name,
                    reason=error,
                )
            ) from error
        except ValidationError:
            raise
        except READ_ERRORS as error:
            self._refuse_rule(error)
        return NOBODY if query.is_empty() else query.subselect()

    def _refuse_rule(self, error):
        raise ValidationError(
            self.env._(
                'The filter of "%(name)s" cannot be understood: %(domain)s '
                "(%(reason)s)",
                name=self.display_name,
                domain=self.domain,
                reason=str(error).strip().splitlines()[0],
            )
        ) from error

    def _run_rule(self, statement):
        """Run a statement with the sub-query of one rule; a wrong value is refused.

        :param SQL statement: what writes the result down
        :return: the rows of the statement
        """
        try:
            with self.env.cr.savepoint():
                self.env.flush_query(statement)
                self.env.cr.execute(statement, log_exceptions=False)
                return self.env.cr.fetchall()
        except (DataError, ProgrammingError) as error:
            self._refuse_rule(error)
