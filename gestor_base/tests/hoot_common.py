from odoo.addons.web.tests import test_js

#: of one test, in milliseconds; the first one also waits for what all of them load
TEST_TIMEOUT = 20_000


class GestorHootCommon(test_js.HOOTCommon):
    """The unit tests of one addon in the browser; a subclass names the addon."""

    addon = None

    def get_hoot_filters(self):
        return f"&id={self._generate_hash(f'@{self.addon}')}"

    def test_get_hoot_filter(self):
        """The filter is a fixed one here: what the host checks does not apply."""
        self.assertEqual(self.get_hoot_filters(), self.hoot_filters)

    def _run_unit_tests(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop"
            f"&timeout={TEST_TIMEOUT}{self.hoot_filters}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
