from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .own_fields_common import TestOwnFieldsCommon


@tagged("post_install", "-at_install")
class TestOwnFieldValues(TestOwnFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls.papers[0].with_user(cls.anna)
        cls.note = cls._create_field("Note")
        cls.trade = cls._create_field("Main trade", "dictionary")

    def _write(self, document, values):
        document.gestor_properties = values

    # === Kinds ===

    def test_user_writes_and_reads_a_value_of_each_kind(self):
        client = self.env["res.partner"].create({"name": "Meadow"})
        colors = self._create_field("Colours", "tags", options=("Red", "Blue"))
        size = self._create_field("Size", "selection", options=("Small", "Large"))
        partner = self.env["ir.model"]._get_id("res.partner")
        link = self._create_field("Payer", "many2one", relation_model_id=partner)
        links = self._create_field("Guests", "many2many", relation_model_id=partner)
        trades = self._create_field("Trades", "dictionaries")
        values = {
            self.note.code: "tall",
            self._create_field("Story", "text").code: "a\nb",
            self._create_field("Count", "integer").code: 0,
            self._create_field("Weight", "float").code: 1.5,
            self._create_field("Budget", "monetary").code: 99.9,
            self._create_field("Urgent", "boolean").code: True,
            self._create_field("Birthday", "date").code: "2026-11-24",
            self._create_field("Visit", "datetime").code: "2026-11-24 10:00:00",
            size.code: size.option_ids[1].code,
            colors.code: colors.option_ids.mapped("code"),
            self.trade.code: self.bakery.id,
            trades.code: [self.bakery.id, self.farm.id],
            link.code: client.id,
            links.code: client.ids,
        }
        self._write(self.paper, values)
        self.assertEqual(self._values(self.paper), values)
        read = {one["name"]: one for one in self.paper.read()[0]["gestor_properties"]}
        self.assertEqual(read[self.trade.code]["value"], (self.bakery.id, "Bakery"))
        self.assertEqual(self.paper.gestor_properties[size.code], "Large")

    def test_value_of_the_wrong_kind_is_refused_and_nothing_is_stored(self):
        number = self._create_field("Count", "integer")
        day = self._create_field("Birthday", "date")
        payer = self._create_field(
            "Payer",
            "many2one",
            relation_model_id=self.env["ir.model"]._get_id("res.partner"),
        )
        for field, value in (
            (number, "many"),
            (number, True),
            (day, "2026-02-29"),
            (self.note, 7),
            (self.note, {"a": 1}),
            (self.trade, "Bakery"),
            (self.trade, 2**40),
            (payer, -1),
        ):
            with (
                self.subTest(field=field.name, value=value),
                self.assertRaisesRegex(ValidationError, field.name),
                self.cr.savepoint(),
            ):
                self._write(self.paper, {self.note.code: "kept?", field.code: value})
        self.assertFalse(self._values(self.paper))

    def test_unknown_field_is_refused(self):
        with self.assertRaisesRegex(
            ValidationError, "no such own fields here: nothing"
        ):
            self._write(self.paper, {"nothing": 1})
        with self.assertRaisesRegex(ValidationError, "cannot be read"):
            self.paper.write({"gestor_properties": "[1"})

    def test_value_of_another_dictionary_is_refused(self):
        foreign = self._create_dictionary("Region", "North").value_ids
        with self.assertRaisesRegex(ValidationError, "Main trade"):
            self._write(self.paper, {self.trade.code: foreign.id})

    def test_record_that_the_user_may_not_read_is_refused(self):
        secret = self._create_field(
            "Secret",
            "many2one",
            relation_model_id=self.env["ir.model"]._get_id("test.gestor.secret"),
        )
        self._write(self.paper, {secret.code: self.secret.id})
        with self.assertRaisesRegex(ValidationError, "Secret"):
            self._write(self.paper, {secret.code: self.foreign_secret.id})

    # === Keeping what is there ===

    def test_user_writes_one_value_and_the_others_stay(self):
        self._write(self.papers, {self.note.code: "both"})
        self.paper.gestor_properties = {self.note.code: "mine"}
        self.papers.with_user(self.anna).gestor_properties = {
            self.trade.code: self.dairy.id
        }
        self.assertEqual(
            [self._values(paper)[self.note.code] for paper in self.papers],
            ["mine", "both"],
        )

    def test_archived_value_stays_but_cannot_be_chosen(self):
        self._write(self.paper, {self.trade.code: self.bakery.id})
        self.bakery.active = False
        read = self.paper.read(["gestor_properties"])[0]["gestor_properties"]
        self.assertEqual(read[1]["value"], (self.bakery.id, "Bakery"))
        self._write(
            self.paper, {self.trade.code: self.bakery.id, self.note.code: "saved"}
        )
        with self.assertRaisesRegex(ValidationError, "Main trade"):
            self._write(self.papers[1], {self.trade.code: self.bakery.id})
        copy = self.paper.copy()
        self.assertEqual(self._values(copy), {self.note.code: "saved"})

    def test_archived_field_keeps_its_values_when_others_change(self):
        self._write(self.paper, {self.trade.code: self.bakery.id})
        self.trade.active = False
        self.assertEqual(
            [one["name"] for one in self.paper.read()[0]["gestor_properties"]],
            [self.note.code],
        )
        self._write(self.paper, {self.note.code: "new", self.trade.code: False})
        self.trade.active = True
        self.assertEqual(self.paper.gestor_properties[self.trade.code].name, "Bakery")

    def test_renamed_field_and_value_keep_the_data(self):
        self._write(self.paper, {self.trade.code: self.bakery.id})
        self.trade.name, self.bakery.name = "Line of business", "Bread"
        self.paper.invalidate_recordset()
        shown = self.paper.read(["gestor_properties"])[0]["gestor_properties"][1]
        self.assertEqual(shown["string"], "Line of business")
        self.assertEqual(shown["value"], (self.bakery.id, "Bread"))

    def test_used_field_value_and_dictionary_are_not_deleted(self):
        size = self._create_field("Size", "selection", options=("Small", "Large"))
        self._write(
            self.paper,
            {self.trade.code: self.bakery.id, size.code: size.option_ids[0].code},
        )
        for record, message in (
            (self.trade, "Archive it instead"),
            (self.bakery, "Paper 0"),
            (self.trades, "belongs to the field"),
            (size.option_ids[0], "Archive it instead"),
        ):
            with (
                self.subTest(record=record),
                self.assertRaisesRegex(UserError, message),
                self.cr.savepoint(),
            ):
                record.unlink()
        with self.assertRaisesRegex(UserError, "cannot change"):
            self.trade.kind = "char"
        size.option_ids[1].unlink()
        self.farm.unlink()
        self.note.unlink()
        self.assertFalse(self.note.exists())

    def test_translated_label_follows_the_reader(self):
        self.note.with_context(lang="pl_PL").name = "Uwaga"
        polish = self.paper.with_context(lang="pl_PL")
        self.assertEqual(
            polish.read(["gestor_properties"])[0]["gestor_properties"][0]["string"],
            "Uwaga",
        )

    # === Defaults and required ===

    def test_new_document_gets_defaults(self):
        self._create_field("Weight", "float", default_text="1 250,5")
        self.trade.default_value_ids = self.dairy
        paper = self._create_papers(self.anna).with_user(self.anna)
        self.assertCountEqual(self._values(paper).values(), [1250.5, self.dairy.id])
        given = self.env["test.gestor.document"].create(
            {"name": "Given", "gestor_properties": {self.trade.code: False}}
        )
        self.assertFalse(given.gestor_properties[self.trade.code])

    def test_required_field_is_asked_for_on_new_documents_only(self):
        self.note.is_required = True
        papers = self.env["test.gestor.document"].with_user(self.anna)
        with self.assertRaisesRegex(ValidationError, "required own fields: Note"):
            papers.create({"name": "New", "user_id": self.anna.id})
        papers.create(
            {
                "name": "New",
                "user_id": self.anna.id,
                "gestor_properties": {self.note.code: "there"},
            }
        )
        self.paper.name = "Old one"
        self._write(self.paper, {self.trade.code: self.bakery.id})
        with self.assertRaisesRegex(ValidationError, "required own fields: Note"):
            self._write(self.paper, {self.note.code: " "})

    def test_field_is_only_for_documents_that_fit(self):
        note = self._create_field(
            "Reason", is_required=True, condition="[('is_urgent', '=', True)]"
        )
        papers = self.env["test.gestor.document"].with_user(self.anna)
        calm = papers.create({"name": "Calm", "user_id": self.anna.id})
        names = [one["name"] for one in calm.read()[0]["gestor_properties"]]
        self.assertNotIn(note.code, names)
        with self.assertRaisesRegex(ValidationError, "Reason"):
            papers.create(
                {"name": "Urgent", "is_urgent": True, "user_id": self.anna.id}
            )
        calm.write({"is_urgent": True, "gestor_properties": {note.code: "fire"}})
        self.assertEqual(calm.gestor_properties[note.code], "fire")

    @mute_logger("odoo.sql_db")
    def test_condition_that_cannot_be_used_is_refused(self):
        for condition in (
            "[(",
            "[('nothing', '=', 1)]",
            "[('gestor_properties.a', '=', 1)]",
            "[('id', '=', 'abc')]",
            "[None]",
            "1",
            "[" * 500,
        ):
            with (
                self.subTest(condition=condition),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                self.note.condition = condition

    # === Rights, companies, chatter ===

    def test_user_who_may_not_write_the_document_cannot_write_its_values(self):
        foreign = self.foreign_papers[0].with_user(self.anna)
        with self.assertRaises(AccessError):
            self._write(foreign, {self.note.code: "mine"})
        with self.assertRaises(AccessError):
            self._write(foreign, {})

    def test_user_cannot_define_a_field_through_a_document(self):
        self.paper.gestor_properties = [
            {
                "name": self.note.code,
                "string": "Renamed",
                "type": "char",
                "value": "text",
                "definition_changed": True,
            }
        ]
        self.assertEqual(self._values(self.paper), {self.note.code: "text"})
        self.assertEqual(self.note.name, "Note")

    def test_field_of_a_company_is_only_on_its_documents(self):
        other = self.env["res.company"].create({"name": "Other"})
        field = self._create_field("Foreign", company_id=other.id, is_required=True)
        paper = self._create_papers(self.anna, company_id=self.env.company.id)
        theirs = self._create_papers(self.anna, company_id=other.id)
        for document, is_there in ((paper, False), (theirs, True)):
            names = [one["name"] for one in document.read()[0]["gestor_properties"]]
            self.assertEqual(field.code in names, is_there)

    def test_changes_stand_in_the_chatter_with_labels(self):
        self._write(self.paper, {self.trade.code: self.bakery.id})
        self._write(self.paper, {self.trade.code: self.dairy.id, self.note.code: "<b>"})
        body = self.paper.message_ids[0].body
        self.assertIn("Main trade: Bakery → Dairy", body)
        self.assertIn("Note: - → &lt;b&gt;", body)

    # === Search ===

    def test_documents_are_found_grouped_and_filtered_by_own_values(self):
        trades = self._create_field("Trades", "dictionaries")
        first, second = self.papers
        self._write(first, {self.trade.code: self.bakery.id, self.note.code: "Tall"})
        self._write(
            second,
            {
                self.trade.code: self.dairy.id,
                trades.code: [self.dairy.id, self.farm.id],
            },
        )
        papers = self.env["test.gestor.document"].with_user(self.anna)
        for domain, expected in (
            ([(f"gestor_properties.{self.note.code}", "ilike", "tal")], first),
            ([(self.trade._get_path(), "=", self.bakery.id)], first),
            ([(trades._get_path(), "in", self.farm.ids)], second),
            ([(self.trade._get_path(), "!=", False)], first + second),
        ):
            with self.subTest(domain=domain):
                mine = [("id", "in", self.papers.ids)]
                self.assertEqual(papers.search(mine + domain, order="id"), expected)
                self.assertEqual(self.papers.filtered_domain(domain), expected)
        groups = papers.formatted_read_group(
            [("id", "in", self.papers.ids)], [self.trade._get_path()], ["__count"]
        )
        self.assertEqual(
            [group[self.trade._get_path()][1] for group in groups], ["Bakery", "Dairy"]
        )

    def test_automat_condition_looks_at_own_values(self):
        self._write(self.papers[0], {self.trade.code: self.bakery.id})
        automat = self.env["gestor.automat"].create(
            {
                "name": "Bakers",
                "model_id": self._model_id("test.gestor.document").id,
                "filter_domain": repr([(self.trade._get_path(), "=", self.bakery.id)]),
                "trigger": "created",
                "step_ids": [
                    Command.create({"handler": "comment", "comment": "Bread"})
                ],
            }
        )
        self.assertEqual(automat._filtered_documents(self.papers), self.papers[0])
