"""The tests of ``test_lint``, narrowed from every addon on the path to ours."""

from unittest.mock import patch

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.test_lint.tests import (
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_markers,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_pylint,
    test_routes,
    test_test_holes,
)


def own_manifests():
    """Return the manifests of our addons, the test addons included."""
    return [
        manifest
        for manifest in Manifest.all_addon_manifests()
        if manifest.name.startswith(("gestor_", "test_gestor"))
    ]


def own_names():
    """Return the names of our addons."""
    return [manifest.name for manifest in own_manifests()]


class OwnAddons:
    """Let the host's test see no other addons than ours."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manifests = own_manifests()
        patcher = patch.object(Manifest, "all_addon_manifests", lambda: manifests)
        cls.startClassPatcher(patcher)


@tagged("post_install", "-at_install")
class TestOwnManifests(OwnAddons, test_manifests.ManifestLinter):
    """Known keys, no default values."""


@tagged("post_install", "-at_install")
class TestOwnInit(OwnAddons, test_dunderinit.TestDunderinit):
    """Every addon is a package."""


@tagged("post_install", "-at_install")
class TestOwnOrmImport(OwnAddons, test_orm_import.TestDunderinit):
    """Nobody imports the inside of the ORM."""


@tagged("post_install", "-at_install")
class TestOwnMarkers(OwnAddons, test_markers.TestConflictMarkers):
    """No leftovers of a merge."""


@tagged("post_install", "-at_install")
class TestOwnOnchange(OwnAddons, test_onchange_domains.TestOnchangeDomains):
    """No domain comes out of an onchange."""


@tagged("post_install", "-at_install")
class TestOwnTests(OwnAddons, test_test_holes.TestTestHoles):
    """Every test file is imported, once."""


@tagged("post_install", "-at_install")
class TestOwnJsTranslations(OwnAddons, test_jstranslate.TestJsTranslations):
    """The scripts mark their texts properly."""


@tagged("post_install", "-at_install")
class TestOwnProps(OwnAddons, test_i18n.TestI18n):
    """Texts that go into components can be translated."""


@tagged("post_install", "-at_install")
class TestOwnPylint(OwnAddons, test_pylint.TestPyLint):
    """The host's checkers of SQL, translations and unlink."""

    def test_pylint(self):
        # the host always adds itself to what is checked: take it out again
        host, run = test_pylint.tools.config.root_path, test_pylint.subprocess.run

        def run_on_ours(command, **options):
            parts = [part for part in command if part != host]
            # comments for pylint-odoo are unknown here
            return run([*parts, "--disable=unknown-option-value"], **options)

        with patch.object(test_pylint.subprocess, "run", run_on_ours):
            return super().test_pylint()


@tagged("post_install", "-at_install")
class TestOwnTemplates(OwnAddons, test_pofile.PotLinter):
    """No term stands twice in a template of translations."""

    def test_pot_duplicate_entries(self):
        with patch.object(test_pofile, "get_modules", own_names):
            return super().test_pot_duplicate_entries()


@tagged("post_install", "-at_install")
class TestOwnIndexes(OwnAddons, test_index.TestIndex):
    """The inverse of each One2many of ours has an index."""

    def fail(self, msg=None):
        found = [line for line in (msg or "").splitlines() if "gestor" in line]
        if not found:
            return None
        return super().fail("\n".join(found))


class OwnModels(OwnAddons):
    """Let the host's test see only the models that we define or extend."""

    def own_registry(self):
        """Return ``{name: class}`` of the models with a class of ours."""
        prefixes = tuple(f"odoo.addons.{name}." for name in own_names())
        return {
            name: model
            for name, model in Registry(get_db_name()).items()
            if any(cls.__module__.startswith(prefixes) for cls in model.__mro__)
        }


@tagged("post_install", "-at_install")
class TestOwnNames(OwnModels, test_naming.TestNaming):
    """No public method has a parameter that RPC calls need themselves."""

    def test_parameter_rpc_compatible(self):
        registry = self.own_registry()
        with patch.object(test_naming, "Registry", lambda name: registry):
            return super().test_parameter_rpc_compatible()


@tagged("post_install", "-at_install")
class TestOwnSignatures(OwnModels, test_override_signatures.TestLintOverrideSignatures):
    """An overriding method can be called like the overridden one."""

    def test_lint_override_signature(self):
        registry = self.own_registry()
        with patch.object(test_override_signatures, "Registry", lambda name: registry):
            return super().test_lint_override_signature()


@tagged("post_install", "-at_install")
class TestOwnRoutes(OwnAddons, test_routes.RoutesLinter):
    """An inherited route does not repeat what it inherits."""
