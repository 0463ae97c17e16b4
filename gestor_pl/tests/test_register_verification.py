from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from . import register_samples as samples
from .register_common import RegisterCommon
from .register_samples import ACCOUNT, NIP, OTHER_NIP
from .register_server import Answer

OTHER_ACCOUNT = "PL61109010140000071219812874"


@tagged("post_install", "-at_install")
class TestRegisterVerification(RegisterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._create_client()
        accounts = cls.env["res.partner.bank"]
        cls.account = accounts.create(
            {"partner_id": cls.client.id, "acc_number": f"PL {ACCOUNT}"}
        )
        cls.foreign_holder = cls._create_client(OTHER_NIP, name="Drugi")
        cls.other_account = accounts.create(
            {"partner_id": cls.foreign_holder.id, "acc_number": OTHER_ACCOUNT}
        )

    def _check(self, accounts=None, user=None):
        accounts = accounts or self.account
        return accounts.with_user(user or self.user).action_gestor_check_white_list()

    @freeze_time("2026-11-24 08:30:00")
    def test_user_checks_an_account_and_leaves_a_proof(self):
        self._use(white_list=[samples.listed()])
        self.assertEqual(self.account.gestor_white_list_state, "unknown")
        action = self._check()
        self.assertEqual(action["params"]["type"], "success")
        proof = self._proofs(self.client)
        self.assertRecordValues(
            proof,
            [
                {
                    "service": "white_list",
                    "kind": "account",
                    "result": "confirmed",
                    "number": NIP,
                    "account": ACCOUNT,
                    "partner_bank_id": self.account.id,
                    "request_id": "aa111-8abcdef",
                    "requested_at": "24-11-2026 08:00:00",
                    "user_id": self.user.id,
                    "company_id": self.company.id,
                    "summary": "The bank account is on the white list.",
                }
            ],
        )
        self.assertEqual(str(proof.checked_at), "2026-11-24 08:30:00")
        self.assertEqual(self.account.gestor_white_list_state, "confirmed")
        self.assertIn("date=2026-11-24", self.server.requests[0].path)

    def test_two_accounts_of_two_clients_have_their_own_results(self):
        self._use(white_list=[samples.listed()])
        both = self.account | self.other_account
        self._check(both)
        states = both.mapped("gestor_white_list_state")
        self.assertEqual(states, ["confirmed", "denied"])

    def test_newest_proof_counts_and_the_history_stays(self):
        self._use(white_list=[samples.listed()])
        self._check()
        self._use(white_list=[samples.listed(accounts=())])
        self._check()
        self.assertEqual(self.account.gestor_white_list_state, "denied")
        history = self.account.action_gestor_verifications()
        self.assertEqual(
            self.env[history["res_model"]].search_count(history["domain"]), 2
        )

    def test_changed_number_is_not_checked_any_more(self):
        self._use(white_list=[samples.listed()])
        self._check()
        self.account.acc_number = OTHER_ACCOUNT
        self.assertEqual(self.account.gestor_white_list_state, "unknown")

    def test_register_that_is_down_leaves_a_failed_proof(self):
        self._use(white_list=Answer(status=503))
        action = self._check()
        self.assertEqual(action["params"]["type"], "danger")
        proof = self._proofs(self.client)
        self.assertEqual(proof.result, "failed")
        self.assertIn("503", proof.summary)

    def test_account_that_cannot_be_asked_about_is_told(self):
        foreign = self.account.copy({"acc_number": "DE89370400440532013000"})
        with self.assertRaisesRegex(UserError, "DE89"):
            self._check(foreign)
        nameless = self._create_client(False, name="Bez NIP")
        account = self.account.copy(
            {"acc_number": OTHER_ACCOUNT, "partner_id": nameless.id}
        )
        with self.assertRaisesRegex(UserError, "Bez NIP"):
            self._check(account)
        self.assertFalse(self.server.requests)

    def test_bill_shows_the_state_of_its_account(self):
        self._use(white_list=[samples.listed()])
        bill = self.env["account.move"].new(
            {"move_type": "in_invoice", "partner_bank_id": self.account.id}
        )
        self.assertEqual(bill.gestor_white_list_state, "unknown")
        bill.action_gestor_check_white_list()
        self.assertEqual(self.account.gestor_white_list_state, "confirmed")

    def test_nobody_changes_or_deletes_a_proof(self):
        self._use(white_list=[samples.listed()])
        self._check()
        proof = self._proofs(self.client)
        for user in (self.user, self.seller, self.manager, self.env.user):
            own = proof.with_user(user)
            with self.assertRaises(UserError):
                own.write({"result": "denied"})
            with self.assertRaises(UserError):
                own.unlink()
        for user in (self.user, self.manager):
            own = proof.with_user(user)
            with self.assertRaises(AccessError):
                own.create(own.copy_data()[0])
        answer = self.env["ir.attachment"].search(
            [("res_model", "=", proof._name), ("res_field", "=", "answer")]
        )
        self.assertTrue(answer)
        with self.assertRaises(AccessError):
            answer.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            answer.with_user(self.manager).raw = b"forged"

    def test_client_with_proofs_is_not_deleted(self):
        self._use(white_list=[samples.listed()])
        self._check()
        with self.assertRaisesRegex(UserError, "archive"):
            self.client.unlink()
        self.assertTrue(self.client.exists())

    def test_proofs_of_another_company_are_closed(self):
        self._use(white_list=[samples.listed()])
        self._check()
        other = self.env["res.company"].create({"name": "Obca"})
        stranger = self._create_user("register_stranger", company=other)
        proof = self._proofs(self.client)
        self.assertFalse(proof.with_user(stranger).search([("id", "=", proof.id)]))
        with self.assertRaises(AccessError):
            proof.with_user(stranger).read(["request_id"])
        employee = self._create_user("register_employee", "base.group_user")
        with self.assertRaises(AccessError):
            proof.with_user(employee).read(["request_id"])

    def test_client_counts_its_proofs_in_one_query(self):
        self._use(white_list=[samples.listed()])
        self._check()
        self._check(self.other_account)
        clients = (self.client | self.foreign_holder).with_user(self.user)
        self.env.flush_all()
        self.env.invalidate_all()
        counts = clients.mapped("gestor_verification_count")
        self.assertEqual(counts, [1, 1])
        self.env.invalidate_all()
        accounts = (self.account | self.other_account).with_user(self.user)
        accounts.fetch(["sanitized_acc_number", "acc_number", "partner_id"])
        with self.assertQueryCount(4):
            accounts.mapped("gestor_white_list_state")
