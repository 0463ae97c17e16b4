"""What the administrator of the server sets in its configuration file."""

import os
from configparser import ConfigParser
from configparser import Error as ConfigError

from odoo.tools import config

SECTION = "gestor"


def server_setting(name):
    """Return a value of the section ``[gestor]`` of the configuration file, or "".

    The environment variable ``GESTOR_<NAME>`` goes first. A section of its own,
    because the host warns of unknown names in its own one.
    """
    value = os.environ.get(f"GESTOR_{name.upper()}")
    if value is not None:
        return value
    parser = ConfigParser(interpolation=None)
    try:
        parser.read(config["config"] or [], encoding="utf-8")
    except (ConfigError, UnicodeDecodeError):
        return ""
    return parser.get(SECTION, name, fallback="")
