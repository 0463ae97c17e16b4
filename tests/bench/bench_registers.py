"""Bulk checks on the white list: a client asked about, compared and proved.

The register is a server on the loopback, so the network costs nothing: what is measured
is ours. The reference is one batched create of bare proofs, with no question asked.
"""

import json
import time
from contextlib import contextmanager
from unittest.mock import patch

from measure import cost, row, without_helpers

from odoo.addons.gestor_pl.lib.registers import white_list
from odoo.addons.gestor_pl.lib.registers.finding import Finding
from odoo.addons.gestor_pl.lib.registers.subject import Number
from odoo.addons.gestor_pl.tests import register_samples as samples
from odoo.addons.gestor_pl.tests.register_server import RegisterServer

BATCHES = (5, 20)
STORE = "bulk check: a client checked and proved"
QUERIES = "bulk check: queries for a client"
GROWTH = f"bulk check: a client among {BATCHES[1] * 30} instead of {BATCHES[0] * 30}"
PARSE = "white list: an answer about 30 firms read"
TARGETS = {STORE: 6.0, GROWTH: 1.25}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    return [*_bench_parser(), *_bench_check(env)]


def _bench_parser():
    """How long an answer about 30 firms with 20 accounts each takes to read."""
    numbers = [str(5260000000 + number) for number in range(30)]
    accounts = [f"{number:026d}" for number in range(20)]
    firms = [samples.listed(number, accounts=accounts) for number in numbers]
    entries = [{"identifier": firm["nip"], "subjects": [firm]} for firm in firms]
    body = json.dumps({"result": {"entries": entries, "requestId": "a"}}).encode()
    asked = [Number("nip", number) for number in numbers]

    def read():
        result = white_list.result_of(json.loads(body))
        return white_list.search(lambda path: result, asked)

    return [(PARSE, _cpu(read) * 1000, "ms", None, None)]


def _cpu(work, rounds=200):
    started = time.process_time()
    for _round in range(rounds):
        work()
    return (time.process_time() - started) / rounds


def _bench_check(env):
    costs = {}
    with _register(env) as server:
        for batches in BATCHES:
            clients = _make_clients(env, batches * 30)
            firms = [samples.listed(client.gestor_nip) for client in clients]
            server.answers["/api/"] = samples.white_list(firms)
            job = env["gestor.register.check"]._gestor_start("white_list", clients)
            job = job.sudo()
            costs[batches] = cost(env, lambda job=job: _drain(job)), len(clients)
    (small, few), (large, many) = (costs[batches] for batches in BATCHES)
    plain = cost(env, lambda: _store_plainly(env, clients))
    per_client = large.seconds / many
    return [
        row(STORE, per_client * 1000, plain.seconds / many * 1000, "ms"),
        (QUERIES, large.queries / many, "queries", None, None),
        row(GROWTH, per_client * 1000, small.seconds / few * 1000, "ms"),
    ]


@contextmanager
def _register(env):
    """Give a white list on the loopback without a limit of requests."""
    server = RegisterServer()
    providers = env["gestor.register.provider"]._gestor_providers()
    kind = type(providers["white_list"])
    urls = patch.object(kind, "_gestor_urls", (server.url, server.url))
    # the counter commits in transactions of its own, and a benchmark leaves no trace
    counter = patch.object(
        kind, "_gestor_count", lambda self, register, operation: None
    )
    with urls, counter:
        yield server
    server.stop()


def _make_clients(env, count):
    numbers, value = [], env["res.partner"].search_count([]) * 20 + 5260000000
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    while len(numbers) < count:
        value += 1
        digits = [int(sign) for sign in str(value)]
        total = sum(a * b for a, b in zip(digits, weights, strict=False)) % 11
        if total == digits[9]:
            numbers.append(value)
    vals_list = [
        {"name": f"Klient {number}", "is_company": True, "vat": f"PL{number}"}
        for number in numbers
    ]
    return env["res.partner"].create(vals_list)


def _drain(job):
    while job.state == "running":
        job._run_chunk()
        job.env.flush_all()
        job.env.invalidate_all()


def _store_plainly(env, clients):
    finding = Finding(
        Number("nip", "5261040828"), result="confirmed", raw=b"{}" * 300, request_id="a"
    )
    found = [(finding, {"partner_id": client.id}) for client in clients]
    env["gestor.verification"]._gestor_record("white_list", "vat", found)
