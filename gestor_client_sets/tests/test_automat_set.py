from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GestorClientSetsCommon


@tagged("post_install", "-at_install")
class TestAutomatSet(GestorClientSetsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_set = cls._create_dynamic(cls.hurt)

    def _create_automat(self, **vals):
        return self.env["gestor.automat"].create(
            {
                "name": "Automat",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "trigger": "set_entered",
                "client_set_id": self.client_set.id,
                "step_ids": [
                    Command.create(
                        {
                            "handler": "activity",
                            "activity_type_id": self.env.ref(
                                "mail.mail_activity_data_todo"
                            ).id,
                        }
                    )
                ],
                **vals,
            }
        )

    def _planned(self, automat):
        actions = self.env["gestor.planned.action"].search(
            [("automat_id", "=", automat.id)]
        )
        return set(actions.mapped("res_id"))

    def test_client_who_enters_sets_off_the_automat(self):
        automat = self._create_automat()
        third = self._create_client("Hurt Prawy")
        self.client_set.action_refresh()
        self.assertEqual(self._planned(automat), {third.id})
        self.client_set.action_refresh()
        self.assertEqual(self._planned(automat), {third.id}, "he entered once")

    def test_client_who_leaves_sets_off_the_automat(self):
        automat = self._create_automat(trigger="set_left")
        self.south.name = "Detal"
        self.client_set.action_refresh()
        self.assertEqual(self._planned(automat), {self.south.id})

    def test_client_added_by_hand_enters_too(self):
        static = self._create_static(self.north)
        automat = self._create_automat(client_set_id=static.id)
        static._gestor_add(self.north | self.south)
        self.assertEqual(self._planned(automat), {self.south.id})

    def test_condition_may_speak_of_a_set(self):
        static = self._create_static(self.north)
        automat = self._create_automat(
            trigger="changed",
            field_id=self.env["ir.model.fields"]._get("res.partner", "city").id,
            filter_domain=repr([("gestor_client_set_ids", "in", static.ids)]),
        )
        (self.north | self.south).city = "Sopot"
        self.assertEqual(self._planned(automat), {self.north.id})

    def test_automat_without_a_set_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create_automat(client_set_id=False)

    def test_automat_is_told_in_words(self):
        automat = self._create_automat()
        self.assertIn(self.client_set.name, automat._get_when_text())
