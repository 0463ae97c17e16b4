"""Debian packages without touching the system: find the archive, fetch, unpack.

Everything happens in a private state directory, so no root is needed, and apt itself
checks every signature. The address of the archive is the machine's own.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from console import GestorError, output, run
from paths import IS_ROOT, cache_dir, make_dir

NOT_A_RELEASE = re.compile(r"-security|-updates|-backports|/")
KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
QUIET = {
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "APT::Update::Post-Invoke-Success::": "",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
}


# --- The archive this machine is configured for --------------------------------------


def is_archive(site):
    """Tell whether an address is a Debian archive, not security or a CD."""
    return bool(site) and not site.startswith("cdrom:") and "security" not in site


def parse_list(text):
    """Return ``[(uri, suite, components)]`` of a file in the one-line format."""
    entry = re.compile(r"^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*(.*)")
    lines = (entry.match(line.split("#", 1)[0]) for line in text.splitlines())
    return [(m[1].rstrip("/"), m[2], m[3].split()) for m in lines if m]


def parse_stanza(text):
    """Return the fields of one deb822 stanza, names in lower case."""
    fields, name = {}, None
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line[:1] in " \t" and name:
            fields[name] += f" {line.strip()}"
        elif ":" in line:
            name, value = line.split(":", 1)
            name = name.strip().lower()
            fields[name] = value.strip()
    return fields


def parse_deb822(text):
    """Return ``[(uri, suite, components)]`` of a file in the deb822 format."""
    found = []
    for stanza in re.split(r"\n\s*\n", text):
        fields = parse_stanza(stanza)
        disabled = fields.get("enabled", "yes").lower() in ("no", "false", "0")
        if disabled or "deb" not in fields.get("types", "").split():
            continue
        components = fields.get("components", "").split()
        found += [
            (uri.rstrip("/"), suite, components)
            for uri in fields.get("uris", "").split()
            for suite in fields.get("suites", "").split()
        ]
    return found


def sites_from_files(etc=Path("/etc/apt")):
    """Return the archive's addresses as the configuration files name them."""
    folder = etc / "sources.list.d"
    found = []
    for path in [etc / "sources.list", *sorted(folder.glob("*.list"))]:
        if path.is_file():
            found += parse_list(path.read_text(errors="replace"))
    for path in sorted(folder.glob("*.sources")):
        found += parse_deb822(path.read_text(errors="replace"))
    return _unique(
        uri
        for uri, suite, components in found
        if is_archive(uri) and not NOT_A_RELEASE.search(suite) and "main" in components
    )


def sites_from_apt():
    """Return the same as apt itself knows it; nothing where its lists are empty."""
    pattern = "$(SITE) $(RELEASE) $(CREATED_BY) $(ORIGIN)"
    rows = output(["apt-get", "indextargets", "--format", pattern]).splitlines()
    found = []
    for row in rows:
        site, release, created_by, origin = (row.split(" ") + [""] * 3)[:4]
        ours = origin in ("", "$(ORIGIN)", "Debian")
        if ours and created_by == "Packages" and not NOT_A_RELEASE.search(release):
            found.append(site)
    return _unique(site for site in found if is_archive(site))


def sites():
    """Return the addresses of the Debian archive, the preferred first."""
    if os.environ.get("DEBIAN_MIRROR"):
        return [os.environ["DEBIAN_MIRROR"].rstrip("/")]
    return sites_from_apt() or sites_from_files()


def _unique(items):
    return list(dict.fromkeys(items))


def keyring():
    """Return the file with the Debian archive's keys, or None."""
    own = os.environ.get("GESTOR_DEBIAN_KEYRING")
    return next((k for k in (own, *KEYRINGS) if k and Path(k).is_file()), None)


def available():
    """Tell whether this machine has apt and dpkg at all."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


# --- A private apt -------------------------------------------------------------------


class PrivateApt:
    """An apt with its own lists and cache.

    With ``suites`` it sees the given suites of one archive and believes that nothing
    is installed; without, it sees this machine's own sources and installed packages.
    """

    def __init__(self, state, site=None, suites=()):
        self.state = state
        for folder in ("state", "lists/partial", "cache/archives/partial"):
            make_dir(state / folder)
        settings = {
            **QUIET,
            "Dir::State": state / "state",
            "Dir::State::lists": state / "lists",
            "Dir::State::status": "/var/lib/dpkg/status",
            "Dir::Cache": state / "cache",
            "Debug::NoLocking": "true",
        }
        if suites:
            settings.update(self._own_sources(site, suites))
        self.options = [
            part for s in settings.items() for part in ("-o", "=".join(map(str, s)))
        ]

    def _own_sources(self, site, suites):
        sources, status = self.state / "archive.sources", self.state / "status"
        status.touch()
        sources.write_text(
            f"Types: deb\nURIs: {site}\nSuites: {' '.join(suites)}\n"
            f"Components: main\nSigned-By: {keyring()}\n"
        )
        return {
            "Dir::Etc::sourcelist": sources,
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::status": status,
        }

    def update(self):
        """Read the package lists; return what apt said (it reports no failure)."""
        return subprocess.run(
            ["apt-get", *self.options, "-q", "update"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ).stdout

    def versions(self, names):
        """Return ``{package: [version, ...]}``, the newest first."""
        return parse_madison(output(["apt-cache", *self.options, "madison", *names]))

    def download(self, wanted, folder):
        """Fetch packages, given as ``name=version``, and return their files."""
        make_dir(folder)
        run(
            ["apt-get", *self.options, "-q", "download", *wanted],
            "the download of packages",
            cwd=folder,
        )
        return [find_deb(folder, *item.split("=", 1)) for item in wanted]

    def download_closure(self, names):
        """Fetch packages and whatever of their dependencies this machine lacks."""
        command = ["apt-get", *self.options, "-q", "-y", "--download-only"]
        run(
            [*command, "--no-install-recommends", "install", *names],
            f"the download of {', '.join(names)}",
        )
        return sorted((self.state / "cache" / "archives").glob("*.deb"))


def parse_madison(text):
    """Return ``{package: [version, ...]}`` of the output of ``apt-cache madison``."""
    found = {}
    for line in text.splitlines():
        columns = [column.strip() for column in line.split("|")]
        if len(columns) == 3 and columns[2].endswith("Packages"):
            found.setdefault(columns[0], []).append(columns[1])
    return found


def pick_version(versions, prefix=""):
    """Return the first (newest) version that begins with the prefix, or None."""
    return next((version for version in versions if version.startswith(prefix)), None)


def deb_version(path):
    """Return the version of a package file; an empty text if it is broken."""
    return output(["dpkg-deb", "-f", path, "Version"]).strip()


def find_deb(folder, name, version):
    """Return the file of a package and version in a folder.

    :raise GestorError: if it is missing or damaged
    """
    for path in sorted(folder.glob(f"{name}_*.deb")):
        if deb_version(path) == version:
            return path
    raise GestorError(
        f"the package {name} {version} did not arrive whole", "Run again: it continues."
    )


def unpack(deb, folder, exclude=()):
    """Unpack a package file into a folder, leaving out what matches the patterns.

    :raise GestorError: if it is damaged (then the cache forgets it) or the disk is full
    """
    options = [f"--exclude={pattern}" for pattern in exclude]
    command = ["dpkg-deb", "--fsys-tarfile", deb]
    problem = None
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as source:
        try:
            run(
                ["tar", "-x", "--no-same-owner", "-C", folder, *options],
                f"unpacking {deb.name}",
                stdin=source.stdout,
            )
        except GestorError as error:
            problem = error
    if problem and " full " in str(problem):
        raise problem
    if problem or source.returncode:
        if cache_dir() in deb.parents:  # never a file of the user's own
            deb.unlink(missing_ok=True)
        raise GestorError(f"{deb.name} is damaged", "Run again: it is fetched anew.")


def install(names):
    """Install packages into the system; only for root.

    :return: whether it worked
    """
    if not (IS_ROOT and available()):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-y", "--no-install-recommends", "install", *names]
    for _attempt in range(2):  # the lists may be missing or old: read them, then again
        if not _quiet(command, environment):
            return True
        _quiet(["apt-get", "-q", "update"], environment)
    return not _quiet(command, environment)


def _quiet(command, environment):
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ).returncode
