"""What the gates read: addons, their Python models and their XML records."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

MODEL_BASES = {"AbstractModel", "Model", "TransientModel"}


@dataclass(frozen=True)
class Model:
    """One class that defines or extends a model."""

    name: str
    inherits: tuple
    abstract: bool
    path: Path
    node: ast.ClassDef

    @property
    def is_new(self):
        """Whether the class defines the model, not only extends it."""
        return self.name not in self.inherits


class Addon:
    """An addon in the checkout, read lazily."""

    def __init__(self, path):
        self.path = path
        self.name = path.name

    @cached_property
    def manifest(self):
        """The dictionary of ``__manifest__.py``."""
        return ast.literal_eval((self.path / "__manifest__.py").read_text("utf-8"))

    @cached_property
    def gestor_depends(self):
        """The addons of this family among its dependencies."""
        return [name for name in self.manifest["depends"] if "gestor" in name]

    def python(self, tests=False):
        """Yield ``(path, tree)`` of the Python files, those of the tests or the rest.

        :param bool tests: which of the two
        """
        for path in sorted(self.path.rglob("*.py")):
            inside = "tests" in path.relative_to(self.path).parts
            if inside == tests and path.name != "__manifest__.py":
                yield path, ast.parse(path.read_text("utf-8"), str(path))

    def xml(self):
        """Yield ``(path, root element)`` of every XML file that Odoo loads."""
        for path in sorted(self.path.rglob("*.xml")):
            if "tests" not in path.relative_to(self.path).parts:
                yield path, etree.parse(path).getroot()

    @cached_property
    def models(self):
        """All classes of the addon that define or extend a model."""
        return [
            model
            for path, tree in self.python()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and (model := _read_model(path, node))
        ]


def addons(root):
    """Return the shipped addons of a checkout, by name."""
    paths = sorted(path.parent for path in Path(root).glob("gestor_*/__manifest__.py"))
    return [Addon(path) for path in paths]


def place(root, path, line=None):
    """Return ``path:line`` relative to the root, as the first word of a problem."""
    name = Path(path).relative_to(root).as_posix()
    return f"{name}:{line}" if line else name


def repository_files(root):
    """Return the paths of all files that are, or would be, in version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    if listed.returncode:  # an unpacked archive, not a clone
        paths = Path(root).rglob("*")
    else:
        paths = (Path(root, name) for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def read_text(path):
    """Return the text of a file, or ``None`` if it is not text."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def _read_model(path, node):
    bases = {base.attr for base in node.bases if isinstance(base, ast.Attribute)}
    kinds = bases & MODEL_BASES
    if not kinds:
        return None
    values = {
        target.id: _literal(statement.value)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
    }
    inherits = values.get("_inherit") or ()
    inherits = (inherits,) if isinstance(inherits, str) else tuple(inherits)
    name = values.get("_name") or (inherits[0] if inherits else node.name)
    return Model(name, inherits, "AbstractModel" in kinds, path, node)


def _literal(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
