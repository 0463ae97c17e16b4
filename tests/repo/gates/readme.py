"""Gate: README.rst of each addon is what its fragments say."""

import importlib.util
from pathlib import Path

from .source import addons, place

TOOL = Path(__file__).resolve().parents[3] / "tools" / "gen_readme.py"


def _load_generator():
    spec = importlib.util.spec_from_file_location("gestor_gen_readme", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generator = _load_generator()


def check_fragments(root):
    """Each addon says what it is, how it is used, what changed and by whom."""
    return [
        f"{place(root, addon.path)}: readme/{name} is missing"
        for addon in addons(root)
        for name in generator.missing_fragments(addon.path)
    ]


def check_fresh(root):
    """README.rst is generated from the fragments as they are now."""
    problems = []
    for addon in addons(root):
        if generator.missing_fragments(addon.path):
            continue  # check_fragments says so
        path = addon.path / "README.rst"
        if not path.is_file() or path.read_text("utf-8") != generator.render(
            addon.path
        ):
            problems.append(f"{place(root, path)}: stale, run tools/gen_readme.py")
    return problems
