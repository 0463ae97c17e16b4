from datetime import datetime

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

ACTIVITIES = "gestor_activities.gestor_activities_group_own"
OFFERS = "gestor_offers.gestor_offers_group_own"


class GestorActivitiesOffersCommon(BaseCommon):
    """A salesperson and a service person with own activities, a client with prices.

    The wholesale price list of the client is 10 % cheaper than the sales prices, 100
    for the pump and 20 for the hose.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = new_test_user(
            cls.env, "goods_sales", groups=f"{ACTIVITIES},{OFFERS}"
        )
        cls.service = new_test_user(cls.env, "goods_service", groups=ACTIVITIES)
        cls.pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Wholesale",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": 10,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        cls.client = cls.env["res.partner"].create(
            {
                "name": "Alfa",
                "is_company": True,
                "specific_property_product_pricelist": cls.pricelist.id,
            }
        )
        cls.pump, cls.hose = cls.env["product.product"].create(
            [
                {"name": "Pump", "list_price": 100, "taxes_id": False},
                {"name": "Hose", "list_price": 20, "taxes_id": False},
            ]
        )
        cls.activity = cls._create_activity(cls.salesperson)

    @classmethod
    def _create_activity(cls, user, **vals):
        return cls.env["gestor.activity"].create(
            {
                "name": "Mend the pump",
                "user_id": user.id,
                "partner_id": cls.client.id,
                "planned_start_at": datetime(2026, 11, 24, 8),
                **vals,
            }
        )

    @classmethod
    def _add_goods(cls, activity, product, quantity=1, user=None, **vals):
        goods = cls.env["gestor.activity.goods"].with_user(user or cls.salesperson)
        return goods.create(
            {
                "activity_id": activity.id,
                "product_id": product.id,
                "quantity": quantity,
                **vals,
            }
        )

    @classmethod
    def _issue(cls, activities, kind="quotation", user=None):
        activities = activities.with_user(user or cls.salesperson)
        action = activities.action_gestor_create_document()
        issues = activities.env["gestor.activity.issue"]
        issue = issues.with_context(**action["context"]).create({"kind": kind})
        return issue, issue._create_document()
