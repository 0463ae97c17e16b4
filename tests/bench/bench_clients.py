"""The search box and the list of clients against the host without our indexes.

The host is asked in the same database: its own condition of a many2one field, before
the trigram indexes of Gestor are built.
"""

from measure import analyze, cost, read_list, row, without_helpers

from odoo.models import BaseModel

SIZES = (10_000, 100_000, 300_000)
# One client has the word and the NIP, whatever the number of the others; every fifth
# has the common word.
RARE, NIP, COMMON = "Wyjątkowska", "525-21-44-764", "Budowlana"
FORMER, PHONE, EMAIL = "Dawniejowska", "+48 22 765-43-21", "poczta@wyjatkowska"
MANY2ONE_LIMIT, LIST_LIMIT = 8, 80
CLIENTS_ACTION = "gestor_partners.gestor_client_action"
CLIENTS_VIEW = "gestor_partners.res_partner_view_list"
HOST_VIEW = "base.view_partner_tree"
CARDS_VIEW = "gestor_partners.res_partner_view_kanban"
HOST_CARDS_VIEW = "base.res_partner_kanban_view"
CREATED = 100

SMALL, LARGE = (f"{size:,}" for size in (SIZES[0], SIZES[-1]))
TARGETS = {
    f"search box, a rare word, {LARGE} clients": 0.02,
    f"search box, a NIP with dashes, {LARGE} clients": 0.02,
    f"search box, a phone number, {LARGE} clients": 0.02,
    f"search box, an e-mail, {LARGE} clients": 0.02,
    f"search box, a former name, {LARGE} clients": 0.02,
    f"many2one field, a rare word, {LARGE} clients": 0.02,
    f"search box, a rare word, growth from {SMALL} to {LARGE}": 2,
    f"many2one field, a rare word, growth from {SMALL} to {LARGE}": 2,
    f"list of {LIST_LIMIT} clients, {LARGE} clients": 1.2,
    f"cards of {LIST_LIMIT} clients, {LARGE} clients": 1.2,
}

SYLLABLES = (
    "ko wal no wak wi śniew dą brow le wan zie liń szy mań ka miń ja bło ma zur pio "
    "trow gra bow mi chal kro lik wró bel ste pień dud ek sę kul"
).split()
SEED = """
    INSERT INTO res_partner (id, {columns})
    SELECT %(offset)s + n, {values}
      FROM res_partner AS pattern,
           generate_series(%(first)s::int, %(last)s::int) AS n,
           LATERAL (SELECT md5('a' || n) AS a, md5('b' || n) AS b) AS digests
     WHERE pattern.id = %(pattern)s
"""


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    definitions = _index_definitions(env)
    create_rare(env)
    rows, first, rare = [], 1, {}
    for size in SIZES:
        _drop_indexes(env, definitions)
        seed(env, first, size)
        analyze(env, "res_partner")
        host = _host_costs(env)
        create = cost(env, lambda: _create(env)).seconds
        build = cost(env, lambda: _build_indexes(env, definitions)).seconds
        analyze(env, "res_partner")
        ours = _our_costs(env)
        rare[size] = ours
        rows += [
            row(f"{name}, {size:,} clients", ours[name], host[name]) for name in ours
        ]
        rows.append((f"building the indexes, {size:,} clients", build, "s", None, None))
        first = size + 1
    slower = cost(env, lambda: _create(env)).seconds
    rows.append(row(f"create {CREATED} clients, {LARGE} clients", slower, create))
    rows += [
        row(
            f"{name}, growth from {SMALL} to {LARGE}",
            rare[SIZES[-1]][name],
            rare[SIZES[0]][name],
        )
        for name in ("search box, a rare word", "many2one field, a rare word")
    ]
    return sorted(rows, key=lambda item: item[0].rsplit(", ", 1)[0])


# === Ours and the host's ===


def _our_costs(env):
    partners = env["res.partner"]
    action = env["ir.actions.act_window"]._for_xml_id(CLIENTS_ACTION)
    clients = [("gestor_kind", "!=", False), ("parent_id", "=", False)]
    if action["domain"].replace(" ", "") != str(clients).replace(" ", ""):
        raise ValueError("the Clients menu has another domain than is measured here")

    def box(text):
        domain = [*clients, ("gestor_search", "ilike", text)]
        return lambda: partners.search_fetch(domain, ["display_name"], limit=LIST_LIMIT)

    def field(text):
        return lambda: partners.name_search(text, limit=MANY2ONE_LIMIT)

    works = {
        "search box, a rare word": box(RARE),
        "search box, a NIP with dashes": box(NIP),
        "search box, a phone number": box(PHONE),
        "search box, an e-mail": box(EMAIL),
        "search box, a former name": box(FORMER),
        "search box, a common word": box(COMMON),
        "many2one field, a rare word": field(RARE),
        "many2one field, a common word": field(COMMON),
        f"list of {LIST_LIMIT} clients": lambda: read_list(
            partners, clients, CLIENTS_VIEW
        ),
        f"cards of {LIST_LIMIT} clients": lambda: read_list(
            partners, clients, CARDS_VIEW
        ),
    }
    return {name: cost(env, work, 5).seconds for name, work in works.items()}


def _host_costs(env):
    partners = env["res.partner"]

    def search(text, limit):
        domain = BaseModel._search_display_name(partners, "ilike", text)
        return lambda: partners.search_fetch(domain, ["display_name"], limit=limit)

    works = {
        "search box, a rare word": search(RARE, LIST_LIMIT),
        "search box, a NIP with dashes": search(NIP, LIST_LIMIT),
        "search box, a phone number": search("765 43 21", LIST_LIMIT),
        "search box, an e-mail": search(EMAIL, LIST_LIMIT),
        "search box, a former name": search(FORMER, LIST_LIMIT),
        "search box, a common word": search(COMMON, LIST_LIMIT),
        "many2one field, a rare word": search(RARE, MANY2ONE_LIMIT),
        "many2one field, a common word": search(COMMON, MANY2ONE_LIMIT),
        f"list of {LIST_LIMIT} clients": lambda: read_list(partners, (), HOST_VIEW),
        f"cards of {LIST_LIMIT} clients": lambda: read_list(
            partners, (), HOST_CARDS_VIEW
        ),
    }
    return {name: cost(env, work, 2).seconds for name, work in works.items()}


def _create(env):
    vals = {"is_company": True, "phone": "+48 22 123 45 67", "vat": "PL5252144764"}
    quiet = env["res.partner"].with_context(tracking_disable=True)
    quiet.create(
        [
            {**vals, "name": f"Nowa {n}", "email": f"nowa{n}@example.com"}
            for n in range(CREATED)
        ]
    )


# === Indexes ===


def _index_definitions(env):
    """Return ``{name: definition}`` of the indexes that only Gestor makes."""
    env.cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'res_partner'"
        " AND indexdef LIKE '%unaccent%gin_trgm_ops%'"
    )
    return dict(env.cr.fetchall())


def _drop_indexes(env, definitions):
    for name in definitions:
        env.cr.execute(f"DROP INDEX {name}")  # pylint: disable=sql-injection


def _build_indexes(env, definitions):
    for definition in definitions.values():
        env.cr.execute(definition)


# === Clients ===


def create_rare(env):
    """Add the one client that the searches are for."""
    client = env["res.partner"].create(
        {
            "name": f"Zakład {FORMER}",
            "vat": "PL5252144764",
            "phone": "22 765 43 21",
            "email": f"{EMAIL}.example",
            "is_company": True,
        }
    )
    client.name = f"Zakład {RARE}"


def seed(env, first, last):
    """Add the clients with the numbers ``first`` to ``last`` by one statement.

    They have names of a few syllables, NIPs, phones and e-mails; what the ORM would
    compute is filled in as well. The other columns are those of a partner just made.
    """
    pattern = env["res.partner"].create({"name": "Pattern", "is_company": True})
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'res_partner' AND column_name <> 'id'"
    )
    columns = [column for (column,) in env.cr.fetchall()]
    own = _column_values()
    query = SEED.format(
        columns=", ".join(columns),
        values=", ".join(own.get(column, f"pattern.{column}") for column in columns),
    )
    offset = pattern.id - first + 1
    bounds = {"first": first, "last": last, "pattern": pattern.id, "offset": offset}
    env.cr.execute(query, bounds)
    env.cr.execute("SELECT setval('res_partner_id_seq', max(id)) FROM res_partner")
    pattern.unlink()


def _column_values():
    """Return ``{column: SQL}`` of what makes each client another one."""
    common = f"CASE n %% 5 WHEN 0 THEN ' {COMMON}' ELSE '' END"
    name = f"{_word('a')} || {common} || ' ' || {_word('b')} || ' sp. z o.o.'"
    nip = "(6000000000 + n * 7919::bigint)::text"
    phone = "(600000000 + n * 131)::text"
    return {
        "name": name,
        "complete_name": name,
        "ref": "'K' || lpad(n::text, 7, '0')",
        "email": "'biuro' || n || '@' || left(a, 6) || '.example.com'",
        "vat": f"'PL' || {nip}",
        "gestor_nip": nip,
        "phone": f"'+48 ' || {phone}",
        "gestor_phone_digits": phone,
        "commercial_partner_id": "%(offset)s + n",
    }


def _word(digest):
    """Return SQL for a word of three syllables that a digest picks."""
    syllables = ", ".join(f"'{syllable}'" for syllable in SYLLABLES)
    picked = " || ".join(
        f"(ARRAY[{syllables}])"
        f"[1 + ('x' || substr({digest}, {start}, 4))::bit(16)::int %% {len(SYLLABLES)}]"
        for start in (1, 5, 9)
    )
    return f"initcap({picked})"
