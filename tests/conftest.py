"""Fixtures for the tests that look at the product from outside."""

import os

import pytest
from testbed import open_testbed


@pytest.fixture(scope="session")
def testbed():
    """A database server for tests; stopped at the end if it was not running before."""
    bed = open_testbed(os.environ.get("PYTEST_XDIST_WORKER", ""))
    yield bed
    if bed.started:
        bed.stop()
