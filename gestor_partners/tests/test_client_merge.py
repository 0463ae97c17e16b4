from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientMerge(GestorPartnersCommon):
    """Two records of one client become one and lose nothing of Gestor's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._create_client("Alfa", email="biuro@alfa.example")
        cls.new = cls._create_client("Alfa sp. z o.o.", email="biuro@alfa.example")
        cls.friend = cls._create_client("Beta")
        cls.flag = cls.env["gestor.flag"].create({"name": "Ask first"})

    def _merge(self, target, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        if user:
            wizard = wizard.with_user(user)
        own = target.with_env(wizard.env)
        wizard._merge((self.old | self.new).ids, own)
        return target

    def test_links_go_to_the_one_that_stays(self):
        other = self._create_client("Gamma")
        self.new._gestor_link(self.friend, kind="group", note="same owner")
        self.new._gestor_link(self.old | other)
        self.old._gestor_link(other, note="first")
        self._merge(self.old)
        self.assertEqual(self.old._gestor_linked("res.partner"), self.friend | other)
        self.assertEqual(self.old.gestor_link_count, 2)
        edge = self.friend._gestor_link(self.old)
        self.assertEqual((edge.kind, edge.note), ("group", "same owner"))
        self.assertEqual(other._gestor_link(self.old).note, "first")

    def test_flag_goes_to_the_one_that_stays(self):
        self.new.write({"gestor_flag_id": self.flag.id, "gestor_flag_note": "call"})
        self._merge(self.old)
        self.assertEqual(self.old.gestor_flag_id, self.flag)
        self.assertEqual(self.old.gestor_flag_note, "call")

    def test_foreign_flag_does_not_forbid_the_merge(self):
        self.flag.group_ids = self.env.ref("gestor_base.gestor_base_group_manager")
        self.old.gestor_flag_id = self.flag
        self._merge(self.old, self.editor)
        self.assertFalse(self.new.exists())
        self.assertEqual(self.old.gestor_flag_id, self.flag)

    def test_standard_wins_over_potential(self):
        self.new.gestor_kind = "standard"
        self._merge(self.old)
        self.assertEqual(self.old.gestor_kind, "standard")

    def test_employee_does_not_become_a_client(self):
        self.old.gestor_kind = False
        self._merge(self.old)
        self.assertFalse(self.old.gestor_kind)
