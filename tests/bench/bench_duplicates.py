"""Duplicates: the check of one entry, of an import, and the scan of the whole file.

Reference of the entry: what a person does not feel while typing. Of the import: the
same batch with nothing checked. Of the scan: a limit, and its growth with the file.
"""

from bench_clients import SYLLABLES, seed
from measure import analyze, cost, row, without_helpers

from odoo.addons.gestor_duplicates.lib import names

SIZES = (10_000, 100_000, 300_000)
LIMIT_ENTRY_SECONDS, LIMIT_SCAN_SECONDS = 0.01, 60
IMPORTED, REPEATS = 1_000, 3
KINDS = ("nip", "regon", "email", "phone", "name")
# so many of the seeded clients are entered once more, in another spelling
DOUBLES = 0.01

SMALL, MIDDLE, LARGE = (f"{size:,}" for size in SIZES)
TARGETS = {
    f"check of one entry, {LARGE} clients, the limit": 1,
    f"check of one entry, growth from {SMALL} to {LARGE}": 2,
    f"create {IMPORTED:,} clients, {LARGE} clients": 1.1,
    f"scan, {MIDDLE} clients, the limit": 1,
    # 30 times as many clients
    f"scan, growth from {SMALL} to {LARGE}": 60,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    rows, first, entry, scan = [], 1, {}, {}
    for size in SIZES:
        seed(env, first, size)
        _fill_keys(env)
        _double(env, first, size)
        analyze(env, "res_partner")
        first = size + 1
        label = f"{size:,} clients"
        entry[size] = cost(env, lambda: _type(env), 5)
        rows += [
            row(
                f"check of one entry, {label}, the limit",
                entry[size].seconds,
                LIMIT_ENTRY_SECONDS,
            ),
            (
                f"queries, check of one entry, {label}",
                entry[size].queries,
                "SQL",
                None,
                None,
            ),
        ]
        rows += _measure_import(env, label)
        scan[size] = cost(env, env["gestor.duplicate"]._cron_scan).seconds
        found = env["gestor.duplicate"].search_count([])
        if found < size * DOUBLES / 2:
            raise ValueError(f"the scan found {found} pairs only")
        rows += [
            row(f"scan, {label}, the limit", scan[size], LIMIT_SCAN_SECONDS),
            (f"pairs found, {label}", found, "pairs", None, None),
        ]
    rows += [
        row(
            f"check of one entry, growth from {SMALL} to {LARGE}",
            entry[SIZES[-1]].seconds,
            entry[SIZES[0]].seconds,
        ),
        row(f"scan, growth from {SMALL} to {LARGE}", scan[SIZES[-1]], scan[SIZES[0]]),
    ]
    return sorted(rows, key=lambda item: item[0].rsplit(", ", 1)[0])


def _type(env):
    """Look for whom a typed firm may be, as the form does."""
    typed = env["res.partner"].new(
        {
            "name": "Kowalska Budowlana Nowakowa sp. z o.o.",
            "vat": "PL6000007919",
            "phone": "+48 600 000 131",
            "is_company": True,
        }
    )
    if not typed.gestor_duplicate_hint:
        raise ValueError("the known NIP was not found")


def _measure_import(env, label):
    # the first batch of a size also plans its queries: each is repeated, not one
    checked = cost(env, lambda: _create(env, "warn"), REPEATS)
    plain = cost(env, lambda: _create(env, "off"), REPEATS)
    _set_policy(env, "warn")
    name = f"create {IMPORTED:,} clients, {label}"
    return [
        row(name, checked.seconds, plain.seconds),
        (f"queries, {name}", checked.queries, "SQL", plain.queries, None),
    ]


def _create(env, policy):
    _set_policy(env, policy)
    quiet = env["res.partner"].with_context(tracking_disable=True)
    quiet.create(
        [
            {
                "name": _name(n),
                "is_company": True,
                "vat": f"DE{100_000_000 + n}",
                "email": f"{policy}{n}@example.com",
                "phone": f"+48 {700_000_000 + n}",
            }
            for n in range(IMPORTED)
        ]
    ).unlink()


def _name(number):
    """Return a name of two words that nobody else has, of the seeded syllables."""
    count = len(SYLLABLES)
    picked = [SYLLABLES[number * step // count % count] for step in (7, 11, 13, 17, 19)]
    return f"{''.join(picked)} {SYLLABLES[number % count]}{picked[0]} sp. z o.o."


def _set_policy(env, policy):
    env.company.write({f"gestor_duplicate_{kind}": policy for kind in KINDS})


def _fill_keys(env):
    """Give the seeded clients the keys that the ORM would compute."""
    env.cr.execute(
        "SELECT id, name FROM res_partner WHERE gestor_name_key IS NULL"
        " OR gestor_name_key = 'pattern'"
    )
    rows = [(record_id, names.key(name)) for record_id, name in env.cr.fetchall()]
    for start in range(0, len(rows), 10_000):
        part = rows[start : start + 10_000]
        env.cr.execute(
            "UPDATE res_partner SET gestor_name_key = key,"
            " email_normalized = lower(email)"
            " FROM unnest(%s, %s) AS keys (partner_id, key)"
            " WHERE id = partner_id",
            ([item[0] for item in part], [item[1] for item in part]),
        )
    env.invalidate_all()


def _double(env, first, last):
    """Enter some of the new clients once more, under another NIP, e-mail and phone."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'res_partner' AND column_name <> 'id'"
    )
    columns = [column for (column,) in env.cr.fetchall()]
    other = ("commercial_partner_id", "email", "email_normalized", "phone")
    other += ("gestor_phone_digits", "vat", "gestor_nip")
    own = dict.fromkeys(other, "NULL")
    env.cr.execute(
        f"INSERT INTO res_partner ({', '.join(columns)})"
        f" SELECT {', '.join(own.get(column, column) for column in columns)}"
        "   FROM res_partner WHERE email LIKE 'biuro%%' ORDER BY id DESC LIMIT %s",
        [int((last - first + 1) * DOUBLES)],
    )
