"""The search everywhere among 1,000 and 100,000 clients, as the palette asks it.

An ordinary salesperson types. Reference of the limits: what a person does not feel.
"""

from bench_clients import COMMON, EMAIL, FORMER, NIP, PHONE, RARE, create_rare, seed
from measure import analyze, cost, row, without_helpers

SIZES = (1_000, 100_000)
LIMIT_SECONDS = 0.1
REPEATS = 5
GROUPS = "gestor_offers.gestor_offers_group_all"
TEXTS = {
    "a rare word": RARE,
    "a NIP with dashes": NIP,
    "a NIP with PL": "PL 525 214 47 64",
    "a phone number": PHONE,
    "an e-mail": EMAIL,
    "a former name": FORMER,
    "a common word": COMMON,
    "nothing such": "qxqxqxqx",
}

SMALL, LARGE = (f"{size:,}" for size in SIZES)
TARGETS = {
    f"search everywhere, {what}, {LARGE} clients, the limit": 1 for what in TEXTS
} | {
    f"search everywhere, {what}, growth from {SMALL} to {LARGE}": 3
    for what in ("a rare word", "a NIP with dashes", "a phone number", "a former name")
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    user = env["res.users"].create(
        {
            "name": "Reader",
            "login": "bench_search",
            "group_ids": [(4, env.ref(GROUPS).id)],
        }
    )
    create_rare(env)
    search = env(user=user.id)["gestor.search"]
    rows, spent, first = [], {}, 1
    for size in SIZES:
        seed(env, first, size)
        analyze(env, "res_partner")
        first = size + 1
        for what, text in TEXTS.items():
            if (what != "nothing such") != bool(search.search_everywhere(text)):
                raise ValueError(f"{what} does not find what it should")
            work = cost(env, lambda t=text: search.search_everywhere(t), REPEATS)
            spent.setdefault(what, {})[size] = work.seconds
            label = f"search everywhere, {what}, {size:,} clients"
            rows += [
                row(f"{label}, the limit", work.seconds, LIMIT_SECONDS),
                (f"queries, {label}", work.queries, "SQL", None, None),
            ]
    for what, seconds in spent.items():
        label = f"search everywhere, {what}, growth from {SMALL} to {LARGE}"
        rows.append(row(label, seconds[SIZES[1]], seconds[SIZES[0]]))
    return rows
