from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TestGestorCommon

LINK_MODULE = "odoo.addons.gestor_base.models.gestor_link"


@tagged("post_install", "-at_install")
class TestLinks(TestGestorCommon):
    def setUp(self):
        super().setUp()
        self.own = self.papers.with_user(self.anna)
        self.own_secret = self.secret.with_user(self.anna)

    def test_link_is_seen_from_both_sides(self):
        self.own[0]._gestor_link(self.own_secret, kind="proof", note="See page 2")
        self.assertEqual(
            self.own[0]._gestor_linked(), {"test.gestor.secret": self.secret}
        )
        self.assertEqual(
            self.own_secret._gestor_linked("test.gestor.document"), self.papers[0]
        )
        self.assertFalse(self.own[1]._gestor_linked())

    def test_linking_twice_and_from_the_other_side_keeps_one_edge(self):
        edge = self.own[0]._gestor_link(self.own_secret)
        again = self.own_secret._gestor_link(self.own[0], kind="proof")
        self.assertEqual(edge, again)
        self.assertRecordValues(edge, [{"kind": "proof", "note": False}])
        self.own[0]._gestor_link(self.own_secret)
        self.assertEqual(edge.kind, "proof", "a plain link keeps what is known")

    def test_link_of_many_with_many_makes_all_pairs(self):
        edges = self.own._gestor_link(self.foreign_papers)
        self.assertEqual(len(edges), 4)
        self.assertEqual(len(self.own._gestor_link(self.foreign_papers)), 4)
        self.assertEqual(
            self.own[0]._gestor_linked("test.gestor.document"), self.foreign_papers
        )

    def test_documents_of_one_model_link_with_each_other(self):
        self.own[1]._gestor_link(self.own[0])
        self.assertEqual(
            self.own[0]._gestor_linked("test.gestor.document"), self.papers[1]
        )
        self.assertEqual(self.own._gestor_linked("test.gestor.document"), self.papers)

    def test_document_is_not_linked_with_itself(self):
        with self.assertRaises(ValidationError):
            self.own[0]._gestor_link(self.own[0])

    def test_only_documents_are_linked(self):
        with self.assertRaises(ValidationError):
            self.env["gestor.link"].create(
                {
                    "model_a": "test.gestor.document",
                    "res_id_a": self.papers[0].id,
                    "model_b": "res.lang",
                    "res_id_b": 1,
                }
            )

    def test_database_refuses_wrong_order_and_second_edge(self):
        edge = self.own[0]._gestor_link(self.own[1])
        edge.flush_recordset()
        columns = "model_a, res_id_a, model_b, res_id_b"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                f"INSERT INTO gestor_link ({columns}) "
                f"SELECT model_b, res_id_b, model_a, res_id_a FROM gestor_link "
                f"WHERE id = %s",
                [edge.id],
            )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                f"INSERT INTO gestor_link ({columns}) "
                f"SELECT {columns} FROM gestor_link WHERE id = %s",
                [edge.id],
            )

    def test_ends_of_an_edge_never_change(self):
        edge = self.own[0]._gestor_link(self.own[1])
        with self.assertRaises(UserError):
            edge.res_id_b = self.papers[0].id
        edge.note = "A note may change"
        self.assertEqual(edge.note, "A note may change")

    def test_deleted_document_takes_its_edges_along(self):
        self.own._gestor_link(self.own_secret)
        self.foreign_secret._gestor_link(self.papers)
        self.own[0].unlink()
        edges = self.env["gestor.link"].search([])
        self.assertEqual(
            {
                edge.id
                for edge in edges
                if "test.gestor.document" in edge._get_ends()[0]
            },
            {
                edge.id
                for edge in edges
                if edge._get_ends()[0] == ("test.gestor.document", self.papers[1].id)
            },
        )
        self.assertFalse(
            self.secret._gestor_linked("test.gestor.document") - self.papers[1]
        )

    def test_document_deleted_behind_our_back_is_not_shown(self):
        edge = self.own[0]._gestor_link(self.own_secret)
        self.cr.execute(
            "DELETE FROM test_gestor_secret WHERE id = %s", [self.secret.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self.own[0]._gestor_linked("test.gestor.secret"))
        self.assertFalse(edge.search([("id", "=", edge.id)]))
        self.assertFalse(edge._filtered_access("read"))

    def test_edges_of_records_deleted_by_the_database_are_cleaned_up(self):
        dead = self.own[0]._gestor_link(self.own_secret)
        kept = self.own[0]._gestor_link(self.own[1])
        gone = self.own[1]._gestor_link(self.foreign_papers[0])
        self.env.flush_all()
        self.cr.execute(
            "DELETE FROM test_gestor_secret WHERE id = %s", [self.secret.id]
        )
        # as an uninstalled addon leaves it
        self.cr.execute(
            "UPDATE gestor_link SET model_b = 'zzz.gone' WHERE id = %s", [gone.id]
        )
        self.env.invalidate_all()
        links = self.env["gestor.link"]
        self.assertEqual(links._gc_dead_ends(), (2, False))
        self.assertEqual((dead | kept | gone).exists(), kept)
        self.assertEqual(links._gc_dead_ends(), (0, False))

    def test_cleaning_stops_after_a_batch(self):
        papers = self._create_papers(self.anna, 3)
        papers._gestor_link(self.secret)
        self.env.flush_all()
        self.cr.execute("DELETE FROM test_gestor_secret")
        self.env.invalidate_all()
        links = self.env["gestor.link"]
        with patch(f"{LINK_MODULE}.GC_BATCH", 2):
            self.assertEqual(links._gc_dead_ends(), (2, True))
            self.assertEqual(links._gc_dead_ends(), (1, False))

    def test_counter_counts_both_directions(self):
        self.own._gestor_link(self.own_secret)
        self.own[0]._gestor_link(self.own[1])
        self.assertEqual(self.own.mapped("gestor_link_count"), [2, 2])
        self.assertEqual(self.own_secret.gestor_link_count, 2)
        self.env["gestor.link"].search([]).unlink()
        self.assertEqual(self.own.mapped("gestor_link_count"), [0, 0])

    def test_counter_is_one_query_for_any_number(self):
        papers = self._create_papers(self.anna, 50).with_user(self.anna)
        papers._gestor_link(self.own_secret)
        for documents in (papers[:2], papers):
            self.env.flush_all()
            documents.invalidate_recordset(["gestor_link_count"])
            with self.assertQueryCount(1):
                documents.mapped("gestor_link_count")

    def test_linking_hundred_records_needs_few_queries(self):
        papers = self._create_papers(self.anna, 100).with_user(self.anna)
        self.own[0]._gestor_link(self.own_secret)  # warm the caches
        self.env.flush_all()
        with self.assertQueryCount(8):
            self.own_secret._gestor_link(papers)

    def test_list_shows_the_document_across(self):
        edge = self.own[0]._gestor_link(self.own_secret)
        for document, across in (
            (self.own[0], self.own_secret),
            (self.own_secret, self.own[0]),
        ):
            action = document.action_gestor_links()
            shown = edge.with_context(**action["context"]).search(action["domain"])
            self.assertRecordValues(
                shown,
                [
                    {
                        "other_model": across._name,
                        "other_id": across.id,
                        "other_name": across.display_name,
                    }
                ],
            )
            opened = shown.action_open()
            self.assertEqual(
                (opened["res_model"], opened["res_id"]), (across._name, across.id)
            )

    def test_label_comes_from_the_hook(self):
        labels = dict(self.env["gestor.link"]._selection_document_models())
        self.assertEqual(labels["test.gestor.document"], "Paper")
        self.assertEqual(labels["test.gestor.secret"], "Test Secret")

    def test_registry_finds_real_implementers_only(self):
        names = self.env["gestor.document.mixin"]._gestor_implementers()
        self.assertIn("test.gestor.document", names)
        self.assertNotIn("gestor.document.mixin", names)
        self.assertNotIn("gestor.link", names)

    def test_dialog_links_with_any_document(self):
        action = self.own[0].action_gestor_links()
        dialog = self.env["gestor.link.create"].with_user(self.anna)
        with Form(dialog.with_context(**action["context"])) as form:
            form.target = f"test.gestor.secret,{self.secret.id}"
            form.kind = "proof"
        form.record.action_link()
        self.assertEqual(self.own[0]._gestor_linked("test.gestor.secret"), self.secret)
