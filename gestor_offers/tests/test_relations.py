from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import Form, HttpCase, tagged

from .common import GestorOffersCommon


class RelationsCommon(GestorOffersCommon):
    """A client with a process, an offer of two variants, an order and an invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._create_process(date_deadline=Date.today())
        cls.offer = cls._create_sent_offer(process_id=cls.process.id)
        cls.variants = cls.offer.order_ids
        cls.person = cls._create_client(
            name="Representative", parent_id=cls.client.id, is_company=False
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.person.id,
                "user_id": cls.salesperson.id,
                **cls._prepare_variant_vals(),
            }
        )
        cls.order.action_confirm()
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()
        cls.env.flush_all()

    def _levels(self, record, user=None):
        model = self.env["gestor.relation.map"].with_user(user or self.salesperson)
        return {
            (node["model"], node["id"]): node["level"]
            for node in model.get_map(record._name, record.id)["nodes"]
        }

    def _panel(self, record, user=None):
        panel = self.env["gestor.info"].with_user(user or self.salesperson)
        return panel.get_info(record._name, record.id)

    def _assert_level(self, levels, level, *records):
        for record in records:
            for one in record:
                self.assertEqual(levels.get((one._name, one.id)), level, one)


@tagged("post_install", "-at_install")
class TestRelationMap(RelationsCommon):
    def test_process_leads_to_offers_and_their_variants(self):
        levels = self._levels(self.process)
        self._assert_level(levels, 1, self.offer, self.client)
        self._assert_level(levels, 2, self.variants, self.order, self.person)

    def test_offer_leads_to_process_client_and_variants(self):
        levels = self._levels(self.offer)
        self._assert_level(levels, 1, self.process, self.client, self.variants)
        self._assert_level(levels, 2, self.order, self.person, self.invoice)

    def test_order_leads_to_its_invoices_and_back(self):
        self._assert_level(self._levels(self.order), 1, self.invoice, self.client)
        self._assert_level(self._levels(self.invoice), 1, self.order, self.client)

    def test_client_leads_to_documents_of_his_representatives(self):
        levels = self._levels(self.client)
        self._assert_level(
            levels, 1, self.process, self.offer, self.order, self.invoice, self.person
        )
        self._assert_level(levels, 2, self.variants)

    def test_other_salesperson_sees_no_foreign_documents(self):
        levels = self._levels(self.client, self.other_salesperson)
        self._assert_level(levels, 1, self.person)
        documents = self.process, self.offer, self.order, self.invoice
        self._assert_level(levels, None, *documents)
        with self.assertRaises(AccessError):
            self._levels(self.offer, self.other_salesperson)

    def test_nodes_say_what_they_are(self):
        model = self.env["gestor.relation.map"].with_user(self.salesperson)
        nodes = {
            (node["model"], node["id"]): node
            for node in model.get_map("gestor.offer", self.offer.id)["nodes"]
        }
        offer = nodes["gestor.offer", self.offer.id]
        self.assertEqual(offer["label"], "Offer")
        self.assertIn("Sent", offer["info"])
        self.assertNotIn(self.client.name, offer["info"], "he is on the map anyway")
        person = nodes["res.partner", self.person.id]
        self.assertEqual(person["name"], "Representative")
        self.assertEqual(nodes["account.move", self.invoice.id]["label"], "Invoice")


@tagged("post_install", "-at_install")
class TestInfoPanel(RelationsCommon):
    def _matters(self, record, user=None):
        sections = {
            section["key"]: section["rows"]
            for section in self._panel(record, user)["sections"]
        }
        return {(row["model"], row["id"]): row for row in sections.get("offers", [])}

    def test_panel_of_the_client_tells_open_matters(self):
        matters = self._matters(self.client)
        self.assertEqual(
            set(matters),
            {("crm.lead", self.process.id), ("gestor.offer", self.offer.id)},
        )
        self.assertFalse(matters["gestor.offer", self.offer.id]["is_late"])

    def test_panel_of_a_document_tells_the_others(self):
        self.assertEqual(
            set(self._matters(self.offer)), {("crm.lead", self.process.id)}
        )
        self.offer._gestor_accept(self.variants[0])
        self.assertFalse(self._matters(self.process))

    def test_late_matters_are_marked(self):
        self.process.date_deadline = Date.subtract(Date.today(), days=1)
        row = self._matters(self.client)["crm.lead", self.process.id]
        self.assertTrue(row["is_late"])

    def test_panel_tells_the_kind_of_the_client(self):
        self.client.gestor_kind = "standard"
        facts = self._panel(self.offer)["client"]["facts"]
        self.assertEqual(facts[0]["value"], "Standard")

    def test_other_salesperson_is_told_nothing_foreign(self):
        self.assertFalse(self._matters(self.client, self.other_salesperson))


@tagged("post_install", "-at_install")
class TestFlags(RelationsCommon):
    """Each kind of document is flagged from the form, the list and the cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flag = cls.env.ref("gestor_base.gestor_flag_urgent")
        cls.kinds = {
            "res.partner": cls.client | cls.other_client,
            "crm.lead": cls.process | cls._create_process(),
            "gestor.offer": cls.offer | cls._create_offer(),
            "product.template": cls.products[:2].product_tmpl_id,
        }

    def test_flag_is_set_on_many_from_list_and_cards(self):
        for model, documents in self.kinds.items():
            actions = self.env["ir.actions.act_window"].search(
                [
                    ("res_model", "=", "gestor.flag.set"),
                    ("binding_model_id.model", "=", model),
                ]
            )
            with self.subTest(model=model):
                self.assertEqual(len(actions), 1)
                self.assertEqual(actions.binding_view_types, "list,kanban,form")
                dialog = self.env["gestor.flag.set"].with_context(
                    active_model=model, active_ids=documents.ids
                )
                dialog.create({"flag_id": self.flag.id}).action_apply()
                self.assertEqual(documents.gestor_flag_id, self.flag)

    def test_lists_filter_and_group_by_flag(self):
        views = {
            "res.partner": "gestor_partners.res_partner_view_search",
            "crm.lead": "gestor_offers.crm_lead_view_search",
            "gestor.offer": "gestor_offers.gestor_offer_view_search",
            "product.template": "gestor_products.product_template_view_search",
        }
        for model, view in views.items():
            arch = self.env[model].get_view(self.env.ref(view).id, "search")["arch"]
            with self.subTest(model=model):
                self.assertIn("[('gestor_flag_id', '!=', False)]", arch)
                self.assertIn("{'group_by': 'gestor_flag_id'}", arch)
                self.assertIn('<field name="gestor_flag_id"', arch)

    def test_flag_is_set_in_the_form(self):
        offer = self.offer.with_user(self.salesperson)
        with Form(offer) as form:
            form.gestor_flag_id = self.flag
            form.gestor_flag_note = "Today"
        self.assertRecordValues(
            offer,
            [
                {
                    "gestor_flag_id": self.flag.id,
                    "gestor_flag_note": "Today",
                    "gestor_flag_user_id": self.salesperson.id,
                }
            ],
        )


@tagged("post_install", "-at_install")
class TestRelationMapTour(HttpCase, RelationsCommon):
    def test_salesperson_goes_from_an_offer_over_the_map_to_the_client(self):
        self.salesperson.write({"lang": "pl_PL"})
        self.start_tour(
            f"/odoo/m-gestor.offer/{self.offer.id}",
            "gestor_relation_map",
            login=self.salesperson.login,
        )
