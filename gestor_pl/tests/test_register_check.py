from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from . import register_samples as samples
from .register_common import RegisterCommon
from .register_samples import ACCOUNT, NIP, OTHER_NIP, REGON
from .register_server import Answer


@tagged("post_install", "-at_install")
class TestRegisterCheck(RegisterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls.env["gestor.register.check"]
        cls.client = cls._create_client(
            zip="90-001", city="Łódź", company_registry=REGON
        )
        cls.other = cls._create_client(OTHER_NIP, name="Drugi")

    def _start(self, partners=None, service="white_list", user=None):
        jobs = self.jobs.with_user(user or self.user)
        partners = partners or self.client | self.other
        return jobs._gestor_start(service, partners.with_user(jobs.env.user))

    def _run(self):
        self.env.ref("gestor_pl.register_check_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _line(self, job, partner):
        return job.line_ids.filtered(lambda line: line.partner_id == partner)

    def _many(self, count):
        numbers, value = [], 5260000000
        while len(numbers) < count:
            value += 1
            digits = [int(sign) for sign in str(value)]
            weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
            total = sum(a * b for a, b in zip(digits, weights, strict=False)) % 11
            if total == digits[9]:
                numbers.append(str(value))
        return numbers, self.env["res.partner"].create(
            [
                {"name": f"Klient {number}", "is_company": True, "vat": f"PL{number}"}
                for number in numbers
            ]
        )

    def test_check_lists_who_is_confirmed_and_who_is_not(self):
        self._use(white_list=[samples.listed()])
        job = self._start()
        self.assertEqual((job.state, job.total_count), ("running", 2))
        self._run()
        self.assertEqual(job.state, "done")
        self.assertEqual(self._line(job, self.client).state, "confirmed")
        refused = self._line(job, self.other)
        self.assertEqual(refused.state, "denied")
        self.assertEqual(refused.reason, "Not registered as a VAT payer.")
        self.assertEqual((job.confirmed_count, job.denied_count), (1, 1))
        self.assertEqual(job.progress_percent, 100)
        proof = self._proofs(self.other)
        self.assertEqual(refused.verification_id, proof)
        self.assertEqual((proof.user_id, proof.company_id), (self.user, self.company))
        self.assertEqual(len(self.server.requests), 1)

    def test_differences_are_listed_and_nothing_is_overwritten(self):
        self._use(white_list=[samples.listed(), samples.listed(OTHER_NIP, regon="")])
        self.env["res.partner.bank"].create(
            {
                "partner_id": self.client.id,
                "acc_number": "PL61109010140000071219812874",
            }
        )
        self.other.write({"zip": "00-001", "city": "Łódź"})
        job = self._start()
        self._run()
        line = self._line(job, self.other)
        self.assertEqual(line.state, "differs")
        self.assertIn("Differs: Zip.", line.reason)
        self.assertEqual(self.other.zip, "00-001")
        line = self._line(job, self.client)
        self.assertIn("Accounts not on the white list: PL6110", line.reason)
        self.assertEqual(job.differs_count, 2)

    def test_account_on_the_list_is_no_difference(self):
        self._use(white_list=[samples.listed()])
        self.env["res.partner.bank"].create(
            {"partner_id": self.client.id, "acc_number": ACCOUNT}
        )
        job = self._start(self.client)
        self._run()
        self.assertEqual(job.line_ids.state, "confirmed")

    def test_batches_follow_the_register(self):
        numbers, clients = self._many(65)
        self._use(white_list=[samples.listed(number) for number in numbers])
        job = self._start(clients)
        self._run()
        self.assertEqual(job.state, "done")
        self.assertEqual(job.done_count, 65)
        self.assertEqual(len(self.server.requests), 3)

    def test_limit_makes_the_check_wait_and_go_on(self):
        numbers, clients = self._many(65)
        self._use(white_list=[samples.listed(number) for number in numbers])
        self.registers["white_list"].request_limit = 2
        job = self._start(clients)
        self._run()
        self.assertEqual(job.state, "waiting")
        self.assertEqual(job.done_count, 60)
        self.assertGreater(job.resume_at, fields.Datetime.now())
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("gestor_pl.register_check_cron").id)]
        )
        self.assertIn(job.resume_at, triggers.mapped("call_at"))
        self._run()
        self.assertEqual(job.done_count, 60, "too early")
        self.env["gestor.rate.limit"].search([]).unlink()
        with freeze_time(job.resume_at + timedelta(minutes=1)):
            self._run()
        self.assertEqual((job.state, job.done_count), ("done", 65))
        self.assertEqual(len(self.server.requests), 3, "nobody is asked about twice")

    def test_register_that_is_down_is_tried_again_later(self):
        self._use(white_list=Answer(status=503))
        job = self._start()
        self._run()
        self.assertEqual(job.state, "waiting")
        self.assertIn("503", job.note)
        self.assertEqual(job.done_count, 0)
        self.assertFalse(self._proofs(self.client))
        self.assertEqual(len(self.server.requests), 3, "patiently")
        self._use(white_list=[samples.listed()])
        with freeze_time(job.resume_at + timedelta(minutes=1)):
            self._run()
        self.assertEqual(job.state, "done")

    def test_refused_key_stops_the_check(self):
        self.registers["gus"].sudo().secret = False
        job = self._start(service="gus")
        self._run()
        self.assertEqual(job.state, "failed")
        self.assertIn("no key", job.note)
        self.assertEqual(job.done_count, 0)
        self._use_gus()
        job.with_user(self.user).action_resume()
        self._run()
        self.assertEqual(job.state, "done")
        self.assertEqual(self._line(job, self.client).state, "confirmed")

    def test_gus_finds_ended_firms(self):
        ended = {**samples.PERSON_ROW, "DataZakonczeniaDzialalnosci": "2020-01-31"}
        self._use_gus(firms=(samples.FIRM_ROW, ended))
        job = self._start(service="gus")
        self._run()
        self.assertEqual(self._line(job, self.client).state, "confirmed")
        self.assertEqual(self._line(job, self.other).reason, "The activity has ended.")

    def test_vies_checks_foreign_clients(self):
        foreign = self.env["res.partner"].create(
            {
                "name": "Priklad",
                "is_company": True,
                "vat": "CZ25123891",
                "country_id": self.env.ref("base.cz").id,
            }
        )
        self._use(vies=samples.json_answer(samples.VIES_VALID))
        job = self._start(foreign, service="vies")
        self._run()
        self.assertEqual(job.line_ids.state, "confirmed")
        self.assertEqual(self._proofs(foreign).kind, "vies")

    def test_client_without_a_fitting_number_has_a_reason(self):
        nameless = self._create_client(False, name="Bez NIP")
        self._use(white_list=[samples.listed()])
        job = self._start(nameless | self.client)
        self._run()
        self.assertEqual(self._line(job, nameless).state, "failed")
        self.assertIn("no number", self._line(job, nameless).reason)
        self.assertEqual(job.state, "done")

    def test_client_that_was_closed_meanwhile_is_left_out(self):
        self._use(white_list=[samples.listed()])
        job = self._start()
        self.client.company_id = self.env["res.company"].create({"name": "Obca"})
        self._run()
        self.assertIn("may not read", self._line(job, self.client).reason)
        self.assertFalse(self._proofs(self.client))

    def test_stopped_check_goes_on_where_it_was(self):
        numbers, clients = self._many(61)
        self._use(white_list=[samples.listed(number) for number in numbers])
        job = self._start(clients)
        job.sudo()._run_chunk()
        job.with_user(self.user).action_cancel()
        self._run()
        self.assertEqual((job.state, job.done_count), ("cancelled", 30))
        job.with_user(self.user).action_resume()
        self._run()
        self.assertEqual((job.state, job.done_count), ("done", 61))
        self.assertEqual(len(self.server.requests), 3)

    def test_finished_check_is_not_resumed(self):
        self._use(white_list=[samples.listed()])
        job = self._start()
        self._run()
        with self.assertRaises(UserError):
            job.with_user(self.user).action_resume()

    def test_dialog_counts_and_starts(self):
        dialogs = self.env["gestor.register.check.start"].with_user(self.user)
        chosen = dialogs.with_context(
            active_model="res.partner", active_ids=self.client.ids
        ).create({})
        self.assertEqual((chosen.scope, chosen.client_count), ("selected", 1))
        action = chosen.action_start()
        job = self.jobs.browse(action["res_id"])
        self.assertEqual(job.line_ids.partner_id, self.client)
        every = dialogs.create({})
        self.assertEqual(every.scope, "all")
        found = every._get_partners()
        self.assertIn(self.other, found)
        self.assertFalse(found.filtered(lambda partner: not partner.vat))
        nobody = self._create_client(False, name="Bez NIP")
        empty = dialogs.with_context(
            active_model="res.partner", active_ids=nobody.ids
        ).create({})
        with self.assertRaises(UserError):
            empty.action_start()

    def test_monthly_check_covers_each_company(self):
        jobs = self.jobs.search([])
        self.jobs._cron_check_all()
        new = self.jobs.search([]) - jobs
        self.assertIn(self.company, new.company_id)
        self.assertIn(self.client, new.line_ids.partner_id)

    def test_who_sees_and_steers_a_check(self):
        job = self._start()
        other = self.env["res.company"].create({"name": "Obca"})
        stranger = self._create_user("register_stranger", company=other)
        for user, allowed in (
            (self.user, True),
            (self.seller, False),
            (self.manager, True),
            (stranger, False),
        ):
            own = job.with_user(user)
            self.assertEqual(own.has_access("read"), allowed, user.login)
            lines = job.line_ids.with_user(user)
            self.assertEqual(lines.has_access("read"), allowed, user.login)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.has_access(operation))
            if not allowed:
                with self.assertRaises(AccessError):
                    own.action_cancel()

    def test_queries_do_not_grow_with_the_clients(self):
        numbers, clients = self._many(60)
        self._use(white_list=[samples.listed(number) for number in numbers])
        counts = []
        for size in (3, 30):
            job = self._start(clients[:size]).sudo()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            job._run_chunk()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        # the answers are files of their own: see the bound of the benchmark
        self.assertLess((counts[1] - counts[0]) / 27, 1.5, counts)

    def test_number_asked_about_is_the_clients(self):
        self._use(white_list=[samples.listed()])
        self._start(self.client)
        self._run()
        self.assertIn(NIP, self.server.requests[0].path)
