import logging

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.gestor_automation.lib.workdays import WorkCalendar

_logger = logging.getLogger(__name__)


class GestorDigest(models.AbstractModel):
    """What is to fix and to do today, by e-mail on the mornings of working days."""

    _name = "gestor.digest"
    _description = "To Fix And To Do Today"

    @api.model
    def _get_sections(self):
        """Return what the current user is told, without what there is none of.

        A hook: addons add sections of their own.

        :return: dicts with ``title``, ``url`` and ``rows``: pairs of a text in the
            user's language and a number
        :rtype: list[dict]
        """
        sections = [self._get_section_to_do(), self._get_section_to_fix()]
        return [section for section in sections if section["rows"]]

    @api.model
    def _get_section_to_do(self):
        to_do = self.env["res.users"]._get_activity_groups()
        rows = [
            (self.env._("To-dos that are late"), _sum(to_do, "overdue_count")),
            (self.env._("To-dos for today"), _sum(to_do, "today_count")),
        ]
        if "gestor.activity" in self.env:
            rows += self._get_activity_rows()
        return {
            "title": self.env._("To do today"),
            "url": "/odoo",
            "rows": [row for row in rows if row[1]],
        }

    @api.model
    def _get_activity_rows(self):
        activities = self.env["gestor.activity"]
        if not activities.has_access("read"):
            return []
        mine = Domain("executor_ids.user_id", "=", self.env.uid)
        mine &= Domain("state", "in", ("planned", "in_progress"))
        today = mine & Domain("planned_start_at", ">=", "today")
        today &= Domain("planned_start_at", "<", "today +1d")
        late = mine & Domain("is_late", "=", True)
        return [
            (self.env._("Activities that are late"), activities.search_count(late)),
            (self.env._("Activities for today"), activities.search_count(today)),
        ]

    @api.model
    def _get_section_to_fix(self):
        checks = self.env["gestor.data.check"]
        if checks.has_access("read"):
            checks = checks.search(Domain.TRUE)
        return {
            "title": self.env._("To fix at my clients"),
            "url": "/odoo/gestor-to-fix",
            "rows": [
                (check.name, check.mine_count) for check in checks if check.mine_count
            ],
        }

    # === Sending ===

    @api.model
    def _cron_send(self):
        """Write to everybody who wants to be written to, on working days."""
        cron = self.env["ir.cron"]
        users = self.env["res.users"].search(
            Domain("gestor_is_digest_wanted", "=", True)
            & Domain("share", "=", False)
            & Domain("email", "!=", False)
        )
        cron._commit_progress(remaining=len(users))
        for user in users:
            try:
                with self.env.cr.savepoint():
                    self.with_user(user).with_context(
                        lang=user.lang,
                        tz=user.tz,
                        allowed_company_ids=user.company_ids.ids,
                    )._send()
            except Exception:  # one broken account does not keep the others waiting
                _logger.exception("No morning summary for user %s", user.id)
            if not cron._commit_progress(1):
                break

    @api.model
    def _send(self):
        """Write to the current user, if there is anything to say.

        :return: the mail, perhaps none
        """
        # sudo: an e-mail is written by the system
        mails = self.env["mail.mail"].sudo()
        today = fields.Date.context_today(self)
        if not WorkCalendar(self.env.company.country_id.code).is_working(today):
            return mails
        sections = self._get_sections()
        if not sections:
            return mails
        user = self.env.user
        body = self.env["ir.qweb"]._render(
            "gestor_client_sets.gestor_digest_mail",
            {"user": user, "sections": sections, "base_url": user.get_base_url()},
        )
        return mails.create(
            {
                "subject": self.env._("To do and to fix today"),
                "body_html": body,
                "email_from": user.company_id.email_formatted or user.email_formatted,
                "email_to": user.email_formatted,
                "auto_delete": True,
            }
        )


def _sum(groups, name):
    return sum(group.get(name) or 0 for group in groups)
