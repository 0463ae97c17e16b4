import io
import logging
import os
import tempfile
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ..models.server_settings import server_setting
from .register_common import RegisterCommon
from .register_server import Answer

SECRET = "my-own-key-to-gus-42"


@tagged("post_install", "-at_install")
class TestRegisterKeys(RegisterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gus = cls.registers["gus"].with_user(cls.manager)

    def _column(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT secret FROM gestor_register WHERE id = %s", [self.gus.id]
        )
        return self.env.cr.fetchone()[0]

    def test_key_is_encrypted_in_the_database(self):
        self.gus.key_input = f" {SECRET} "
        self.assertTrue(self.gus.has_key)
        self.assertNotIn(SECRET, self._column())
        self.assertEqual(self.gus._gestor_key(), SECRET)

    def test_manager_reads_no_key_by_any_way(self):
        self.gus.key_input = SECRET
        self.env.invalidate_all()
        self.assertFalse(self.gus.key_input)
        self.assertNotIn("secret", self.gus.fields_get())
        everything = self.gus.read()[0]
        self.assertTrue(self.gus.export_data(["name"])["datas"])
        self.assertNotIn("secret", everything)
        self.assertNotIn(SECRET, str(everything))
        for attempt in (
            lambda: self.gus.read(["secret"]),
            lambda: self.gus.export_data(["secret"]),
            lambda: self.gus.search([("secret", "like", "gA%")]),
            lambda: self.gus.search([], order="secret"),
            lambda: self.gus.formatted_read_group([], ["secret"]),
            lambda: self.gus.write({"secret": "x"}),
            lambda: self.gus.web_read({"secret": {}}),
        ):
            try:
                result = attempt()
            except (AccessError, ValueError):
                continue
            self.fail(f"reached: {result}")
        self.assertNotIn(SECRET, str(self.gus.export_data(["key_input", "name"])))

    def test_key_is_in_no_log_and_no_message(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        root = logging.getLogger()
        levels = {name: logging.getLogger(name).level for name in ("odoo", "odoo.addons", "urllib3")}
        root.addHandler(handler)
        try:
            for name in levels:
                logging.getLogger(name).setLevel(logging.DEBUG)
            self.gus.key_input = SECRET
            self._use(gus=Answer(status=403))
            action = self.gus.action_check()
            logging.getLogger("odoo.addons.gestor_pl").debug("control")
        finally:
            root.removeHandler(handler)
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
        self.assertIn("control", stream.getvalue())
        self.assertNotIn(SECRET, stream.getvalue())
        self.assertNotIn(SECRET, str(action) + self.gus.check_result)

    def test_server_without_a_key_says_what_to_do(self):
        with patch.dict(os.environ, {"GESTOR_SECRET_KEY": ""}):
            with self.assertRaisesRegex(UserError, "secret_key"):
                self.gus.key_input = SECRET
            self.gus.invalidate_recordset()
            self.assertFalse(self.gus.is_server_ready)
        self.gus.invalidate_recordset()
        self.assertTrue(self.gus.is_server_ready)

    def test_other_key_of_the_server_opens_nothing(self):
        self.gus.key_input = SECRET
        other = Fernet.generate_key().decode()
        with patch.dict(os.environ, {"GESTOR_SECRET_KEY": other}):
            self.gus.action_check()
        self.assertIn("enter it again", self.gus.check_result)
        both = f"{other},{server_setting('secret_key')}"
        with patch.dict(os.environ, {"GESTOR_SECRET_KEY": both}):
            self.assertEqual(self.gus._gestor_key(), SECRET)

    def test_setting_is_read_from_the_section_of_the_file(self):
        with self.assertNoLogs("odoo"):
            with patch.dict(os.environ):
                del os.environ["GESTOR_SECRET_KEY"]
                path = self._write_config("[options]\n[gestor]\nsecret_key = a%b\n")
                with patch.dict(config.options, {"config": path}):
                    self.assertEqual(server_setting("secret_key"), "a%b")
                    self.assertEqual(server_setting("other"), "")
                path = self._write_config("no section here")
                with patch.dict(config.options, {"config": path}):
                    self.assertEqual(server_setting("secret_key"), "")

    def _write_config(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
            file.write(text)
        self.addCleanup(os.unlink, file.name)
        return file.name

    def test_manager_deletes_a_key(self):
        self.gus.key_input = SECRET
        self.gus.action_forget_key()
        self.assertFalse(self.gus.has_key)
        self.assertFalse(self._column())

    def test_check_says_whether_the_register_answers(self):
        self._use_gus()
        self.assertEqual(self.gus.action_check()["params"]["type"], "success")
        self.assertTrue(self.gus.is_check_fine)
        self._use(gus=Answer(status=503))
        self.assertEqual(self.gus.action_check()["params"]["type"], "danger")
        self.assertFalse(self.gus.is_check_fine)
        self.assertIn("503", self.gus.check_result)

    def test_every_register_has_a_check(self):
        ceidg = self.registers["ceidg"].with_user(self.manager)
        ceidg.write({"active": True, "key_input": "token"})
        for code in ("ceidg", "krs", "white_list", "vies", "nbp"):
            register = self.registers[code].with_user(self.manager)
            with self.subTest(code=code):
                register.action_check()
                self.assertFalse(register.is_check_fine, "no such answers")
                self.assertTrue(self.server.requests)

    def test_user_reaches_no_settings(self):
        for user in (self.user, self.seller):
            gus = self.gus.with_user(user)
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(gus.has_access(operation))
            for attempt in (
                gus.action_check,
                gus.action_forget_key,
                lambda gus=gus: gus.write({"key_input": "x"}),
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.models"):
                    attempt()
        self.assertFalse(self.gus.has_access("create"))
        self.assertFalse(self.gus.has_access("unlink"))
