from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.registers import nbp
from ..lib.registers.errors import RegisterError
from ..models.register_texts import say_error

_MAX_DAYS = 5 * 366


class GestorNbpFetch(models.TransientModel):
    _name = "gestor.nbp.fetch"
    _description = "Fetch NBP Exchange Rates"

    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - timedelta(days=7),
    )
    date_end = fields.Date(
        string="To", required=True, default=fields.Date.context_today
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        required=True,
        default=lambda self: self._default_company_ids(),
        domain="[('currency_id.name', '=', 'PLN')]",
    )

    @api.model
    def _default_company_ids(self):
        return self.env.companies.filtered(lambda item: item.currency_id.name == "PLN")

    def action_fetch(self):
        """Fetch the tables A and B of the period and say what there was."""
        self.ensure_one()
        self._check_period()
        currencies = self.env["res.currency"]
        try:
            tables, rates = currencies._gestor_fetch_nbp(
                self.date_start, self.date_end, self.company_ids
            )
        except RegisterError as error:
            raise UserError(say_error(self.env, error)) from None
        message = (
            self.env._(
                "Tables: %(tables)s. New or changed rates: %(rates)s.",
                tables=tables,
                rates=rates,
            )
            if tables
            else self.env._("NBP published no table in this period.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if tables else "warning",
                "title": self.env._("NBP exchange rates"),
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_period(self):
        if self.date_start > self.date_end:
            raise UserError(self.env._("The period ends before it begins."))
        if self.date_start < nbp.FIRST_DAY:
            raise UserError(
                self.env._("NBP publishes tables since %(day)s.", day=nbp.FIRST_DAY)
            )
        if self.date_end > fields.Date.context_today(self):
            raise UserError(self.env._("The period reaches into the future."))
        if (self.date_end - self.date_start).days > _MAX_DAYS:
            raise UserError(self.env._("Fetch five years at most at a time."))
        if any(company.currency_id.name != "PLN" for company in self.company_ids):
            raise UserError(self.env._("NBP rates are for companies in złoty only."))
