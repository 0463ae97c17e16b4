"""What the repository holds: addons, what they depend on, whether they changed."""

import ast
import hashlib
from dataclasses import dataclass
from pathlib import Path

from paths import ROOT

TEST_ADDONS = ROOT / "tests" / "addons"
# What changes nothing in a database.
IGNORED_FOLDERS = {"__pycache__", "readme", "tests"}
IGNORED_FILES = {"README.rst", "README.md", "index.html"}
IGNORED_SUFFIXES = {".pot", ".pyc"}


@dataclass(frozen=True)
class Addon:
    """One addon on disk."""

    path: Path

    @property
    def name(self):
        """The technical name."""
        return self.path.name

    @property
    def manifest(self):
        """The manifest as a dictionary."""
        return ast.literal_eval((self.path / "__manifest__.py").read_text())

    @property
    def depends(self):
        """The names of the addons it needs directly."""
        return self.manifest.get("depends", [])

    def digest(self):
        """Return a hash over everything that reaches the database."""
        total = hashlib.sha256()
        for path in sorted(self.path.rglob("*")):
            relative = path.relative_to(self.path)
            if path.is_file() and not is_ignored(relative):
                total.update(f"{relative}\0".encode())
                total.update(path.read_bytes())
        return total.hexdigest()[:16]


def is_ignored(relative):
    """Tell whether a file of an addon leaves databases as they are."""
    return (
        bool(IGNORED_FOLDERS & set(relative.parts))
        or relative.name in IGNORED_FILES
        or relative.suffix in IGNORED_SUFFIXES
    )


def find(folder=ROOT, pattern="gestor_*"):
    """Return ``{name: Addon}`` of the addons in a folder."""
    manifests = sorted(folder.glob(f"{pattern}/__manifest__.py"))
    return {path.parent.name: Addon(path.parent) for path in manifests}


def find_tests():
    """Return ``{name: Addon}`` of the addons that only test."""
    return find(TEST_ADDONS, "*")


def foreign_depends(addons):
    """Return the sorted names that the addons need from elsewhere."""
    wanted = {name for addon in addons.values() for name in addon.depends}
    return sorted(wanted - set(addons))


def digests(addons):
    """Return ``{name: hash}`` of the addons."""
    return {name: addon.digest() for name, addon in addons.items()}


def compare(known, current):
    """Return ``(new, changed)`` names between two dictionaries of hashes."""
    new = sorted(name for name in current if name not in known)
    changed = sorted(
        name for name in current if name in known and known[name] != current[name]
    )
    return new, changed


def closure(name, addons):
    """Return the addons of the repository that an addon needs, itself included."""
    found, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current in addons and current not in found:
            found.add(current)
            waiting += addons[current].depends
    return found
