"""The proof on a bare machine: a Debian in a chroot that has nothing but make and git.

``make fresh SUITE=bookworm|trixie AS=root|user WHAT=run|test`` (root only). The
commands run there under an empty environment, in a clone of the committed state. What
this machine needs to reach the package index (certificates, pip's own variables) is
handed over; nothing else is.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

import apt
from console import GestorError, output, run, say, step
from paths import IS_ROOT, ROOT, cache_dir, make_dir

SUITES = ("bookworm", "trixie")
PACKAGES = "ca-certificates,git,make,python3,python3-venv"
OWN_CERTIFICATES = Path("/usr/local/share/ca-certificates")
# Variables that say how to reach the outside, not how to build.
HANDED_OVER = ("DEBIAN_MIRROR", "MODULES", "http_proxy", "https_proxy", "no_proxy")
PIP_OFF = ("PIP_FIND_LINKS",)  # names folders of this machine
APT_SETTINGS = ("Acquire::Check-Valid-Until", "Acquire::http::", "Acquire::https::")
USER, USER_ID = "newcomer", "1000"
COMMANDS = {
    "run": ("make run ONCE=1", "make run ONCE=1"),
    "test": ("make test",),
}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def prove(suite, who, what=""):
    """Make the machine, run the commands in it, and tell how long each took."""
    _check(suite, who, what)
    root = _machine(suite)
    home = _clone(root, who)
    times = []
    wanted = [what] if what else list(COMMANDS)
    for command in [line for name in wanted for line in COMMANDS[name]]:
        say(f"=== {suite}, {who}: {command}")
        started = time.monotonic()
        status = _inside(root, who, f"cd {home}/gestor && {command}")
        times.append((command, time.monotonic() - started, status))
        if status:
            break
    print()
    for command, seconds, status in times:
        verdict = "ok" if not status else f"FAILED with status {status}"
        print(f"{suite:10}{who:6}{command:20}{seconds:7.0f} s   {verdict}")
    return max(status for _command, _seconds, status in times)


def _check(suite, who, what):
    if (
        suite not in SUITES
        or who not in ("root", "user")
        or what not in ("", *COMMANDS)
    ):
        raise GestorError(
            f"SUITE={suite} AS={who} WHAT={what} is not known",
            "SUITE=bookworm|trixie, AS=root|user, WHAT=run|test or nothing for both.",
        )
    if not IS_ROOT:
        raise GestorError("a chroot needs root", "sudo make fresh")
    if not shutil.which("debootstrap"):
        apt.install(["debootstrap"])


def _machine(suite):
    """Return the root of a bare Debian, unpacked from an archive made only once."""
    archive = make_dir(cache_dir() / "fresh") / f"{suite}.tar"
    root = cache_dir() / "fresh" / suite
    if root.exists():
        with step("Removing the machine of the last time"):
            run(["rm", "-rf", "--one-file-system", root], "removing the old machine")
    if not archive.exists():
        with step(f"Making a bare Debian {suite}"):
            scratch = root.with_suffix(".scratch")
            run(["rm", "-rf", "--one-file-system", scratch], "removing leftovers")
            options = ["--variant=minbase", f"--include={PACKAGES}"]
            run(
                ["debootstrap", *options, suite, scratch, *apt.sites()[:1]],
                "debootstrap",
            )
            tar = ["tar", "-C", scratch, "-cf", archive.with_suffix(".new"), "."]
            run(tar, "keeping the bare Debian")
            archive.with_suffix(".new").rename(archive)
            run(["rm", "-rf", "--one-file-system", scratch], "removing leftovers")
    make_dir(root)
    run(["tar", "-C", root, "-xpf", archive], "unpacking the bare Debian")
    return root


def _clone(root, who):
    """Put a clone of the committed state into the machine; return its home there."""
    home = "/root" if who == "root" else f"/home/{USER}"
    if who == "user":
        command = ["chroot", root, "useradd", "-m", "-u", USER_ID, "-s", "/bin/bash"]
        run([*command, USER], "adding the user")
    goal = root / home.lstrip("/") / "gestor"
    run(["git", "clone", "-q", "--no-hardlinks", ROOT, goal], "cloning")
    if who == "user":
        run(["chown", "-R", f"{USER_ID}:{USER_ID}", goal], "handing over the clone")
    hand_over_apt(root)
    if any(OWN_CERTIFICATES.glob("*.crt")):
        shutil.copytree(
            OWN_CERTIFICATES, root / str(OWN_CERTIFICATES)[1:], dirs_exist_ok=True
        )
        run(["chroot", root, "update-ca-certificates"], "adding certificates")
    return home


def hand_over_apt(root):
    """Let the machine reach the archive as this one does: proxy, age of its lists."""
    lines = output(["apt-config", "dump", "Acquire"]).splitlines()
    kept = [line for line in lines if line.startswith(APT_SETTINGS)]
    path = root / "etc/apt/apt.conf.d/99handed-over"
    path.write_text("".join(f"{line}\n" for line in kept))


def environment(home, variables):
    """Return the empty environment, plus what reaches the outside from here."""
    kept = {name: variables[name] for name in HANDED_OVER if name in variables}
    for name, value in variables.items():
        if name.startswith("PIP_") and name not in PIP_OFF:
            kept[name] = value
    if "PIP_CERT" in kept or any(OWN_CERTIFICATES.glob("*.crt")):
        bundle = "/etc/ssl/certs/ca-certificates.crt"
        kept.update(PIP_CERT=bundle, SSL_CERT_FILE=bundle, NODE_EXTRA_CA_CERTS=bundle)
    return {"HOME": home, "PATH": PATH, "TERM": "dumb", **kept}


def _inside(root, who, command):
    """Run a command inside, in name spaces of its own: no mount is left behind."""
    home = "/root" if who == "root" else f"/home/{USER}"
    identity = ["--reuid", USER_ID, "--regid", USER_ID, "--init-groups"]
    drop = ["setpriv", *identity] if who == "user" else []
    pairs = [f"{key}={val}" for key, val in environment(home, os.environ).items()]
    inside = ["chroot", str(root), *drop, "env", "-i", *pairs, "sh", "-c", command]
    mounts = (
        f"mount -t proc proc '{root}/proc' && mkdir -p '{root}/dev/shm' && "
        f"mount -t tmpfs -o mode=1777,size=4g shm '{root}/dev/shm' && exec \"$@\""
    )
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    return subprocess.run(
        [*spaces, "sh", "-c", mounts, "sh", *inside], stdin=subprocess.DEVNULL
    ).returncode
