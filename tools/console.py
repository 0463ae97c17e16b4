"""What the commands say, how they fail, and how they run other programs."""

import contextlib
import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time

from paths import cache_dir, make_dir

STARTED = time.monotonic()

# What the last lines of a failed program tell, and what the user can do about it.
KNOWN_TROUBLE = (
    ("No space left on device", "the disk is full", "Free some space and run again."),
    ("Disk quota exceeded", "the disk quota is used up", "Free some and run again."),
    ("Temporary failure", "the network does not answer", "Check it and run again."),
    ("Could not resolve", "the network does not answer", "Check it and run again."),
    ("Connection refused", "a server refuses to talk", "Check the network or proxy."),
    ("timed out", "the network is too slow or down", "Run again: it continues."),
    ("Hash Sum mismatch", "a download is broken", "Run again: it is fetched anew."),
    ("DO NOT MATCH THE HASHES", "a download is broken", "Run again."),
    ("is not valid yet", "this machine's clock is wrong", "Set it and run again."),
    ("Permission denied", "a file is not yours", "Look at its owner."),
)


class GestorError(Exception):
    """A failure in one line: what is wrong, and what to do about it."""

    def __init__(self, problem, remedy=""):
        end = "" if problem.endswith((".", "?")) else "."
        super().__init__(one_line(f"{problem}{end} {remedy}"))


def one_line(text):
    """Return the text without line breaks and doubled blanks."""
    return " ".join(text.split())


def say(text):
    """Print a line with the seconds since the start of the command."""
    print(f"[{time.monotonic() - STARTED:6.1f} s] {text}", flush=True)


@contextlib.contextmanager
def step(text):
    """Announce a step, and tell afterwards how long it took."""
    say(f"{text} ...")
    started = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - started:.1f} s")


def explain(output, limit=300):
    """Return ``(problem, remedy)`` for the output of a program that failed."""
    for sign, problem, remedy in KNOWN_TROUBLE:
        for line in output.splitlines():
            if sign in line:
                return f"{problem} ({one_line(line)[-limit:]})", remedy
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line] or lines
    return one_line(errors[-1])[-limit:] if errors else "no message", ""


def run(command, what, remedy="", **options):
    """Run a program silently and return what it printed.

    :param what: names the action in the error, e.g. "the download of Odoo"
    :raise GestorError: if it cannot be started or fails
    """
    command = [str(part) for part in command]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
    try:
        done = subprocess.run(command, text=True, **options)
    except FileNotFoundError as error:
        raise GestorError(
            f"{what} failed: the program {error.filename} is missing", remedy
        ) from error
    if done.returncode:
        problem, known_remedy = explain(done.stdout or "")
        raise GestorError(f"{what} failed: {problem}", known_remedy or remedy)
    return done.stdout


def output(command, **options):
    """Return what a program prints, or an empty text if it fails."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            **options,
        ).stdout
    except OSError:
        return ""


@contextlib.contextmanager
def lock(name):
    """Hold a lock of the cache directory: one process at a time does this step."""
    path = make_dir(cache_dir()) / f".{name}.lock"
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another run is busy with {name}: waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def need_space(path, gigabytes):
    """Stop early, with a clear line, where the disk is too small for a step."""
    free = shutil.disk_usage(path).free / 1e9
    if free < gigabytes:
        raise GestorError(
            f"only {free:.1f} GB are free in {path}, {gigabytes} GB are needed",
            "Free some space, or name another place: GESTOR_CACHE, GESTOR_DATA.",
        )


def describe_os_error(error):
    """Return the one line for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full ({error.filename}). Free some space and run again."
    where = f": {error.filename}" if error.filename else ""
    return (
        f"{error.strerror or error}{where}. Nothing is lost; run again after mending."
    )


def main_guard(function, *args):
    """Call a command and turn its failures into one line and an exit status."""
    try:
        return function(*args) or 0
    except GestorError as error:
        print(f"Error: {error}", file=sys.stderr)
    except OSError as error:
        if os.environ.get("GESTOR_DEBUG"):
            raise
        print(f"Error: {describe_os_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. The next run continues from here.", file=sys.stderr)
        return 130
    return 1
