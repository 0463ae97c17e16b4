from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.gestor_offer_prices.tests.common import (
    NOW,
    GestorOfferPricesCommon,
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNbpOffer(GestorOfferPricesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        pln = cls.env.ref("base.PLN")
        pln.active = True
        cls.polish = cls.env["res.company"].create(
            {"name": "Polska spółka", "currency_id": pln.id}
        )
        cls.env.user.company_ids |= cls.polish
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.active = True
        cls.client.company_id = False
        cls.offer = cls._create_offer(
            company_id=cls.polish.id, user_id=cls.env.user.id, variants=1
        )

    def _store_table(self, number, day, mid):
        """Keep a rate as the fetching of NBP tables does."""
        return (
            self.env["res.currency.rate"]
            .with_company(self.polish)
            .create(
                {
                    "name": day,
                    "currency_id": self.euro.id,
                    "company_id": self.polish.id,
                    "inverse_company_rate": mid,
                    "gestor_nbp_mid": mid,
                    "gestor_nbp_table": number,
                    "gestor_nbp_date": day,
                }
            )
        )

    def test_offer_takes_the_table_of_the_working_day_before(self):
        self._store_table("226/A/NBP/2026", "2026-11-20", 4.2201)
        self._store_table("227/A/NBP/2026", "2026-11-23", 4.2531)
        self._reprice(self.offer, currency_id=self.euro.id)
        self.assertRecordValues(
            self.offer,
            [
                {
                    "price_rate": 4.2531,
                    "price_rate_kind": "nbp",
                    "price_rate_number": "227/A/NBP/2026",
                    "price_rate_date": date(2026, 11, 23),
                }
            ],
        )
        polish = self.offer.with_context(lang="pl_PL")
        self.assertEqual(
            polish.price_rate_text,
            "1 EUR = 4,2531 PLN (kurs średni NBP, tabela 227/A/NBP/2026 z 23.11.2026)",
        )
        # of Monday: the table of Friday
        self._reprice(self.offer, currency_id=self.euro.id, day="2026-11-23")
        self.assertEqual(self.offer.price_rate_number, "226/A/NBP/2026")

    def test_table_that_was_not_fetched_is_named(self):
        self._store_table("226/A/NBP/2026", "2026-11-20", 4.2201)
        with self.assertRaisesRegex(UserError, "no NBP rate of EUR of 11/23/2026"):
            self._reprice(self.offer, currency_id=self.euro.id)

    def test_company_without_nbp_takes_its_own_rates(self):
        self._create_rate("2026-11-23", 4.5, self.polish, self.euro)
        self._reprice(self.offer, currency_id=self.euro.id)
        self.assertEqual(self.offer.price_rate, 4.5)
        self.assertEqual(self.offer.price_rate_kind, "company")
