"""Merge a fresh ``.pot`` into ``pl.po``: keep translations, drop what is gone.

Usage: ``python merge_po.py FOLDER...``, each an ``i18n`` folder. Needs polib.
"""

import sys
from pathlib import Path

import polib

HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "pl",
    "Plural-Forms": (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && "
        "(n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}


def merge(folder):
    """Merge the template of one addon; return how many terms lack a translation."""
    template = polib.pofile(str(folder / f"{folder.parent.name}.pot"))
    path = folder / "pl.po"
    target = polib.pofile(str(path)) if path.exists() else polib.POFile()
    target.metadata = {**template.metadata, **target.metadata, **HEADER}
    target.metadata["Project-Id-Version"] = template.metadata["Project-Id-Version"]
    target.merge(template)
    for entry in target.obsolete_entries():
        target.remove(entry)
    order = {entry.msgid: place for place, entry in enumerate(template)}
    target.sort(key=lambda entry: order[entry.msgid])
    target.save(str(path))
    missing = [e for e in target if not e.translated()]
    print(f"{folder.parent.name}: {len(target)} terms, {len(missing)} untranslated")
    for entry in missing:
        print(f"    {entry.msgid!r}")
    return len(missing)


if __name__ == "__main__":
    sys.exit(1 if sum(merge(Path(folder)) for folder in sys.argv[1:]) else 0)
