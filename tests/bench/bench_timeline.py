"""First page of a client's time line: 1,000 entries against 100,000, and a limit.

Nine of ten entries are messages, half of them on the client and half on the offer
processes; the others are processes and things to do. An ordinary salesperson reads.
"""

from measure import analyze, cost, row, without_helpers

SIZES = (1_000, 100_000)
LIMIT_SECONDS = 0.1
REPEATS = 7
GROUPS = "gestor_offers.gestor_offers_group_all"

SMALL, LARGE = (f"{size:,}" for size in SIZES)
TARGETS = {
    f"first page, {LARGE} entries, the limit": 1,
    f"page in the middle, {LARGE} entries, the limit": 1,
    f"first page, growth from {SMALL} to {LARGE} entries": 3,
}

PROCESSES = """
    INSERT INTO crm_lead (
        name, type, partner_id, user_id, stage_id, active, company_id,
        create_uid, create_date, write_date
    )
    SELECT 'Process ' || n, 'opportunity', %(partner)s, %(user)s, %(stage)s, TRUE,
           %(company)s, %(user)s, now() - n * interval '7 hours', now()
      FROM generate_series(1, %(count)s) AS n
 RETURNING id
"""
MESSAGES = """
    INSERT INTO mail_message (
        model, res_id, message_type, subtype_id, subject, body, date, author_id,
        create_uid, create_date
    )
    SELECT %(model)s, (%(ids)s::int[])[1 + n %% cardinality(%(ids)s::int[])],
           CASE n %% 3 WHEN 0 THEN 'email' WHEN 1 THEN 'comment'
                       ELSE 'notification' END,
           %(subtype)s, 'Subject ' || n, '<p>Some words ' || n || '</p>',
           now() - n * interval '11 minutes', %(partner)s, %(user)s, now()
      FROM generate_series(1, %(count)s) AS n
"""
ACTIVITIES = """
    INSERT INTO mail_activity (
        res_model_id, res_model, res_id, activity_type_id, summary, date_deadline,
        user_id, active, create_uid, create_date
    )
    SELECT %(model_id)s, 'crm.lead',
           (%(ids)s::int[])[1 + n %% cardinality(%(ids)s::int[])], %(type)s,
           'To do ' || n, now() - n * interval '2 hours', %(user)s, n %% 2 = 0,
           %(user)s, now()
      FROM generate_series(1, %(count)s) AS n
"""


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    user = _create_user(env)
    first, rows = {}, []
    for size in SIZES:
        client = env["res.partner"].create({"name": f"Client {size}"})
        _fill(env, client, user, size)
        analyze(env, "mail_message", "crm_lead", "mail_activity")
        history = env(user=user.id)["gestor.history"]
        page = history.get_page(client.id)
        if len(page["entries"]) != 40:
            raise ValueError(f"wrong page: {len(page['entries'])} entries")
        runs = {
            "first page": lambda h=history, c=client: h.get_page(c.id),
            "counts of all kinds": lambda h=history, c=client: h.get_counts(c.id),
            "page in the middle": lambda h=history, c=client, n=size: h.get_page(
                c.id, cursor=_get_middle(c, n)
            ),
        }
        for name, work in runs.items():
            spent = cost(env, work, REPEATS)
            first.setdefault(name, {})[size] = spent.seconds
            label = f"{name}, {size:,} entries, the limit"
            rows.append(row(label, spent.seconds, LIMIT_SECONDS))
        rows.append(
            (f"queries of the first page, {size:,} entries", spent.queries, "SQL")
            + (None, None)
        )
    for name, seconds in first.items():
        label = f"{name}, growth from {SMALL} to {LARGE} entries"
        rows.append(row(label, seconds[SIZES[1]], seconds[SIZES[0]]))
    return rows


def _create_user(env):
    return env["res.users"].create(
        {
            "name": "Reader",
            "login": "bench_timeline",
            "group_ids": [(4, env.ref(GROUPS).id)],
        }
    )


def _get_middle(client, size):
    """Return the cursor of a moment in the middle of the messages."""
    client.env.cr.execute(
        "SELECT now() - %s * interval '11 minutes'", [int(0.45 * size) // 2]
    )
    moment = client.env.cr.fetchone()[0].replace(tzinfo=None)
    return [moment.isoformat(), "mail.message", 0]


def _fill(env, client, user, size):
    common = {
        "partner": client.id,
        "user": user.id,
        "company": env.company.id,
        "subtype": env.ref("mail.mt_comment").id,
    }
    stage = env["crm.stage"].search([], limit=1)
    env.flush_all()
    env.cr.execute(PROCESSES, {**common, "stage": stage.id, "count": int(0.04 * size)})
    leads = [lead for (lead,) in env.cr.fetchall()]
    # a third of the messages are changes noted down by the host: no entries
    count = int(0.45 * size * 1.5)
    for model, ids in (("res.partner", client.ids), ("crm.lead", leads)):
        env.cr.execute(MESSAGES, {**common, "model": model, "ids": ids, "count": count})
    env.cr.execute(
        ACTIVITIES,
        {
            **common,
            "model_id": env["ir.model"]._get_id("crm.lead"),
            "ids": leads,
            "type": env.ref("mail.mail_activity_data_todo").id,
            "count": int(0.06 * size),
        },
    )
    env.invalidate_all()
