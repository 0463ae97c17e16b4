"""The host's own lint, the addon ``test_lint``, over our addons only.

The host lints every addon on the path and most findings are in other people's. Here
its test classes run as they are, and see our addons alone: the list of manifests and
of modules is narrowed, and what they find about a method or a field counts when an
addon of ours defines it. A warning that they log is a failure here.

Run it with pytest-odoo on a database in which all addons of the repository are
installed; ``test_lint`` itself must be on the addons path, but is not installed::

    ODOO_RC=<file> pytest tests/host_lint          # the file sets db_name, addons_path
    pytest --odoo-config=<file> --odoo-database=<name> tests/host_lint

It changes nothing in the database.
"""

import contextlib
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from odoo import tools
from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_routes,
    test_test_holes,
)

ROOT = Path(__file__).resolve().parents[2]
# The addons that are shipped; a test addon is linted when the path knows it.
SHIPPED = sorted(path.parent.name for path in ROOT.glob("gestor_*/__manifest__.py"))
TESTING = sorted(
    path.parent.name for path in ROOT.glob("tests/addons/*/__manifest__.py")
)
OWN = [*SHIPPED, *(name for name in TESTING if Manifest.for_addon(name))]
PREFIXES = tuple(f"odoo.addons.{name}." for name in OWN)

# The checks that the host's own run of pylint enables.
PYLINT_CHECKS = [
    "eval-used",
    "function-redefined",
    "gettext-placeholders",
    "gettext-repr",
    "gettext-variable",
    "missing-gettext",
    "raise-unlink-override",
    "sql-injection",
    "undefined-variable",
    "unreachable",
    "used-before-assignment",
]
PYLINT_PLUGINS = [
    "_pylint_path_setup",
    "pylint.extensions.bad_builtin",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
]


def _is_ours(class_or_function):
    return f"{class_or_function.__module__}.".startswith(PREFIXES)


def _own_items(registry):
    """Return the models that an addon of ours defines or extends."""
    return [
        (name, registry[name])
        for name in registry
        if any(_is_ours(parent) for parent in registry[name].mro())
    ]


@pytest.fixture(autouse=True)
def no_warnings(caplog):
    """Fail a test whose linter only warns."""
    yield
    warnings = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.name.startswith("odoo.addons.test_lint")
        and record.levelno >= logging.WARNING
        # the routes of the whole host pass by; the others see ours alone
        and "gestor" in record.getMessage()
    ]
    assert not warnings, "\n".join(warnings)


class OnlyOurs:
    """Narrow a lint test of the host to our addons."""

    def setUp(self):
        super().setUp()
        manifests = [Manifest.for_addon(name) for name in OWN]
        self.patch(Manifest, "all_addon_manifests", lambda: manifests)
        self.patch(test_pofile, "get_modules", lambda: OWN)
        self.patch(Registry, "items", _own_items)
        self.patch(test_docstring, "MODULES_TO_LINT", tuple(OWN))

    @contextlib.contextmanager
    def subTest(self, message=None, **params):
        """Let findings about a method that is not ours pass."""
        others = (AssertionError, TypeError)
        passing = () if self._concerns_us(params) else others
        with super().subTest(message, **params), contextlib.suppress(*passing):
            yield

    def _concerns_us(self, params):
        return params.get("module") in OWN


class TestManifests(OnlyOurs, test_manifests.ManifestLinter):
    pass


class TestDunderInit(OnlyOurs, test_dunderinit.TestDunderinit):
    pass


class TestOrmImport(OnlyOurs, test_orm_import.TestDunderinit):
    pass


class TestOnchangeDomains(OnlyOurs, test_onchange_domains.TestOnchangeDomains):
    pass


class TestTestsAreImported(OnlyOurs, test_test_holes.TestTestHoles):
    pass


class TestTemplates(OnlyOurs, test_i18n.TestI18n):
    pass


class TestScripts(OnlyOurs, test_jstranslate.TestJsTranslations):
    pass


class TestCatalogues(OnlyOurs, test_pofile.PotLinter):
    pass


class TestRoutes(OnlyOurs, test_routes.RoutesLinter):
    pass


class TestDocstrings(OnlyOurs, test_docstring.TestDocstring):
    pass


class TestSignatures(OnlyOurs, test_override_signatures.TestLintOverrideSignatures):
    pass


class TestNaming(OnlyOurs, test_naming.TestNaming):
    def _concerns_us(self, params):
        model = Registry(get_db_name())[params["model"]]
        return _is_ours(getattr(model, params["method"]))


class TestIndexes(OnlyOurs, test_index.TestIndex):
    def fail(self, msg=None):
        """Drop the lines about fields of others: ours have the prefix in their name."""
        lines = [line for line in str(msg).splitlines() if "gestor" in line]
        if lines:
            super().fail("No index for the inverse of a one2many:\n" + "\n".join(lines))


def test_checkers_of_the_host():
    """Run pylint with the host's own checkers."""
    source = Path(tools.config.root_path)
    checkers = source / "addons" / "test_lint" / "tests"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pylint",
            f"--rcfile={os.devnull}",
            "--disable=all,useless-option-value",
            f"--enable={','.join(PYLINT_CHECKS)}",
            f"--load-plugins={','.join(PYLINT_PLUGINS)}",
            "--bad-functions=input",
            "--reports=n",
            "--score=n",
            "--jobs=2",
            *(Manifest.for_addon(name).path for name in OWN),
        ],
        env={
            **os.environ,
            "ADDONS_PATH": os.pathsep.join(tools.config["addons_path"]),
            "PYTHONPATH": os.pathsep.join([str(checkers), str(source.parent)]),
        },
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stdout + done.stderr


def test_every_addon_is_on_the_path():
    """An addon that the host cannot see would pass every test."""
    assert [name for name in SHIPPED if not Manifest.for_addon(name)] == []


def test_narrowing_still_finds_our_faults():
    """A filter that lets everything pass would be green, too."""
    case = TestIndexes("test_enforce_index_on_one2many_inverse")
    case.fail("res.partner.other_id (inverse of x)")
    with pytest.raises(AssertionError, match="gestor_offer_id"):
        case.fail("sale.order.gestor_offer_id (inverse of gestor.offer.order_ids)")
    assert _own_items(Registry(get_db_name()))
    with case.subTest(module="sale"):
        raise AssertionError
    with pytest.raises(AssertionError), case.subTest(module=SHIPPED[0]):
        raise AssertionError
