"""Translations: export the terms of the addons and merge them into ``pl.po``."""

import subprocess

import addons as repository
from console import GestorError, run, step
from paths import ROOT
from testbed import open_testbed

MERGE = ROOT / "tools" / "scripts" / "merge_po.py"


def refresh(chosen=""):
    """Write ``i18n/<addon>.pot`` and merge it into ``i18n/pl.po`` of each addon.

    :return: exit status: 1 while a term has no translation
    """
    present = repository.find()
    names = chosen.replace(",", " ").split() or list(present)
    unknown = set(names) - set(present)
    if unknown:
        raise GestorError(f"there is no addon {unknown.pop()}", "ADDONS=name,name")
    bed = open_testbed()
    try:
        database = bed.everything()
        for name in names:
            (present[name].path / "i18n").mkdir(exist_ok=True)
        with step(f"Exporting the terms of {', '.join(names)}"):
            export = ["i18n", "export", "-c", bed.workspace.conf, "-d", database]
            run(
                bed.workspace.odoo(*export, "-l", "pot", *names),
                "the export of terms",
                env=bed.workspace.environment(),
                cwd=bed.workspace.folder,
            )
        folders = [str(present[name].path / "i18n") for name in names]
        command = [str(bed.workspace.env.python), str(MERGE), *folders]
        return subprocess.run(command).returncode
    finally:
        bed.stop()
