from datetime import date

from odoo import Command

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon

NOW = "2026-11-24 10:00:00"
TODAY = date(2026, 11, 24)


class GestorOfferPricesCommon(GestorOffersCommon):
    """Offers, and a foreign currency with two rates.

    ===========  ==========================================================
    ``foreign``  worth 4.00 from 20 November, 4.2531 from 23 November 2026
    ``rateless``  a currency without any rate
    ``steps``    a price list: 10 % off from 10 pieces, 80 from 100 of the first product
    ===========  ==========================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        currencies = cls.env.ref("base.EUR") | cls.env.ref("base.USD")
        cls.foreign = (currencies - cls.company.currency_id)[:1]
        cls.rateless = cls.env.ref("base.JPY")
        (cls.foreign | cls.rateless).active = True
        (cls.foreign | cls.rateless).rate_ids.unlink()
        cls._create_rate("2026-11-20", 4)
        cls._create_rate("2026-11-23", 4.2531)
        cls.steps = cls.env["product.pricelist"].create(
            {
                "name": "Steps",
                "currency_id": cls.company.currency_id.id,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 10,
                            "min_quantity": 10,
                        }
                    ),
                    Command.create(
                        {
                            "product_id": cls.products[0].id,
                            "compute_price": "fixed",
                            "fixed_price": 80,
                            "min_quantity": 100,
                        }
                    ),
                ],
            }
        )

    @classmethod
    def _create_rate(cls, day, worth, company=None, currency=None):
        company = company or cls.company
        return (
            cls.env["res.currency.rate"]
            .with_company(company)
            .create(
                {
                    "name": day,
                    "currency_id": (currency or cls.foreign).id,
                    "company_id": company.id,
                    "inverse_company_rate": worth,
                }
            )
        )

    @classmethod
    def _reprice(cls, offer, user=None, **vals):
        """Give an offer the foreign currency, or what ``vals`` say."""
        wizard = (
            cls.env["gestor.offer.reprice"]
            .with_user(user or cls.env.user)
            .create({"offer_id": offer.id, "currency_id": cls.foreign.id, **vals})
        )
        return wizard.action_apply()

    @classmethod
    def _create_priced_offer(cls, pricelist=None, quantity=1, products=None, **vals):
        """Create an offer with one variant at the prices of a price list."""
        variant = cls._prepare_variant_vals(
            quantity=quantity,
            products=products or cls.products[:2],
            pricelist_id=(pricelist or cls.retail).id,
        )
        return cls._create_offer(order_ids=[Command.create(variant)], **vals)
