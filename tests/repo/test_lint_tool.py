"""The two tools beside the gates: which files lint reads, what a README looks like."""

import importlib.util
import sys
from pathlib import Path

import docutils.core
import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name):
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up there
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return module


@pytest.fixture(scope="module")
def lint():
    return load("lint")


@pytest.fixture(scope="module")
def readme():
    return load("gen_readme")


@pytest.fixture
def checkout(lint, tmp_path, monkeypatch):
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    for name in (
        "gestor_x/__manifest__.py",
        "gestor_x/models/x.py",
        "gestor_x/static/lib/other.js",
        "gestor_y/__manifest__.py",
        "tests/data/broken.xml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_lint_without_git_reads_all_but_foreign_files(lint, checkout):
    assert sorted(lint.repository_files([])) == [
        "gestor_x/__manifest__.py",
        "gestor_x/models/x.py",
        "gestor_y/__manifest__.py",
    ]


def test_lint_of_a_folder_reads_its_addon(lint, checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    files = lint.repository_files(["gestor_x/models"])
    assert files == ["gestor_x/models/x.py"]
    assert lint.addons_of(files) == ["gestor_x"]


def test_old_node_is_passed_over_for_the_wheel(lint, monkeypatch, tmp_path):
    monkeypatch.setattr(lint.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(lint, "_wheel_home", lambda: tmp_path)
    monkeypatch.setattr(lint, "output", lambda command: "v18.20.4\n")
    assert lint.find_node()[0] == [str(tmp_path / "bin/node")]
    monkeypatch.setattr(lint, "output", lambda command: "v20.19.0\n")
    assert lint.find_node() == (["/usr/bin/node"], ["/usr/bin/npm"])


def test_failed_installation_leaves_nothing(lint, monkeypatch, tmp_path):
    monkeypatch.setenv("GESTOR_CACHE", str(tmp_path))
    target = tmp_path / "node-x"
    with pytest.raises(lint.GestorError):
        lint._install_once(target, lambda folder: ["false"])
    assert not target.exists()
    lint._install_once(target, lambda folder: ["touch", folder / "a"])
    assert (target / "a").exists()


def test_readme_is_valid_and_complete(readme, tmp_path):
    addon = tmp_path / "gestor_x"
    (addon / "readme").mkdir(parents=True)
    (addon / "__manifest__.py").write_text(
        '{"name": "Gestor X", "summary": "Does it", "version": "19.0.1.0.0",'
        ' "license": "AGPL-3", "depends": ["base", "mail"]}'
    )
    assert readme.missing_fragments(addon) == [f"{n}.md" for n in readme.REQUIRED]
    for name in readme.REQUIRED:
        text = f"## Heading\n\nText of `{name}`.\n\n### Below\n\n- żółć\n"
        (addon / "readme" / f"{name}.md").write_text(text, "utf-8")
    text = readme.render(addon)
    # a warning of the parser would raise
    docutils.core.publish_doctree(text, settings_overrides={"halt_level": 2})
    for expected in ("Usage\n-----", "``DESCRIPTION``", "``mail``", "żółć"):
        assert expected in text
