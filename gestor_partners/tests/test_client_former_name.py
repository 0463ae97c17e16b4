from odoo.tests import new_test_user, tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientFormerName(GestorPartnersCommon):
    """Whoever knows a firm by its former name finds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls._create_client("Mleczarnia Żuławska", is_company=True)
        cls.other = cls._create_client("Piekarnia Kłos", is_company=True)
        cls.person = cls._create_client("Anna Dawna")

    def _find(self, text, user=None):
        partners = self.env["res.partner"].with_user(user or self.reader)
        return partners.search([("gestor_search", "ilike", text)])

    def test_user_finds_a_firm_by_its_former_name(self):
        self.firm.with_user(self.editor).name = "Nabiał Pomorski S.A."
        self.assertEqual(self.firm.gestor_former_names, "Mleczarnia Żuławska")
        for text in ("żuławska", "zulawska mlecz", "Mleczarnia Żuławska", "nabiał"):
            with self.subTest(text=text):
                self.assertIn(self.firm, self._find(text))
        self.assertNotIn(self.firm, self._find("żuławska nabiał"))

    def test_many2one_and_search_everywhere_find_by_the_former_name(self):
        self.firm.name = "Nabiał Pomorski"
        partners = self.env["res.partner"].with_user(self.reader)
        found = [row[0] for row in partners.name_search("Żuławska")]
        self.assertEqual(found, self.firm.ids)
        hits = partners._gestor_search_hits("żuławska", 8)
        self.assertEqual([hit["id"] for hit in hits], self.firm.ids)
        self.assertIn("Mleczarnia Żuławska", hits[0]["subtitle"])

    def test_every_name_is_kept_once_and_the_name_of_today_is_not(self):
        self.firm.name = "Druga"
        self.firm.name = "Trzecia"
        self.firm.name = "Druga"
        self.firm.name = "druga"
        self.assertEqual(self.firm.gestor_former_names, "Mleczarnia Żuławska\nTrzecia")

    def test_two_firms_renamed_at_once_keep_each_its_own(self):
        (self.firm | self.other).name = "Holding"
        self.assertEqual(self.firm.gestor_former_names, "Mleczarnia Żuławska")
        self.assertEqual(self.other.gestor_former_names, "Piekarnia Kłos")

    def test_person_has_no_former_name(self):
        self.person.name = "Anna Nowa"
        self.assertFalse(self.person.gestor_former_names)

    def test_copy_was_never_called_otherwise(self):
        self.firm.name = "Nabiał"
        self.assertFalse(self.firm.copy().gestor_former_names)

    def test_portal_user_searches_without_reading_former_names(self):
        self.firm.name = "Nabiał"
        portal = new_test_user(self.env, "gestor_former_portal", "base.group_portal")
        partners = self.env["res.partner"].with_user(portal)
        self.assertEqual(
            partners.name_search("gestor_former_portal")[0][0], portal.partner_id.id
        )
        self.assertFalse(partners.name_search("żuławska"))

    def test_merged_client_is_found_by_its_name_and_leaves_a_trace(self):
        self.other.name = "Piekarnia Kłosek"
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.firm | self.other).ids, self.firm)
        self.assertIn(self.firm, self._find("kłosek"))
        self.assertEqual(
            self.firm.gestor_former_names.splitlines(),
            ["Piekarnia Kłos", "Piekarnia Kłosek"],
        )
        trace = self.firm.message_ids.filtered(lambda m: "Kłosek" in (m.body or ""))
        self.assertEqual(len(trace), 1)  # the host writes it
        self.assertEqual(trace.author_id, self.env.user.partner_id)

    def test_saving_another_field_costs_one_query(self):
        """Saving another field reads and writes no former names."""
        self.firm.city = "A"
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.firm.write({"function": "x"})
            self.env.flush_all()
