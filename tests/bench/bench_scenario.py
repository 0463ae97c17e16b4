"""Documents that go through the stages of a scenario, against plain documents.

The reference of a move is a plain write of as many fields of the same documents, one
many2one, one text and one date, without rights, transitions and history. For a new
document it is one without a scenario.
"""

from measure import analyze, cost, row, without_helpers

from odoo import fields

FEW, MANY = 10, 1_000
REPEATS = 3
MODEL = "test.gestor.document"
QUIET = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}

TARGETS = {
    f"seconds to move each of {MANY:,} documents, against {FEW}": 1,
    f"growth of the queries from {FEW} to {MANY:,} documents": 1,
    f"report over {MANY:,} documents, the limit": 1,
}
LIMIT_SECONDS = 0.5


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    stages = _create_stages(env)
    papers = _create(env, MANY, scenario_id=stages.scenario_id.id)
    plain = _create(env, MANY, scenario_id=False)
    _move(papers[:1], stages[0])  # what is read only once
    rows, moved, written = [], {}, {}
    for size in (FEW, MANY):
        ours = moved[size] = cost(env, _round(papers[:size], stages), REPEATS)
        theirs = cost(env, lambda n=size: _write(plain[:n]), REPEATS)
        written[size] = theirs
        each = ours.seconds / len(stages)
        rows.append(row(f"move {size:,} documents", each, theirs.seconds))
        queries = ours.queries / len(stages)
        name = f"queries to move {size:,} documents"
        rows.append(row(name, queries, theirs.queries, "SQL"))
    rows += [
        row(
            f"seconds to move each of {MANY:,} documents, against {FEW}",
            moved[MANY].seconds / MANY,
            moved[FEW].seconds / FEW,
        ),
        # the host writes a hundred records at once, and so it goes with the stays
        row(
            f"growth of the queries from {FEW} to {MANY:,} documents",
            moved[MANY].queries / moved[FEW].queries,
            written[MANY].queries / written[FEW].queries,
            "",
        ),
    ]
    ours = cost(env, lambda: _create(env, 100, scenario_id=stages.scenario_id.id))
    theirs = cost(env, lambda: _create(env, 100, scenario_id=False))
    rows.append(
        row("create 100 documents with a scenario", ours.seconds, theirs.seconds)
    )
    return [*rows, _report(env)]


def _create_stages(env):
    scenario = env["gestor.scenario"].create(
        {
            "name": "Bench",
            "model_id": env["ir.model"]._get_id(MODEL),
            "transition_mode": "free",
        }
    )
    return env["gestor.scenario.stage"].create(
        [
            {"scenario_id": scenario.id, "name": f"Stage {number}", "sequence": number}
            for number in range(2)
        ]
    )


def _create(env, count, **vals):
    return env[MODEL].create(
        [{"name": f"Paper {number}", **vals} for number in range(count)]
    )


def _round(papers, stages):
    """Return the work: through all the stages, so that it can be done again."""

    def work():
        for stage in reversed(stages):
            _move(papers, stage)

    return work


def _move(papers, stage):
    papers._gestor_enter_stage(stage)
    papers.env.flush_all()


def _write(papers):
    papers.write(
        {
            "parent_id": papers[0].id,
            "margin_note": "x",
            "sent_at": fields.Datetime.now(),
        }
    )


def _report(env):
    histories = env["gestor.scenario.history"].with_user(env.ref("base.user_admin"))
    analyze(env, "gestor_scenario_history", "test_gestor_document")
    report = cost(
        env,
        lambda: histories.formatted_read_group(
            [("left_at", "!=", False)],
            ["scenario_id", "stage_id"],
            ["duration_hours:avg", "__count"],
        ),
        REPEATS,
    )
    name = f"report over {MANY:,} documents, the limit"
    return row(name, report.seconds, LIMIT_SECONDS)
