from odoo import Command
from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferClassifier(GestorOffersCommon):
    def test_salesperson_filters_offers_by_classifier(self):
        classifier = self.env["gestor.classifier"].create({"name": "Departments"})
        nodes = self.env["gestor.classifier.node"]
        water = nodes.create({"name": "Water", "classifier_id": classifier.id})
        taps = nodes.create({"name": "Taps", "parent_id": water.id})
        heat = nodes.create({"name": "Heat", "classifier_id": classifier.id})
        self.products[0].product_tmpl_id.gestor_node_ids = taps
        self.products[1].product_tmpl_id.gestor_node_ids = heat
        offers = (
            self.env["gestor.offer"]
            .with_user(self.salesperson)
            .create(
                [
                    {
                        "partner_id": self.client.id,
                        "order_ids": [
                            Command.create(
                                {
                                    "order_line": [
                                        Command.create({"product_id": product.id})
                                        for product in goods
                                    ]
                                }
                            )
                        ],
                    }
                    for goods in (self.products[:2], self.products[1])
                ]
            )
        )
        for node, found in (
            (water, offers[0]),
            (heat, offers),
            (classifier.root_id, offers),
        ):
            with self.subTest(node=node.name):
                self.assertEqual(
                    offers.search(
                        [
                            ("id", "in", offers.ids),
                            ("gestor_node_ids", "child_of", node.id),
                        ]
                    ),
                    found,
                )
        self.assertEqual(offers[0].gestor_node_ids, taps | heat)
