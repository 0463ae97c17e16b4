from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestClassifier(GestorProductsCommon):
    """Two trees::

    Działy                 Marki (one node per good)
    ├─ Ogrzewanie          ├─ Płomyk
    │  └─ Kotły            └─ Iskra
    └─ Usługi
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.divisions = cls._create_classifier("Działy")
        cls.makes = cls._create_classifier("Marki", is_single=True)
        cls.heating = cls._create_node("Ogrzewanie", classifier_id=cls.divisions.id)
        cls.boilers = cls._create_node("Kotły", parent_id=cls.heating.id, code="KOT")
        cls.works = cls._create_node("Usługi", classifier_id=cls.divisions.id)
        cls.flame = cls._create_node("Płomyk", classifier_id=cls.makes.id)
        cls.spark = cls._create_node("Iskra", classifier_id=cls.makes.id)
        cls.boiler.gestor_node_ids = cls.boilers | cls.flame
        cls.service.gestor_node_ids = cls.boilers | cls.works

    @classmethod
    def _create_classifier(cls, name, **vals):
        return cls.env["gestor.classifier"].create({"name": name, **vals})

    @classmethod
    def _create_node(cls, name, **vals):
        return cls.env["gestor.classifier.node"].create({"name": name, **vals})

    def _find(self, field, node):
        goods = self.env["product.template"].with_user(self.reader)
        return goods.search(
            [(field, "child_of", node.id), ("id", "in", self.goods.ids)]
        )

    def _panel(self, user=None, **kwargs):
        goods = self.env["product.template"].with_user(user or self.reader)
        kwargs.setdefault("search_domain", [("id", "in", self.goods.ids)])
        result = goods.search_panel_select_range(
            "gestor_node_id",
            # what the client sends
            enable_counters=True,
            expand=False,
            hierarchize=True,
            limit=0,
            **kwargs,
        )
        self.assertEqual(result["parent_field"], "parent_id")
        return {value["id"]: value for value in result["values"]}

    # === The tree ===

    def test_nodes_without_parent_lie_under_the_root_of_their_classifier(self):
        root = self.divisions.root_id
        self.assertTrue(root.is_root)
        self.assertEqual(self.heating.parent_id, root)
        self.assertEqual(self.boilers.classifier_id, self.divisions)
        self.assertEqual(root.display_name, "Działy")
        self.assertEqual(self.boilers.display_name, "Działy / Ogrzewanie / Kotły")
        short = self.boilers.with_context(hierarchical_naming=False)
        self.assertEqual(short.display_name, "Kotły")
        self.assertEqual(self.divisions.node_count, 3)
        with_nodes = self._create_classifier(
            "Nodes at once",
            node_ids=[Command.create({"name": "A"}), Command.create({"name": "B"})],
        )
        self.assertEqual(with_nodes.node_count, 2)
        self.assertEqual(len(with_nodes.node_ids), 3)

    def test_names_follow_the_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.divisions.with_context(lang="pl_PL").name = "Działy sprzedaży"
        self.heating.with_context(lang="pl_PL").name = "Ciepło"
        self.assertEqual(
            self.boilers.with_context(lang="pl_PL").display_name,
            "Działy sprzedaży / Ciepło / Kotły",
        )
        self.assertEqual(self.boilers.display_name, "Działy / Ogrzewanie / Kotły")

    def test_subtree_moves_with_its_goods(self):
        self.heating.parent_id = self.works
        self.assertEqual(self._find("gestor_node_ids", self.works), self.goods)
        self.assertEqual(
            self.boilers.display_name, "Działy / Usługi / Ogrzewanie / Kotły"
        )
        self.heating.parent_id = False
        self.assertEqual(self.heating.parent_id, self.divisions.root_id)
        other = self._create_classifier("Inny")
        self.heating.parent_id = other.root_id
        self.assertEqual(self.boilers.classifier_id, other)

    def test_subtree_moves_into_another_classifier(self):
        self.works.classifier_id = self.makes
        self.assertEqual(self.works.parent_id, self.makes.root_id)
        with self.assertRaisesRegex(ValidationError, "one node of Marki only"):
            self.boilers.parent_id = self.makes.root_id

    def test_node_cannot_lie_in_itself(self):
        for parent in (self.heating, self.boilers):
            with self.subTest(parent=parent.name), self.assertRaises(UserError):
                self.heating.parent_id = parent

    def test_root_is_changed_with_its_classifier_only(self):
        root = self.divisions.root_id
        for change in (
            lambda: root.write({"parent_id": self.flame.id}),
            lambda: root.write({"classifier_id": self.makes.id}),
            lambda: root.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "Change the classifier"):
                change()

    def test_archived_branch_leaves_the_panel_and_comes_back(self):
        self.heating.active = False
        self.assertFalse(self.boilers.active)
        self.assertNotIn(self.boilers.id, self._panel())
        self.boilers.active = True
        self.assertTrue(self.heating.active)
        self.divisions.active = False
        self.assertNotIn(self.divisions.root_id.id, self._panel())
        self.assertIn(self.flame.id, self._panel())
        with self.assertRaisesRegex(UserError, "classifier back first"):
            self.boilers.active = True
        self.divisions.active = True
        self.assertTrue(self.boilers.active)

    def test_node_with_goods_below_is_not_deleted(self):
        for records in (self.heating, self.divisions, self.flame):
            with self.subTest(records=records), self.assertRaises(UserError):
                records.unlink()
        self.boiler.active = False
        self.service.gestor_node_ids = False
        with self.assertRaisesRegex(UserError, "Kocioł"):
            self.heating.unlink()
        self.boiler.gestor_node_ids = False
        self.heating.unlink()
        self.assertFalse(self.boilers.exists())
        self.divisions.unlink()
        self.assertFalse(self.works.exists())

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_in_its_classifier(self):
        self.flame.code = " KOT "
        self.assertEqual(self.flame.code, "KOT")
        (self.works | self.heating).write({"code": " "})
        self.assertFalse(self.works.code)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.works.code = "KOT"

    def test_copy_of_a_classifier_has_a_root_of_its_own(self):
        copy = self.divisions.copy()
        self.assertEqual(copy.name, "Działy (copy)")
        self.assertEqual(len(copy.node_ids), 1)
        self.assertNotEqual(copy.root_id, self.divisions.root_id)

    # === Goods ===

    def test_goods_are_found_under_every_node_above(self):
        for node, goods in (
            (self.divisions.root_id, self.goods),
            (self.heating, self.goods),
            (self.works, self.service),
            (self.flame, self.boiler),
            (self.spark, self.goods.browse()),
        ):
            for field in ("gestor_node_ids", "gestor_node_id"):
                with self.subTest(node=node.display_name, field=field):
                    self.assertEqual(self._find(field, node), goods)
        variants = self.env["product.product"].with_user(self.reader)
        self.assertEqual(
            variants.search([("gestor_node_ids", "child_of", self.works.id)]),
            self.service.product_variant_id,
        )

    def test_panel_shows_trees_and_counts_goods_once(self):
        panel = self._panel()
        counts = {
            panel[node.id]["display_name"]: panel[node.id]["__count"]
            for node in (
                self.divisions.root_id | self.heating | self.boilers | self.works
            )
        }
        self.assertEqual(
            counts, {"Działy": 2, "Ogrzewanie": 2, "Kotły": 2, "Usługi": 1}
        )
        self.assertEqual(panel[self.boilers.id]["parent_id"], self.heating.id)
        narrow = self._panel(filter_domain=[("type", "=", "service")])
        self.assertEqual(narrow[self.heating.id]["__count"], 1)
        self.assertEqual(narrow[self.flame.id]["__count"], 0)
        self.assertEqual(self.heating.product_count, 2)

    def test_one_place_per_good_where_the_classifier_says_so(self):
        for change in (
            lambda: self.boiler.write(
                {"gestor_node_ids": [Command.link(self.spark.id)]}
            ),
            lambda: self.spark.write(
                {"product_tmpl_ids": [Command.link(self.boiler.id)]}
            ),
        ):
            with self.assertRaisesRegex(ValidationError, "one node of Marki only"):
                change()
        with self.assertRaisesRegex(ValidationError, "one node of Działy only"):
            self.divisions.is_single = True
        self.service.gestor_node_ids -= self.works
        self.divisions.is_single = True

    def test_editor_assigns_many_goods_at_once(self):
        assign = self.env["gestor.classifier.assign"].with_user(self.editor)
        assign = assign.with_context(
            active_model="product.template", active_ids=self.goods.ids
        )
        with Form(assign) as form:
            form.node_ids.add(self.spark)
        form.record.action_assign()
        # the boiler left the other make, the divisions stayed
        self.assertEqual(self.boiler.gestor_node_ids, self.boilers | self.spark)
        self.assertIn(self.spark, self.service.gestor_node_ids)
        assign.create({"mode": "replace", "node_ids": self.heating.ids}).action_assign()
        self.assertEqual(self.service.gestor_node_ids, self.heating | self.spark)
        assign.create(
            {"mode": "remove", "node_ids": (self.heating | self.spark).ids}
        ).action_assign()
        self.assertFalse(self.goods.gestor_node_ids)

    # === Rights, companies, speed ===

    def test_reader_sees_the_trees_and_changes_nothing(self):
        node = self.boilers.with_user(self.reader)
        self.assertEqual(node.product_count, 2)
        for change in (
            lambda: node.write({"name": "X"}),
            lambda: node.create({"name": "X", "parent_id": node.id}),
            lambda: self.divisions.with_user(self.reader).unlink(),
            lambda: self.boiler.with_user(self.reader).write(
                {"gestor_node_ids": False}
            ),
            lambda: (
                self.env["gestor.classifier.assign"]
                .with_user(self.reader)
                .create({"node_ids": node.ids, "product_tmpl_ids": self.goods.ids})
            ),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_classifier_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other company"})
        theirs = self._create_classifier("Theirs", company_id=other.id)
        node = self._create_node("Their node", classifier_id=theirs.id)
        self.boiler.gestor_node_ids += node
        self.assertEqual(node.company_id, other)
        self.assertNotIn(theirs.root_id.id, self._panel())
        seen = self.boiler.with_user(self.reader)
        self.env.invalidate_all()
        self.assertEqual(seen.gestor_node_ids, self.boilers | self.flame)

    def test_portal_user_reads_goods_without_the_classifiers(self):
        portal = self._create_user("portal", "base.group_portal")
        fields = self.env["product.template"].with_user(portal).fields_get()
        self.assertNotIn("gestor_node_ids", fields)
        self.assertNotIn("gestor_node_id", fields)

    def test_panel_and_list_need_the_same_queries_for_more_nodes(self):
        def count_queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._panel(search_domain=[])
            self.env["gestor.classifier.node"].with_user(self.reader).web_search_read(
                [], {"display_name": {}, "code": {}, "product_count": {}}
            )
            return self.cr.sql_log_count - before

        count_queries()
        few = count_queries()
        nodes = self.env["gestor.classifier.node"].create(
            [{"name": f"N{n}", "parent_id": self.works.id} for n in range(60)]
        )
        self.goods.gestor_node_ids += nodes
        self.assertLessEqual(count_queries(), few)
