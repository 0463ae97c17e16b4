from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.res_partner_identity import PRIVATE_FIELDS
from .common import USER_GROUP, GestorPartnersCommon

PESEL = "44051401359"
IDENTITY_GROUP = "gestor_partners.gestor_partners_group_identity"


@tagged("post_install", "-at_install")
class TestClientIdentity(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._create_user(
            "officer", f"{USER_GROUP},base.group_partner_manager,{IDENTITY_GROUP}"
        )
        cls.manager = cls._create_user(
            "manager", "gestor_base.gestor_base_group_manager"
        )
        cls.person = cls._create_client("Jan Maria Rokicki", gestor_pesel=PESEL)

    # === Attributes ===

    def test_name_and_its_parts_follow_each_other(self):
        person = self.person
        self.assertRecordValues(
            person,
            [{"gestor_first_name": "Jan Maria", "gestor_last_name": "Rokicki"}],
        )
        person.write({"gestor_first_name": "Ana", "gestor_last_name": "de la Cruz"})
        self.assertEqual(person.name, "Ana de la Cruz")
        person.invalidate_recordset()
        self.assertEqual(person.gestor_last_name, "de la Cruz")
        person.name = "Ewa Nowak"
        self.assertEqual(person.gestor_first_name, "Ewa")

    def test_editor_types_either_in_the_form(self):
        with self._client_form(self.editor) as form:
            form.name = "Zofia Wrona"
            self.assertEqual(form.gestor_last_name, "Wrona")
            form.gestor_last_name = "Wrona-Sowa"
            self.assertEqual(form.name, "Zofia Wrona-Sowa")
        self.assertEqual(form.record.name, "Zofia Wrona-Sowa")
        self.assertEqual(form.record.gestor_subtype, "person")

    def test_pesel_tells_birth_date_and_sex(self):
        self.assertRecordValues(
            self.person,
            [{"gestor_birth_date": date(1944, 5, 14), "gestor_sex": "male"}],
        )
        self.person.gestor_pesel = False
        self.assertEqual(self.person.gestor_birth_date, date(1944, 5, 14))

    def test_birth_and_founding_dates_become_anniversaries(self):
        firm = self._create_client(
            "Firm", is_company=True, gestor_founding_date="1999-02-28"
        )
        self.assertRecordValues(
            (self.person | firm).gestor_anniversary_ids.sorted("kind"),
            [
                {"kind": "birthday", "day": 14, "month": "5", "year": 1944},
                {"kind": "founding", "day": 28, "month": "2", "year": 1999},
            ],
        )
        firm.with_user(self.editor).gestor_founding_date = "1998-03-01"
        self.assertEqual(firm.gestor_anniversary_ids.mapped("year"), [1998])

    def test_wrong_numbers_are_refused_and_right_ones_kept_compact(self):
        firm = self._create_client("Firm", is_company=True, country_id=self.poland.id)
        for vals in (
            {"gestor_pesel": "44051401358"},
            {"company_registry": "192598183"},
            {"gestor_krs": "123"},
        ):
            target = self.person if "gestor_pesel" in vals else firm
            with self.assertRaisesRegex(ValidationError, "cannot be right"):
                target.write(vals)
        firm.write({"company_registry": "192598184", "gestor_krs": "0000 028860"})
        self.assertEqual(firm.gestor_krs, "0000028860")
        self.person.gestor_pesel = "440514-01359"
        self.assertEqual(self.person.gestor_pesel, PESEL)

    def test_foreign_firm_may_have_any_register_number(self):
        firm = self._create_client("GmbH", is_company=True, country_id=self.germany.id)
        firm.company_registry = "HRB 12345"

    def test_type_fits_person_or_firm(self):
        firm = self._create_client("Urząd", is_company=True)
        self.assertEqual(firm.gestor_subtype, "firm")
        firm.gestor_subtype = "institution"
        with self.assertRaisesRegex(ValidationError, "does not fit"):
            firm.gestor_subtype = "employee"
        firm.gestor_subtype = "institution"
        firm.is_company = False
        self.assertEqual(firm.gestor_subtype, "person")

    def test_firm_chosen_in_the_plain_form_is_a_firm(self):
        with self._client_form(self.editor) as form:
            form.company_type = "company"
            form.name = "Nowa sp. z o.o."
        self.assertEqual(form.record.gestor_subtype, "firm")

    # === Who may see identity data ===

    def exporter(self, user):
        """Return the user, who may export from now on."""
        user.group_ids += self.env.ref("base.group_allow_export")
        return user

    def test_nobody_without_the_group_reads_searches_or_exports(self):
        plain = self._create_user("plain", "base.group_user")
        for user in (plain, self.reader, self.editor, self.manager):
            person = self.person.with_user(user)
            with self.subTest(user=user.login):
                for name in PRIVATE_FIELDS:
                    self.assertNotIn(name, person.fields_get())
                    with self.assertRaises(AccessError):
                        person.read([name])
                    with self.assertRaises(AccessError):
                        person.search([(name, "!=", False)])
                    with self.assertRaises(AccessError):
                        person.formatted_read_group([], [name], ["__count"])
                    with self.assertRaises(AccessError):
                        person.with_user(self.exporter(user)).export_data([name])
                self.assertFalse(person.name_search(PESEL))

    def test_editor_without_the_group_cannot_write_them(self):
        with self.assertRaises(AccessError):
            self.person.with_user(self.editor).gestor_pesel = False

    def test_portal_user_reads_none_of_it_even_of_himself(self):
        portal = new_test_user(
            self.env, login="gestor_identity_portal", groups="base.group_portal"
        )
        own = portal.partner_id
        own.write({"gestor_pesel": PESEL, "gestor_identity_number": "ABC123456"})
        for name in (*PRIVATE_FIELDS, "gestor_birth_date", "gestor_subtype"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                own.with_user(portal).read([name])

    def test_officer_reads_writes_and_finds(self):
        person = self.person.with_user(self.officer)
        self.assertEqual(person.gestor_pesel, PESEL)
        self.assertIn(self.person, person.search([("gestor_pesel", "=", PESEL)]))
        with Form(person, view="base.view_partner_form") as form:
            form.gestor_identity_kind = "passport"
            form.gestor_identity_number = "EK1234567"
        self.assertEqual(self.person.gestor_identity_number, "EK1234567")

    def test_history_tells_of_the_change_without_the_value(self):
        self.person.with_user(self.officer).write(
            {"gestor_pesel": "02070803628", "gestor_identity_number": "ABC123456"}
        )
        message = self.person.message_ids[:1]
        self.assertIn("PESEL", message.body)
        every = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("res_id", "=", self.person.id)]
        )
        told = " ".join(every.mapped("body")) + str(
            every.tracking_value_ids.mapped("new_value_char")
        )
        self.assertNotIn("02070803628", told)
        self.assertNotIn("ABC123456", told)

    def test_no_mail_template_tells_them_even_rendered_by_the_server(self):
        template = self.env["mail.template"].create(
            {"name": "Spy", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        spies = {
            "subject": "{{ object.gestor_pesel }}",
            "body_html": "<p t-out='object.gestor_identity_number'/>",
        }
        for field, text in spies.items():
            engine = "qweb" if field == "body_html" else "inline_template"
            with self.assertRaisesRegex(UserError, "identity data"):
                template._render_template(
                    text, "res.partner", self.person.ids, engine=engine
                )
            with (
                mute_logger("odoo.addons.mail.models.mail_template"),
                self.assertRaises(ValidationError),
            ):
                template.write({field: text})
        template.write({"subject": "{{ object.name }}"})
        self.assertEqual(
            template._render_field("subject", self.person.ids)[self.person.id],
            self.person.name,
        )

    def test_copy_and_template_of_a_person_hold_none_of_it(self):
        copy = self.person.copy()
        self.assertFalse(copy.gestor_pesel or copy.gestor_birth_date)
        names = self.env["res.partner"]._gestor_template_fields()
        self.assertTrue({*PRIVATE_FIELDS, "gestor_birth_date"}.isdisjoint(names))
