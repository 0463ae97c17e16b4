import base64

from odoo.tests import new_test_user, tagged

from ..engine.urls import BASE_URL, ResourceRefused
from ..resources import DatabaseResources
from .common import PIXEL, GestorPdfCommon


@tagged("post_install", "-at_install")
class TestAccess(GestorPdfCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "gestor_pdf_employee", "base.group_user")
        cls.portal = new_test_user(cls.env, "gestor_pdf_portal", "base.group_portal")
        cls.partner = cls._create_partners("With picture", image_1920=PIXEL)
        cls.private = cls.env["ir.attachment"].create(
            {"name": "private.png", "raw": base64.b64decode(PIXEL)}
        )
        cls.public = cls.env["ir.attachment"].create(
            {"name": "public.png", "raw": base64.b64decode(PIXEL), "public": True}
        )

    def _fetch(self, path, user, su=False):
        env = self.env(user=user, su=su)
        return DatabaseResources(env).fetch(BASE_URL + path)[0]

    def test_employee_sees_what_he_may_read(self):
        path = f"web/image/res.partner/{self.partner.id}/image_1920"
        self.assertTrue(self._fetch(path, self.employee))

    def test_portal_user_does_not_see_a_foreign_partner(self):
        path = f"web/image/res.partner/{self.partner.id}/image_1920"
        with self.assertRaises(ResourceRefused):
            self._fetch(path, self.portal)

    def test_superuser_mode_of_the_report_opens_nothing(self):
        path = f"web/image/res.partner/{self.partner.id}/image_1920"
        with self.assertRaises(ResourceRefused):
            self._fetch(path, self.portal, su=True)

    def test_scheduled_job_sees_what_a_visitor_sees(self):
        root = self.env.ref("base.user_root")
        self.assertTrue(self._fetch(f"web/image/{self.public.id}", root))
        with self.assertRaises(ResourceRefused):
            self._fetch(f"web/image/{self.private.id}", root)

    def test_attachment_of_somebody_else_stays_closed(self):
        with self.assertRaises(ResourceRefused):
            self._fetch(f"web/image/{self.private.id}", self.employee)
        with self.assertRaises(ResourceRefused):
            self._fetch(f"web/content/{self.private.id}", self.employee)
        self.assertTrue(self._fetch(f"web/image/{self.public.id}", self.employee))

    def test_token_opens_one_picture(self):
        token = self.private.generate_access_token()[0]
        path = f"web/image/{self.private.id}?access_token={token}"
        self.assertTrue(self._fetch(path, self.employee))

    def test_field_without_picture_shows_the_placeholder(self):
        partner = self._create_partners("Without", is_company=True)
        path = f"web/image/res.partner/{partner.id}/image_128"
        self.assertTrue(self._fetch(path, self.employee))

    def test_text_field_is_no_picture(self):
        with self.assertRaises(ResourceRefused):
            self._fetch(f"web/image/res.users/{self.employee.id}/login", self.employee)

    def test_picture_is_resized(self):
        path = f"web/image/res.partner/{self.partner.id}/image_1920/8x8"
        self.assertTrue(self._fetch(path, self.employee).startswith(b"\x89PNG"))

    def test_scripts_are_no_stylesheets(self):
        resources = DatabaseResources(self.env)
        with self.assertRaises(ResourceRefused):
            resources.stylesheet("/web/assets/any/web.report_assets_common.min.js")

    def test_missing_bundle_is_made(self):
        resources = DatabaseResources(self.env(user=self.employee))
        name = "web.report_assets_pdf.min.css"
        checksum, text = resources.stylesheet(f"/web/assets/0000000/{name}")
        self.assertTrue(checksum)
        self.assertIn("{", text)

    def test_employee_prints_with_pictures(self):
        self._set_body(
            "<img t-attf-src='/web/image/res.partner/{{o.id}}/image_1920'/>",
            layout="web.basic_layout",
        )
        content = self._print(self.partner + self.partners[0], user=self.employee)
        self.assertEqual(self._pictures(content), [1, 1])
