"""Where things live: the repository, the cache and the data directory.

The cache holds what can be fetched or made again (packages, Odoo, the Python
environment); the data directory holds what cannot (databases, file store).
``GESTOR_CACHE`` and ``GESTOR_DATA`` override them.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IS_ROOT = os.geteuid() == 0


def _directory(variable, xdg, system, home):
    """Return the directory of one kind: explicit, the system's, or the user's."""
    if os.environ.get(variable):
        return Path(os.environ[variable]).expanduser().absolute()
    if IS_ROOT:  # the database server runs as a system user, who cannot enter /root
        return Path(system)
    base = os.environ.get(xdg)
    return (Path(base) if base else Path.home() / home) / "gestor"


def cache_dir():
    """Return the directory of everything that can be fetched or made again."""
    return _directory("GESTOR_CACHE", "XDG_CACHE_HOME", "/var/cache/gestor", ".cache")


def data_dir():
    """Return the directory of the databases and their file stores."""
    return _directory("GESTOR_DATA", "XDG_DATA_HOME", "/var/lib/gestor", ".local/share")


def make_dir(path, mode=0o755):
    """Create a directory with its parents; the database user must get through."""
    path.mkdir(parents=True, exist_ok=True)
    if IS_ROOT:
        path.chmod(mode)
    return path
