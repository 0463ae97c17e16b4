from odoo import fields, models
from odoo.tools import format_date


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    price_rate_kind = fields.Selection(
        selection_add=[("nbp", "Average rate of NBP")], ondelete={"nbp": "set company"}
    )

    def _find_rate(self, currency, day):
        """Take the table of NBP that holds for a day, where the company fetches them.

        Source: art. 31a of the VAT act: the last working day before the day.
        """
        company = self.company_id
        if not self._is_fetched_from_nbp(currency):
            return super()._find_rate(currency, day)
        found = currency._gestor_rate_before(day, company)
        return {
            "price_rate": found["rate"],
            "price_rate_date": found["date"],
            "price_rate_kind": "nbp",
            "price_rate_number": found["table"],
        }

    def _is_fetched_from_nbp(self, currency):
        """Tell whether the company has any rate of a currency from NBP."""
        root = self.company_id.root_id
        return root.currency_id.name == "PLN" and bool(
            self.env["res.currency.rate"].search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "=", root.id),
                    ("gestor_nbp_table", "!=", False),
                ],
                limit=1,
            )
        )

    def _get_rate_source(self):
        if self.price_rate_kind != "nbp":
            return super()._get_rate_source()
        return self.env._(
            "average rate of NBP, table %(table)s of %(day)s",
            table=self.price_rate_number,
            day=format_date(self.env, self.price_rate_date),
        )
