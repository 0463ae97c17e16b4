from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..lib.registers import nbp
from ..lib.registers.errors import RegisterError
from ..lib.working_days import previous_working_day
from .register_texts import say_error

#: a new company gets rates this far back
_FIRST_DAYS = 14
#: table B comes once a week
_REACH_DAYS = {"A": 0, "B": 7}


class ResCurrency(models.Model):
    _inherit = "res.currency"

    # === Fetching ===

    @api.model
    def _cron_fetch_nbp_rates(self):
        """Fetch what the tables of NBP have that the companies have not."""
        companies = self._gestor_nbp_companies()
        today = fields.Date.context_today(self.with_context(tz="Europe/Warsaw"))
        start = self._gestor_nbp_start(companies, today)
        if not companies or start > today:
            return
        try:
            self._gestor_fetch_nbp(start, today, companies)
        except RegisterError as error:
            self._gestor_note_nbp(say_error(self.env, error), is_fine=False)
            # sudo: this trigger has a fixed content
            cron = self.env.ref("gestor_pl.nbp_rates_cron").sudo()
            cron._trigger(fields.Datetime.now() + timedelta(hours=1))

    @api.model
    def _gestor_nbp_companies(self):
        """Return the head companies in złoty that get rates every day."""
        # sudo: which companies were chosen
        register = self.env["gestor.register"].sudo()
        register = register.search([("code", "=", "nbp")], limit=1)
        if not register:
            return self.env["res.company"]
        companies = register.company_ids or self.env["res.company"].search([])
        return companies.root_id.filtered(lambda item: item.currency_id.name == "PLN")

    @api.model
    def _gestor_nbp_start(self, companies, today):
        """Return the first day that some company may have no rate of."""
        groups = self.env["res.currency.rate"]._read_group(
            [("company_id", "in", companies.ids), ("gestor_nbp_table", "like", "/A/")],
            ["company_id"],
            ["gestor_nbp_date:max"],
        )
        last = {company: day for company, day in groups}
        first = today - timedelta(days=_FIRST_DAYS)
        days = [
            last[company] + timedelta(days=1) if company in last else first
            for company in companies
        ]
        return min(days, default=today)

    @api.model
    def _gestor_fetch_nbp(self, start, end, companies):
        """Store the rates of a period; what is there already is renewed.

        :param date start: first day of the tables
        :param date end: last day of the tables
        :param companies: in złoty
        :return: ``(tables, rates)``: how many there were
        :raise RegisterError: if NBP does not answer; nothing is stored then
        """
        provider = self.env["gestor.register.provider"]._gestor_providers()["nbp"]
        currencies = self.search([("name", "!=", "PLN")])
        tables = []
        for table in nbp.TABLES:
            first = max(start - timedelta(days=_REACH_DAYS[table]), nbp.FIRST_DAY)
            tables += provider._gestor_tables(table, first, end)
        rate_day = provider._gestor_register().rate_day
        count = 0
        for company in companies.root_id:
            rates = self.env["res.currency.rate"].with_company(company)
            count += rates._gestor_store(tables, currencies, company, rate_day)
        note = self.env._("Rates fetched: %(count)s.", count=count)
        self._gestor_note_nbp(note, is_fine=True)
        return len(tables), count

    @api.model
    def _gestor_note_nbp(self, text, is_fine):
        # sudo: the course of fetching stands on the register for whoever configures
        register = self.env["gestor.register"].sudo()
        register.search([("code", "=", "nbp")], limit=1).write(
            {
                "checked_at": fields.Datetime.now(),
                "check_result": text,
                "is_check_fine": is_fine,
            }
        )

    # === Using ===

    def _gestor_rate_before(self, day, company):
        """Return the rate that Polish tax law takes for a day: of the day before it.

        The day before is the last working day before ``day``; its table A counts, for
        a currency that is not in it the newest table B until then.

        Source: art. 31a of the VAT act, art. 15 of the CIT act.

        :param date day: of the tax duty or of the document
        :param company: a company in złoty
        :return: ``{"rate": złoty for one unit, "table": number, "date": its day}``
        :raise UserError: if that table has not been fetched
        """
        self.ensure_one()
        wanted = previous_working_day(day)
        rates = self.env["res.currency.rate"]
        domain = [
            ("currency_id", "=", self.id),
            ("company_id", "=", company.root_id.id),
            ("gestor_nbp_date", "<=", wanted),
        ]
        rate = rates.search(domain, order="gestor_nbp_date desc", limit=1)
        is_weekly = rate and "/B/" in rate.gestor_nbp_table
        oldest = wanted - timedelta(days=_REACH_DAYS["B"]) if is_weekly else wanted
        if not rate or rate.gestor_nbp_date < oldest:
            raise UserError(
                self.env._(
                    "There is no NBP rate of %(currency)s of %(day)s: fetch it.",
                    currency=self.name,
                    day=format_date(self.env, wanted),
                )
            )
        return {
            "rate": rate.gestor_nbp_mid,
            "table": rate.gestor_nbp_table,
            "date": rate.gestor_nbp_date,
        }
