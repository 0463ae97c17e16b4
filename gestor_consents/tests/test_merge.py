from odoo.tests import tagged

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestMerge(GestorConsentsCommon):
    def _merge(self, target, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.anna | self.jan).ids, target)
        self.env.invalidate_all()

    def test_stricter_answer_stays_and_the_log_tells(self):
        self._record(self.anna, self.newsletter, "given")
        self._record(self.jan, self.newsletter, "refused")
        self._merge(self.anna)
        consent = self.anna.gestor_consent_ids
        self.assertEqual(len(consent), 1)
        self.assertEqual(consent.state, "refused")
        log = self._get_log(self.anna)
        self.assertEqual(log.mapped("state"), ["given", "refused", "refused"])
        self.assertEqual(log[-1].source, "merge")
        self.assertFalse(self.jan.exists())

    def test_answer_stays_where_the_other_was_only_asked(self):
        self._record(self.anna, self.newsletter, "waiting", "asked")
        self._record(self.jan, self.newsletter, "given")
        self._merge(self.anna)
        self.assertEqual(self.anna.gestor_consent_ids.state, "given")

    def test_consents_of_both_stay(self):
        self._record(self.anna, self.newsletter)
        self._record(self.jan, self.calls)
        old = self.jan._gestor_consent_links()[self.jan.id]
        self._merge(self.anna)
        self.assertEqual(
            self.anna.gestor_consent_ids.type_id, self.newsletter | self.calls
        )
        self.assertEqual(self._get_log(self.anna, self.calls).state, "given")
        self.assertFalse(old.exists())
