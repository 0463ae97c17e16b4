"""Gate: manifests."""

import re
from pathlib import Path

from .source import addons, place

KEYS = [
    "name",
    "summary",
    "version",
    "category",
    "author",
    "website",
    "license",
    "countries",
    "depends",
    "external_dependencies",
    "data",
    "demo",
    "assets",
    "pre_init_hook",
    "post_init_hook",
    "uninstall_hook",
    "application",
    "auto_install",
]
REQUIRED = KEYS[:7] + ["depends"]
FIXED = {
    "author": "Gestor contributors",
    "license": "AGPL-3",
    "website": "https://github.com/gestor-project/gestor",
}
# What a user picks in the Apps menu; everything else comes along.
APPLICATIONS = {
    "gestor_activities",
    "gestor_base",
    "gestor_contracts",
    "gestor_mail",
    "gestor_offers",
    "gestor_resources",
    "gestor_service",
}
DATA_FOLDERS = ("data", "report", "security", "views", "wizards")


def check_keys(root):
    """Keys in the order of the house, all the needed ones, no empty ones."""
    problems = []
    for addon in addons(root):
        where = place(root, addon.path / "__manifest__.py")
        keys = list(addon.manifest)
        known = [key for key in KEYS if key in addon.manifest]
        problems += [f"{where}: unknown key {key}" for key in keys if key not in KEYS]
        problems += [f"{where}: no {key}" for key in REQUIRED if key not in keys]
        problems += [
            f"{where}: {key} is empty, leave it out"
            for key, value in addon.manifest.items()
            if not value and key not in REQUIRED
        ]
        if [key for key in keys if key in KEYS] != known:
            problems.append(f"{where}: keys not in the order {', '.join(known)}")
    return problems


def check_values(root):
    """Version, author, licence, summary and who is an application."""
    problems = []
    for addon in addons(root):
        where = place(root, addon.path / "__manifest__.py")
        manifest = addon.manifest
        problems += [
            f"{where}: {key} must be {value!r}"
            for key, value in FIXED.items()
            if manifest.get(key) != value
        ]
        if not re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest.get("version", "")):
            problems.append(f"{where}: version must be 19.0.x.y.z")
        summary = manifest.get("summary", "")
        if not summary or "\n" in summary or summary.endswith("."):
            problems.append(f"{where}: summary must be one line without a full stop")
        if summary == manifest.get("name"):
            problems.append(f"{where}: summary repeats the name")
        if manifest.get("application") and addon.name not in APPLICATIONS:
            problems.append(f"{where}: {addon.name} is no application")
    return problems


def check_listed_files(root):
    """Each listed file exists, each data file is listed, demo data only as demo."""
    problems = []
    for addon in addons(root):
        where = place(root, addon.path / "__manifest__.py")
        data = addon.manifest.get("data", [])
        demo = addon.manifest.get("demo", [])
        problems += [
            f"{where}: {name} does not exist"
            for name in [*data, *demo]
            if not (addon.path / name).is_file()
        ]
        problems += [
            f"{where}: {name} is not in data"
            for name in _records(addon, DATA_FOLDERS)
            if name not in data
        ]
        problems += [
            f"{where}: {name} is not in demo"
            for name in _records(addon, ["demo"])
            if name not in demo
        ]
    return problems


def check_requirements(root):
    """What an addon needs from Python is pinned in ``requirements.txt``."""
    path = Path(root) / "requirements.txt"
    text = path.read_text("utf-8") if path.is_file() else ""
    pinned = {
        _canonical(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    }
    return [
        f"{place(root, addon.path / '__manifest__.py')}: {name} is not pinned"
        for addon in addons(root)
        for name in addon.manifest.get("external_dependencies", {}).get("python", [])
        if _canonical(name) not in pinned
    ]


def _records(addon, folders):
    """Yield the XML and CSV files of some folders, relative to the addon."""
    for folder in folders:
        for path in sorted((addon.path / folder).rglob("*")):
            if path.suffix in (".csv", ".xml"):
                yield path.relative_to(addon.path).as_posix()


def _canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()
