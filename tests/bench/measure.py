"""What a piece of work costs: CPU time of this process and of its database backend.

The clock on the wall of a busy machine measures the neighbours too, so it is not used.
"""

import time
from dataclasses import dataclass
from pathlib import Path

COUNT_LIMIT = 10_001  # where the web client stops to count


@dataclass(frozen=True)
class Cost:
    """CPU seconds and number of queries of one run."""

    seconds: float
    queries: int


def cost(env, work, repeats=1):
    """Return the cost of the cheapest of some runs of ``work()``.

    What the environment keeps in memory is dropped before each run and what it has to
    write is written within the run.

    :rtype: Cost
    """
    env.cr.execute("SELECT pg_backend_pid()")
    backend = env.cr.fetchone()[0]
    runs = []
    for _repeat in range(repeats):
        env.flush_all()
        env.invalidate_all()
        queries, started = env.cr.sql_log_count, _cpu_seconds(backend)
        work()
        env.flush_all()
        seconds = _cpu_seconds(backend) - started
        runs.append(Cost(seconds, env.cr.sql_log_count - queries))
    return min(runs, key=lambda run: run.seconds)


def _cpu_seconds(backend):
    """Return the CPU time of this process and the backend, which are both at rest."""
    on_cpu = Path(f"/proc/{backend}/schedstat").read_text().split()[0]
    return time.process_time() + int(on_cpu) / 1e9


def without_helpers(env):
    """Keep the backend from sharing a query with workers, whose time nobody counts."""
    env.cr.execute("SET max_parallel_workers_per_gather = 0")


def analyze(env, *tables):
    """Gather the statistics of tables after filling them: plans depend on them.

    What waits to be put into their trigram indexes is put there, as a vacuum does; each
    search would read through it, and creating a client would have to put it away.
    """
    env.flush_all()
    env.cr.execute(
        "SELECT gin_clean_pending_list(i.indexrelid)"
        "  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
        "  JOIN pg_am AS a ON a.oid = c.relam"
        " WHERE a.amname = 'gin' AND i.indrelid = ANY(%s::regclass[])",
        [list(tables)],
    )
    for table in tables:
        env.cr.execute(f"ANALYZE {table}")  # pylint: disable=sql-injection


def read_list(records, domain=(), view=None, more=(), limit=80):
    """Read the columns of a list view as the web client does.

    :param str view: xml id of the view; without it the default one
    :param more: names of fields to read besides
    """
    view_id = view and records.env.ref(view).id
    columns = [*records.get_view(view_id, "list")["models"][records._name], *more]
    kinds = {name: records._fields[name].type for name in columns}
    specification = {
        name: {"fields": {"display_name": {}}} if kind == "many2one" else {}
        for name, kind in kinds.items()
        if kind not in ("one2many", "many2many", "binary", "properties")
    }
    return records.web_search_read(
        list(domain), specification, limit=limit, count_limit=COUNT_LIMIT
    )


def row(name, ours, reference, unit="s"):
    """Return the row of a measurement against its reference."""
    return name, ours, unit, reference, ours / reference
