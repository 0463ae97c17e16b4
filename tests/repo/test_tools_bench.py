"""The page of measurements: figures, tables, verdicts; a failure stops nobody else."""

import datetime

import bench
import pytest
from console import GestorError


def answer(rows, targets=None):
    facts = {"python": "3.11.7", "postgres": "18.1", "about": "Ours\nagainst theirs."}
    return {"answer": rows, "targets": targets or {}, **facts}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (0.0000123, "0.000012"),
        (0.01, "0.01"),
        (0.0123456, "0.0123"),
        (1.0, "1"),
        (1.1, "1.1"),
        (99.96, "100"),
        (999.6, "1,000"),
        (123456.7, "123,457"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers_have_three_digits_that_matter(value, text):
    assert bench.number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0021, "s", "2.1 ms"),
        (0.9999, "s", "1,000 ms"),
        (1.234, "s", "1.23 s"),
        (0.5, "MB", "0.5 MB"),
        (12, "SQL", "12 SQL"),
        (None, "s", ""),
    ],
)
def test_amounts_carry_their_unit(value, unit, text):
    assert bench.amount(value, unit) == text


@pytest.mark.parametrize(
    ("ratio", "target", "verdict"),
    [(1.1, 1.1, "met"), (1.11, 1.1, "missed"), (9.9, None, ""), (None, None, "")],
)
def test_ratio_is_judged_only_against_a_target(ratio, target, verdict):
    row = bench.Row("work", 1, "s", 1, ratio, target)
    assert row.cells()[-1] == verdict
    assert row.missed == (verdict == "missed")


def test_ratio_just_above_its_target_does_not_look_met():
    row = bench.Row("work", 1, "s", 1, 1.1046, 1.1)
    assert row.cells()[3:] == ("1.105", "<= 1.1", "missed")


def test_table_is_aligned():
    rows = [
        bench.Row("a", 0.002, "s", 0.1, 0.02, 0.02),
        bench.Row("building", 12, "s"),
    ]
    lines = bench.table(rows).splitlines()
    assert lines[0].split("|")[1].strip() == "What"
    assert lines[2].replace(" ", "") == "|a|2ms|100ms|0.02|<=0.02|met|"
    assert len({len(line) for line in lines}) == 1


def test_answer_becomes_rows_with_targets_and_facts():
    found = bench.read("x", answer([["a", 1, "s", 2, 0.5], ["b", 1, "s", None, None]]))
    assert [row.target for row in found.rows] == [None, None]
    assert found.about == "Ours against theirs."
    assert found.facts == {"Python": "3.11.7", "PostgreSQL": "18.1"}
    found = bench.read("x", answer([["a", 1, "s", 2, 0.5]], {"a": 0.4}))
    assert found.rows[0].missed


def test_target_without_a_ratio_is_refused():
    with pytest.raises(ValueError, match="renamed"):
        bench.read("x", answer([["a", 1, "s", 2, 0.5]], {"renamed": 1}))
    with pytest.raises(ValueError, match="a"):
        bench.read("x", answer([["a", 1, "s", None, None]], {"a": 1}))
    with pytest.raises(ValueError, match="bench_x"):
        bench.read("x", answer([]))


def test_page_keeps_what_was_not_measured_again():
    page = f"before\n{bench.START}\nold\n{bench.END}\nafter\n"
    page = bench.replace(page, {"own_fields": "one", "b": "two"}, ["b", "own_fields"])
    found = "### B\n\ntwo\n\n### Own fields\n\none"
    assert page == f"before\n{bench.START}\n\n{found}\n\n{bench.END}\nafter\n"
    page = bench.replace(page, {"a": "three"}, ["a", "own_fields"])
    found = "### A\n\nthree\n\n### Own fields\n\none"
    assert page == f"before\n{bench.START}\n\n{found}\n\n{bench.END}\nafter\n"
    with pytest.raises(GestorError, match="no place"):
        bench.replace("before\n", {}, [])


def test_results_name_machine_day_and_script():
    rows = [bench.Row("a", 1, "s", 2, 0.5)]
    result = bench.Result("pdf", "Ours against theirs.", rows, {"PostgreSQL": "18.1"})
    facts = bench.machine("19.0-1", [result])
    text = bench.render([result], facts, datetime.date(2026, 11, 24))["pdf"]
    for part in ("2026-11-24", "PostgreSQL 18.1", "Odoo 19.0-1", "cores", "| a "):
        assert part in text
    assert "`tests/bench/bench_pdf.py`" in text
    assert bench.cpu_model()


def test_processor_is_named(tmp_path):
    path = tmp_path / "cpuinfo"
    path.write_text("processor\t: 0\nmodel name\t: Fast   CPU @ 3\n")
    assert bench.cpu_model(path) == "Fast CPU @ 3"
    path.write_text("processor\t: 0\n")
    assert bench.cpu_model(path) == "of unknown model"


def test_measurements_of_the_repository_are_found():
    names = bench.select("")
    assert {"clients", "epp", "links", "offers", "pdf"} <= set(names)
    assert bench.select("pdf links") == ["links", "pdf"]
    with pytest.raises(GestorError, match="no measurement"):
        bench.select("nothing")


class Bed:
    """A testbed whose shell gives the answers it was given."""

    def __init__(self, answers):
        self.answers = answers
        self.databases = self.workspace = self.host = self
        self.version = "19.0-1"
        self.there, self.scripts, self.stopped = set(), [], False

    def everything(self):
        return "gestor_all"

    def template(self, wanted):
        assert "gestor_base" in wanted
        return "template"

    def copy(self, name, source="gestor_all"):
        assert (source == "template") == (name == bench.HOST_DATABASE)
        self.there.add(name)

    def drop(self, name):
        self.there.discard(name)

    def shell(self, database, script):
        assert database in self.there
        self.scripts.append(script)
        for name, given in self.answers.items():
            if f"'bench_{name}'" in script:
                return given
        raise GestorError("the script failed")

    def stop(self):
        self.stopped = True


@pytest.fixture
def page(tmp_path, monkeypatch):
    for name in ("good", "bad"):
        (tmp_path / f"bench_{name}.py").touch()
    path = tmp_path / "performance.md"
    path.write_text(f"{bench.START}\nold\n{bench.END}\n")
    for name, value in (("FOLDER", tmp_path), ("PAGE", path), ("ROOT", tmp_path)):
        monkeypatch.setattr(bench, name, value)
    return path


GOOD = answer([["a", 1, "s", 2, 0.5]], {"a": 1})
SLOW = answer([["a", 1, "s", 2, 0.5]], {"a": 0.1})


def run_with(monkeypatch, only="", **answers):
    bed = Bed(answers)
    monkeypatch.setattr(bench, "open_testbed", lambda: bed)
    status = bench.run(only)
    assert bed.stopped
    assert not bed.there
    return status


def test_failed_measurement_fails_the_command_and_stops_nobody(
    page, monkeypatch, capsys
):
    for broken in ({}, {"bad": None}, {"bad": answer([])}):
        assert run_with(monkeypatch, good=GOOD, **broken) == 1
        assert "1 measured, 1 failed" in capsys.readouterr().out
    assert "### Good" in page.read_text()
    assert "### Bad" not in page.read_text()


def test_run_rewrites_its_sections_of_the_page(page, monkeypatch, capsys):
    assert run_with(monkeypatch, good=GOOD, bad=SLOW) == 0
    assert "missed: a" in capsys.readouterr().out
    assert "missed |" in page.read_text()
    assert run_with(monkeypatch, "bad", bad=GOOD) == 0
    assert "### Good" in page.read_text()
    assert "missed |" not in page.read_text()


def test_run_that_measured_nothing_leaves_the_page_alone(page, monkeypatch):
    assert run_with(monkeypatch, "good") == 1
    assert "old" in page.read_text()


def test_measurement_is_given_what_the_host_alone_needs(page, monkeypatch):
    (page.parent / "bench_good.py").write_text("\ndef run_host(env):\n    pass\n")
    bed = Bed({"good": answer([["a", 1, "s", 2, 0.5]])})
    assert bench.measure(bed, "good").rows[0].ratio == 0.5
    first, second = bed.scripts
    assert "module.run_host(env, *())" in first
    assert "module.run(env, *([['a', 1, 's', 2, 0.5]],))" in second
    assert not bed.there
