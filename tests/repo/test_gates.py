"""Run every gate over the repository."""

from pathlib import Path

import pytest
from gates import GATES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
def test_repository_passes_gate(gate):
    problems = gate(ROOT)
    assert not problems, "\n".join([f"{len(problems)} problems", *problems])
