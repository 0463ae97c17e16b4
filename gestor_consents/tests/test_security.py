from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

from .common import GestorConsentsCommon

ALL = "read write create unlink"


@tagged("post_install", "-at_install")
class TestRights(GestorBaseCommon):
    def test_roles_may_do_what_the_matrix_says(self):
        readers = {"employee": "read", "user": "read"}
        self._assert_rights(
            {
                "gestor.consent.type": {**readers, "manager": ALL},
                "gestor.consent.version": {**readers, "manager": ALL},
                "gestor.consent": {**readers, "manager": ALL},
                "gestor.consent.log": {**readers, "manager": "read"},
                "gestor.consent.exclusion": {**readers, "manager": "read"},
                "gestor.consent.link": {"manager": "read"},
                "gestor.person.export": {},
                "gestor.person.anonymise": {},
            }
        )


@tagged("post_install", "-at_install")
class TestSecurity(GestorConsentsCommon):
    def test_nobody_reads_the_secret_of_a_link(self):
        link = self.anna._gestor_consent_links()[self.anna.id]
        with self.assertRaises(AccessError):
            link.with_user(self.admin).read(["token"])
        with self.assertRaises(AccessError):
            link.with_user(self.reader).read(["expires_at"])

    def test_portal_user_sees_no_consents(self):
        portal = new_test_user(
            self.env, login="gestor_consents_portal", groups="base.group_portal"
        )
        consent = self._record(portal.partner_id, self.newsletter)
        with self.assertRaises(AccessError):
            consent.with_user(portal).read(["state"])
        with self.assertRaises(AccessError):
            portal.partner_id.with_user(portal).read(["gestor_consent_ids"])

    def test_consents_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Second"})
        theirs = self._create_type("Theirs", is_email=True, company_id=other.id)
        hidden = self._create_client("Hidden", company_id=other.id)
        self._record(self.anna, theirs)
        self._record(hidden, self.newsletter)
        self._record(self.anna, self.newsletter)
        found = self.consents.with_user(self.reader).search(
            [("partner_id", "in", (self.anna | hidden).ids)]
        )
        self.assertEqual(found.type_id.ids, self.newsletter.ids)
        self.assertEqual(found.partner_id.ids, self.anna.ids)
        logs = self.logs.with_user(self.reader).search([])
        self.assertNotIn(hidden.id, logs.sudo().partner_id.ids)
        self.assertNotIn(theirs.id, logs.sudo().type_id.ids)

    def test_reader_sees_no_addresses_of_browsers(self):
        self._record(self.anna, self.newsletter)
        log = self._get_log(self.anna).with_user(self.reader)
        self.assertEqual(log.state, "given")
        with self.assertRaises(AccessError):
            log.read(["ip"])
