"""The configuration that the tools write for Odoo, and the key beside it."""

import base64
import configparser
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
import workspace
from workspace import Workspace


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.delenv("ODOO_RC", raising=False)
    monkeypatch.setattr(workspace.libraries, "pango_environment", dict)
    host = SimpleNamespace(folder=tmp_path, addons_paths=[])
    env = SimpleNamespace(oca_addons=tmp_path)
    database = SimpleNamespace(start=lambda: None)
    return Workspace(host, env, database, tmp_path / "data")


def _key(place):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(place.conf)
    return parser["gestor"]["secret_key"]


def test_key_is_made_once_and_stays(place):
    place.start()
    key = _key(place)
    place.conf.unlink()
    place.start()
    assert _key(place) == key
    assert len(base64.urlsafe_b64decode(key)) == 32


def test_only_the_owner_reads_key_and_configuration(place):
    place.start()
    for path in (place.folder / "secret_key", place.conf):
        assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600
