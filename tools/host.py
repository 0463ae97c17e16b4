"""The host: Odoo 19.0 Community from the Debian archive, unpacked in the cache.

``ODOO_HOME`` names an Odoo 19.0 of the user's own (source checkout or unpacked
package), ``ODOO_DEB`` a package file; otherwise the archive that this machine is
configured for is asked, and apt checks its signatures.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

import apt
from console import GestorError, lock, need_space, say, step
from paths import cache_dir, make_dir

SERIES = "19.0"
PACKAGE = "odoo-19"
TRIED = ("19.0.0+dfsg-1",)
INSIDE = "usr/lib/python3/dist-packages"

# Fonts and scripts that Odoo's own files link to, with the versions that fit it.
COMPANIONS = {
    "libjs-jquery": "",
    "libjs-underscore": "",
    "libjs-jquery-form": "",
    "fonts-roboto-unhinted": "",
    "fonts-montserrat": "",
    "fonts-ocr-b": "",
    "fonts-inconsolata": "001.",
    "fonts-font-awesome": "5.0.10+really4.7",
}
# Sid alone has Odoo; its newer icon fonts do not fit it, those of the stable suite do.
SUITES = ("sid", "trixie")

# Debian ships no file without source; without this one every page logs an error.
# It only blurs the background of video calls.
STUBS = {
    "mail/static/lib/selfie_segmentation/selfie_segmentation.js": (
        "// Not part of Debian's package: the background of video calls stays sharp.\n"
    ),
}
# 832 MB of 1.2 GB are translations: these languages are kept, the others left out.
LANGUAGES = ("cs", "de", "pl", "uk")

REMEDY = (
    "Name an Odoo 19.0 that you have: ODOO_HOME=/path/to/odoo (a source checkout or an "
    "unpacked package), or a package file: ODOO_DEB=/path/to/odoo-19.deb."
)


class Host:
    """An Odoo 19.0 on disk."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()  # the folder that holds "odoo"
        release = (self.folder / "odoo" / "release.py").read_text()
        if not re.search(r"version_info\s*=\s*\(19, 0\b", release):
            raise GestorError(f"{folder} is not Odoo {SERIES}", REMEDY)

    @property
    def version(self):
        """The version of the package, or the path of an Odoo of the user's own."""
        inside = self.folder.as_posix().removesuffix(f"/{INSIDE}")
        return inside.rsplit("/", 1)[-1] if inside != str(self.folder) else inside

    @property
    def addons_paths(self):
        """Addon folders beside the package, as a source checkout has them."""
        beside = self.folder / "addons"
        return [beside] if (beside / "web" / "__manifest__.py").is_file() else []


def own_home():
    """Return the host that ``ODOO_HOME`` names, or None."""
    home = os.environ.get("ODOO_HOME")
    if not home:
        return None
    for folder in (Path(home), Path(home) / INSIDE):
        if (folder / "odoo" / "release.py").is_file():
            return Host(folder)
    raise GestorError(f"ODOO_HOME={home} holds no odoo/release.py", REMEDY)


def ensure():
    """Return the host, fetched and unpacked if it is not there yet."""
    host = own_home()
    if host:
        return host
    current = cache_dir() / "odoo" / "current" / INSIDE
    if not (current / "odoo" / "release.py").is_file():
        with lock("host"):
            if not (current / "odoo" / "release.py").is_file():
                _install(_packages())
    return Host(current)


def _packages():
    """Return the package files, Odoo's first: the user's, or fetched."""
    own = os.environ.get("ODOO_DEB")
    if own:
        if not apt.deb_version(own).startswith(SERIES):
            raise GestorError(f"ODOO_DEB={own} is no package of Odoo {SERIES}", REMEDY)
        return [Path(own)]
    if not apt.available():
        raise GestorError(
            "this machine has no apt, so Odoo cannot be fetched here", REMEDY
        )
    if not apt.keyring():
        raise GestorError(
            "the keys of the Debian archive are missing",
            "Install the package debian-archive-keyring, or: " + REMEDY,
        )
    sites = apt.sites()
    if not sites:
        raise GestorError("this machine knows no Debian archive", REMEDY)
    return _fetch(sites)


def _fetch(sites):
    """Download Odoo and its companions from the first archive that has them."""
    need_space(make_dir(cache_dir()), 2)
    said = ""
    for site in sites:
        archive = apt.PrivateApt(cache_dir() / "apt", site, SUITES)
        with step(f"Reading the package lists of {', '.join(SUITES)}"):
            said = archive.update()
        wanted = choose(archive.versions([PACKAGE, *COMPANIONS]))
        if wanted:
            with step(f"Downloading {wanted[0]} and {len(wanted) - 1} small packages"):
                return archive.download(wanted, cache_dir() / "debs")
    kept = sorted((cache_dir() / "debs").glob(f"{PACKAGE}_*.deb"))
    if kept:
        say(f"note: the archive does not answer; using {kept[-1].name} of the cache")
        others = (cache_dir() / "debs").glob("*.deb")
        return [kept[-1], *(path for path in sorted(others) if path not in kept)]
    reason = next((ln for ln in said.splitlines() if ln.startswith(("E:", "W:"))), "")
    raise GestorError(f"the Debian archive offers no {PACKAGE} ({reason})", REMEDY)


def choose(versions):
    """Return the ``name=version`` list to fetch, Odoo first; empty without Odoo.

    :param versions: ``{package: [version, ...]}``, the newest first
    """
    odoo = apt.pick_version(versions.get(PACKAGE, []), SERIES)
    if not odoo:
        return []
    if odoo not in TRIED:
        say(f"note: {PACKAGE} {odoo} is newer than what this project was tried with")
    wanted = [f"{PACKAGE}={odoo}"]
    for name, prefix in COMPANIONS.items():
        version = apt.pick_version(versions.get(name, []), prefix)
        if version:
            wanted.append(f"{name}={version}")
        else:
            say(f"note: no {name} {prefix}: some fonts or icons will be missing")
    return wanted


def _install(debs):
    """Unpack the packages beside the goal, then move them there in one rename."""
    make_dir(cache_dir())
    need_space(cache_dir(), 1)
    version = apt.deb_version(debs[0]).replace(":", "_")
    goal = make_dir(cache_dir() / "odoo") / version
    with tempfile.TemporaryDirectory(dir=cache_dir(), prefix=".unpack-") as scratch:
        root = make_dir(Path(scratch) / "root")
        with step(f"Unpacking Odoo {version}"):
            for deb in debs:
                apt.unpack(deb, root, untranslated())
        _add_stubs(root / INSIDE / "odoo" / "addons")
        (root / "packages.sha256").write_text("".join(map(checksum_line, debs)))
        shutil.rmtree(goal, ignore_errors=True)
        root.rename(goal)
    _point(cache_dir() / "odoo" / "current", goal.name)


def untranslated():
    """Return tar patterns for the translations of all languages but the kept ones."""
    initials = "".join(sorted({language[0] for language in LANGUAGES}))
    patterns = [f"*/i18n/[!{initials}]*.po"]
    for language in LANGUAGES:
        patterns.append(f"*/i18n/{language[0]}[!{language[1]}]*.po")
    return patterns


def _add_stubs(addons):
    for name, text in STUBS.items():
        path = addons / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def checksum_line(path):
    """Return the line of a package file as ``sha256sum -c`` reads it."""
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def _point(link, target):
    """Let a symbolic link point to the target, at no moment to nothing."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    fresh.symlink_to(target)
    fresh.replace(link)


def link_into(folder, host):
    """Make a folder that holds nothing but ``odoo``, to be put on Python's path."""
    make_dir(folder)
    target = host.folder / "odoo"
    link = folder / "odoo"
    if not link.is_symlink() or os.readlink(link) != str(target):
        _point(link, target)
