"""A place for tests: a fast database server, made for losing, and servers on it.

It never touches the user's databases. The end-to-end and installation tests get
their databases and servers from here.
"""

import hashlib
import os
import shutil
from pathlib import Path

import addons as repository
import libraries
import postgres
from console import GestorError, step
from database import Databases
from paths import ROOT, cache_dir, make_dir
from server import Server, free_port
from workspace import TEST_OPTIONS, Workspace, prepare

MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 2e9
LOGS = ROOT / "build" / "logs"
ALL = "gestor_all"
ENVIRONMENT_KEY = "GESTOR_CHROMIUM"


def folder():
    """Return the folder of the test databases: in memory if there is room."""
    digest = hashlib.sha256(str(cache_dir()).encode()).hexdigest()[:8]
    inside = MEMORY / f"gestor-test-{os.getuid()}-{digest}"
    if inside.is_dir():
        return inside
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED:
        return inside
    return cache_dir() / "test"


def remove():
    """Remove the test databases altogether."""
    place = folder()
    for lock_file in place.glob("postgres/postmaster.pid"):
        raise GestorError(f"tests are running ({lock_file})", "Wait for their end.")
    shutil.rmtree(place, ignore_errors=True)


class Testbed:
    """Databases and servers for tests."""

    __test__ = False  # its name is no invitation to pytest

    def __init__(self, host, env, worker=""):
        """Prepare the place.

        :param str worker: the name of a process that tests beside others, each with
            databases of its own
        """
        self.worker = worker
        place = make_dir(folder())
        if place.stat().st_uid != os.getuid():
            raise GestorError(f"{place} belongs to somebody else", "Remove it.")
        server = postgres.EmbeddedPostgres(env, place / "postgres", fast=True)
        self.workspace = Workspace(host, env, server, place, TEST_OPTIONS)
        self.databases = Databases(self.workspace)
        self.browser = libraries.browser()
        self.started = False
        make_dir(LOGS)

    def start(self):
        """Start the database server, and remember whether this made it run."""
        self.started = not self.workspace.pg.running()
        self.workspace.start()
        return self

    def stop(self):
        """Drop what was made, stop the server; its templates stay for the next run."""
        for name in self.workspace.pg.names("gestor_"):
            if name != ALL:
                self.databases.drop(name)
        if self.started:  # not by another run that still needs it
            self.workspace.pg.stop()

    @property
    def variables(self):
        """Variables for programs that test: libraries and the browser."""
        scripts = self.workspace.env.python.parent
        known = os.environ.get("PATH", os.defpath)
        path = f"{scripts}:{self.browser.parent}:{known}"
        browser = {ENVIRONMENT_KEY: str(self.browser)}
        return {**self.workspace.variables, "PATH": path, **browser}

    def everything(self, anew=False):
        """Return the database with all addons and test addons, made or refreshed."""
        if anew and self.workspace.pg.exists(ALL):
            self.databases.drop(ALL)
        addons = {**repository.find(), **repository.find_tests()}
        if self.databases.ensure(ALL, addons=addons):
            self.databases.generate_assets(ALL)
        return ALL

    def copy(self, name, source=ALL):
        """Return a fresh copy of a database, to be changed at will."""
        name += self.worker
        self.databases.drop(name)
        self.databases.copy(source, name)
        return name

    def create(self, name, addons=(), demo=False):
        """Return a fresh database with just these addons (none: only the host's base).

        What the addons need is installed with them, so a dependency that an addon
        forgot to name is really missing.
        """
        name += self.worker
        self.databases.drop(name)
        base = self.databases.template(demo, modules=[])
        self.databases.copy(base, name)
        if addons:
            self.databases.install(name, addons)
        return name

    def serve(self, database, log=None):
        """Return a started server, with cron and job runner, on a free port."""
        log = log or LOGS / f"server-{database}.log"
        log.unlink(missing_ok=True)
        with step(f"Starting a server on {database}"):
            return Server(self.workspace, database, free_port(), log).start()


def open_testbed(worker=""):
    """Return the testbed, with everything that tests need, database server started."""
    host, env = prepare(develop=True)
    return Testbed(host, env, worker).start()
