"""The Python environment: Odoo's needs, pinned, in a virtual environment."""

import hashlib
import os
import shutil
import subprocess
import sys

import apt
import host as odoo_host
from console import GestorError, lock, need_space, output, run, step
from paths import IS_ROOT, ROOT, cache_dir, make_dir

OLDEST, NEWEST = (3, 11), (3, 13)
RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"
VENV_REMEDY = "On Debian: sudo apt-get install python3-venv"


class PythonEnv:
    """A virtual environment in the cache, one per Python and set of requirements."""

    def __init__(self, interpreter, version):
        key = f"{version} {os.environ.get('ODOO_HOME', '')} {_text(RUN)}"
        digest = hashlib.sha256(key.encode()).hexdigest()[:12]
        self.interpreter = interpreter
        self.version = version
        self.folder = cache_dir() / f"venv-{version}-{digest}"
        self.python = self.folder / "bin" / "python"
        self.site = self.folder / f"lib/python{version}/site-packages"

    @property
    def oca_addons(self):
        """The folder into which the wheels of OCA put their addons."""
        return self.site / "odoo" / "addons"

    def ensure(self, develop=False):
        """Make the environment, and add the development packages if asked to."""
        self._once(RUN, self._create)
        if develop:
            self._once(DEVELOP, lambda: self._pip(DEVELOP))
        return self

    def _once(self, requirements, action):
        """Do a step unless its stamp says that it is done."""
        digest = hashlib.sha256(_text(requirements).encode()).hexdigest()[:12]
        stamp = self.folder / f".done-{digest}"
        if stamp.exists():
            return
        with lock("python"):
            if not stamp.exists():
                action()
                stamp.touch()

    def _create(self):
        need_space(make_dir(cache_dir()), 1)
        with step(f"Making a Python {self.version} environment"):
            self._venv()
            self._pretend_odoo()
        self._pip(RUN)

    def _venv(self):
        command = [self.interpreter, "-m", "venv", "--clear", self.folder]
        attempt = subprocess.run(
            list(map(str, command)), capture_output=True, text=True
        )
        if attempt.returncode and IS_ROOT:
            apt.install(["python3-venv"])
        if attempt.returncode:
            run(command, "making a Python environment", VENV_REMEDY)

    def _pretend_odoo(self):
        """Put Odoo on the path, and tell pip that it is there, without its wishes."""
        (self.site / "gestor-odoo.pth").write_text(f"{self.folder / 'host'}\n")
        info = make_dir(self.site / f"odoo-{odoo_host.SERIES}.dist-info")
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: odoo\nVersion: {odoo_host.SERIES}\n"
        )
        (info / "INSTALLER").write_text("gestor\n")
        (info / "RECORD").write_text("")

    def _pip(self, requirements):
        with step(f"Installing the Python packages of {requirements}"):
            wanted = ["--no-deps", "-r", ROOT / requirements]
            uv = shutil.which("uv")
            if uv and _succeeds(
                [uv, "pip", "install", "-q", "-p", self.python, *wanted]
            ):
                return
            pip = [self.python, "-m", "pip", "install", "-q", "--prefer-binary"]
            run(
                [*pip, "--disable-pip-version-check", *wanted],
                f"installing {requirements}",
                "Check the network; the next run continues.",
            )


def _text(requirements):
    return (ROOT / requirements).read_text()


def _succeeds(command):
    return not subprocess.run(list(map(str, command)), capture_output=True).returncode


def fits(version):
    """Tell whether the requirements have wheels for a version like ``3.12``."""
    return OLDEST <= tuple(int(part) for part in version.split(".")[:2]) <= NEWEST


def find():
    """Return the environment for the first fitting Python of this machine."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    for name in (os.environ.get("PYTHON"), sys.executable, "python3", *names):
        path = name and shutil.which(name)
        version = path and output([path, "-c", question]).strip()
        if version and fits(version):
            return PythonEnv(path, version)
    raise GestorError(
        f"Gestor needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, and none was found",
        "Install one, or name it: PYTHON=/path/to/python3 make run.",
    )
