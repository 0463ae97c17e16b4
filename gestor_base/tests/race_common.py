from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service import model as service
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

PATIENCE_SECONDS = 60


class GestorRaceCommon(BaseCase):
    """Work in real transactions that meet at the same instant.

    What is written is committed: each test removes again what it has made.
    """

    race_context = {}
    race_hold_seconds = 0.0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))

    @classmethod
    @contextmanager
    def _transaction(cls, user_id=SUPERUSER_ID):
        """Give an environment of its own; what was done is committed at the end."""
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, user_id, cls.race_context)

    def _race(self, *works, user_ids=(), refusals=UserError):
        """Let all do their work at the same instant, as requests of the host do.

        :param works: functions of an environment; repeated after a conflict
        :param user_ids: who does each work; the superuser unless given
        :param refusals: errors that end a work and are returned instead of a result
        :return: what became of each work, in their order
        """
        start_together = Barrier(len(works))

        def run(work, user_id):
            with self._transaction(user_id) as env:
                # the snapshot of the transaction begins before the others write
                env.cr.execute("SELECT 1")
                start_together.wait(timeout=PATIENCE_SECONDS)
                try:
                    return service.retrying(self._get_attempt(work, env), env)
                except refusals as error:
                    env.cr.rollback()
                    return error

        with (
            # the host waits up to two seconds before it tries again
            patch.object(service.random, "uniform", return_value=0),
            mute_logger("odoo.sql_db", "odoo.service.model"),
            ThreadPoolExecutor(len(works)) as pool,
        ):
            racers = user_ids or [SUPERUSER_ID] * len(works)
            return list(pool.map(run, works, racers))

    def _get_attempt(self, work, env):
        attempts = []

        def attempt():
            attempts.append(work)
            result = work(env)
            env.flush_all()
            # as long as the others are sure to wait for what is locked now
            if len(attempts) == 1 and self.race_hold_seconds:
                Event().wait(self.race_hold_seconds)
            return result

        return attempt
