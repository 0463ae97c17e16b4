import os
import random
import signal
import subprocess
import sys
import time

from odoo.tests import get_db_name, tagged
from odoo.tools import config

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon

COUNT = 1000
BAD = COUNT // 2
KILLS = 5
WORKERS = 2
PATIENCE_SECONDS = 240

# what a cron worker does, in a process of its own that can be killed
WORKER = """
import logging
from odoo.addons.gestor_automation.models import gestor_due_mixin
logging.getLogger("odoo.addons.gestor_automation").setLevel(logging.CRITICAL)
# whom a killed worker has left behind is tried again after a moment, not minutes
gestor_due_mixin.BACKOFF_MINUTES = (0.01,) * 5
gestor_due_mixin.MAX_ATTEMPTS = 1000
print("ready", flush=True)
while True:
    env["gestor.planned.action"]._cron_run_due()
    if not env["gestor.planned.action"].search_count([("state", "=", "planned")]):
        break
"""


@tagged("post_install", "-at_install")
class TestPlannedSurvival(GestorRaceCommon):
    """Workers are killed in the middle of their work; nothing is lost or doubled."""

    def setUp(self):
        super().setUp()
        self.workers = []
        self.addCleanup(self._clean)
        with self._transaction() as env:
            self.assertFalse(env["gestor.planned.action"].search([]), "a clean start")
            client = env["res.partner"].create(
                {"name": "Survivor", "email": "survivor@example.com"}
            )
            model = env["ir.model"]._get("test.gestor.order")
            template = env["mail.template"].create(
                {
                    "name": "Survival",
                    "model_id": model.id,
                    "subject": "{{ object.name }}",
                    "body_html": "<p>x</p>",
                    "partner_to": "{{ object.partner_id.id }}",
                }
            )
            orders = env["test.gestor.order"].create(
                [
                    {"name": f"Survival {number}", "partner_id": client.id}
                    for number in range(COUNT)
                ]
            )
            orders[BAD].partner_id = False
            env["gestor.planned.action"]._gestor_plan(
                orders, "mail", {"template_id": template.id}, key="survival"
            )
            self.order_ids = orders.ids
            self.made = [client, template]

    def _clean(self):
        for worker in self.workers:
            worker.kill()
            worker.wait()
            worker.stdout.close()
        with self._transaction() as env:
            mails = env["mail.mail"].search([("res_id", "in", self.order_ids)])
            mails.filtered(lambda mail: mail.model == "test.gestor.order").unlink()
            env["test.gestor.order"].browse(self.order_ids).unlink()
            for record in self.made:
                record.with_env(env).unlink()

    def _start_worker(self):
        worker = subprocess.Popen(
            [
                sys.executable,
                *("-m", "odoo", "shell", "-d", get_db_name(), "--no-http"),
                f"--addons-path={','.join(config['addons_path'])}",
                *("--log-level=critical", "--shell-interface=python"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        )
        self.workers.append(worker)
        worker.stdin.write(WORKER)
        worker.stdin.close()
        return worker

    def _count_open(self):
        with self._transaction() as env:
            return env["gestor.planned.action"].search_count(
                [("state", "=", "planned"), ("res_id", "in", self.order_ids)]
            )

    def _work_and_kill(self):
        """Run the workers to the end, and kill some on the way.

        :return: how many were killed while they had work to do
        """
        dice = random.Random(5)
        running, killed = [], 0
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._count_open():
            self.assertLess(time.monotonic(), deadline, "the work does not end")
            running = [worker for worker in running if worker.poll() is None]
            while len(running) < WORKERS:
                running.append(self._start_worker())
            if killed < KILLS:
                victim = dice.choice(running)
                victim.stdout.readline()  # it has begun
                time.sleep(dice.uniform(0.05, 0.8))
                if self._count_open() and victim.poll() is None:
                    victim.send_signal(signal.SIGKILL)
                    victim.wait()
                    killed += 1
            else:
                time.sleep(0.2)
        return killed

    def test_each_of_a_thousand_is_done_once_or_stands_failed(self):
        killed = self._work_and_kill()
        self.assertGreaterEqual(killed, 3)
        with self._transaction() as env:
            actions = env["gestor.planned.action"].search(
                [("res_id", "in", self.order_ids)]
            )
            states = {action.res_id: action.state for action in actions}
            bad_id = self.order_ids[BAD]
            self.assertEqual(states.pop(bad_id), "failed")
            reason = actions.filtered(lambda action: action.res_id == bad_id).error
            self.assertIn("e-mail", reason, "in the language of the cron's user")
            self.assertEqual(set(states.values()), {"done"})
            self.assertEqual(len(states), COUNT - 1)
            mails = env["mail.mail"]._read_group(
                [
                    ("model", "=", "test.gestor.order"),
                    ("res_id", "in", self.order_ids),
                ],
                ["res_id"],
                ["__count"],
            )
            self.assertEqual(dict(mails), dict.fromkeys(states, 1))
