"""Gate: what no file of the repository may contain, and what must be there."""

import os
import re
from pathlib import Path

from .source import addons, place, read_text, repository_files

MAX_BYTES = 1_000_000

# Hosts of package registries and archives, joined here so that this file names none.
# The machine's own configuration says where packages come from.
_DOT = re.escape(".")
HOSTS = re.compile(
    "|".join(
        _DOT.join(parts)
        for parts in (
            (r"\bpypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("registry", "yarnpkg", "com"),
            (r"\b(deb|ftp|cdn-fastly|httpredir|security|snapshot)", "debian", "org"),
            (r"\b(archive|security)", "ubuntu", "com"),
            ("proxy", "golang", "org"),
            (r"\b(static|index)", "crates", "io"),
            (r"\bconda", "anaconda", "org"),
        )
    )
)
# A path below somebody's home, a workplace or a temporary folder is of one machine.
MACHINE_PATHS = re.compile(
    r"(?<![\w.<>$}/~-])/(home|Users|work|workspace|tmp)/[A-Za-z0-9_.-]+/[A-Za-z0-9_.]"
)
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7}) ", re.MULTILINE)
TEST_COMMAND = "make test"


def _search(root, pattern, problem):
    """Return a problem for each line of a text file where the pattern is found."""
    found = []
    for path in repository_files(root):
        text = read_text(path)
        for match in pattern.finditer(text or ""):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{place(root, path, line)}: {problem}")
    return found


def check_hosts(root):
    """No file names a package registry or an archive mirror."""
    return _search(root, HOSTS, "names a registry or mirror host")


def check_machine_paths(root):
    """No file names a path that exists on one machine only."""
    return _search(root, MACHINE_PATHS, "names a path of one machine")


def check_conflict_marks(root):
    """No merge was left half done."""
    return _search(root, CONFLICT, "conflict mark")


def check_size(root):
    """A repository is for sources: no big files."""
    return [
        f"{place(root, path)}: {path.stat().st_size} bytes > {MAX_BYTES}"
        for path in repository_files(root)
        if path.stat().st_size > MAX_BYTES
    ]


def check_licences(root):
    """LICENSE and all manifests say the same."""
    path = Path(root) / "LICENSE"
    text = path.read_text("utf-8") if path.is_file() else ""
    problems = []
    if "GNU AFFERO GENERAL PUBLIC LICENSE" not in text or "Version 3" not in text:
        problems.append("LICENSE: is not the GNU Affero General Public License 3")
    return problems + [
        f"{place(root, addon.path / '__manifest__.py')}: licence is not AGPL-3"
        for addon in addons(root)
        if addon.manifest.get("license") != "AGPL-3"
    ]


def check_root(root):
    """The root is an addons path, no package: pytest would import it as one."""
    path = Path(root) / "__init__.py"
    return [f"{path.name}: does not belong in the root"] if path.exists() else []


def check_ci(root):
    """The integration runs exactly what the README tells a newcomer to run."""
    readme, script = Path(root, "README.md"), Path(root, ".ci", "run")
    problems = [
        f"{place(root, path)}: does not exist"
        for path in (readme, script)
        if not path.is_file()
    ]
    if problems:
        return problems
    if not os.access(script, os.X_OK):
        problems.append(".ci/run: is not executable")
    return problems + [
        f"{place(root, path)}: does not call '{TEST_COMMAND}'"
        for path in (readme, script)
        if TEST_COMMAND not in path.read_text("utf-8")
    ]
