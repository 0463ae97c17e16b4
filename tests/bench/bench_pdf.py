"""PDF of invoices by gestor_pdf against the host's own HTML of the same invoices.

``run(env)`` returns rows ``(name, value, unit, reference, ratio)``. Everything
happens in one transaction that the caller rolls back. Times are CPU seconds of this
process; the ratio is PDF / HTML, or / the limit where a limit is the reference.
"""

import resource
import time

from odoo import Command, fields

REPORT = "account.account_invoices"
BULK, REPEATS = 100, 5
LIMIT_SECONDS = 0.5  # a one-page document
LIMIT_GROWTH_MB = 100  # 100 documents in one call


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    env["ir.config_parameter"].set_param("gestor_pdf.engine", "weasyprint")
    invoices = _create_invoices(env, BULK)
    report = env["ir.actions.report"].with_context(
        force_report_rendering=True, report_pdf_no_attachment=True
    )
    report._render_qweb_html(REPORT, invoices[:1].ids)  # compile the templates
    html_one = min(_html(report, invoices[0]) for _repeat in range(REPEATS))
    first = _pdf(report, invoices[0])
    following = min(_pdf(report, invoices[0]) for _repeat in range(REPEATS))
    html_all = _html(report, invoices)
    before = _peak_mb()
    bulk = _pdf(report, invoices)
    growth = _peak_mb() - before
    return [
        ("pdf.first", first, "s", html_one, first / html_one),
        ("pdf.next", following, "s", html_one, following / html_one),
        ("pdf.next_limit", following, "s", LIMIT_SECONDS, following / LIMIT_SECONDS),
        (f"pdf.bulk_{BULK}", bulk, "s", html_all, bulk / html_all),
        (
            f"pdf.bulk_{BULK}_each",
            bulk / BULK,
            "s",
            following,
            bulk / BULK / following,
        ),
        (
            f"pdf.bulk_{BULK}_memory",
            growth,
            "MB",
            LIMIT_GROWTH_MB,
            growth / LIMIT_GROWTH_MB,
        ),
    ]


def _create_invoices(env, count):
    """Create posted invoices of four lines, one page each."""
    partner = env["res.partner"].create({"name": "Bench", "is_company": True})
    lines = [
        Command.create({"name": f"Item {n}", "quantity": n, "price_unit": 99.9})
        for n in range(1, 5)
    ]
    vals = {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": fields.Date.today(),
        "invoice_line_ids": lines,
    }
    quiet = env["account.move"].with_context(tracking_disable=True)
    invoices = quiet.create([vals] * count)
    invoices.action_post()
    return invoices.with_env(env)


def _html(report, invoices):
    start = time.process_time()
    report._render_qweb_html(REPORT, invoices.ids)
    return time.process_time() - start


def _pdf(report, invoices):
    start = time.process_time()
    report._render_qweb_pdf(REPORT, invoices.ids)
    return time.process_time() - start


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
