from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestLinkAccess(TestGestorCommon):
    """Who may see, make and cut an edge: both ends decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["gestor.link"].with_user(cls.anna)
        cls.paper, cls.other_paper = cls.papers.with_user(cls.anna)
        cls.foreign_paper = cls.foreign_papers[0].with_user(cls.anna)
        cls.open_edge = cls.paper._gestor_link(cls.foreign_paper)
        cls.closed_edge = cls.paper.sudo()._gestor_link(cls.foreign_secret)

    def test_user_reads_edge_with_two_readable_ends(self):
        self.assertEqual(self.open_edge.with_user(self.anna).kind, False)

    def test_user_does_not_read_edge_with_closed_end(self):
        edge = self.closed_edge.with_user(self.anna)
        with self.assertRaises(AccessError):
            edge.read(["kind"])
        self.assertFalse(edge.has_access("read"))
        with self.assertRaises(AccessError):
            (edge | self.open_edge.with_user(self.anna)).check_access("read")

    def test_search_count_and_groups_leave_closed_edges_out(self):
        domain = self.links._get_origin_domain(self.paper._name, self.paper.ids)
        self.assertEqual(self.links.search(domain), self.open_edge)
        self.assertEqual(self.links.search_count(domain), 1)
        self.assertEqual(self.links._read_group(domain, [], ["__count"]), [(1,)])
        self.assertEqual(self.links.search([("id", "=", self.closed_edge.id)]).ids, [])
        owner = self.closed_edge.with_user(self.bolek)
        self.assertEqual(owner.search_count(domain), 2)

    def test_search_pages_over_readable_edges_only(self):
        self.paper.sudo()._gestor_link(
            self.env["test.gestor.secret"].create(
                [{"name": "Closed", "user_id": self.bolek.id} for _number in range(5)]
            )
        )
        self.paper._gestor_link(self.other_paper)
        domain = self.links._get_origin_domain(self.paper._name, self.paper.ids)
        pages = [
            self.links.search(domain, offset=offset, limit=1, order="id").ids
            for offset in range(3)
        ]
        self.assertEqual(pages[0] + pages[1], self.links.search(domain, order="id").ids)
        self.assertEqual(pages[2], [])

    def test_closed_document_is_not_among_linked(self):
        self.assertEqual(
            self.paper._gestor_linked(), {"test.gestor.document": self.foreign_paper}
        )
        self.assertFalse(self.paper._gestor_linked("test.gestor.secret"))

    def test_user_links_own_with_readable_document(self):
        edge = self.other_paper._gestor_link(self.foreign_paper)
        self.assertEqual(edge.create_uid, self.anna)

    def test_user_does_not_link_two_foreign_documents(self):
        first, second = self.foreign_papers.with_user(self.anna)
        with self.assertRaises(AccessError):
            first._gestor_link(second)

    def test_user_does_not_link_with_closed_document(self):
        with self.assertRaises(AccessError):
            self.other_paper._gestor_link(self.foreign_secret.with_user(self.anna))

    def test_user_learns_nothing_by_linking_with_closed_document_again(self):
        with self.assertRaises(AccessError):
            self.paper._gestor_link(
                self.foreign_secret.with_user(self.anna), note="Peep"
            )
        edge = self.paper._gestor_link(self.foreign_secret.with_user(self.anna))
        self.assertFalse(edge.has_access("read"))

    def test_user_cuts_edge_of_own_document_only(self):
        foreign = self.foreign_papers[0]._gestor_link(self.foreign_papers[1])
        with self.assertRaises(AccessError):
            foreign.with_user(self.anna).unlink()
        with self.assertRaises(AccessError):
            foreign.with_user(self.anna).note = "Mine now"
        self.open_edge.with_user(self.anna).unlink()
        self.assertFalse(self.open_edge.exists())

    def test_employee_without_gestor_reads_no_links(self):
        employee = self._create_user("employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.links.with_user(employee).search([])

    def test_edge_follows_the_company_of_its_ends(self):
        other_company = self.env["res.company"].create({"name": "Other company"})
        elsewhere = self._create_papers(self.bolek, company_id=other_company.id)
        edge = self.paper.sudo()._gestor_link(elsewhere)
        self.assertNotIn(edge, self.links.search([]))
        self.anna.company_ids |= other_company
        allowed = [self.anna.company_id.id, other_company.id]
        links = self.links.with_context(allowed_company_ids=allowed)
        self.assertIn(edge, links.search([]))

    def test_deleting_a_document_removes_edges_the_user_cannot_see(self):
        self.paper.unlink()
        self.assertFalse((self.open_edge | self.closed_edge).exists())

    def test_listing_links_needs_the_same_queries_for_many_edges(self):
        def count_queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            action = self.paper.action_gestor_links()
            self.links.with_context(**action["context"]).search_fetch(
                action["domain"], ["kind", "note"]
            ).mapped("other_name")
            return self.env.cr.sql_log_count - before

        count_queries()
        few = count_queries()
        self.paper._gestor_link(self._create_papers(self.bolek, 40))
        self.assertLessEqual(count_queries(), few)
