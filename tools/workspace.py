"""Everything a command needs, made ready: Odoo, Python, libraries, PostgreSQL."""

import base64
import configparser
import json
import os
import secrets
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import host as odoo_host
import libraries
import postgres
import python_env
from addons import TEST_ADDONS
from console import GestorError, explain, run
from paths import ROOT, data_dir, make_dir

# The job runner must be loaded with the server, not with a database.
JOB_RUNNER = "queue_job"
OPTIONS = {
    "unaccent": "True",
    "http_interface": "127.0.0.1",
    "limit_time_cpu": "600",
    "limit_time_real": "1200",
}
# Chromium is a child of the tests and needs more address space than Odoo allows.
TEST_OPTIONS = {"limit_memory_hard": "0"}


class Workspace:
    """The parts that run Odoo, with one PostgreSQL and one data directory."""

    def __init__(self, host, env, server, folder, extra=None):
        self.host = host
        self.env = env
        self.pg = server
        self.folder = make_dir(folder)
        self.extra = extra or {}
        self.variables = libraries.pango_environment()
        self.conf = folder / "odoo.conf"

    @property
    def filestore(self):
        """The folder with one file store per database."""
        return self.folder / "odoo" / "filestore"

    def start(self):
        """Start the database server and write the configuration."""
        self.pg.start()
        self._write_conf()
        return self

    def environment(self, extra=None):
        """Return the variables for Odoo and the programs beside it."""
        variables = {**os.environ, **self.variables, **(extra or {})}
        variables.update(self.pg.environment)
        variables["ODOO_RC"] = str(self.conf)
        variables["PATH"] = f"{self.pg.bin}:{variables.get('PATH', os.defpath)}"
        # without compiled files every start would compile the host anew
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        return variables

    def addons_path(self):
        """Return the folders in which Odoo looks for addons."""
        folders = [
            self.host.folder / "odoo" / "addons",
            *self.host.addons_paths,
            self.env.oca_addons,
            ROOT,
            TEST_ADDONS,
        ]
        return [str(folder) for folder in folders if folder.is_dir()]

    def _write_conf(self):
        """Write the configuration file: the user's own settings, then ours."""
        parser = configparser.RawConfigParser()
        parser["options"] = {
            **postgres.user_settings(),
            **OPTIONS,
            **self.extra,
            "addons_path": ",".join(self.addons_path()),
            "data_dir": str(self.folder / "odoo"),
            "admin_passwd": secrets.token_urlsafe(16),
        }
        parser["queue_job"] = {"channels": "root:2"}
        parser["gestor"] = {"secret_key": self._secret_key()}
        with self._replacing(self.conf) as out:
            parser.write(out)

    def _secret_key(self):
        """Return the key that the secrets in the databases are encrypted with.

        Made once and kept beside the databases: with another one nobody could read
        those secrets any more.
        """
        path = self.folder / "secret_key"
        if not path.exists():
            with self._replacing(path) as out:
                key = base64.urlsafe_b64encode(secrets.token_bytes(32))
                out.write(f"{key.decode()}\n")
        return path.read_text().strip()

    @staticmethod
    @contextmanager
    def _replacing(path):
        """Open a file that only its owner may read; it is there when it is whole."""
        fresh = path.with_suffix(".new")
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with open(os.open(fresh, flags, 0o600), "w") as out:
            yield out
        fresh.replace(path)

    def odoo(self, *arguments):
        """Return the command line that runs Odoo with arguments."""
        return [str(self.env.python), "-m", "odoo", *map(str, arguments)]

    def run_odoo(self, *arguments, what, stdin=None):
        """Run Odoo to its end, silently, and return what it logged.

        :raise GestorError: if it fails or logs an error
        """
        done = subprocess.run(
            self.odoo(*arguments),
            env=self.environment(),
            cwd=self.folder,
            input=stdin,
            stdin=None if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        wrong = [
            ln
            for ln in done.stdout.splitlines()
            if " ERROR " in ln or " CRITICAL " in ln
        ]
        if done.returncode or wrong:
            log = self.folder / "last-error.log"
            log.write_text(done.stdout)
            problem, remedy = explain(done.stdout)
            raise GestorError(
                f"{what} failed: {problem}", remedy or f"All of it: {log}"
            )
        return done.stdout

    def shell(self, database, script):
        """Run a Python script inside a database and return its JSON answer, if any.

        The script has ``env``; the last line it prints may be JSON.
        """
        printed = run(
            self.odoo("shell", "-d", database, "--no-http", "--log-level=error"),
            f"a script in the database {database}",
            env=self.environment(),
            input=script,
            cwd=self.folder,
            stderr=None,
        )
        lines = printed.strip().splitlines()
        return json.loads(lines[-1]) if lines else None


def prepare(develop=False):
    """Return ``(host, env)``: Odoo and its Python, fetched at the same time."""
    odoo_host.own_home()  # a wrong variable is told at once
    env = python_env.find()
    with ThreadPoolExecutor(2) as pool:
        fetched = pool.submit(odoo_host.ensure)
        made = pool.submit(env.ensure, develop)
        made.result()
        host = fetched.result()
    odoo_host.link_into(env.folder / "host", host)
    return host, env


def open_workspace(develop=False):
    """Return the started workspace with the user's own databases."""
    host, env = prepare(develop)
    folder = make_dir(data_dir())
    server = postgres.server(env, folder / "postgres")
    return Workspace(host, env, server, folder).start()
