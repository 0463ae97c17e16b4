"""How the commands fail: one line that says what is wrong and what to do."""

import errno
import fcntl
import os
import subprocess
import sys
import time

import console
import gestor
import paths
import pytest
from console import GestorError


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GESTOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("tar: x: Cannot write: No space left on device", "disk is full"),
        ("Temporary failure in name resolution", "network"),
        ("E: Failed to fetch: Hash Sum mismatch", "download is broken"),
        ("E: Release file is not valid yet", "clock"),
        ("a\nsome error: b\nc", "some error: b"),
        ("just a line\n\n", "just a line"),
        ("", "no message"),
    ],
)
def test_output_of_a_failed_program_is_explained(output, problem):
    assert problem in console.explain(output)[0]


def test_failed_program_becomes_one_line():
    command = [sys.executable, "-c", "print('Error: one\\nError: two'); exit(3)"]
    with pytest.raises(GestorError) as caught:
        console.run(command, "the attempt", "Try again.")
    assert str(caught.value) == "the attempt failed: Error: two. Try again."


def test_missing_program_is_named():
    with pytest.raises(GestorError, match="no-such-program"):
        console.run(["no-such-program"], "the attempt")


def _raise(error):
    raise error


def test_guard_prints_one_line_and_fails(capsys):
    assert console.main_guard(_raise, GestorError("bad", "Do good.")) == 1
    assert capsys.readouterr().err == "Error: bad. Do good.\n"


def test_guard_explains_a_full_disk(capsys):
    error = OSError(errno.ENOSPC, "No space left on device", "/x")
    assert console.main_guard(_raise, error) == 1
    assert "the disk is full (/x)" in capsys.readouterr().err


def test_guard_passes_the_status_on():
    assert console.main_guard(lambda: None) == 0
    assert console.main_guard(lambda: 7) == 7


def test_guard_tells_that_an_interrupted_run_continues(capsys):
    assert console.main_guard(_raise, KeyboardInterrupt()) == 130
    assert "continues" in capsys.readouterr().err


def test_too_small_disk_stops_before_the_work(tmp_path):
    with pytest.raises(GestorError, match="GB are needed"):
        console.need_space(tmp_path, 1e9)
    console.need_space(tmp_path, 0)


def test_lock_is_free_again_after_use(cache):
    with console.lock("x"):
        with open(cache / ".x.lock") as handle, pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with open(cache / ".x.lock") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_second_run_waits_for_the_first_and_says_so(cache, capsys):
    script = (
        "import fcntl, time; f = open(r'%s', 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(0.5)"
    ) % (paths.make_dir(cache) / ".x.lock")
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        started = time.monotonic()
        with console.lock("x"):
            assert time.monotonic() - started > 0.2
    assert "another run is busy with x" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["test", "bench", "i18n"])
def test_commands_on_the_test_databases_exclude_each_other(cache, monkeypatch, command):
    def work(*_arguments):
        with open(cache / ".tests.lock") as handle, pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return 3

    monkeypatch.setattr(gestor.testing, "run_suite", work)
    monkeypatch.setattr(gestor.bench, "run", work)
    monkeypatch.setattr(gestor.translations, "refresh", work)
    assert gestor.commands()[command]() == 3


def test_directories_follow_the_variables(monkeypatch, tmp_path):
    monkeypatch.delenv("GESTOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(paths, "IS_ROOT", False)
    assert paths.cache_dir() == tmp_path / "gestor"
    monkeypatch.setattr(paths, "IS_ROOT", True)
    assert str(paths.cache_dir()) == "/var/cache/gestor"
    monkeypatch.setenv("GESTOR_DATA", "somewhere")
    assert paths.data_dir() == paths.Path(os.getcwd(), "somewhere")
