"""The own processes of a salesperson, participations and a substitution included.

The reference is a salesperson of the host alone, who sees as many own processes.
"""

from measure import analyze, cost, read_list, row, without_helpers

from odoo.tests import new_test_user

PROCESSES, OWN, PARTICIPATIONS = 100_000, 2_000, 1_000
REPEATS = 10
HOST_VIEW = "crm.crm_case_tree_view_oppor"
OWN_GROUP = "gestor_offers.gestor_offers_group_own"

TARGETS = {
    f"list of 80 own processes, {PARTICIPATIONS:,} participations": 2,
    "queries of the list": 1.2,
}

SEED = """
    INSERT INTO crm_lead (name, type, active, user_id, stage_id, company_id, priority)
    SELECT 'Process ' || n, 'opportunity', TRUE,
           CASE WHEN n %% 50 = 0 THEN %(ours)s WHEN n %% 50 = 1 THEN %(host)s
                WHEN n %% 50 = 2 THEN %(absent)s ELSE %(other)s END,
           (SELECT MIN(id) FROM crm_stage), %(company)s, '0'
      FROM generate_series(1, %(count)s) AS n
"""
JOIN = """
    INSERT INTO gestor_participant (model, res_id, user_id, role_id)
    SELECT 'crm.lead', id, %(ours)s, (SELECT MIN(id) FROM gestor_participant_role)
      FROM crm_lead WHERE user_id = %(other)s ORDER BY id LIMIT %(count)s
"""


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    users = {
        name: new_test_user(env, login=f"bench_people_{name}", groups=group)
        for name, group in (
            ("ours", OWN_GROUP),
            ("absent", OWN_GROUP),
            ("other", OWN_GROUP),
            ("host", "sales_team.group_sale_salesman"),
        )
    }
    ids = {name: user.id for name, user in users.items()}
    env.flush_all()
    env.cr.execute(SEED, {**ids, "company": env.company.id, "count": PROCESSES})
    env.cr.execute(JOIN, {**ids, "count": PARTICIPATIONS})
    env["gestor.substitution"].create(
        {"user_id": ids["absent"], "substitute_id": ids["ours"]}
    )
    analyze(env, "crm_lead", "gestor_participant")
    plain, ours = (
        cost(env, lambda user=users[name]: _read(env, user), REPEATS)
        for name in ("host", "ours")
    )
    seen = env["crm.lead"].with_user(users["ours"]).search_count([("name", "!=", "")])
    if seen < 2 * OWN + PARTICIPATIONS:
        raise ValueError(f"only {seen} processes are seen")
    name = f"list of 80 own processes, {PARTICIPATIONS:,} participations"
    return [
        row(name, ours.seconds, plain.seconds),
        row("queries of the list", ours.queries, plain.queries, "SQL"),
    ]


def _read(env, user):
    read_list(
        env["crm.lead"].with_user(user), [("type", "=", "opportunity")], HOST_VIEW
    )
