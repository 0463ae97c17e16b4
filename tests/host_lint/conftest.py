"""Let test classes live outside an addon: Odoo tags only those inside one."""

from odoo.tests.common import BaseCase

BaseCase.test_tags = {"standard", "post_install"}
BaseCase.test_module = "host_lint"
