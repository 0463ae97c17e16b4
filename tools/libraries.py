"""System libraries and programs that pip cannot bring: Pango, fonts, Chromium.

Root gets them installed by apt. An ordinary user gets them unpacked into the cache
from the packages of the machine's own sources, and environment variables to find them.
"""

import contextlib
import ctypes
import os
import shutil
import tempfile
from pathlib import Path

import apt
from console import GestorError, lock, step
from paths import IS_ROOT, cache_dir, make_dir

# What WeasyPrint and the barcodes open, and the packages that hold it.
PANGO_LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libcairo.so.2",
)
PANGO_PACKAGES = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "libcairo2",
    "fontconfig",
    "fonts-dejavu-core",
)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <dir>/usr/share/fonts</dir>
    <dir>{root}/usr/share/fonts</dir>
    <cachedir>{root}/fontconfig-cache</cachedir>
</fontconfig>
"""


def pango_environment():
    """Return the variables under which WeasyPrint finds Pango and a font."""
    if has_pango() or (IS_ROOT and _install("Pango for PDF", PANGO_PACKAGES)):
        return {}
    root = _unpacked("pango", PANGO_PACKAGES)
    return library_environment(root)


def has_pango():
    """Tell whether the system has Pango, its companions and a font."""
    for name in PANGO_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
    return FONT.exists() and Path("/etc/fonts/fonts.conf").exists()


def library_environment(root):
    """Return the variables that make an unpacked tree's libraries and fonts found."""
    folders = [
        *sorted(root.glob("usr/lib/*-linux-*")),
        *sorted(root.glob("lib/*-linux-*")),
    ]
    known = os.environ.get("LD_LIBRARY_PATH", "")
    paths = [str(folder) for folder in folders] + ([known] if known else [])
    return {
        "LD_LIBRARY_PATH": ":".join(paths),
        "FONTCONFIG_FILE": str(root / "fonts.conf"),
    }


def browser():
    """Return the path of a Chromium, installed or unpacked if there is none."""
    found = _browser_on_path()
    if not found and IS_ROOT and _install("Chromium for the tests", ["chromium"]):
        found = _browser_on_path()
    if found:
        return Path(found)
    root = _unpacked("chromium", ["chromium", "fonts-dejavu-core"])
    return _browser_wrapper(root)


def _browser_on_path():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _browser_wrapper(root):
    """Return a script that starts the unpacked Chromium with its own libraries."""
    script = root / "bin" / "chromium"
    if not script.exists():
        lines = [
            f"export {key}='{val}'" for key, val in library_environment(root).items()
        ]
        make_dir(script.parent)
        fresh = script.with_suffix(".new")
        program = root / "usr/lib/chromium/chromium"
        fresh.write_text("\n".join(["#!/bin/sh", *lines, f"exec '{program}' \"$@\"\n"]))
        fresh.chmod(0o755)
        fresh.replace(script)
    return script


def _install(what, packages):
    with step(f"Installing {what} ({', '.join(packages)})"):
        return apt.install(packages)


def codename(path=Path("/etc/os-release")):
    """Return the name of this machine's release, e.g. ``bookworm``."""
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            if line.startswith("VERSION_CODENAME="):
                return line.split("=", 1)[1].strip('"')
    return "unknown"


def _unpacked(name, packages):
    """Return the folder with packages unpacked from this machine's own sources."""
    goal = cache_dir() / f"{name}-{codename()}"
    with lock(name):
        if goal.exists():
            return goal
        if not apt.available():
            raise GestorError(
                f"{name} is missing and this machine has no apt",
                f"Install what your system calls {', '.join(packages)}.",
            )
        with tempfile.TemporaryDirectory(dir=cache_dir()) as scratch:
            root = make_dir(Path(scratch) / "root")
            with step(f"Fetching {name} into the cache"):
                private = apt.PrivateApt(Path(scratch) / "apt")
                private.update()
                for deb in private.download_closure(packages):
                    apt.unpack(deb, root)
            (root / "fonts.conf").write_text(FONTS_CONF.format(root=goal))
            root.rename(goal)
    return goal
