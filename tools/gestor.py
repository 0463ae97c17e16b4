#!/usr/bin/env python3
"""The commands behind the Makefile: ``python3 tools/gestor.py <command>``.

Nothing but the standard library is needed to start it; what a command needs it
fetches into the cache, once. ``make help`` lists the commands.
"""

import argparse
import os
import shutil
import subprocess
import sys

import bench
import console
import fresh
import postgres
import python_env
import server
import testing
import translations
from console import GestorError, say, step
from database import Databases
from paths import IS_ROOT, ROOT, cache_dir, data_dir
from server import require_port
from workspace import open_workspace, prepare

DEFAULT_PORT = "8069"
DEFAULT_DATABASE = "gestor"


def variable(name, default=""):
    """Return one of the variables of the command line of make."""
    return os.environ.get(name) or default


def flag(name):
    """Tell whether a variable says yes."""
    return variable(name).lower() not in ("", "0", "no", "false")


def required_database():
    """Return the name that DB= gives; stop if there is none."""
    name = variable("DB")
    if not name:
        raise GestorError("which database?", "Say DB=name.")
    return name


# --- Running -------------------------------------------------------------------------


def command_run():
    """start Gestor: everything is fetched and made on the first call (PORT=, ONCE=1)"""
    port = require_port(variable("PORT", DEFAULT_PORT), "run")
    name = variable("DB", DEFAULT_DATABASE)
    workspace = open_workspace()
    try:
        databases = Databases(workspace)
        if databases.ensure(name, demo=True):
            databases.generate_assets(name)
        return server.serve(workspace, name, port, flag("ONCE"), server.welcome)
    finally:
        if not server.running():
            workspace.pg.stop()


def command_serve():
    """serve a database in the foreground (DB=name, PORT=n)"""
    name = required_database()
    port = require_port(variable("PORT", DEFAULT_PORT), "serve")
    workspace = open_workspace()
    Databases(workspace).require(name)
    return server.serve(workspace, name, port, flag("ONCE"))


def command_stop():
    """stop the servers and the database server that these commands started"""
    for port in server.stop_all():
        say(f"stopped the server on port {port}")
    workspace = open_stopped_workspace()
    if workspace:
        workspace.stop()
        say("stopped the database server")


def open_stopped_workspace():
    """Return the embedded database server if there is one that may run, else None."""
    env = python_env.find()
    folder = data_dir() / "postgres"
    if not env.python.exists() or not (folder / "postmaster.pid").exists():
        return None
    return postgres.EmbeddedPostgres(env, folder)


# --- Databases -----------------------------------------------------------------------


def command_db():
    """create or refresh a database with all addons (DB=name, DEMO=1)"""
    name = required_database()
    Databases(open_workspace()).ensure(name, demo=flag("DEMO"))
    say(f"the database {name} is ready")


def command_drop():
    """remove a database and its files (DB=name)"""
    name = required_database()
    databases = Databases(open_workspace())
    databases.require(name)
    databases.drop(name)
    say(f"the database {name} is gone")


def command_shell():
    """run a Python script from standard input in a database (DB=name)"""
    name = required_database()
    workspace = open_workspace()
    Databases(workspace).require(name)
    command = workspace.odoo("shell", "-d", name, "--no-http", "--log-level=warn")
    return subprocess.run(command, env=workspace.environment()).returncode


# --- Developing ----------------------------------------------------------------------


def one_at_a_time():
    """Hold the test databases: another run would drop them, and distort the figures."""
    return console.lock("tests")


def command_lint():
    """run every linter"""
    return lint()


def command_fmt():
    """repair and lay out the files as the linters want them"""
    return lint("--fix")


def lint(*options):
    """Run the linters in the Python environment."""
    _host, env = prepare(develop=True)
    command = [env.python, ROOT / "tools" / "lint.py", *options]
    return subprocess.run(list(map(str, command))).returncode


def command_test():
    """run the suite, or ONLY=lint,repo,addons,install,e2e, or the tests of ADDONS="""
    with one_at_a_time():
        return testing.run_suite(variable("ONLY"), variable("ADDONS"))


def command_bench():
    """measure against the host and rewrite docs/performance.md (ONLY=clients,links)"""
    with one_at_a_time():
        return bench.run(variable("ONLY"))


def command_i18n():
    """export the terms and merge them into the Polish translations (ADDONS=)"""
    with one_at_a_time():
        return translations.refresh(variable("ADDONS"))


def command_fresh():
    """prove it on a bare Debian in a chroot (SUITE=bookworm|trixie, AS=root|user)"""
    return fresh.prove(
        variable("SUITE", "bookworm"), variable("AS", "user"), variable("WHAT")
    )


def command_clean():
    """remove leftovers: caches of tools, half-made things, the test databases"""
    for name in (".ruff_cache", ".pytest_cache", ".hypothesis", "build"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ROOT.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in cache_dir().glob(".unpack-*"):
        shutil.rmtree(path, ignore_errors=True)
    with step("Removing the test databases"):
        testing.remove()


def commands():
    """Return ``{name: function}`` of the commands, in the order of this file."""
    return {
        name.removeprefix("command_"): function
        for name, function in globals().items()
        if name.startswith("command_")
    }


def main(argv=None):
    """Run the command that the arguments name; return its exit status."""
    parser = argparse.ArgumentParser(description="The tools of Gestor.")
    choices = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, function in commands().items():
        choices.add_parser(name, help=function.__doc__)
    name = parser.parse_args(argv).command
    if IS_ROOT:  # the database server's user must be able to read its programs
        os.umask(0o022)
    return console.main_guard(commands()[name])


if __name__ == "__main__":
    sys.exit(main())
