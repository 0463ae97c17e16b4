from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestSubstitutionConcurrency(GestorRaceCommon):
    """Two absences that exclude each other, in two real transactions."""

    race_hold_seconds = 0.3

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            group = env.ref("gestor_base.gestor_base_group_user")
            self.user_ids = (
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    [
                        {
                            "name": name,
                            "login": f"race_{name}",
                            "group_ids": group.ids,
                        }
                        for name in ("first", "second", "third")
                    ]
                )
                .ids
            )
        self.addCleanup(self._delete)

    def _delete(self):
        with self._transaction() as env:
            env["gestor.substitution"].search(
                [("user_id", "in", self.user_ids)]
            ).unlink()
            env["res.users"].browse(self.user_ids).unlink()

    def _race_plans(self, *pairs):
        """Let each ``(who is away, who stands in)`` be planned at the same time."""
        day = fields.Date.add(fields.Date.today(), days=30)

        def get_plan(away, standing):
            def plan(env):
                env["gestor.substitution"].create(
                    {
                        "user_id": self.user_ids[away],
                        "substitute_id": self.user_ids[standing],
                        "date_from": day,
                        "date_to": day,
                    }
                )
                return "done"

            return plan

        results = self._race(
            *(get_plan(*pair) for pair in pairs), refusals=ValidationError
        )
        return sorted(
            "refused" if isinstance(result, ValidationError) else result
            for result in results
        )

    def test_two_substitutes_at_once_one_is_refused(self):
        self.assertEqual(self._race_plans((0, 1), (0, 2)), ["done", "refused"])

    def test_two_people_cannot_stand_in_for_each_other_at_once(self):
        self.assertEqual(self._race_plans((0, 1), (1, 0)), ["done", "refused"])

    def test_chain_of_substitutes_at_once_is_refused(self):
        self.assertEqual(self._race_plans((0, 1), (1, 2)), ["done", "refused"])
