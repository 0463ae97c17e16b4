import json

from odoo.tests import tagged

from odoo.addons.gestor_offers.tests.portal_common import GestorOffersPortalCommon

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@tagged("post_install", "-at_install")
class TestBeacon(GestorOffersPortalCommon):
    """What becomes of requests for the page, by whom and how they are made."""

    def _open(self, agent=BROWSER, method="GET", offer=None, token=None, **headers):
        offer = offer or self.offer
        return self.opener.request(
            method,
            f"{self.base_url()}/my/offers/{offer.id}",
            params={"access_token": token or self.token},
            headers={"User-Agent": agent, **headers},
        )

    def _report(self, seconds=4, variants=None, token=None, agent=BROWSER):
        return self.opener.post(
            f"{self.base_url()}/my/offers/{self.offer.id}/seen",
            data={
                "access_token": token or self.token,
                "seconds": seconds,
                "variants": json.dumps(variants or {}),
            },
            headers={"User-Agent": agent},
        )

    def _views(self):
        self.env.invalidate_all()
        return self.offer.view_ids

    def test_opening_without_the_script_is_unconfirmed(self):
        self.assertEqual(self._open().status_code, 200)
        self.assertRecordValues(self._views(), [{"is_confirmed": False, "seconds": 0}])
        self.assertEqual(self.offer.view_count, 0)
        self.assertEqual(self.offer.view_unconfirmed_count, 1)
        self.assertFalse(self.offer.view_text)

    def test_report_of_the_page_confirms_the_opening(self):
        self._open()
        variant = self.other_variant
        answer = self._report(4, {variant.id: 3, "7777777": 9, "x": 1})
        self.assertEqual(answer.status_code, 204)
        view = self._views()
        self.assertRecordValues(
            view, [{"is_confirmed": True, "seconds": 4, "open_count": 1}]
        )
        self.assertEqual(view.variant_ids.order_id, variant)
        self.assertEqual(view.variant_ids.seconds, 3)
        self.assertEqual(self.offer.view_count, 1)
        self.assertIn(variant.gestor_variant_name, self.offer.view_text)

    def test_reload_is_the_same_visit(self):
        self._open()
        self._open()
        self._report()
        self._report()
        view = self._views()
        self.assertRecordValues(view, [{"open_count": 2, "is_confirmed": True}])
        self.assertEqual(self.offer.view_count, 1)

    def test_machines_colleagues_and_prefetching_count_nothing(self):
        self._open(agent="Mozilla/5.0 (compatible; bingbot/2.0)")
        self._open(agent="")
        self._open(method="HEAD")
        self._open(**{"Sec-Purpose": "prefetch"})
        self._report(agent="curl/8.0")
        self.authenticate(self.salesperson.login, self.salesperson.login)
        self._open()
        self._report()
        self.assertFalse(self._views())

    def test_wrong_link_counts_nothing_and_tells_nothing(self):
        self.assertEqual(self._open(token="wrong").status_code, 404)
        self.assertEqual(self._report(token="wrong").status_code, 204)
        self.assertFalse(self._views())

    def test_browser_cannot_claim_more_time_than_has_passed(self):
        self._open()
        for seconds in (100000, "nan", -5, "x"):
            self._report(seconds, {self.proposed.id: seconds})
        self.assertLess(self._views().seconds, 30)
        self.assertLess(self._views().variant_ids.seconds, 30)

    def test_page_tells_the_client_unless_nothing_is_noted(self):
        self.assertIn("o_gestor_offer_seen", self._open().text)
        self.offer.company_id.is_gestor_offer_viewed = False
        self._views().unlink()
        self.assertNotIn("o_gestor_offer_seen", self._open().text)
        self._report()
        self.assertFalse(self._views())

    def test_too_many_reports_are_dropped(self):
        limit = self.env["gestor.rate.limit"]
        self.patch(type(limit), "_gestor_hit", lambda *args: False)
        self.assertEqual(self._report().status_code, 204)
        self.assertFalse(self._views())

    def test_client_with_an_account_reads_no_figures(self):
        offer = self.offer.with_user(self.client_user)
        names = [name for name in offer._fields if name.startswith("view_")]
        self.assertFalse([name for name in names if name in offer.fields_get()])
        self.assertFalse(offer.env["gestor.offer.view"].has_access("read"))
