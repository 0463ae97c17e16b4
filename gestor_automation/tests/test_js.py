from odoo.tests import tagged

from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestJs(test_js.HOOTCommon):
    def get_hoot_filters(self):
        return f"&id={self._generate_hash('@gestor_automation')}"

    def test_get_hoot_filter(self):
        """The filter is a fixed one here: what the host checks does not apply."""
        self.assertEqual(self.get_hoot_filters(), self.hoot_filters)

    def test_unit_desktop(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop{self.hoot_filters}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
