"""Conversion of quantities with exact fractions against the host's own, with floats."""

from measure import cost, row, without_helpers

import odoo.addons.uom.models.uom_uom as host

TIMES = 20_000
REPEATS = 5

TARGETS = {
    f"{TIMES:,} conversions of whole quantities": 5,
    f"{TIMES:,} conversions of decimal quantities": 5,
    "queries of the conversions": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    units = env["uom.uom"]
    pack = units.create({"name": "Pack"})
    piece = units.create(
        {
            "name": "Piece",
            "relative_uom_id": pack.id,
            "factor_num": 1,
            "factor_den": 3,
        }
    )
    rows = []
    for kind, step in (("whole", 1), ("decimal", 0.37)):
        quantities = [step * (1 + number % 1000) for number in range(TIMES)]
        ours = cost(env, lambda many=quantities: _ours(piece, pack, many), REPEATS)
        plain = cost(env, lambda many=quantities: _host(piece, pack, many), REPEATS)
        name = f"{TIMES:,} conversions of {kind} quantities"
        rows.append(row(name, ours.seconds, plain.seconds))
    rows.append(row("queries of the conversions", ours.queries, plain.queries, "SQL"))
    return rows


def _ours(piece, pack, quantities):
    for quantity in quantities:
        piece._compute_quantity(quantity, pack)
    # the last one shows that it is ours
    if pack._compute_quantity(1 / 3, piece, round=False) != 1.0:
        raise ValueError("not exact")


def _host(piece, pack, quantities):
    for quantity in quantities:
        host.UomUom._compute_quantity(piece, quantity, pack)
