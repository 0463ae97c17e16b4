"""EDI++ import against a plain batched create, the reader against splitting at commas.

10,000 clients: against the host's ``load`` of the same rows as a table. Memory of the
reader: against its own for a file of 1 MB.
"""

import base64
import csv
import io
import tempfile
import time
import tracemalloc

from measure import cost, row, without_helpers

from odoo.addons.gestor_epp.lib import client_mapping, good_mapping
from odoo.addons.gestor_epp.lib.epp import EppReader, parse
from odoo.addons.gestor_epp.tests import epp_sample
from odoo.addons.gestor_pl.lib import numbers

CLIENTS, GOODS = 300, 200
MANY = 10_000
DOCUMENTS = 300
BIG_BYTES = 50 * 1024 * 1024
FLAT = "reader: peak memory at 50 MB"
GROWTH = "import: queries of 900 documents"
HOST = "import: clients"
TARGETS = {FLAT: 1.2, HOST: 1.5, GROWTH: 4.0}
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    return [
        *_bench_reader(),
        *_bench_import(env),
        *_bench_clients(env),
        *_bench_documents(env),
    ]


# === Reader ===


def _bench_reader():
    block = epp_sample.build(clients=2000, goods=1000)
    body = block[block.index(b"[NAGLOWEK]") :]
    with tempfile.TemporaryFile() as stream:
        stream.write(block)
        while stream.tell() < BIG_BYTES:
            stream.write(body)
        size = stream.tell()
        started = time.process_time()
        rows = 0
        for item in EppReader(stream):
            parse(item.section, item.fields)
            rows += 1
        seconds = time.process_time() - started
        peak = _peak(stream)
    small = _peak(io.BytesIO(block))
    lines = _plain_lines(block)
    speed = size / 1e6 / seconds
    return [
        row("reader: 50 MB, typed records", speed, lines, "MB/s"),
        ("reader: rows of 50 MB", rows / seconds, "rows/s", None, None),
        row(FLAT, peak, small, "MB"),
    ]


def _plain_lines(block):
    """MB/s of decoding and splitting at commas, with no checks at all."""
    started = time.process_time()
    for _round in range(10):
        for line in io.BytesIO(block):
            line.decode("cp1250").split(",")
    return 10 * len(block) / 1e6 / (time.process_time() - started)


def _peak(stream):
    """Peak memory of reading in MB; the stream itself is not counted."""
    stream.seek(0)
    tracemalloc.start()
    for _item in EppReader(stream):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


# === Import ===


def _bench_import(env):
    data = epp_sample.build(CLIENTS, GOODS)
    with env.cr.savepoint() as savepoint:
        plain = cost(env, lambda: _plain_create(env, data))
        savepoint.rollback()
    first = _job(env, data)
    check = cost(env, lambda: first.action_check())
    ours = cost(env, lambda: _finish(first))
    again = _job(env, data)
    again.action_check()
    repeat = cost(env, lambda: _finish(again))
    lines = len(first.line_ids)
    of = f"{lines:,} records"
    return [
        row(f"import: check of {of}", check.seconds, plain.seconds),
        row(f"import: first time, {of}", ours.seconds, plain.seconds),
        row(f"import: again, nothing changes, {of}", repeat.seconds, plain.seconds),
        row("import: queries", ours.queries, plain.queries, "SQL"),
    ]


# === Clients, against the host's import of a table ===


def _bench_clients(env):
    rows = [
        epp_sample.client(f"B{n:05d}", f"Firma {n}", email=f"b{n}@example.com")
        for n in range(MANY)
    ]
    with env.cr.savepoint() as savepoint:
        host = cost(env, lambda: _host_import(env, rows))
        savepoint.rollback()
    env.invalidate_all()
    job = _job(env, epp_sample.document([("KONTRAHENCI", rows)]))
    ours = cost(env, lambda: _finish(_checked(job)))
    return [
        row(HOST, ours.seconds, host.seconds),
        (
            f"import: rows of {MANY:,} clients",
            MANY / ours.seconds,
            "rows/s",
            None,
            None,
        ),
        row(
            "import: queries per client",
            ours.queries / MANY,
            host.queries / MANY,
            "SQL",
        ),
    ]


def _host_import(env, rows):
    """Import the same columns of the same clients as the host's user would."""
    text = io.StringIO()
    writer = csv.writer(text)
    names = ["ref", "name", "email", "street", "zip", "city", "is_company"]
    writer.writerow(names)
    writer.writerows([r[1], r[3], r[12], r[6], r[5], r[4], "1"] for r in rows)
    wizard = env["base_import.import"].create(
        {
            "res_model": "res.partner",
            "file": text.getvalue().encode(),
            "file_type": "text/csv",
        }
    )
    options = {"quoting": '"', "separator": ",", "has_headers": True}
    result = wizard.execute_import(names, names, options)
    if not result["ids"]:
        raise RuntimeError(result["messages"])
    env.flush_all()


def _checked(job):
    job.action_check()
    while job.state == "checking":
        job._run_chunk()
    return job


# === Documents ===


def _bench_documents(env):
    """Three times the documents may cost three times the queries, and no more."""
    few, many = (_documents(env, year, n) for year, n in ((2024, 1), (2025, 3)))
    return [
        ("import: documents", 3 * DOCUMENTS / many.seconds, "rows/s", None, None),
        row(GROWTH, many.queries, few.queries, "SQL"),
    ]


def _documents(env, year, times):
    client = ("B00001", "Firma 1", None)
    sections = [
        (
            epp_sample.trade_document("FS", f"FS {n}", f"{year}0131", client=client),
            [epp_sample.document_line(k, f"T{k:05d}", k, 10) for k in range(1, 6)],
        )
        for n in range(times * DOCUMENTS)
    ]
    job = _checked(_job(env, epp_sample.document(sections)))
    return cost(env, lambda: _finish(job))


def _job(env, data):
    vals = {"file": base64.b64encode(data), "file_name": "bench.epp"}
    return env["gestor.epp.import"].create(vals)


def _finish(job):
    if job.state == "ready":
        job.action_import()
    while job.state in ("checking", "running"):
        job._run_chunk()
    if job.state != "done":
        raise RuntimeError(job.error)


def _plain_create(env, data):
    """What a script by hand would do: the same records, one batch per model."""
    env = env(context={**env.context, **QUIET})
    records = {"KONTRAHENCI": [], "TOWARY": [], "CENNIK": []}
    for item in EppReader(io.BytesIO(data)):
        if item.section in records:
            records[item.section].append(parse(item.section, item.fields))
    clients = _plain_clients(env, records["KONTRAHENCI"])
    products = _plain_goods(env, records["TOWARY"], clients)
    names = sorted({record.price_name for record in records["CENNIK"]})
    lists = env["product.pricelist"].create([{"name": name} for name in names])
    by_name = dict(zip(names, lists, strict=True))
    env["product.pricelist.item"].create(
        [
            {
                "pricelist_id": by_name[record.price_name].id,
                "applied_on": "1_product",
                "product_tmpl_id": products[record.code].id,
                "compute_price": "fixed",
                "fixed_price": float(record.net),
            }
            for record in records["CENNIK"]
        ]
    )
    env.flush_all()


def _plain_clients(env, records):
    poland = env.ref("base.pl").id
    partners = env["res.partner"].create(
        [
            {
                **client_mapping.client_vals(record, poland),
                "vat": record.nip and "PL" + numbers.tax_number(record.nip)[1],
                "company_id": env.company.id,
            }
            for record in records
        ]
    )
    pairs = list(zip(records, partners, strict=True))
    env["res.partner"].create(
        [{"name": r.contact, "parent_id": p.id} for r, p in pairs if r.contact]
    )
    env["res.partner.bank"].create(
        [
            {"partner_id": p.id, "acc_number": "PL" + r.bank_account}
            for r, p in pairs
            if r.bank_account
        ]
    )
    return {partner.ref: partner for partner in partners}


def _plain_goods(env, records, clients):
    templates = env["product.template"].create(
        [
            {**good_mapping.good_vals(record), "company_id": env.company.id}
            for record in records
        ]
    )
    products = dict(zip((r.code for r in records), templates, strict=True))
    env["product.supplierinfo"].create(
        [
            {
                "partner_id": clients[record.supplier_code].id,
                "product_tmpl_id": products[record.code].id,
                "price": float(record.purchase_price),
            }
            for record in records
            if record.supplier_code
        ]
    )
    return products
