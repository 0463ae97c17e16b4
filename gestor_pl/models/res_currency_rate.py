from datetime import timedelta

from odoo import api, fields, models


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    gestor_nbp_table = fields.Char(
        string="NBP table", readonly=True, help="Number of the table of NBP."
    )
    gestor_nbp_date = fields.Date(string="Day of the table", readonly=True)
    # as printed in the table: what documents quote, free of rounding to and fro
    gestor_nbp_mid = fields.Float(
        string="Average rate of NBP", digits=0, readonly=True
    )

    @api.model
    def _gestor_store(self, tables, currencies, company, rate_day):
        """Store the rates of tables for a company; one written by hand is replaced.

        :param tables: of ``lib.registers.nbp.Table``
        :param str rate_day: ``next`` or ``same``, see ``gestor.register``
        :return: how many rates were new or changed
        """
        shift = timedelta(days=1 if rate_day == "next" else 0)
        wanted = {
            (currency, table.day + shift): (table, table.rates[currency.name])
            for table in tables
            for currency in currencies
            if currency.name in table.rates
        }
        # sudo: rates are the whole company's; this writes only what NBP has published
        rates = self.sudo()
        present = {
            (rate.currency_id, rate.name): rate
            for rate in rates.search(
                [
                    ("company_id", "=", company.id),
                    ("currency_id", "in", currencies.ids),
                    ("name", "in", list({day for _currency, day in wanted})),
                ]
            )
        }
        new, count = [], 0
        for (currency, day), (table, mid) in wanted.items():
            vals = {
                "inverse_company_rate": float(mid),
                "gestor_nbp_mid": float(mid),
                "gestor_nbp_table": table.number,
                "gestor_nbp_date": table.day,
            }
            rate = present.get((currency, day))
            if not rate:
                keys = {"name": day, "currency_id": currency.id}
                new.append({**vals, **keys, "company_id": company.id})
            elif rate.gestor_nbp_table != table.number or rate.gestor_nbp_mid != float(mid):
                rate.write(vals)
                count += 1
        rates.create(new)
        return len(new) + count
