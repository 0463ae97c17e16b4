"""The measurements in tests/bench: run them, judge them, write them down.

A measurement is a plain module ``bench_<name>.py`` with

- ``run(env)``, which returns rows ``(name, value, unit, reference, ratio)``; reference
  and ratio are ``None`` where there is nothing to compare with;
- ``TARGETS``, if it has any: ``{name of a row: the ratio it must not exceed}``;
- a docstring that says what is compared with what;
- ``run_host(env)``, if the reference needs a database without Gestor: it runs there
  first, and ``run(env, host)`` is given what it returned.

Each runs in a process and a copy of the database of its own, and is rolled back.
"""

import datetime
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import addons as repository
from console import GestorError, say, step
from paths import ROOT
from testbed import open_testbed

FOLDER = ROOT / "tests" / "bench"
PAGE = ROOT / "docs" / "performance.md"
DATABASE, HOST_DATABASE = "gestor_bench", "gestor_bench_host"
START, END = "<!-- results: written by make bench -->", "<!-- end of results -->"
DRIVER = """
import importlib, json, platform, sys
sys.path.insert(0, {folder!r})
module = importlib.import_module({name!r})
answer = module.{function}(env, *{arguments!r})
env.cr.execute("SHOW server_version")
print()
print(json.dumps({{
    "answer": answer,
    "targets": getattr(module, "TARGETS", {{}}),
    "about": module.__doc__,
    "postgres": env.cr.fetchone()[0].split()[0],
    "python": platform.python_version(),
}}))
env.cr.rollback()
"""
RUN_HOST = "run_host"
HEADER = ("What", "Ours", "Reference", "Ratio", "Target", "")


@dataclass
class Row:
    """One figure, and whether it is good enough."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    target: float | None = None

    @property
    def missed(self):
        """Whether there is a target that the ratio exceeds."""
        return self.target is not None and self.ratio > self.target

    def cells(self):
        """Return the texts of a line of the table."""
        verdict = ("met", "missed")[self.missed] if self.target is not None else ""
        return (
            self.name,
            amount(self.value, self.unit),
            amount(self.reference, self.unit),
            number(self.ratio, 4),  # a ratio just above its target shows that
            "" if self.target is None else f"<= {number(self.target)}",
            verdict,
        )


@dataclass
class Result:
    """What a measurement found."""

    name: str
    about: str = ""
    rows: list[Row] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


# --- Running -------------------------------------------------------------------------


def run(only=""):
    """Run the measurements, print them; return the exit status.

    On the page each measurement that succeeded replaces what the page said of it.

    :param str only: names without ``bench_``; empty for all
    """
    names = select(only)
    bed = open_testbed()
    try:
        bed.everything()
        results = [result for name in names if (result := measure(bed, name))]
        host = bed.workspace.host.version
    finally:
        bed.stop()
    for result in results:
        print(f"\n{result.about}\n\n{table(result.rows)}", flush=True)
    failed = len(names) - len(results)
    missed = [row.name for result in results for row in result.rows if row.missed]
    print(f"\n{len(results)} measured, {failed} failed, {len(missed)} targets missed")
    for name in missed:
        print(f"    missed: {name}")
    if results:
        today = datetime.datetime.now(datetime.UTC).date()
        sections = render(results, machine(host, results), today)
        page = replace(PAGE.read_text("utf-8"), sections, select(""))
        PAGE.write_text(page, "utf-8")
        say(f"{PAGE.relative_to(ROOT)} is rewritten")
    return 1 if failed else 0


def select(only):
    """Return the names of the measurements to run, in alphabetical order."""
    present = sorted(path.stem.removeprefix("bench_") for path in _modules())
    wanted = only.replace(",", " ").split()
    unknown = set(wanted) - set(present)
    if unknown:
        raise GestorError(
            f"there is no measurement {unknown.pop()}", f"ONLY={','.join(present)}"
        )
    return [name for name in present if name in wanted or not wanted]


def _modules():
    return FOLDER.glob("bench_*.py")


def measure(bed, name):
    """Run one measurement in a fresh database; return its result, None if it failed."""
    started = time.monotonic()
    try:
        with step(f"Measuring {name}"):
            hosts = [measure_host(bed, name)] if needs_host(name) else []
            bed.copy(DATABASE)
            result = read(name, call(bed, DATABASE, name, "run", *hosts))
    except (GestorError, ValueError, TypeError) as error:  # the others still count
        print(f"Error: {error}", flush=True)
        return None
    finally:
        bed.databases.drop(DATABASE)
    result.seconds = time.monotonic() - started
    return result


def needs_host(name):
    """Tell whether a measurement asks for a database without Gestor."""
    source = (FOLDER / f"bench_{name}.py").read_text("utf-8")
    return f"\ndef {RUN_HOST}(" in source


def measure_host(bed, name):
    """Return what a measurement finds in a database without Gestor."""
    wanted = {**repository.find(), **repository.find_tests()}
    bed.copy(HOST_DATABASE, bed.databases.template(wanted=wanted))
    try:
        return call(bed, HOST_DATABASE, name, RUN_HOST)["answer"]
    finally:
        bed.databases.drop(HOST_DATABASE)


def call(bed, database, name, function, *arguments):
    """Call a function of a measurement in a database; return what it found."""
    script = DRIVER.format(
        folder=str(FOLDER),
        name=f"bench_{name}",
        function=function,
        arguments=arguments,
    )
    return bed.workspace.shell(database, script)


def read(name, answer):
    """Return the result in the answer of a measurement.

    :raise ValueError: if a target belongs to no row: it would never be missed
    """
    targets = answer["targets"]
    rows = [Row(*values, target=targets.get(values[0])) for values in answer["answer"]]
    orphans = set(targets) - {row.name for row in rows if row.ratio is not None}
    if orphans or not rows:
        raise ValueError(f"bench_{name} measured nothing for {sorted(orphans)}")
    facts = {"Python": answer["python"], "PostgreSQL": answer["postgres"]}
    return Result(name, " ".join(answer["about"].split()), rows, facts)


# --- Writing -------------------------------------------------------------------------


def number(value, digits=3):
    """Return a number with a few significant digits.

    >>> number(0.0123456), number(12345.6), number(1.1046, 4), number(None)
    ('0.0123', '12,346', '1.105', '')
    """
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    text = f"{value:.{digits}g}"
    return f"{value:.6f}".rstrip("0") if "e" in text else text


def amount(value, unit):
    """Return a number with its unit; short times in milliseconds.

    >>> amount(0.01234, "s"), amount(1.5, "s"), amount(3, "SQL"), amount(None, "s")
    ('12.3 ms', '1.5 s', '3 SQL', '')
    """
    if value is None:
        return ""
    if unit == "s" and abs(value) < 1:
        return f"{number(value * 1000)} ms"
    return f"{number(value)} {unit}"


def table(rows):
    """Return rows as a table in Markdown, which is legible as it stands."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    numeric = range(1, len(HEADER) - 2)

    def line_of(cells):
        padded = (
            cell.rjust(width) if column in numeric else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = [
        "-" * (width - 1) + ":" if column in numeric else "-" * max(width, 3)
        for column, width in enumerate(widths)
    ]
    return "\n".join([line_of(HEADER), line_of(rule), *map(line_of, lines[1:])])


def render(results, facts, day):
    """Return ``{name: section}`` of the page, without their headings."""
    described = "; ".join(f"{name} {value}" for name, value in facts.items())
    return {
        result.name: "\n\n".join(
            (
                f"{result.about} Script: `tests/bench/bench_{result.name}.py`.",
                table(result.rows),
                f"Measured on {day:%Y-%m-%d} in {result.seconds:.0f} s. {described}.",
            )
        )
        for result in results
    }


def replace(page, sections, names):
    """Return the page with new sections; what nobody measures any more is left out.

    :param dict sections: the new ones by name
    :param names: of all measurements that there are, in the order of the page
    :raise GestorError: if the page has no place for them
    """
    before, start, rest = page.partition(START)
    old, end, after = rest.partition(END)
    if not (start and end):
        raise GestorError(f"{PAGE.name} has no place for results", f"{START} ... {END}")
    known = {heading(name): name for name in names}
    kept = {}
    for part in old.split("\n### ")[1:]:
        title, _line, body = part.partition("\n")
        kept[known.get(title)] = body.strip()
    kept.update(sections)
    text = "\n\n".join(
        f"### {heading(name)}\n\n{kept[name]}" for name in names if name in kept
    )
    return f"{before}{START}\n\n{text}\n\n{END}{after}"


def heading(name):
    """Return the title of a measurement on the page."""
    return name.replace("_", " ").capitalize()


def machine(host, results):
    """Return ``{name: value}`` of what the figures depend on."""
    cores = len(os.sched_getaffinity(0))
    facts = {"CPU": f"{cpu_model()}, {cores} cores"}
    for result in results:
        facts.update(result.facts)
    return {**facts, "Odoo": host}


def cpu_model(path=Path("/proc/cpuinfo")):
    """Return what the processor calls itself."""
    for line in path.read_text().splitlines():
        name, _mark, value = line.partition(":")
        if name.strip() == "model name":
            return " ".join(value.split())
    return "of unknown model"
