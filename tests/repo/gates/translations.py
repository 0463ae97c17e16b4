"""Gate: every term of an addon is in its template, and in Polish."""

import ast
import re
from collections import Counter
from functools import cache

import polib

from .source import addons, place

LANGUAGE = "pl"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdf%]|\{\w*\}|\{\{.*?\}\}")
HAS_LETTER = re.compile(r"[^\W\d_]")
# What of a view and of a menu the host offers for translation.
XML_ATTRIBUTES = ("string", "placeholder", "help", "confirm", "sum", "avg")
TRANSLATED_KEYWORDS = ("string", "help")


def check_catalogues(root):
    """The Polish catalogue has the terms of the template, all, done and no others."""
    problems = []
    for addon in addons(root):
        template, polish = _paths(addon)
        missing = [path for path in (template, polish) if not path.is_file()]
        if missing:
            problems += [f"{place(root, path)}: does not exist" for path in missing]
            continue
        where = place(root, polish)
        wanted, found = _terms(template), _terms(polish)
        problems += [f"{where}: lacks {term!r}" for term in wanted - found]
        problems += [f"{where}: {term!r} is not in use" for term in found - wanted]
        for entry in polib.pofile(str(polish)):
            if problem := _problem(entry):
                problems.append(f"{where}:{entry.linenum}: {problem}")
    return problems


def check_placeholders(root):
    """A translation has the placeholders of its term, in whatever order."""
    problems = []
    for addon in addons(root):
        path = _paths(addon)[1]
        for entry in polib.pofile(str(path)) if path.is_file() else ():
            texts = [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values()
            wanted = Counter(PLACEHOLDER.findall(entry.msgid))
            problems += [
                f"{place(root, path, entry.linenum)}: placeholders differ"
                for text in texts
                if text and Counter(PLACEHOLDER.findall(text)) != wanted
            ]
    return problems


def check_template_fresh(root):
    """What the source shows to a user is in the template.

    Only the terms that can be found without Odoo: messages in code, labels and helps
    of fields, names of models, and the texts of attributes in views.
    """
    problems = []
    for addon in addons(root):
        template = _paths(addon)[0]
        if not template.is_file():
            continue  # check_catalogues says so
        known = {" ".join(term.split()) for term in _terms(template)}
        problems += [
            f"{place(root, path, line)}: {term!r} is not in {template.name}"
            for path, line, term in [*_python_terms(addon), *_xml_terms(addon)]
            if HAS_LETTER.search(term) and " ".join(term.split()) not in known
        ]
    return problems


def _paths(addon):
    folder = addon.path / "i18n"
    return folder / f"{addon.name}.pot", folder / f"{LANGUAGE}.po"


@cache
def _read(path, _changed):
    return frozenset(entry.msgid for entry in polib.pofile(path) if not entry.obsolete)


def _terms(path):
    """Return the terms of a catalogue."""
    return _read(str(path), path.stat().st_mtime_ns)


def _problem(entry):
    if entry.obsolete:
        return "obsolete entry"
    if entry.fuzzy:
        return f"fuzzy: {entry.msgid!r}"
    if not (entry.msgstr or all(entry.msgstr_plural.values() or [""])):
        return f"not translated: {entry.msgid!r}"
    return None


def _python_terms(addon):
    """Yield ``(path, line, term)`` of the texts in Python code."""
    for path, tree in addon.python():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for value in _translated_arguments(node):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield path, value.lineno, value.value
    for model in addon.models:
        for statement in model.node.body:
            if isinstance(statement, ast.Assign) and model.is_new:
                names = {getattr(target, "id", None) for target in statement.targets}
                if "_description" in names and isinstance(
                    statement.value, ast.Constant
                ):
                    yield model.path, statement.lineno, statement.value.value


def _translated_arguments(call):
    """Return the argument nodes of a call that hold a text for the user."""
    function = call.func
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name in ("_", "_lt"):
        return call.args[:1]
    if isinstance(function, ast.Attribute) and _is_name(function.value, "fields"):
        return [item.value for item in call.keywords if item.arg in TRANSLATED_KEYWORDS]
    return []


def _is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


def _xml_terms(addon):
    """Yield ``(path, line, term)`` of the texts in attributes of views and menus."""
    for path, tree in addon.xml():
        if "static" in path.relative_to(addon.path).parts:
            continue
        for menu in tree.iter("menuitem"):
            if menu.get("name"):
                yield path, menu.sourceline, menu.get("name")
        for arch in tree.iter("field"):
            if arch.get("name") != "arch":
                continue
            for element in arch.iter("*"):
                for attribute in XML_ATTRIBUTES:
                    if element.get(attribute):
                        yield path, element.sourceline, element.get(attribute)
