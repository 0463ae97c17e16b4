"""A live server for the end-to-end tests: cron and the job runner are on."""

import json
from dataclasses import dataclass

import pytest
from server import Server
from testbed import Testbed


@dataclass
class LiveServer:
    """A running Gestor with a database of its own."""

    server: Server
    bed: Testbed

    @property
    def url(self):
        """The address, without a slash at its end."""
        return self.server.url

    @property
    def database(self):
        """The name of the database."""
        return self.server.database

    @property
    def browser(self):
        """The path of Chromium; start it with ``--no-sandbox``."""
        return str(self.bed.browser)

    @property
    def log(self):
        """What the server has logged so far."""
        return self.server.log.read_text(errors="replace")

    def shell(self, script, **values):
        """Run a script with ``env`` in the database and return its answer.

        :param values: JSON values that the script sees under their names
        :return: what the last printed line holds as JSON, e.g. ``print(json.dumps(x))``
        """
        head = f"import json\nglobals().update(json.loads({json.dumps(values)!r}))\n"
        return self.bed.workspace.shell(self.database, head + script)

    def sql(self, statement):
        """Run a statement in the database; rows as lines, columns between tabs."""
        return self.bed.workspace.pg.sql(statement, self.database)


@pytest.fixture(scope="module")
def live_server(testbed, request):
    """A server on a fresh copy of the database with all addons, one per test file."""
    part = request.module.__name__.removeprefix("test_")
    name = testbed.copy(f"gestor_e2e_{part}", testbed.everything())
    server = testbed.serve(name)
    yield LiveServer(server, testbed)
    server.stop()
    testbed.databases.drop(name)
