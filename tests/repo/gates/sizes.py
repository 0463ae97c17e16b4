"""Gate: size limits. What is too long to read is too long to change."""

import ast
import re
import tomllib
from pathlib import Path

from .source import addons, place, repository_files

FILE_LINES = 500
TEST_FILE_LINES = 600
CLASS_LINES = 450
METHOD_LINES = 50
TEST_METHOD_LINES = 60
FIELDS = 50
VIEW_LINES = 450
SCRIPT_LINES = 300
ADDON_LINES = 4000
COMPLEXITY = 10

VIEW_FOLDERS = {"report", "views", "wizards"}


def check_python(root):
    """Files, classes, methods and functions of all Python code."""
    problems = []
    for path in repository_files(root):
        if path.suffix != ".py":
            continue
        text = path.read_text("utf-8")
        is_test = "tests" in path.relative_to(root).parts
        limit = TEST_FILE_LINES if is_test else FILE_LINES
        lines = text.count("\n")
        if lines > limit:
            problems.append(f"{place(root, path)}: {lines} lines > {limit}")
        for node in ast.walk(ast.parse(text)):
            if problem := _too_long(node, is_test):
                problems.append(f"{place(root, path, node.lineno)}: {problem}")
    return problems


def check_fields(root):
    """Fields in one class of a model."""
    problems = []
    for addon in addons(root):
        for model in addon.models:
            count = sum(_is_field(statement) for statement in model.node.body)
            if count > FIELDS:
                where = place(root, model.path, model.node.lineno)
                problems.append(f"{where}: {count} fields > {FIELDS}")
    return problems


def check_views_and_scripts(root):
    """View files and JavaScript components."""
    problems = []
    for path in repository_files(root):
        parts = path.relative_to(root).parts
        if not parts[0].startswith("gestor_") or "lib" in parts:
            continue
        if path.suffix == ".xml" and VIEW_FOLDERS & set(parts):
            limit = VIEW_LINES
        elif path.suffix == ".js":
            limit = TEST_FILE_LINES if "tests" in parts else SCRIPT_LINES
        else:
            continue
        lines = path.read_text("utf-8").count("\n")
        if lines > limit:
            problems.append(f"{place(root, path)}: {lines} lines > {limit}")
    return problems


def check_addons(root):
    """Lines of code of a whole addon, without tests, comments and blank lines."""
    problems = []
    for addon in addons(root):
        total = 0
        for path in addon.path.rglob("*"):
            parts = path.relative_to(addon.path).parts
            if path.suffix in (".py", ".js") and not {"tests", "lib"} & set(parts[:-1]):
                lines = path.read_text("utf-8").splitlines()
                total += sum(1 for line in lines if re.match(r"\s*[^\s#/]", line))
        if total > ADDON_LINES:
            problems.append(f"{addon.name}: {total} lines of code > {ADDON_LINES}")
    return problems


def check_complexity(root):
    """Ruff measures the complexity; nobody may tell it to look away."""
    config = tomllib.loads((Path(root) / "ruff.toml").read_text("utf-8"))["lint"]
    problems = []
    if "C90" not in config["select"]:
        problems.append("ruff.toml: C90 is not selected")
    if config["mccabe"]["max-complexity"] > COMPLEXITY:
        problems.append(f"ruff.toml: max-complexity > {COMPLEXITY}")
    for path in repository_files(root):
        if path.suffix == ".py":
            lines = path.read_text("utf-8").splitlines()
            problems += [
                f"{place(root, path, number)}: complexity silenced"
                for number, line in enumerate(lines, 1)
                if re.search(r"#\s*noqa:?.*\bC90", line)
            ]
    return problems


def _too_long(node, is_test):
    if isinstance(node, ast.ClassDef):
        length, limit = node.end_lineno - node.lineno + 1, CLASS_LINES
        if is_test:
            return None  # the file's limit holds
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        length = node.end_lineno - node.lineno + 1 - _docstring_lines(node)
        limit = TEST_METHOD_LINES if is_test else METHOD_LINES
    else:
        return None
    return f"{node.name} has {length} lines > {limit}" if length > limit else None


def _docstring_lines(node):
    """Return how many lines a docstring takes: a contract may be as long as it is."""
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return node.body[0].end_lineno - node.body[0].lineno + 1


def _is_field(statement):
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Attribute)
        and isinstance(statement.value.func.value, ast.Name)
        and statement.value.func.value.id == "fields"
    )
