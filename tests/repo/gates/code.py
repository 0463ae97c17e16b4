"""Gate: what no code of an addon may contain."""

import ast
import re
import tokenize

from .source import addons, place

# Attributes of the past and what stands in their place.
OLD_NAMES = {
    "name_get": "_compute_display_name",
    "read_group": "_read_group or formatted_read_group",
}
OLD_ASSIGNMENTS = {"_sql_constraints": "models.Constraint"}
# Commands that a tuple can spell, by its length: (4, id) or (6, 0, ids).
COMMANDS = {2: {2, 3, 4}, 3: {0, 1, 6}}
XML_COMMAND = re.compile(r"\(\s*[0-6]\s*,\s*(ref\(|0\b|False\b|_\b)")


def check_one_class_per_model(root):
    """A model is extended by one class per addon: otherwise it has no one place."""
    problems = []
    for addon in addons(root):
        seen = {}
        for model in addon.models:
            where = place(root, model.path, model.node.lineno)
            first = seen.setdefault(model.name, where)
            if first != where:
                problems.append(f"{where}: second class of {model.name}, see {first}")
    return problems


def check_forbidden_python(root):
    """Constructs that hide errors or belong to older versions of the host."""
    problems = []
    for addon in addons(root):
        for path, tree in addon.python():
            problems += [
                f"{place(root, path, node.lineno)}: {problem}"
                for node in ast.walk(tree)
                if (problem := _forbidden(node))
            ]
    return problems


def check_forbidden_xml(root):
    """Views that replace, and commands written as tuples."""
    problems = []
    for addon in addons(root):
        for path, tree in addon.xml():
            for element in tree.iter("*"):
                where = place(root, path, element.sourceline)
                if element.get("position") == "replace":
                    problems.append(f"{where}: position replace, use another position")
                if XML_COMMAND.search(element.get("eval", "")):
                    problems.append(f"{where}: a tuple as command, use Command")
    return problems


def check_sudo_comments(root):
    """Each ``sudo()`` says why, on its line or just above its statement."""
    problems = []
    for addon in addons(root):
        for path, tree in addon.python():
            comments = _comment_lines(path)
            problems += [
                f"{place(root, path, call.lineno)}: sudo() without a comment"
                for statement, call in _sudo_calls(tree)
                if not comments
                & {statement.lineno - 1, *range(statement.lineno, call.end_lineno + 1)}
            ]
    return problems


def _forbidden(node):
    """Return what is wrong with one node, or ``None``."""
    if isinstance(node, ast.ExceptHandler) and node.type is None:
        return "bare except"
    if isinstance(node, ast.Assert):
        return "assert outside a test, raise an error"
    if isinstance(node, ast.Name) and node.id in OLD_ASSIGNMENTS:
        return f"{node.id}, use {OLD_ASSIGNMENTS[node.id]}"
    if isinstance(node, ast.FunctionDef) and node.name in OLD_NAMES:
        return f"{node.name}, use {OLD_NAMES[node.name]}"
    if isinstance(node, ast.Call):
        return _forbidden_call(node.func)
    if isinstance(node, ast.List) and any(map(_is_command_tuple, node.elts)):
        return "a tuple as command, use Command"
    return None


def _forbidden_call(function):
    if isinstance(function, ast.Name) and function.id == "print":
        return "print, use the logger"
    if isinstance(function, ast.Attribute) and function.attr in OLD_NAMES:
        return f"{function.attr}, use {OLD_NAMES[function.attr]}"
    return None


def _is_command_tuple(node):
    if not isinstance(node, ast.Tuple) or not node.elts:
        return False
    first, *rest = node.elts
    if not isinstance(first, ast.Constant) or type(first.value) is not int:
        return False
    if first.value not in COMMANDS.get(len(node.elts), ()):
        return False
    if len(rest) == 1:
        return not isinstance(rest[0], ast.Constant)
    # a leaf of a domain, (1, "=", 1), is no command
    return not isinstance(rest[1], ast.Constant)


def _sudo_calls(tree):
    """Yield ``(statement, call)`` for each call that raises the rights."""
    for statement in ast.walk(tree):
        if not isinstance(statement, ast.stmt):
            continue
        for node in _own_expressions(statement):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "sudo"
                and not _is_false(node.args)
            ):
                yield statement, node


def _own_expressions(statement):
    """Yield the nodes of a statement without those of statements inside it."""
    todo = [statement]
    while todo:
        for child in ast.iter_child_nodes(todo.pop()):
            if not isinstance(child, ast.stmt | ast.ExceptHandler):
                yield child
                todo.append(child)


def _is_false(arguments):
    return bool(arguments) and getattr(arguments[0], "value", None) is False


def _comment_lines(path):
    """Return the numbers of the lines that have a comment."""
    with tokenize.open(path) as file:
        return {
            token.start[0]
            for token in tokenize.generate_tokens(file.readline)
            if token.type == tokenize.COMMENT
        }
