"""The whole suite: lint, repository gates, addons, installation, end to end."""

import os
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import addons as repository
import testlog
from console import GestorError, say, step
from paths import ROOT
from server import free_port
from testbed import LOGS, open_testbed, remove
from workspace import prepare

__all__ = ["remove", "run_suite"]
TESTS = ROOT / "tests"
# Installations side by side: more would wait for the one database server.
WORKERS = 4


@dataclass
class Outcome:
    """How a stage went."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def row(self):
        """Return the line of the table at the end."""
        return (
            f"{self.name:10}{self.passed:8}{self.failed:8}{self.skipped:9}"
            f"{self.seconds:9.0f} s"
        )


class Suite:
    """The stages, in the order in which they run."""

    def __init__(self, only, chosen):
        self.stages = select(only or ("addons" if chosen else ""))
        self.chosen = choose_addons(chosen)
        self.whole = not (only or chosen)
        self.bed = None

    @property
    def testbed(self):
        """The testbed, opened by the first stage that needs it."""
        if self.bed is None:
            self.bed = open_testbed()
        return self.bed

    def run(self):
        """Run the stages and return their outcomes."""
        outcomes = []
        try:
            for name in self.stages:
                outcomes.append(self._stage(name))
        finally:
            if self.bed:
                self.bed.stop()
        return outcomes

    def _stage(self, name):
        say(f"=== {name}")
        started = time.monotonic()
        try:
            outcome = getattr(self, f"stage_{name}")()
        except GestorError as error:  # the later stages still tell something
            print(f"Error: {error}", flush=True)
            outcome = Outcome(name, failed=1)
        outcome.seconds = time.monotonic() - started
        say(f"=== {name}: {outcome.passed} passed, {outcome.failed} failed")
        return outcome

    # --- Stages ------------------------------------------------------------------

    def stage_lint(self):
        """Every linter over every file; counts as one test."""
        _host, env = prepare(develop=True)
        command = [str(env.python), str(ROOT / "tools" / "lint.py")]
        done = subprocess.run(command)
        return Outcome("lint", int(not done.returncode), int(bool(done.returncode)))

    def stage_repo(self):
        """The gates: what can be said without a running Odoo."""
        _host, env = prepare(develop=True)
        return run_pytest("repo", env.python, dict(os.environ))

    def stage_addons(self):
        """The tests inside the addons, in one database that holds all of them."""
        bed = self.testbed
        database = bed.everything(anew=self.whole)
        failed = self._check_log("the installation", bed.databases.logged)
        database = bed.copy("gestor_test", database)
        log = LOGS / "addons.log"
        with step(f"Testing {', '.join(self.chosen)} (log: {log})"):
            report = self._run_tests(database, log)
        bed.databases.drop(database)
        failed += self._judge(report)
        passed = report.tests - report.failed - len(report.skipped)
        return Outcome("addons", passed, failed + report.failed, len(report.skipped))

    def stage_install(self):
        """Each addon alone, all together, updated twice, uninstalled; side by side."""
        self.testbed.everything()
        for demo in (False, True):  # the workers find what they share
            self.testbed.databases.template(demo, modules=[])
        return self._with_testbed("install", "-n", min(os.cpu_count(), WORKERS))

    def stage_e2e(self):
        """The whole product in a browser against a live server."""
        self.testbed.everything()
        return self._with_testbed("e2e")

    # --- Parts -------------------------------------------------------------------

    def _with_testbed(self, name, *options):
        bed = self.testbed
        environment = {**os.environ, **bed.variables}
        return run_pytest(name, bed.workspace.env.python, environment, "-v", *options)

    def _run_tests(self, database, log):
        bed = self.testbed
        tags = ",".join(f"/{name}" for name in self.chosen)
        options = ["-d", database, "--test-tags", tags, "--stop-after-init"]
        options += ["--http-port", free_port(), "--max-cron-threads", 0]
        options += ["--screenshots", LOGS / "screenshots"]
        with open(log, "w") as handle:
            done = subprocess.run(
                bed.workspace.odoo(*options),
                env=bed.workspace.environment(bed.variables),
                cwd=bed.workspace.folder,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
            )
        report = testlog.read(log.read_text(errors="replace"))
        if done.returncode and not (report.failed or report.problems):
            report.problems.append(f"Odoo ended with status {done.returncode}")
        return report

    def _judge(self, report):
        """Print what is wrong beyond failed tests; return how many things are."""
        for line in report.problems:
            print(f"    {line}")
        for line in report.skipped:
            print(f"    skipped {line}")
        wrong = [
            bool(report.problems) and not report.failed,
            bool(report.skipped_browser),
            report.tests == 0,
        ]
        texts = ("the log is not clean", "browser tests were skipped", "no test ran")
        for is_wrong, text in zip(wrong, texts, strict=True):
            if is_wrong:
                print(f"    FAILED: {text}", flush=True)
        return sum(wrong)

    def _check_log(self, what, text):
        found = testlog.problems(text)
        for line in found:
            print(f"    {line}")
        if found:
            print(f"    FAILED: the log of {what} is not clean", flush=True)
        return int(bool(found))


STAGES = [
    name.removeprefix("stage_") for name in vars(Suite) if name.startswith("stage_")
]


def select(only):
    """Return the stages to run, in order; all of them if none is named."""
    wanted = only.replace(",", " ").split()
    unknown = set(wanted) - set(STAGES)
    if unknown:
        raise GestorError(f"unknown stage {unknown.pop()}", f"ONLY={','.join(STAGES)}")
    return [name for name in STAGES if name in wanted or not wanted]


def choose_addons(chosen):
    """Return the addons to test: the named ones, or all with the test addons."""
    present = {**repository.find(), **repository.find_tests()}
    wanted = chosen.replace(",", " ").split() or list(present)
    unknown = set(wanted) - set(present)
    if unknown:
        raise GestorError(f"there is no addon {unknown.pop()}", "ADDONS=name,name")
    return wanted


def run_pytest(name, python, environment, *options):
    """Run a folder of plain pytest tests and count from its report."""
    options = options or ("-q",)
    folder, result = TESTS / name, LOGS / f"{name}.xml"
    result.parent.mkdir(parents=True, exist_ok=True)
    result.unlink(missing_ok=True)
    command = [python, "-m", "pytest", folder, "-p", "no:odoo", "-rfEs", *options]
    environment.pop("ODOO_RC", None)
    done = subprocess.run(
        [*map(str, command), f"--junitxml={result}"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    outcome = count(name, result)
    if done.returncode > 1 and not outcome.failed:  # 1 says that tests failed
        print(f"    FAILED: pytest ended with status {done.returncode}", flush=True)
        outcome.failed = 1
    return outcome


def count(name, result):
    """Return the outcome in a JUnit file; one failure if there is none or no test."""
    try:
        root = ElementTree.parse(result).getroot()
    except (OSError, ElementTree.ParseError):
        return Outcome(name, failed=1)
    total = {key: 0 for key in ("tests", "failures", "errors", "skipped")}
    for suite in root.iter("testsuite"):
        for key in total:
            total[key] += int(suite.get(key, 0))
    failed = total["failures"] + total["errors"]
    passed = total["tests"] - failed - total["skipped"]
    if not total["tests"]:
        print(f"    FAILED: no test ran in tests/{name}", flush=True)
        failed = 1
    return Outcome(name, passed, failed, total["skipped"])


def run_suite(only="", chosen=""):
    """Run the stages, print the table and the counts; return the exit status."""
    outcomes = Suite(only, chosen).run()
    print(f"\n{'stage':10}{'passed':>8}{'failed':>8}{'skipped':>9}{'time':>11}")
    for outcome in outcomes:
        print(outcome.row())
    say("all stages are done")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0
