from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .library_common import LibraryCommon


@tagged("post_install", "-at_install")
class TestLibraryAccess(LibraryCommon):
    def test_users_read_shared_files_and_change_their_own(self):
        file = self._create_file()
        foreign = file.with_user(self.other)
        self.assertEqual(foreign.name, "Price list")
        self.assertTrue(foreign.attachment_id.raw)
        self.assertFalse(foreign.can_write)
        for change in (
            lambda: foreign.write({"name": "Mine"}),
            lambda: foreign.write({"user_id": self.other.id}),
            lambda: foreign.attachment_id.write({"name": "Mine"}),
            foreign.unlink,
        ):
            with self.assertRaises(AccessError):
                change()
        file.name = "Renamed by its owner"
        file.with_user(self.manager).name = "Renamed by a manager"
        self.assertTrue(file.with_user(self.manager).can_write)

    def test_viewer_reads_what_is_for_all_and_changes_nothing(self):
        viewer = new_test_user(
            self.env, "library_viewer", groups="gestor_base.gestor_base_group_viewer"
        )
        file = self._create_file()
        group = self.env["res.groups"].create({"name": "Sellers"})
        closed = self._create_file(
            name="Closed", visibility="groups", group_ids=group.ids
        )
        files = self.files.with_user(viewer)
        self.assertEqual(files.search([("id", "in", (file + closed).ids)]), file)
        self.assertTrue(file.with_user(viewer).attachment_id.raw)
        for record in (closed, closed.version_id, closed.attachment_id):
            with self.assertRaises(AccessError):
                record.with_user(viewer).read(["display_name"])
        for operation in ("write", "create", "unlink"):
            self.assertFalse(files.has_access(operation))
            self.assertFalse(
                self.env["gestor.library.use"].with_user(viewer).has_access(operation)
            )

    def test_nobody_puts_files_in_the_name_of_another(self):
        with self.assertRaises(AccessError):
            self._create_file(user_id=self.other.id)
        self._create_file(self.manager, user_id=self.other.id)

    def test_file_for_groups_is_hidden_with_its_bytes_from_the_others(self):
        group = self.env["res.groups"].create({"name": "Sellers"})
        file = self._create_file(visibility="groups", group_ids=group.ids)
        attachment, version = file.attachment_id, file.version_id
        foreign = self.files.with_user(self.other)
        self.assertFalse(foreign.search([("id", "=", file.id)]))
        for record in (file, version, attachment):
            with self.assertRaises(AccessError):
                record.with_user(self.other).read(["display_name"])
        self.assertFalse(
            version.with_user(self.other).search([("id", "=", version.id)])
        )
        self.other.group_ids += group
        for record in (file, version, attachment):
            self.assertTrue(record.with_user(self.other).read(["display_name"]))
        self.assertTrue(file.with_user(self.manager).name)

    def test_employee_portal_and_public_never_get_in(self):
        file = self._create_file()
        portal = new_test_user(self.env, "library_portal", groups="base.group_portal")
        for user in (self.employee, portal, self.env.ref("base.public_user")):
            for record in (file, file.version_id, file.attachment_id):
                with (
                    self.subTest(user=user.login, record=record),
                    self.assertRaises(AccessError),
                ):
                    record.with_user(user).read(["display_name"])

    def test_file_of_a_company_stays_in_it(self):
        company = self.env["res.company"].create({"name": "Second"})
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.env.company.id}
        )
        file = self._create_file(company_id=self.env.company.id)
        shared = self._create_file()
        for owner, allowed in ((company, shared), (branch, file | shared)):
            self.other.write(
                {"company_ids": [(6, 0, owner.ids)], "company_id": owner.id}
            )
            found = self.files.with_user(self.other).search([])
            self.assertEqual(found & (file | shared), allowed)
            readable = file.version_id.with_user(self.other).has_access("read")
            self.assertEqual(readable, file in allowed)

    def test_user_makes_tags_and_a_manager_makes_categories(self):
        tag = self.env["gestor.library.tag"].with_user(self.user)
        self.assertTrue(tag.create({"name": "Autumn"}))
        with self.assertRaises(AccessError):
            self.env["gestor.library.category"].with_user(self.user).create(
                {"name": "Terms"}
            )

    def test_categories_form_a_tree(self):
        categories = self.env["gestor.library.category"].with_user(self.manager)
        top = categories.create({"name": "Sales"})
        below = categories.create({"name": "Terms", "parent_id": top.id})
        self.assertEqual(below.display_name, "Sales / Terms")
        with self.assertRaises(UserError):
            top.parent_id = below
        file = self._create_file(category_id=below.id)
        found = self.files.search([("category_id", "child_of", top.id)])
        self.assertIn(file, found)

    @freeze_time("2026-07-31 23:30:00")
    def test_file_expires_at_midnight_where_the_user_is(self):
        self.user.tz = "Europe/Warsaw"
        file = self._create_file(date_end="2026-07-31")
        local = self.files.with_context(tz="Europe/Warsaw").browse(file.id)
        self.assertEqual(str(fields.Date.context_today(local)), "2026-08-01")
        self.assertTrue(local.is_expired)
        self.assertFalse(file.with_context(tz="UTC").browse(file.id).is_expired)

    def test_validity_cannot_end_before_it_starts(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self._create_file(date_start="2026-02-01", date_end="2026-01-31")

    def test_words_of_name_description_and_tags_find_a_file(self):
        tag = self.env["gestor.library.tag"].create({"name": "Zimowy"})
        files = (
            self._create_file(name="Cennik zimowy"),
            self._create_file(name="A", description="rabaty zimowe"),
            self._create_file(name="B", tag_ids=tag.ids),
            self._create_file(name="C"),
        )
        found = self.files.with_user(self.other).name_search("zimow")
        self.assertEqual({row[0] for row in found}, {file.id for file in files[:3]})

    def test_copy_is_refused(self):
        with self.assertRaisesRegex(UserError, "add a version"):
            self._create_file().copy()

    def test_list_of_files_costs_the_same_for_few_and_many(self):
        spec = {
            "name": {},
            "category_id": {"fields": {"display_name": {}}},
            "tag_ids": {"fields": {"display_name": {}, "color": {}}},
            "attachment_id": {"fields": {"display_name": {}}},
            "mimetype": {},
            "file_size": {},
            "version_number": {},
            "use_count": {},
            "is_expired": {},
            "user_id": {"fields": {"display_name": {}}},
        }
        for _number in range(90):
            self._create_file()

        def read(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.files.with_user(self.other).web_search_read([], spec, limit=limit)
            return self.cr.sql_log_count - before

        read(5)
        self.assertEqual(read(10), read(90))
