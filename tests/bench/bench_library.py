"""First page and search of the attachment library: 10,000 files against 1,000."""

from measure import analyze, cost, read_list, row, without_helpers

SIZES = (1_000, 10_000)
PAGE = 80
REPEATS = 10
VIEW = "gestor_library.gestor_library_file_view_list"

SMALL, LARGE = (f"{size:,}" for size in SIZES)
READS = {
    "first page": [],
    "search for a word": [
        "|",
        "|",
        ("name", "ilike", "nr 77"),
        ("description", "ilike", "nr 77"),
        ("tag_ids", "ilike", "nr 77"),
    ],
    "unused": [("is_used", "=", False)],
}
TARGETS = {
    **{f"{name}, growth from {SMALL} to {LARGE} files": 4 for name in READS},
    f"queries for the first page, {LARGE} files": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    files = env["gestor.library.file"].with_user(env.ref("base.user_admin"))
    costs, there = {}, 0
    for size in SIZES:
        _add_files(files, there, size)
        there = size
        analyze(env, "gestor_library_file", "gestor_library_version", "ir_attachment")
        for name, domain in READS.items():
            costs[name, size] = cost(
                env, lambda domain=domain: _read(files, domain), REPEATS
            )
    rows = [
        row(
            f"{name}, growth from {SMALL} to {LARGE} files",
            costs[name, SIZES[1]].seconds,
            costs[name, SIZES[0]].seconds,
        )
        for name in READS
    ]
    first = [costs["first page", size].queries for size in SIZES]
    name = f"queries for the first page, {LARGE} files"
    return [*rows, row(name, first[1], first[0], "SQL")]


def _add_files(files, start, stop):
    tags = files.env["gestor.library.tag"]
    tag = tags.search([("name", "=", "bench")]) or tags.create({"name": "bench"})
    files.create(
        [
            {
                "raw": f"content {number}".encode(),
                "file_name": f"Certificate nr {number}.txt",
                "description": f"Batch {number % 97} of the supplier",
                "tag_ids": tag.ids if number % 3 else [],
            }
            for number in range(start, stop)
        ]
    )


def _read(files, domain):
    read_list(files, domain, VIEW, limit=PAGE)
