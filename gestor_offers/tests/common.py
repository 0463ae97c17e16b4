from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class GestorOffersCommon(TransactionCase):
    """A salesperson with the smallest rights, two clients, products and offers.

    ======================  ==========================================
    ``salesperson``         own offers, may invoice
    ``other_salesperson``   own offers
    ``offer_manager``       manager of offers
    ``client``              Polish, has an e-mail, in Polish
    ``other_client``        has an e-mail
    ``products``            five goods, sales prices 100 ... 500, costs 60 ... 300
    ``retail``              the default price list
    ``pricelist``           10 % cheaper
    ======================  ==========================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, tracking_disable=True, no_reset_password=True)
        )
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.company = cls.env.company
        cls.salesperson = cls._create_user(
            "gestor_offers_own",
            "gestor_offers.gestor_offers_group_own,account.group_account_invoice",
        )
        cls.other_salesperson = cls._create_user(
            "gestor_offers_other", "gestor_offers.gestor_offers_group_own"
        )
        cls.offer_manager = cls._create_user(
            "gestor_offers_manager", "gestor_offers.gestor_offers_group_manager"
        )
        # the first price list is everybody's default
        cls.retail = cls._create_pricelist("Retail", percent=0, sequence=0)
        cls.pricelist = cls._create_pricelist("Wholesale", percent=10)
        cls.client = cls._create_client(name="Żółw i Spółka", lang="pl_PL")
        cls.other_client = cls._create_client(name="Other client", lang="en_US")
        cls.products = cls._create_products(5)
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too expensive"})

    # === Factories ===

    @classmethod
    def _create_user(cls, login, groups, **vals):
        vals.setdefault("company_id", cls.company.id)
        return new_test_user(
            cls.env, login=login, groups=groups, email=f"{login}@example.com", **vals
        )

    @classmethod
    def _create_client(cls, **vals):
        vals.setdefault("email", "client@example.com")
        vals.setdefault("specific_property_product_pricelist", cls.retail.id)
        return cls.env["res.partner"].create({"is_company": True, **vals})

    @classmethod
    def _create_products(cls, count):
        return cls.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "type": "consu",
                    "list_price": 100 * number,
                    "standard_price": 60 * number,
                    "invoice_policy": "order",
                }
                for number in range(1, count + 1)
            ]
        )

    @classmethod
    def _create_pricelist(cls, name, percent, **vals):
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "currency_id": cls.company.currency_id.id,
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": percent}
                    )
                ],
                **vals,
            }
        )

    @classmethod
    def _create_process(cls, **vals):
        return cls.env["crm.lead"].create(
            {
                "name": "Process",
                "type": "opportunity",
                "partner_id": cls.client.id,
                "user_id": cls.salesperson.id,
                **vals,
            }
        )

    @classmethod
    def _prepare_variant_vals(cls, quantity=1, products=None, **vals):
        """Return the values of a variant with one line per product."""
        return {
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
                for product in (products or cls.products)
            ],
            **vals,
        }

    @classmethod
    def _create_offer(cls, variants=2, user=None, **vals):
        """Create a draft offer; the n-th variant has the quantity n in each line."""
        vals.setdefault("partner_id", cls.client.id)
        vals.setdefault("user_id", cls.salesperson.id)
        if "order_ids" not in vals:
            vals["order_ids"] = [
                Command.create(cls._prepare_variant_vals(quantity=number))
                for number in range(1, variants + 1)
            ]
        return cls.env["gestor.offer"].with_user(user or cls.env.user).create(vals)

    @classmethod
    def _create_sent_offer(cls, **vals):
        """Create an offer that the client has, without mailing it."""
        offer = cls._create_offer(**vals)
        offer.action_prepare()
        offer.action_mark_sent()
        return offer

    @classmethod
    def _invoice(cls, offer, user=None):
        """Create and post the invoice of the accepted variant."""
        order = offer.accepted_order_id.with_user(user or cls.env.user)
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice
