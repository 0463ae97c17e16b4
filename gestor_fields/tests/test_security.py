from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.dictionary": {
        "employee": "read",
        "user": "read",
        "manager": "read write create unlink",
    },
    "gestor.dictionary.value": {
        "employee": "read",
        "user": "read",
        "manager": "read write create unlink",
    },
    "gestor.field": {"manager": "read write create unlink"},
    "gestor.field.option": {"manager": "read write create unlink"},
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        self._assert_rights(MATRIX)

    def test_user_of_another_company_does_not_see_a_companys_dictionary(self):
        other = self.env["res.company"].create({"name": "Other"})
        dictionaries = self.env["gestor.dictionary"].create(
            [{"name": "Ours"}, {"name": "Theirs", "company_id": other.id}]
        )
        value = self.env["gestor.dictionary.value"].create(
            {"name": "Secret", "dictionary_id": dictionaries[1].id}
        )
        seen = dictionaries.with_user(self.user)
        self.assertEqual(
            self.env["gestor.dictionary"]
            .with_user(self.user)
            .search([("id", "in", dictionaries.ids)]),
            seen[0],
        )
        with self.assertRaises(AccessError):
            value.with_user(self.user).read(["name"])
