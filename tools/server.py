"""The running server: start it, wait for its login page, stop it."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import addons as repository
from console import GestorError, explain, say, step
from paths import data_dir, make_dir
from workspace import JOB_RUNNER

LOOPBACK = "127.0.0.1"
PATIENCE = 180  # seconds for the login page


def port_is_free(port):
    """Tell whether a port of the loopback interface can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port():
    """Return a port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def require_port(text, command):
    """Return a port number from a variable; stop if it is wrong or taken."""
    if not (text.isdigit() and 1024 <= int(text) <= 65534):
        raise GestorError(f"PORT={text} is no port", "Use a number from 1024 to 65534.")
    if not port_is_free(int(text)):
        raise GestorError(
            f"port {text} is taken by another program (or by a Gestor that runs)",
            f"'make stop' stops Gestor; 'make {command} PORT={int(text) + 11}' takes "
            "another port.",
        )
    return int(text)


class Server:
    """One Odoo process that serves one database on the loopback interface."""

    def __init__(self, workspace, database, port, log=None):
        self.workspace = workspace
        self.database = database
        self.port = port
        self.log = log
        self.process = None

    @property
    def url(self):
        """The address, without a slash at its end."""
        return f"http://{LOOPBACK}:{self.port}"

    def command(self):
        """Return the command line; cron and the job runner are on."""
        modules = ["base", "rpc", "web"]
        if (self.workspace.env.oca_addons / JOB_RUNNER).is_dir():
            modules.append(JOB_RUNNER)
        options = [
            *("-d", self.database, "--db-filter", f"^{re.escape(self.database)}$"),
            *("--http-port", self.port, "--gevent-port", self.port + 1),
            *("--load", ",".join(modules), "--no-database-list"),
            *("--log-level", "warn" if self.log is None else "info"),
        ]
        return self.workspace.odoo(*options)

    def start(self):
        """Start the process and return when the login page is there."""
        output = open(self.log, "ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command(),
                env=self.workspace.environment(),
                cwd=self.workspace.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
            )
        finally:
            if output:
                output.close()
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def _wait(self):
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                said = Path(self.log).read_text() if self.log else ""
                raise GestorError(f"Odoo ended at once: {explain(said)[0]}")
            with contextlib.suppress(OSError):
                if self._login_page():
                    return
            time.sleep(0.1)
        raise GestorError(f"no login page after {PATIENCE} seconds", "Look at the log.")

    def _login_page(self):
        with urllib.request.urlopen(f"{self.url}/web/login", timeout=60) as page:
            return b'name="login"' in page.read()

    def stop(self):
        """End the process, by force if it does not listen."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


# --- Processes that "make stop" ends -------------------------------------------------


def _pid_dir():
    return make_dir(data_dir() / "run")


def _started(pid):
    """Return when a process was started, in ticks; None if it is gone."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return None if fields[0] in "ZX" else fields[19]
    return None


@contextlib.contextmanager
def registered(process, port):
    """Keep a file about a running server, so that another command can stop it."""
    path = _pid_dir() / f"{port}.pid"
    path.write_text(f"{process.pid} {_started(process.pid)}\n")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def running():
    """Return ``{port: pid}`` of our servers that are alive."""
    found = {}
    for path in sorted(_pid_dir().glob("*.pid")):
        pid, started = path.read_text().split()
        if started != "None" and _started(pid) == started:
            found[int(path.stem)] = int(pid)
        else:
            path.unlink(missing_ok=True)
    return found


def stop_all():
    """End the servers that these tools started; return their ports."""
    alive = running()
    for pid in alive.values():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    ends = time.monotonic() + 20
    while running() and time.monotonic() < ends:
        time.sleep(0.1)
    return sorted(alive)


def serve(workspace, database, port, once=False, welcome=None):
    """Run a server in the foreground until Ctrl-C or ``make stop``."""
    with step(f"Starting Gestor with the database {database}"):
        server = Server(workspace, database, port).start()
    with registered(server.process, port):
        print(flush=True)
        print(welcome(server) if welcome else f"Ready: {server.url}", flush=True)
        if once:
            server.stop()
            return 0
        try:
            status = server.process.wait()
        except KeyboardInterrupt:  # Odoo heard it too: let it end its work
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.process.wait(15)
            status = 0
        server.stop()
    if status not in (0, -signal.SIGTERM):
        raise GestorError(f"Odoo ended with status {status}", "Start it again.")
    say("stopped")
    return 0


WELCOME = """\
Gestor is ready:  {url}/web/login
    login admin, password admin (only this computer can reach the address)

What to click first:
{steps}
Ctrl-C stops it, or 'make stop' in another terminal.
"""
STEPS = {
    "gestor_epp": "Gestor > Konfiguracja > Import danych: bring in an EDI++ file",
    "gestor_partners": "Gestor > Klienci: the clients; find one by name or NIP",
    "gestor_offers": "Gestor > Oferty > Procesy: start an offer process",
}


def welcome(server):
    """Return what to tell the user when the server is ready."""
    present = repository.find()
    steps = [text for addon, text in STEPS.items() if addon in present]
    lines = [f"    {number}. {text}" for number, text in enumerate(steps, 1)]
    return WELCOME.format(url=server.url, steps="\n".join([*lines, ""]))
