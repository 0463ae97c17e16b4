"""Gate: the documentation points at what exists."""

import re
from pathlib import Path
from urllib.parse import unquote

import polib

from .source import addons, place, repository_files

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)

HOOKS = "docs/extension-points.md"
CODE = re.compile(r"`([^`\n]+)`")
METHOD = re.compile(r"\b(_[a-z]\w+|action_\w+)\(")
MODEL = re.compile(r"\bgestor(?:\.[a-z_]+)+\b")

MANUAL = "docs/pl"
LABEL = re.compile(r"\*\*([^*\n]+)\*\*")
# Labels of the host that the manual leads through.
HOST_LABELS = {"Gestor", "Użytkownicy", "Użytkownicy i firmy", "Ustawienia"}

MATRIX = "docs/feature-matrix.md"
STATES = {"done", "part", "planned"}
# Identifiers by group: letter and count. The first table is the yardstick, B beyond it.
GROUPS = {
    "P": 23,
    "X": 16,
    "E": 4,
    "C": 20,
    "A": 15,
    "R": 4,
    "K": 4,
    "O": 21,
    "S": 21,
    "U": 16,
    "M": 26,
    "Q": 3,
    "N": 3,
    "T": 6,
    "B": 20,
}
ROW = re.compile(r"^\| *([A-Z]\d+) *\|(.*)\|\s*$", re.MULTILINE)


def check_links(root):
    """Each relative link of a Markdown file leads to a file and a heading in it."""
    problems = []
    for path in repository_files(root):
        if path.suffix != ".md":
            continue
        text = path.read_text("utf-8")
        plain = FENCE.sub(lambda found: "\n" * found[0].count("\n"), text)
        for match in LINK.finditer(plain):
            target = unquote(match[1])
            if re.match(r"[a-z]+:", target):
                continue
            if not _resolves(path, target):
                line = plain.count("\n", 0, match.start()) + 1
                problems.append(f"{place(root, path, line)}: dead link {target}")
    return problems


def check_extension_points(root):
    """Every method and model that the page of extension points names is there."""
    path = Path(root) / HOOKS
    if not path.is_file():
        return [f"{HOOKS}: does not exist"]
    spans = CODE.findall(path.read_text("utf-8"))
    methods = {name for span in spans for name in METHOD.findall(span)}
    models = {name for span in spans for name in MODEL.findall(span)}
    code = "\n".join(
        file.read_text("utf-8")
        for addon in addons(root)
        for file in sorted(addon.path.rglob("*.py"))
    )
    problems = [
        f"{HOOKS}: no addon defines {name}()"
        for name in sorted(methods)
        if f"def {name}(" not in code
    ]
    known = {model.name for addon in addons(root) for model in addon.models}
    # `gestor.offer._gestor_accept()`: the last word is the method's
    problems += [
        f"{HOOKS}: no addon has the model {name}"
        for name in sorted(models)
        if name not in known and name.rpartition(".")[0] not in known
    ]
    return problems


def check_manual_labels(root):
    """What the Polish manual prints in bold is on the screen under this name."""
    known = set(HOST_LABELS)
    for addon in addons(root):
        path = addon.path / "i18n" / "pl.po"
        if path.is_file():
            known |= {entry.msgstr for entry in polib.pofile(str(path))}
    problems = []
    for path in sorted((Path(root) / MANUAL).glob("*.md")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            problems += [
                f"{place(root, path, number)}: no screen says {label!r}"
                for found in LABEL.findall(line)
                for label in found.split(" > ")
                if label not in known
            ]
    return problems


def check_feature_matrix(root):
    """Every feature stands once in the matrix, with a state and a place that exists."""
    path = Path(root) / MATRIX
    if not path.is_file():
        return [f"{MATRIX}: does not exist"]
    text = path.read_text("utf-8")
    rows = [(found[1], _cells(found[2])) for found in ROW.finditer(text)]
    names = [name for name, _cells_of_row in rows]
    wanted = [f"{group}{n}" for group, count in GROUPS.items() for n in _upto(count)]
    problems = [f"{MATRIX}: {name} is missing" for name in wanted if name not in names]
    problems += [f"{MATRIX}: {name} is unknown" for name in names if name not in wanted]
    problems += [
        f"{MATRIX}: {name} stands there twice"
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    for name, cells in rows:
        problems += [f"{MATRIX}: {name} {problem}" for problem in _faults(root, cells)]
    return problems


def _upto(count):
    return range(1, count + 1)


def _cells(text):
    return [cell.strip() for cell in text.split("|")]


def _faults(root, cells):
    """Yield what is wrong with a row: name, state, addons, proof."""
    if len(cells) != 4:
        yield "must have the cells name, state, where, proof"
        return
    _name, state, where, proof = cells
    if state not in STATES:
        yield f"has no state of {', '.join(sorted(STATES))}"
    if state == "planned":
        return
    places = re.findall(r"`([^`]+)`", where)
    if not places:
        yield "does not say where it is"
    for name in places:
        if not (Path(root) / name).exists():
            yield f"is said to be in {name}, which does not exist"
    proofs = re.findall(r"`([^`]+)`", proof)
    if state == "done" and not proofs:
        yield "is called done without a proof"
    for name in proofs:
        if not (Path(root) / name).exists():
            yield f"is said to be proved by {name}, which does not exist"


def _resolves(path, target):
    name, _mark, anchor = target.partition("#")
    file = path.parent / name if name else path
    if not file.exists():
        return False
    if not anchor or file.suffix != ".md":
        return True
    headings = HEADING.findall(FENCE.sub("", file.read_text("utf-8")))
    return anchor in {_slug(heading) for heading in headings}


def _slug(heading):
    """Return the anchor that the usual renderers give to a heading."""
    text = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text).strip())
