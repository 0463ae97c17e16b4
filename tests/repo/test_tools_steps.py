"""Steps that are stamped, resumed and undone: environment, locks, servers, addons."""

import subprocess
import sys

import addons
import fresh
import host
import libraries
import postgres
import pytest
import python_env
import server
import testing
import testlog
from console import GestorError
from database import Databases, is_stale


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    for variable in ("PGHOST", "ODOO_RC", "ODOO_HOME", "ODOO_DEB"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("GESTOR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GESTOR_DATA", str(tmp_path / "data"))
    return tmp_path


# --- Host and Python -----------------------------------------------------------------


def make_odoo(folder, version="(19, 0, 0, FINAL, 0, '')"):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = {version}\n")


def test_own_odoo_is_used_where_the_variable_points(folders, monkeypatch):
    make_odoo(folders / "checkout")
    monkeypatch.setenv("ODOO_HOME", str(folders / "checkout"))
    assert host.ensure().folder == folders / "checkout"


def test_unpacked_package_is_used_too(folders, monkeypatch):
    make_odoo(folders / "root" / host.INSIDE)
    monkeypatch.setenv("ODOO_HOME", str(folders / "root"))
    found = host.ensure()
    assert found.folder == folders / "root" / host.INSIDE
    assert found.version == "root"


def test_other_series_and_empty_folders_are_refused(folders, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(folders))
    with pytest.raises(GestorError, match="holds no"):
        host.ensure()
    make_odoo(folders, "(18, 0, 0, FINAL, 0, '')")
    with pytest.raises(GestorError, match="is not Odoo 19.0"):
        host.ensure()


def test_machine_without_apt_is_told_the_variables(monkeypatch):
    monkeypatch.setattr(host.apt, "available", lambda: False)
    with pytest.raises(GestorError, match="ODOO_HOME=.*ODOO_DEB="):
        host.ensure()


def test_archive_that_does_not_answer_leaves_the_kept_package(folders, monkeypatch):
    debs = folders / "cache" / "debs"
    debs.mkdir(parents=True)
    (debs / "odoo-19_19.0_all.deb").touch()
    (debs / "libjs-jquery_3_all.deb").touch()
    monkeypatch.setattr(host.apt.PrivateApt, "update", lambda self: "E: no network")
    monkeypatch.setattr(host.apt.PrivateApt, "versions", lambda self, names: {})
    names = [path.name for path in host._fetch(["http://mirror.example/debian"])]
    assert names == ["odoo-19_19.0_all.deb", "libjs-jquery_3_all.deb"]


def test_link_is_renewed_only_when_the_host_changes(folders):
    make_odoo(folders / "one")
    make_odoo(folders / "two")
    for name in ("one", "one", "two"):
        host.link_into(folders / "path", host.Host(folders / name))
        assert (folders / "path" / "odoo").resolve() == folders / name / "odoo"


def test_interrupted_environment_is_continued_and_a_done_one_skipped(monkeypatch):
    done = []
    env = python_env.PythonEnv(sys.executable, "3.12")
    env.folder.mkdir(parents=True)

    def fail():
        raise GestorError("the network is gone")

    with pytest.raises(GestorError):
        env._once(python_env.RUN, fail)
    for _run in range(2):
        env._once(python_env.RUN, lambda: done.append(1))
    assert done == [1]


@pytest.mark.parametrize(
    ("version", "expected"),
    [("3.10", False), ("3.11", True), ("3.13", True), ("3.14", False), ("2.7", False)],
)
def test_python_versions_with_wheels_fit(version, expected):
    assert python_env.fits(version) is expected


def test_release_name_is_read_from_the_system(folders):
    (folders / "os-release").write_text('ID=debian\nVERSION_CODENAME="trixie"\n')
    assert libraries.codename(folders / "os-release") == "trixie"
    assert libraries.codename(folders / "missing") == "unknown"


# --- PostgreSQL ----------------------------------------------------------------------


def test_lock_file_of_a_zombie_is_removed(folders):
    process = subprocess.Popen([sys.executable, "-c", ""])
    path = folders / "postmaster.pid"
    path.write_text(f"{process.pid}\n/data\n")
    while "Z" not in _state(process.pid):
        pass
    postgres.drop_zombie_locks([path, folders / "missing"])
    assert not path.exists()
    process.wait()


def _state(pid):
    with open(f"/proc/{pid}/stat") as handle:
        return handle.read().rsplit(")", 1)[1].split()[0]


def test_lock_file_of_a_living_process_stays(folders):
    path = folders / "postmaster.pid"
    path.write_text("1\n")
    postgres.drop_zombie_locks([path])
    assert path.exists()


def test_lock_file_without_a_number_stays(folders):
    path = folders / "postmaster.pid"
    path.write_text("\n")
    postgres.drop_zombie_locks([path])
    assert path.exists()


def test_own_server_is_taken_from_variable_or_file(folders, monkeypatch):
    env = python_env.PythonEnv(sys.executable, "3.12")
    configuration = folders / "odoo.conf"
    configuration.write_text("[options]\ndb_host = db.example\ndb_user = me\n")
    monkeypatch.setenv("ODOO_RC", str(configuration))
    own = postgres.server(env, folders)
    assert not own.embedded
    assert own.environment == {"PGHOST": "db.example", "PGUSER": "me"}
    monkeypatch.setenv("PGHOST", "other.example")
    assert postgres.server(env, folders).environment["PGHOST"] == "other.example"


def test_names_are_quoted_for_sql():
    assert postgres.identifier('a"b') == '"a""b"'
    assert postgres.literal("it's") == "'it''s'"


# --- Servers, databases, addons ------------------------------------------------------


def test_taken_port_is_named_with_another_one():
    with server.socket.socket() as taken:
        taken.bind((server.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            GestorError, match=f"port {port} is taken.*PORT={port + 11}"
        ):
            server.require_port(str(port), "run")


@pytest.mark.parametrize("text", ["", "http", "80", "99999"])
def test_text_that_is_no_port_is_refused(text):
    with pytest.raises(GestorError, match="no port"):
        server.require_port(text, "run")


def test_running_servers_are_known_and_dead_ones_forgotten():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1) as process:
        with server.registered(process, 9999):
            assert server.running() == {9999: process.pid}
            process.communicate(b"\n")
            assert server.running() == {}


@pytest.mark.parametrize("name", ["", "a b", "x;y", "postgres", "gestor-template-1"])
def test_names_that_are_not_the_users_are_refused(name):
    with pytest.raises(GestorError):
        Databases.check_name(None, name)


@pytest.mark.parametrize(
    ("made_for", "modules", "stale"),
    [
        ("old", ["sale"], True),
        ("new", ["crm"], True),
        ("new", ["sale"], False),
        ("new", [], False),
    ],
)
def test_template_is_stale_when_another_replaces_it(made_for, modules, stale):
    new = {"made_for": "new", "modules": ["sale"]}
    assert is_stale({"made_for": made_for, "modules": modules}, new) is stale


def make_addon(folder, name, depends=()):
    path = folder / name
    (path / "tests").mkdir(parents=True)
    (path / "__manifest__.py").write_text(repr({"depends": list(depends)}))
    return path


def test_addon_digest_sees_code_but_not_tests(folders):
    path = make_addon(folders, "gestor_x")
    before = addons.find(folders)["gestor_x"].digest()
    (path / "tests" / "test_x.py").write_text("1")
    (path / "README.rst").write_text("text")
    assert addons.find(folders)["gestor_x"].digest() == before
    (path / "models.py").write_text("1")
    assert addons.find(folders)["gestor_x"].digest() != before


def test_only_new_and_changed_addons_are_touched():
    known, current = {"a": "1", "b": "1", "gone": "1"}, {"a": "1", "b": "2", "c": "1"}
    assert addons.compare(known, current) == (["c"], ["b"])


def test_depends_are_split_into_ours_and_the_hosts(folders):
    make_addon(folders, "gestor_a", ["mail"])
    make_addon(folders, "gestor_b", ["gestor_a", "sale"])
    found = addons.find(folders)
    assert addons.foreign_depends(found) == ["mail", "sale"]
    assert addons.closure("gestor_b", found) == {"gestor_a", "gestor_b"}


# --- The suite -----------------------------------------------------------------------

LOG = """\
2026-01-01 10:00:00,000 1 INFO db odoo.x: Starting TestA.test_b
2026-01-01 10:00:00,000 1 WARNING db odoo.addons.gestor_x: something is odd
2026-01-01 10:00:00,000 1 INFO db odoo.x: skipped TestA.test_c : Chrome not found
2026-01-01 10:00:00,000 1 INFO db odoo.x: skipped TestA.test_d : needs more data
2026-01-01 10:00:00,000 1 ERROR db odoo.x: FAIL: TestA.test_b
Traceback (most recent call last):
AssertionError
2026-01-01 10:00:01,000 1 INFO db odoo.x: 1 failed, 1 error(s) of 7 tests when loading
"""


def test_log_of_tests_is_counted_and_searched():
    report = testlog.read(LOG)
    assert (report.tests, report.failed) == (7, 2)
    assert report.skipped_browser == ["TestA.test_c: Chrome not found"]
    assert len(report.skipped) == 2
    assert len(report.problems) == 4
    assert report.problems[-1] == "AssertionError"


def test_clean_log_has_no_problems():
    assert (
        testlog.problems("2026-01-01 10:00:00,000 1 INFO db x: WARNING is a word") == []
    )


def test_stages_keep_their_order_and_unknown_ones_are_refused():
    assert testing.select("") == ["lint", "repo", "addons", "install", "e2e"]
    assert testing.select("e2e,lint") == ["lint", "e2e"]
    with pytest.raises(GestorError, match="unknown stage"):
        testing.select("lint,what")


def test_junit_file_is_counted_and_none_or_no_test_fails(folders):
    path = folders / "x.xml"
    assert testing.count("x", path).failed == 1
    path.write_text('<s><testsuite tests="5" failures="1" errors="1" skipped="1"/></s>')
    outcome = testing.count("x", path)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (2, 2, 1)
    path.write_text('<s><testsuite tests="0"/></s>')
    assert testing.count("x", path).failed == 1


def test_bare_machine_gets_only_what_reaches_the_outside():
    here = {"PIP_RETRIES": "9", "PIP_FIND_LINKS": "/x", "SECRET": "s", "LANG": "pl"}
    there = fresh.environment("/root", here)
    assert there["PIP_RETRIES"] == "9"
    assert not {"SECRET", "LANG", "PIP_FIND_LINKS"} & set(there)
