"""1,000 texts to clients, against the host's inline templates of the same text."""

from measure import analyze, cost, row, without_helpers

RECORDS = 1_000
REPEATS = 5
SMALL = 100
# the same letter twice: autotexts, and expressions that the host evaluates
OURS = """
    <p>{{Client name}}, {{Client street}}, {{Client postal code}} {{Client city}}</p>
    <p>{{Client NIP}} {{Client e-mail}} {{Client phone}} {{Client country}}</p>
    <p>{{Today in words}} {{User name}} {{Own company name}}</p>
"""
HOST = """
    <p>{{ object.name }}, {{ object.street }}, {{ object.zip }} {{ object.city }}</p>
    <p>{{ object.vat }} {{ object.email }} {{ object.phone }}
       {{ object.country_id.name }}</p>
    <p>{{ format_date(context_today) }} {{ user.name }}
       {{ object.env.company.name }}</p>
"""
TARGETS = {
    f"{RECORDS:,} texts": 1,
    f"CPU time of {RECORDS:,} texts, against 1 s": 1,
    f"queries for {RECORDS:,} texts, against {SMALL}": 1.5,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    partners = _create_partners(env)
    analyze(env, "res_partner")
    template = env["gestor.text.template"].create({"name": "Bench", "body_html": OURS})
    ours = cost(env, lambda: _render(template, partners), REPEATS)
    few = cost(env, lambda: _render(template, partners[:SMALL]), REPEATS)
    host = cost(env, lambda: _render_host(env, partners), REPEATS)
    return [
        row(f"{RECORDS:,} texts", ours.seconds, host.seconds),
        row(f"CPU time of {RECORDS:,} texts, against 1 s", ours.seconds, 1),
        row(
            f"queries for {RECORDS:,} texts, against {SMALL}",
            ours.queries,
            few.queries,
            "SQL",
        ),
    ]


def _create_partners(env):
    poland = env.ref("base.pl")
    return env["res.partner"].create(
        [
            {
                "name": f"Client {number}",
                "is_company": True,
                "street": f"Polna {number}",
                "zip": "00-001",
                "city": "Łódź",
                "email": f"client{number}@example.com",
                "phone": f"600{number:06}",
                "country_id": poland.id,
            }
            for number in range(RECORDS)
        ]
    )


def _render(template, partners):
    texts = template._gestor_render(partners)
    assert len(texts) == len(partners)


def _render_host(env, partners):
    texts = env["mail.render.mixin"]._render_template(
        HOST,
        partners._name,
        partners.ids,
        engine="inline_template",
        add_context={"context_today": "2026-11-24"},
    )
    assert len(texts) == len(partners)
