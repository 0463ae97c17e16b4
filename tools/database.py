"""Databases with Gestor: make, refresh, copy, remove - together with their files.

A new database is a copy of a template that holds everything Gestor needs from
elsewhere, so making one takes seconds, not minutes. A note on each database says
which state of the addons it holds; only what changed since is updated.
"""

import hashlib
import os
import shutil

import addons as repository
from console import GestorError, say, step
from paths import ROOT, make_dir

LANGUAGES = "pl_PL,en_US"
# The chart of accounts must be there before accounting gives the company another one.
CHART = "l10n_pl"
TEMPLATE = "gestor-template-"
COMPANY_SCRIPT = ROOT / "tools" / "scripts" / "polish_company.py"
ASSETS_SCRIPT = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"
INSTALL = ("--stop-after-init", "--no-http", f"--load-language={LANGUAGES}")
QUIET = ("--log-level=warn",)


def is_stale(old, new):
    """Tell whether one template's note says that another template replaces it."""
    if "building" in old:
        return False
    if old.get("made_for") != new["made_for"]:
        return True
    both = bool(old.get("modules") and new["modules"])
    return both and old["modules"] != new["modules"]


class Databases:
    """The databases of one workspace."""

    def __init__(self, workspace, log=QUIET):
        self.workspace = workspace
        self.pg = workspace.pg
        self.log = log
        self.logged = ""  # what the last installation said

    # --- What is there -----------------------------------------------------------

    def check_name(self, name):
        """Refuse names that are no name of a database of the user's."""
        if not name or not name.replace("_", "").replace("-", "").isalnum():
            raise GestorError(
                f"'{name}' is no name for a database",
                "Say DB=name: letters, digits, _.",
            )
        if name.startswith(TEMPLATE) or name in ("postgres", "template0", "template1"):
            raise GestorError(f"the database {name} belongs to the machinery")

    def require(self, name):
        """Stop if there is no such database."""
        self.check_name(name)
        if not self.pg.exists(name):
            raise GestorError(
                f"there is no database {name}", f"Make it: make db DB={name}"
            )

    # --- Make and refresh --------------------------------------------------------

    def ensure(self, name, demo=False, addons=None):
        """Make a database with the addons, or update what changed in it.

        :return: whether it is new
        """
        self.check_name(name)
        wanted = repository.find() if addons is None else addons
        note = self.pg.note(name) if self.pg.exists(name) else None
        if note is not None and "building" in note:
            say(f"the database {name} was not finished: making it anew")
            self.drop(name)
            note = None
        if note is None:
            self._create(name, demo, wanted)
            return True
        if demo and not note.get("demo"):
            say(
                f"note: {name} was made without demo data ('make drop' it to have them)"
            )
        self._refresh(name, note, wanted)
        return False

    def _create(self, name, demo, wanted):
        template = self.template(demo, wanted)
        self.copy(template, name, {"building": True})
        if wanted:
            with step(f"Installing {', '.join(wanted)} into the database {name}"):
                self.install(name, wanted)
        self._note(name, wanted, demo)

    def _refresh(self, name, note, wanted):
        current = repository.digests(wanted)
        new, changed = repository.compare(note.get("addons", {}), current)
        if note.get("host") not in (None, self.workspace.host.version):
            changed = ["base"]  # which updates everything
        if not (new or changed):
            say(f"the database {name} is up to date")
            return
        with step(f"Updating {', '.join(new + changed)} in the database {name}"):
            self.install(name, new, changed)
        self._note(name, wanted, note.get("demo", False))

    def install(self, name, new, changed=()):
        """Install the new and update the changed addons of a database."""
        options = ["-d", name, *INSTALL, *self.log]
        if new:
            options += ["-i", ",".join(new)]
        if changed:
            options += ["-u", ",".join(changed)]
        self.logged = self.workspace.run_odoo(
            *options, what=f"the installation in {name}"
        )
        return self.logged

    def generate_assets(self, name):
        """Compile the scripts and styles of the web client ahead of the first user."""
        with step("Preparing the web client (once)"):
            self.workspace.run_odoo(
                "shell",
                *("-d", name, "--no-http", *QUIET),
                what="preparing the web client",
                stdin=ASSETS_SCRIPT,
            )

    def _note(self, name, wanted, demo):
        note = {"addons": repository.digests(wanted), "demo": demo}
        self.pg.set_note(name, {**note, "host": self.workspace.host.version})

    # --- Templates ---------------------------------------------------------------

    def template(self, demo=False, wanted=None, modules=None):
        """Return the template database with all that the addons need, made if missing.

        :param modules: exactly these modules instead of what the addons need
        """
        if modules is None:
            modules = sorted({*repository.foreign_depends(wanted or {}), CHART})
        name = TEMPLATE + self._template_key(demo, modules)
        if self.pg.exists(name):
            if "building" not in self.pg.note(name):
                return name
            self.drop(name)
        with step(f"Making a database template with {', '.join(modules) or 'base'}"):
            self._fill_template(name, demo, modules)
        note = {"made_for": self._made_for(), "modules": modules}
        self.pg.set_note(name, note)
        for other in self.pg.names(TEMPLATE):
            if is_stale(self.pg.note(other), note):
                self.drop(other)
        return name

    def _made_for(self):
        return f"{self.workspace.host.version} {self.workspace.env.folder.name}"

    def _template_key(self, demo, modules):
        parts = [
            self._made_for(),
            COMPANY_SCRIPT.read_text(),
            *modules,
        ]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
        return digest + ("-demo" if demo else "")

    def _fill_template(self, name, demo, modules):
        options = ["--language", "pl_PL", "--country", "PL"]
        options += ["--with-demo"] if demo else []
        run_odoo = self.workspace.run_odoo
        shutil.rmtree(self.workspace.filestore / name, ignore_errors=True)
        run_odoo("db", "init", name, *options, what="making a database")
        self.pg.set_note(name, {"building": True})
        run_odoo(
            "shell",
            *("-d", name, "--no-http", *QUIET),
            what="setting up the company",
            stdin=COMPANY_SCRIPT.read_text(),
        )
        if modules:
            self.install(name, modules)

    # --- Copy and remove ---------------------------------------------------------

    def copy(self, source, target, note=None):
        """Copy a database with its files, which are shared by hard links."""
        self.pg.copy(source, target)
        self.pg.set_note(target, {"building": True})
        files, goal = (self.workspace.filestore / name for name in (source, target))
        shutil.rmtree(goal, ignore_errors=True)
        make_dir(goal.parent)
        if files.is_dir():
            shutil.copytree(files, goal, copy_function=os.link)
        self.pg.set_note(target, self.pg.note(source) if note is None else note)

    def drop(self, name):
        """Remove a database and its files."""
        self.pg.drop(name)
        shutil.rmtree(self.workspace.filestore / name, ignore_errors=True)
