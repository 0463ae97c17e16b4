from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import GestorOffersCommon

NIP = "5252144764"


class SearchCommon(GestorOffersCommon):
    """One record of each kind, all of one client with a rare name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.write(
            {
                "name": "Zakład Gżegżółka",
                "vat": f"PL{NIP}",
                "phone": "+48 22 987 65 43",
                "email": "biuro@gzegzolka.example.com",
            }
        )
        cls.process = cls._create_process(name="Wdrożenie kżyk")
        cls.offer = cls._create_sent_offer(variants=1)
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.client.id,
                "user_id": cls.salesperson.id,
                "client_order_ref": "ZAM/77-QX",
                "order_line": [Command.create({"product_id": cls.products[0].id})],
            }
        )
        cls.order.action_confirm()
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()
        cls.goods = cls.products[4].product_tmpl_id
        cls.goods.write(
            {"default_code": "KZ-90210", "gestor_manufacturer_code": "MNF-555-7"}
        )
        cls.env.flush_all()

    def _search(self, text, user=None):
        search = self.env["gestor.search"].with_user(user or self.salesperson)
        return search.search_everywhere(text)

    def _found(self, text, user=None):
        return {(hit["model"], hit["id"]) for hit in self._search(text, user)}

    def _key(self, record):
        return record._name, record.id


@tagged("post_install", "-at_install")
class TestSearchEverywhere(SearchCommon):
    def test_salesperson_finds_each_kind_by_its_number(self):
        for record, text in (
            (self.client, "żegżół"),
            (self.process, "KŻYK"),
            (self.offer, self.offer.name),
            (self.order, self.order.name),
            (self.order, "zam/77"),
            (self.invoice, self.invoice.name),
            (self.goods, "kz-902"),
            (self.goods, "mnf-555"),
        ):
            with self.subTest(text=text):
                self.assertIn(self._key(record), self._found(text))

    def test_salesperson_finds_client_and_documents_by_nip_phone_and_email(self):
        expected = {
            self._key(record)
            for record in (self.client, self.process, self.offer, self.invoice)
        }
        for text in (
            NIP,
            "525-21-44-764",
            "PL 525 214 47 64",
            "22 987 65",
            "+48229876543",
            "biuro@gzeg",
        ):
            with self.subTest(text=text):
                found = self._found(text)
                self.assertLessEqual(expected, found)
                self.assertNotIn(self._key(self.other_client), found)

    def test_process_without_client_is_found_by_its_own_data(self):
        lead = self._create_process(
            name="Zapytanie",
            partner_id=False,
            contact_name="Nowak Brzęczysław",
            email_from="nowak@brzecz.example.com",
            phone="+48 601 777 888",
        )
        for text in ("brzęcz", "nowak@brzecz", "601 777 888", "+48601777888"):
            with self.subTest(text=text):
                self.assertIn(self._key(lead), self._found(text))

    def test_hits_stand_in_the_order_of_their_kinds(self):
        kinds = [hit["model"] for hit in self._search(NIP)]
        order = ["res.partner", "crm.lead", "gestor.offer", "sale.order"]
        order += ["account.move", "product.template"]
        self.assertEqual(kinds, sorted(kinds, key=order.index))

    def test_hit_says_what_it_is_in_polish(self):
        self.salesperson.lang = "pl_PL"
        search = self.env["gestor.search"].with_user(self.salesperson)
        hits = search.with_context(lang="pl_PL").search_everywhere(self.offer.name)
        hit = next(hit for hit in hits if hit["model"] == "gestor.offer")
        self.assertEqual(hit["title"], self.offer.display_name)
        self.assertIn("Zakład Gżegżółka", hit["subtitle"])
        self.assertIn("przekazana klientowi", hit["subtitle"].lower())

    def test_exact_number_comes_first_whatever_is_newer(self):
        self.order.name = "QQ1"
        newer = self.order.create(
            [
                {
                    "name": f"QQ1{number}",
                    "partner_id": self.other_client.id,
                    "user_id": self.salesperson.id,
                }
                for number in range(7)
            ]
        )
        orders = [hit for hit in self._search("qq1") if hit["model"] == "sale.order"]
        self.assertEqual(orders[0]["id"], self.order.id)
        self.assertEqual(len(orders), 5)
        self.assertLessEqual({hit["id"] for hit in orders[1:]}, set(newer.ids))

    def test_other_salesperson_finds_no_foreign_documents(self):
        found = self._found(NIP, self.other_salesperson)
        self.assertIn(self._key(self.client), found)
        for record in (self.process, self.offer, self.order, self.invoice):
            self.assertNotIn(self._key(record), found)
        self.assertIn(self._key(self.offer), self._found(NIP, self.offer_manager))

    def test_user_of_another_company_finds_nothing_of_this_one(self):
        company = self.env["res.company"].create({"name": "Druga firma"})
        stranger = self._create_user(
            "gestor_offers_stranger",
            "gestor_offers.gestor_offers_group_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.client.company_id = self.company
        for text in (NIP, self.offer.name, self.order.name, self.invoice.name):
            with self.subTest(text=text):
                found = self._found(text, stranger)
                for record in (self.client, self.offer, self.order, self.invoice):
                    self.assertNotIn(self._key(record), found)

    def test_journal_entries_are_no_invoices(self):
        entry = self.env["account.move"].create(
            {"move_type": "entry", "ref": "Przeksięgowanie XYZ77"}
        )
        self.assertNotIn(
            self._key(entry), self._found("Przeksięgowanie XYZ77", self.offer_manager)
        )

    def test_number_of_queries_does_not_depend_on_what_is_found(self):
        def count(text):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            hits = self._search(text)
            return self.env.cr.sql_log_count - before, len(hits)

        count("example")  # fills the caches
        queries, hits = count(self.process.name)
        self._create_client(name="Gżegżółka 2", vat=f"PL{NIP}")
        for _number in range(6):
            self._create_process(name="Gżegżółka proces")
            self._create_offer(variants=1)
        many_queries, many_hits = count("gżegżółka")
        self.assertGreater(many_hits, hits + 5)
        # names of clients, stages, guardians: read once for all hits of a kind
        self.assertLessEqual(many_queries, queries + 16)
        self.assertLessEqual(many_queries, 60)


@tagged("post_install", "-at_install")
class TestSearchTour(SearchCommon, HttpCase):
    def test_salesperson_finds_an_offer_from_the_bar(self):
        self.offer.name = "OF/TOUR/0001"
        self.salesperson.lang = "pl_PL"
        # from a page that loads nothing more and takes no focus by itself
        self.start_tour(
            f"/odoo/res.partner/{self.other_client.id}",
            "gestor_search_everywhere",
            login="gestor_offers_own",
        )
