"""What the log of an installation or of a test run tells."""

import re
from dataclasses import dataclass, field

LINE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) \S+ (?P<rest>.*)$")
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r"skipped (?P<test>.+?) : (?P<reason>.*)$")
BROWSER_WORDS = ("chrome", "chromium", "websocket", "browser")
BAD_LEVELS = {"WARNING", "ERROR", "CRITICAL"}

# Warnings of the host itself, each with the reason why it may stand in a clean log.
ALLOWED = tuple(
    re.compile(pattern)
    for pattern in (
        # a name of the host's own accounting addons; ours holds more than accounting
        r"Module 'gestor_pl' specific to one single country",
    )
)


@dataclass
class Report:
    """The outcome of a test run as its log tells it."""

    tests: int = 0
    failed: int = 0
    skipped: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @property
    def skipped_browser(self):
        """Tests that did not run because the browser or its needs are missing."""
        return [
            line
            for line in self.skipped
            if any(word in line.lower() for word in BROWSER_WORDS)
        ]


def problems(text):
    """Return the lines at WARNING or above, with what follows an error."""
    found, inside = [], False
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            bad = match["level"] in BAD_LEVELS
            inside = bad and not any(p.search(match["rest"]) for p in ALLOWED)
        if inside:
            found.append(line)
    return found


def read(text):
    """Return the report of a whole log."""
    report = Report(problems=problems(text))
    for line in text.splitlines():
        match = LINE.match(line)
        rest = match["rest"] if match else ""
        summary = SUMMARY.search(rest)
        if summary:
            failed, errors, tests = map(int, summary.groups())
            report.tests += tests
            report.failed += failed + errors
        skipped = SKIPPED.search(rest)
        if skipped:
            report.skipped.append(f"{skipped['test']}: {skipped['reason']}")
    return report
