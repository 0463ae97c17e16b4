from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorOffersCommon

HOLIDAY = {"date_from": "2026-07-06", "date_to": "2026-07-17"}


@tagged("post_install", "-at_install")
class TestOfferPeople(GestorOffersCommon):
    """Participants, substitutes and viewers of processes, offers and variants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._create_process()
        cls.offer = cls._create_offer(process_id=cls.process.id)
        cls.colleague = cls.other_salesperson
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        names = ("ir_rule", "ir_model")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{n}" for n in names)))

    def _documents(self, user):
        """Return the process, the offer, its variants and their lines."""
        orders = self.offer.order_ids.sudo()
        documents = (self.process, self.offer, orders, orders.order_line)
        return [records.with_user(user) for records in documents]

    def _assert_access(self, user, **allowed):
        self.env.invalidate_all()
        for records in self._documents(user):
            for operation, expected in allowed.items():
                with self.subTest(model=records._name, operation=operation):
                    self.assertEqual(records.has_access(operation), expected)
            found = records.search([("id", "in", records.ids)])
            self.assertEqual(bool(found), allowed["read"])

    def test_participant_reads_the_offer_with_its_variants(self):
        self._assert_access(self.colleague, read=False, write=False)
        for document in (self.process, self.offer):
            document.with_user(self.salesperson).gestor_participant_ids = [
                Command.create({"user_id": self.colleague.id})
            ]
        self._assert_access(self.colleague, read=True, write=False, unlink=False)
        with self.assertRaises(AccessError):
            self.offer.with_user(self.colleague).action_prepare()

    @freeze_time("2026-07-10 12:00:00")
    def test_substitute_prepares_and_sends_the_offer(self):
        self.env["gestor.substitution"].with_user(self.salesperson).create(
            {"substitute_id": self.colleague.id, **HOLIDAY}
        )
        self._assert_access(self.colleague, read=True, write=True)
        offer = self.offer.with_user(self.colleague)
        offer.action_add_variant()
        variant = offer.order_ids[-1]
        variant.write(
            {"order_line": [Command.create({"product_id": self.products[0].id})]}
        )
        self.assertEqual(variant.user_id, self.salesperson)
        offer.action_prepare()
        offer.action_mark_sent()
        offer.action_accept(variant)
        self.assertEqual(offer.state, "accepted")
        made = offer.create(
            {"partner_id": self.client.id, "user_id": self.salesperson.id}
        )
        self.assertEqual(made.user_id, self.salesperson)
        with freeze_time("2026-07-18 12:00:00"):
            self._assert_access(self.colleague, read=False, write=False)
            self.assertFalse(made.has_access("read"))

    def test_merged_process_keeps_the_participants(self):
        other = self._create_process()
        for process in (self.process, other):
            process.gestor_participant_ids = [
                Command.create({"user_id": self.colleague.id})
            ]
        merged = (
            (self.process | other).with_user(self.offer_manager).merge_opportunity()
        )
        self.assertEqual(merged.gestor_participant_ids.user_id, self.colleague)
        self.assertEqual(len(merged.gestor_participant_ids), 1)

    def test_viewer_opens_every_screen_and_changes_nothing(self):
        viewer = self._create_user("viewer", "gestor_base.gestor_base_group_viewer")
        for records in self._documents(viewer):
            self.assertTrue(records.has_access("read"))
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=records._name, operation=operation):
                    self.assertFalse(records.has_access(operation))
        screens = [
            (self.process, ("form", "kanban", "list")),
            (self.offer, ("form", "kanban", "list")),
            (self.offer.order_ids[0], ("list", "kanban")),
            (self.client, ("form",)),
            (self.products[0].product_tmpl_id, ("form",)),
        ]
        for record, view_types in screens:
            for view_type in view_types:
                with self.subTest(model=record._name, view_type=view_type):
                    self._open(record.with_user(viewer), view_type)
        menus = self.env["ir.ui.menu"].with_user(viewer)._visible_menu_ids()
        self.assertIn(self.env.ref("gestor_offers.gestor_offer_menu").id, menus)

    def _open(self, record, view_type):
        """Read what a screen of the record reads, lines included."""
        arch = etree.fromstring(record.get_view(view_type=view_type)["arch"])
        spec = {}
        for node in arch.xpath("//field[not(ancestor::field)]"):
            lines = node.xpath("./list/field/@name")
            spec[node.get("name")] = (
                {"fields": dict.fromkeys(lines, {})} if lines else {}
            )
        self.assertTrue(record.web_read(spec))

    def test_roles_give_the_rights_of_offers(self):
        for role, group in (
            ("salesperson", "gestor_offers.gestor_offers_group_own"),
            ("manager", "gestor_offers.gestor_offers_group_manager"),
            ("administrator", "base.group_system"),
        ):
            user = self._create_user(f"role_{role}", "base.group_user")
            role = self.env.ref(f"gestor_base.role_{role}")
            role.line_ids = [Command.create({"user_id": user.id})]
            self.assertTrue(user.has_group(group), role.name)
        salesperson = self.env.ref("gestor_base.role_salesperson").role_user_ids
        offer = self.env["gestor.offer"].with_user(salesperson)
        self.assertEqual(
            offer.create({"partner_id": self.client.id}).user_id, salesperson
        )
