"""Gate: which addon may depend on which."""

import ast

from .source import addons, place

# The kernel and what installs itself with it: parts of the kernel with a reason to
# change of their own.
_KERNEL = {
    "gestor_base",
    "gestor_calendar",
    "gestor_fields",
    "gestor_library",
    "gestor_templates",
    "gestor_texts",
}
# The client file and what installs itself with it, for the same reason.
_CLIENTS = {
    "gestor_client_map",
    "gestor_client_sets",
    "gestor_consents",
    "gestor_duplicates",
    "gestor_partners",
}
# Activities and what installs itself with them, for the same reason.
_ACTIVITIES = {
    "gestor_activities",
    "gestor_activity_series",
    "gestor_activity_time",
    "gestor_call_lists",
}
_BUSINESS = (
    _KERNEL
    | _CLIENTS
    | _ACTIVITIES
    | {
        "gestor_automation",
        "gestor_products",
        "gestor_scenario",
    }
)

# Every addon that may exist, and the addons of the family that it may name in
# ``depends``. No arrow runs upwards; see docs/architecture.md.
ALLOWED = {
    "gestor_base": set(),
    "gestor_activities": _KERNEL | _CLIENTS | {"gestor_automation", "gestor_scenario"},
    "gestor_activity_series": _KERNEL | {"gestor_activities", "gestor_automation"},
    "gestor_activity_time": _KERNEL | {"gestor_activities"},
    "gestor_audit": {"gestor_base"},
    "gestor_automation": _KERNEL,
    "gestor_calendar": {"gestor_base"},
    "gestor_call_lists": _KERNEL
    | _CLIENTS
    | {"gestor_activities", "gestor_automation"},
    "gestor_client_map": {"gestor_client_sets", "gestor_partners"},
    "gestor_client_sets": _KERNEL | {"gestor_automation", "gestor_partners"},
    "gestor_consents": _KERNEL | {"gestor_partners"},
    "gestor_contracts": _BUSINESS,
    "gestor_duplicates": _KERNEL | {"gestor_partners"},
    "gestor_epp": _KERNEL
    | {"gestor_automation", "gestor_partners", "gestor_pl", "gestor_products"},
    "gestor_fields": {"gestor_base"},
    "gestor_library": {"gestor_base"},
    "gestor_mail": _KERNEL | _CLIENTS,
    "gestor_offer_approval": _KERNEL | {"gestor_offers"},
    "gestor_offer_bulk": _KERNEL
    | {"gestor_automation", "gestor_client_sets", "gestor_offers"},
    "gestor_offer_comparison": _KERNEL | {"gestor_offers"},
    "gestor_offer_mail": {"gestor_offers"},
    "gestor_offer_prices": {"gestor_offers"},
    "gestor_offer_processes": _KERNEL | {"gestor_offers", "gestor_scenario"},
    "gestor_offer_prints": _KERNEL | {"gestor_offers"},
    "gestor_offer_realize": _KERNEL | {"gestor_offers"},
    "gestor_offer_tracking": _KERNEL | {"gestor_automation", "gestor_offers"},
    "gestor_offers": _BUSINESS,
    "gestor_partners": _KERNEL,
    "gestor_pdf": {"gestor_base"},
    "gestor_pl": _KERNEL | {"gestor_partners", "gestor_products"},
    "gestor_products": _KERNEL,
    "gestor_reports": _KERNEL | _CLIENTS,
    "gestor_resources": _KERNEL | {"gestor_automation"},
    "gestor_self_booking": _KERNEL | _CLIENTS | _ACTIVITIES | {"gestor_automation"},
    "gestor_scenario": _KERNEL | {"gestor_automation"},
    "gestor_service": _BUSINESS,
    "gestor_templates": {"gestor_base", "gestor_fields"},
    # own fields of documents are placeholders in the texts made from them
    "gestor_texts": {"gestor_base", "gestor_fields", "gestor_library"},
}
# Glue: installs itself where two addons meet that do not know each other.
GLUE = {
    "gestor_activities_holidays": {"gestor_activities"},
    "gestor_activities_offers": {"gestor_activities", "gestor_offers"},
    "gestor_activities_resources": {"gestor_activities", "gestor_resources"},
    "gestor_consents_mass_mailing": {"gestor_consents"},
    "gestor_offer_prices_pl": {"gestor_offer_prices", "gestor_pl"},
    "gestor_offer_realize_stock": {"gestor_offer_realize"},
    "gestor_offers_loyalty": {"gestor_client_sets", "gestor_offers"},
    "gestor_partners_automation": {"gestor_automation", "gestor_partners"},
    "gestor_partners_calendar": {"gestor_partners"},
    "gestor_products_activities": {"gestor_activities", "gestor_products"},
    "gestor_products_sale": {"gestor_products"},
    "gestor_products_stock": {"gestor_products"},
    "gestor_resources_fleet": {"gestor_resources"},
    "gestor_resources_maintenance": {"gestor_resources"},
    "gestor_resources_stock": {"gestor_resources"},
    "gestor_self_booking_resources": {
        "gestor_activities_resources",
        "gestor_resources",
        "gestor_self_booking",
    },
    "gestor_service_offers": {"gestor_offers", "gestor_service"},
}


def check_edges(root):
    """Every dependency inside the family is one that the architecture allows."""
    problems = []
    known = ALLOWED | GLUE
    for addon in addons(root):
        where = place(root, addon.path / "__manifest__.py")
        if addon.name not in known:
            problems.append(f"{where}: {addon.name} is not in the architecture")
            continue
        problems += [
            f"{where}: {addon.name} may not depend on {name}"
            for name in addon.gestor_depends
            if name not in known[addon.name]
        ]
    return problems


def check_circles(root):
    """No addon depends on itself by any way round."""
    edges = {addon.name: addon.gestor_depends for addon in addons(root)}
    return [
        f"{name}: depends on itself through {', '.join(sorted(edges[name]))}"
        for name in edges
        if name in _reachable(edges, name)
    ]


def check_imports(root):
    """Python imports from an addon only what its dependencies bring along."""
    problems = []
    edges = {addon.name: addon.gestor_depends for addon in addons(root)}
    for addon in addons(root):
        allowed = _reachable(edges, addon.name) | {addon.name}
        for tests in (False, True):
            for path, tree in addon.python(tests):
                problems += [
                    f"{place(root, path, line)}: imports {name}, not a dependency"
                    for name, line in _family_imports(tree)
                    if name not in allowed
                ]
    return problems


def check_glue(root):
    """A glue addon installs itself."""
    return [
        f"{place(root, addon.path / '__manifest__.py')}: glue without auto_install"
        for addon in addons(root)
        if addon.name in GLUE and not addon.manifest.get("auto_install")
    ]


def _reachable(edges, start):
    found, todo = set(), list(edges.get(start, ()))
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += edges.get(name, ())
    return found


def _family_imports(tree):
    """Yield ``(addon, line)`` for each absolute import of an addon of the family."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["odoo", "addons"] and parts[2].startswith("gestor_"):
                yield parts[2], node.lineno
