"""Gate: access rights. Lint cannot see what a rule means; this sees what it lacks."""

import csv
import re

from .source import addons, place

NEVER_NOUPDATE = {"ir.model.access", "res.groups", "res.groups.privilege"}
OWN = re.compile(r"(^|[_\s])own($|[_\s:])", re.IGNORECASE)


def check_access_rows(root):
    """Each model that has records has a row in ``ir.model.access.csv``."""
    problems = []
    for addon in addons(root):
        granted = _granted_models(addon)
        problems += [
            f"{place(root, model.path, model.node.lineno)}: no access row"
            f" for {model.name}"
            for model in addon.models
            if model.is_new and not model.abstract
            # a delegate or an SQL view has records, too
            if f"model_{model.name.replace('.', '_')}" not in granted
        ]
    return problems


def check_noupdate(root):
    """Groups and access rows are updated with the addon: a fix reaches everybody."""
    return [
        f"{place(root, path, record.sourceline)}: {record.get('model')} in noupdate"
        for addon in addons(root)
        for path, tree in addon.xml()
        for record in tree.iter("record")
        if record.get("model") in NEVER_NOUPDATE and _is_noupdate(record)
    ]


def check_own_rules(root):
    """A rule of a group that calls itself "own" compares with the user.

    A rule without a group, for example about the own companies, narrows for everybody.
    """
    problems = []
    for addon in addons(root):
        for path, tree in addon.xml():
            for rule in tree.iter("record"):
                if rule.get("model") != "ir.rule":
                    continue
                values = {field.get("name"): field for field in rule.iter("field")}
                title = getattr(values.get("name"), "text", None) or ""
                named = OWN.search(rule.get("id", "")) or OWN.search(title)
                domain = values.get("domain_force")
                if named and "groups" in values and "user.id" not in _content(domain):
                    where = place(root, path, rule.sourceline)
                    problems.append(f"{where}: rule says own, domain has no user.id")
    return problems


def _granted_models(addon):
    path = addon.path / "security" / "ir.model.access.csv"
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row.get("model_id:id") or "").rpartition(".")[2] for row in rows}


def _is_noupdate(element):
    return any(
        ancestor.get("noupdate") in ("1", "True", "true")
        for ancestor in element.iterancestors()
    )


def _content(field):
    return "" if field is None else f"{field.text or ''}{field.get('eval') or ''}"
