"""PDF of invoices by gestor_pdf against the host's own HTML of the same invoices.

Where the name of a row says so, the reference is a limit or a single document.
"""

import resource

from measure import cost, row, without_helpers

from odoo import Command, fields

REPORT = "account.account_invoices"
BULK, REPEATS = 100, 5
LIMIT_SECONDS = 0.5  # a one-page document
LIMIT_GROWTH_MB = 100  # 100 documents in one call

TARGETS = {
    "next document, the limit": 1,
    f"{BULK} documents in one call, growth of memory": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env["ir.config_parameter"].set_param("gestor_pdf.engine", "weasyprint")
    invoices = _create_invoices(env, BULK)
    report = env["ir.actions.report"].with_context(
        force_report_rendering=True, report_pdf_no_attachment=True
    )

    def seconds(method, some, repeats=1):
        return cost(env, lambda: method(REPORT, some.ids), repeats).seconds

    html, pdf = report._render_qweb_html, report._render_qweb_pdf
    html(REPORT, invoices[:1].ids)  # compile the templates
    html_one = seconds(html, invoices[0], REPEATS)
    first = seconds(pdf, invoices[0])
    following = seconds(pdf, invoices[0], REPEATS)
    html_all = seconds(html, invoices)
    before = _peak_mb()
    bulk = seconds(pdf, invoices)
    growth = _peak_mb() - before
    name = f"{BULK} documents in one call"
    return [
        row("first document of a process", first, html_one),
        row("next document", following, html_one),
        row("next document, the limit", following, LIMIT_SECONDS),
        row(name, bulk, html_all),
        row(f"{name}, each, against a single one", bulk / BULK, following),
        row(f"{name}, growth of memory", growth, LIMIT_GROWTH_MB, "MB"),
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


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
