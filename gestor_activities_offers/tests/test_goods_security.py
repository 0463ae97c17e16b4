from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ACTIVITIES, OFFERS, GestorActivitiesOffersCommon


@tagged("post_install", "-at_install")
class TestGoodsSecurity(GestorActivitiesOffersCommon):
    def test_service_person_enters_goods_and_is_told_who_makes_documents(self):
        activity = self._create_activity(self.service)
        goods = self._add_goods(activity, self.pump, 2, user=self.service)
        self.assertEqual(goods.price_unit, 90, "without the right to price lists")
        self.assertEqual(goods.open_quantity, 2)
        with self.assertRaisesRegex(UserError, "rights to sales"):
            self._issue(activity, user=self.service)
        self.assertFalse(activity.order_ids)

    def test_service_person_cannot_go_round_the_dialog(self):
        activity = self._create_activity(self.service)
        self._add_goods(activity, self.pump, user=self.service)
        issue = (
            self.env["gestor.activity.issue"]
            .with_user(self.service)
            .create({"source_ids": activity.ids})
        )
        with self.assertRaises(UserError):
            issue.action_create()

    def test_goods_of_foreign_activities_are_closed(self):
        goods = self._add_goods(self.activity, self.pump)
        with self.assertRaises(AccessError):
            goods.with_user(self.service).read(["quantity"])
        with self.assertRaises(AccessError):
            self._add_goods(self.activity, self.pump, user=self.service)
        nobody = new_test_user(self.env, "goods_nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            goods.with_user(nobody).read(["quantity"])

    def test_salesperson_of_own_documents_makes_an_own_one(self):
        self._add_goods(self.activity, self.pump)
        _issue, order = self._issue(self.activity)
        order.with_user(self.salesperson).check_access("write")
        stranger = new_test_user(
            self.env, "goods_stranger", groups=f"{ACTIVITIES},{OFFERS}"
        )
        with self.assertRaises(AccessError):
            order.with_user(stranger).check_access("read")

    def test_two_companies_make_two_documents(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids |= company
        self.salesperson.company_ids |= company
        both = [self.env.company.id, company.id]
        activity = self._create_activity(self.salesperson, company_id=company.id)
        self._add_goods(self.activity, self.pump)
        goods = self.env["gestor.activity.goods"].with_user(self.salesperson)
        goods.with_context(allowed_company_ids=both).create(
            {"activity_id": activity.id, "product_id": self.pump.id}
        )
        mixed = (self.activity + activity).with_context(allowed_company_ids=both)
        with self.assertRaisesRegex(UserError, "one company"):
            self._issue(mixed)
        _issue, order = self._issue(activity.with_context(allowed_company_ids=both))
        self.assertEqual(order.company_id, company)
