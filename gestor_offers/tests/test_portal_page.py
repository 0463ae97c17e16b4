from odoo import Command, fields
from odoo.tests import tagged

from .portal_common import GestorOffersPortalCommon


@tagged("post_install", "-at_install")
class TestPortalPage(GestorOffersPortalCommon):
    # === The page ===

    def test_client_without_account_compares_the_variants(self):
        self.client.lang = "en_US"
        response = self._get(token=self.token)
        words = self._words(response)
        self.assertEqual(response.status_code, 200)
        self.assertIn(self.offer.name, words)
        self.assertIn("Comparison of variants", words)
        for order in self.offer.order_ids:
            self.assertIn(order.gestor_variant_name, words)
        self.assertEqual(response.text.count('class="o_gestor_offer_accept '), 2)
        self.assertIn("(+100.0%)", words)
        self.assertIn("Decline the offer", words)

    def test_link_is_neither_cached_nor_passed_on(self):
        response = self._get(token=self.token)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")

    def test_page_speaks_the_language_of_the_client(self):
        headers = {"Accept-Language": "en-US"}
        url = f"/my/offers/{self.offer.id}?access_token={self.token}"
        response = self.url_open(url, headers=headers)
        self.assertIn('lang="pl-PL"', response.text)
        self.assertIn("Porównanie wariantów", response.text)
        self.client.lang = "en_US"
        response = self.url_open(url, headers={"Accept-Language": "pl-PL"})
        self.assertIn('lang="en-US"', response.text)
        self.assertIn("Comparison of variants", response.text)

    def test_client_downloads_the_pdf_in_the_language_of_the_client(self):
        response = self._get(token=self.token, report_type="pdf", download=1)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        disposition = response.headers["Content-Disposition"]
        self.assertIn("attachment", disposition)
        self.assertIn("Oferta", disposition)
        self.assertIn(self.offer.name.replace("/", "_"), disposition)

    def test_company_of_the_offer_heads_the_page(self):
        company = self.env["res.company"].create(
            {"name": "Second company", "primary_color": "#aa1122"}
        )
        offer = self._create_offer_in(company)
        response = self._get(offer, token=offer._portal_ensure_token())
        self.assertIn("Second company", self._words(response))
        self.assertIn("#aa1122", response.text)
        self.assertIn(f"/logo.png?company={company.id}", response.text)

    def _create_offer_in(self, company):
        """Create a sent offer of another company in its own currency."""
        offers = self.env["gestor.offer"].with_context(allowed_company_ids=[company.id])
        offer = offers.create(
            {
                "partner_id": self.client.id,
                "user_id": False,
                "order_ids": [Command.create(self._prepare_variant_vals())],
            }
        )
        offer.action_prepare()
        offer.action_mark_sent()
        return offer

    def test_expired_offer_is_readable_but_closed(self):
        self.client.lang = "en_US"
        self.offer.date_from = fields.Date.subtract(fields.Date.today(), days=9)
        self.offer.date_to = fields.Date.subtract(fields.Date.today(), days=2)
        response = self._get(token=self.token)
        self.assertEqual(response.status_code, 200)
        self.assertIn("This offer expired on", self._words(response))
        self.assertNotIn("o_gestor_offer_accept", response.text)
        self.assertNotIn("/decline", response.text)

    def test_variant_without_lines_has_no_button(self):
        self.offer.action_reset_to_draft()
        self.other_variant.order_line.unlink()
        self.offer.with_context(tracking_disable=True).state = "sent"
        response = self._get(token=self.offer.access_token)
        self.assertEqual(response.text.count('class="o_gestor_offer_accept '), 1)

    def test_seller_sees_a_preview_without_answers(self):
        self.salesperson.lang = "en_US"
        self.authenticate(self.salesperson.login, self.salesperson.login)
        response = self._get(token=self.token)
        self.assertEqual(response.status_code, 200)
        self.assertIn(f"/odoo/gestor.offer/{self.offer.id}", response.text)
        self.assertNotIn("o_gestor_offer_accept", response.text)
        self.assertNotIn("/decline", response.text)
        # the page speaks the client's language, the hint the seller's
        self.assertIn("Porównanie wariantów", response.text)
        self.assertIn("This is a preview of what the client sees.", response.text)

    def test_opening_the_page_leaves_no_messages(self):
        before = self.offer.message_ids
        self._get(token=self.token)
        self._get(token=self.token)
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.message_ids, before)

    def test_queries_do_not_grow_with_the_lines(self):
        small = self._create_sent_offer(variants=2)
        vals = self._prepare_variant_vals(products=list(self.products) * 12)
        large = self._create_sent_offer(
            order_ids=[Command.create(vals), Command.create(dict(vals))]
        )
        presentation = self.env["report.gestor_offers.gestor_offer_report"]

        def count(offer):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            presentation._gestor_view(offer)
            return self.cr.sql_log_count - before

        count(small)
        self.assertLessEqual(count(large), count(small) + 2)
        self.assertLessEqual(count(large), 45)

    # === Who gets in ===

    def test_forged_link_tells_nothing(self):
        self.assertNothingTold(self._get(token="0" * 36))

    def test_link_without_token_tells_nothing(self):
        self.assertNothingTold(self._get())

    def test_unknown_offer_looks_like_a_forged_link(self):
        forged = self._get(token="x")
        unknown = self.url_open("/my/offers/999999999?access_token=x")
        self.assertEqual(unknown.status_code, 404)
        self.assertEqual(self._words(unknown), self._words(forged))

    def test_old_link_of_a_withdrawn_offer_tells_nothing(self):
        self.offer.action_reset_to_draft()
        self.assertNothingTold(self._get(token=self.token))
        # the new link does not open a draft either
        self.assertNothingTold(self._get(token=self.offer.access_token))
        self.offer.action_prepare()
        self.assertNothingTold(self._get(token=self.offer.access_token))

    def test_guessing_links_is_stopped(self):
        for _try in range(30):
            self._get(token="guess")
        self.assertEqual(self._get(token="guess").status_code, 429)
        # who has the link is not locked out by others behind the same address
        self.assertEqual(self._get(token=self.token).status_code, 200)

    def test_account_of_another_client_is_refused(self):
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNothingTold(self._get())
        response = self._get(report_type="pdf")
        self.assertNothingTold(response)

    def test_account_of_the_client_needs_no_token(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        response = self._get()
        self.assertEqual(response.status_code, 200)
        # an account keeps its own language
        self.assertIn("Comparison of variants", response.text)

    def test_seller_of_another_offer_needs_the_link(self):
        login = self.other_salesperson.login
        self.authenticate(login, login)
        self.assertNothingTold(self._get())

    # === The list ===

    def test_client_lists_own_sent_offers_only(self):
        draft = self._create_offer()
        foreign = self._create_sent_offer(partner_id=self.other_client.id)
        self.authenticate(self.client_user.login, self.client_user.login)
        for sortby in ("date", "validity", "name", "state", "nonsense"):
            words = self._words(self.url_open(f"/my/offers?sortby={sortby}"))
            self.assertIn(self.offer.name, words)
            self.assertNotIn(draft.name, words)
            self.assertNotIn(foreign.name, words)

    def test_list_has_pages(self):
        numbers = {self.offer.name}
        numbers |= set(self._create_sent_offer(variants=1).mapped("name"))
        self.patch(self._portal_controller(), "_items_per_page", 1)
        self.authenticate(self.client_user.login, self.client_user.login)
        first = self._words(self.url_open("/my/offers"))
        second = self._words(self.url_open("/my/offers/page/2"))
        found = [[name for name in numbers if name in text] for text in (first, second)]
        self.assertEqual([len(names) for names in found], [1, 1])
        self.assertEqual(set(sum(found, [])), numbers)

    def _portal_controller(self):
        from odoo.addons.portal.controllers.portal import CustomerPortal

        return CustomerPortal

    def test_list_asks_strangers_to_sign_in(self):
        response = self.url_open("/my/offers")
        self.assertIn("/web/login", response.url)

    def test_portal_home_counts_the_offers(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["gestor_offer_count", "quotation_count"]}
        )
        self.assertEqual(counters["gestor_offer_count"], 1)
        self.assertEqual(counters["quotation_count"], 0)
