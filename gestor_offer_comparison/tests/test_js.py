from odoo.tests import tagged

from odoo.addons.gestor_base.tests.hoot_common import GestorHootCommon


@tagged("post_install", "-at_install")
class TestJs(GestorHootCommon):
    addon = "gestor_offer_comparison"

    def test_unit_desktop(self):
        self._run_unit_tests()
