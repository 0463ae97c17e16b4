from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_base.models import gestor_history

from .common import TestGestorCommon

START = datetime(2026, 3, 2, 8, 0)


@tagged("post_install", "-at_install")
class TestHistory(TestGestorCommon):
    """A client with a representative, each with a paper and letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create(
            {"name": "Client", "is_company": True}
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Person", "parent_id": cls.client.id}
        )
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger"})
        cls.paper, cls.other_paper = cls.papers
        cls.paper.partner_id = cls.person
        cls.other_paper.partner_id = cls.stranger

    @classmethod
    def _post(cls, record, hours=0, **values):
        message = record.message_post(
            **{"body": "Words", "message_type": "email", **values}
        )
        message.date = START + timedelta(hours=hours)
        return message

    def _page(self, user=None, client=None, **options):
        history = self.env["gestor.history"].with_user(user or self.anna)
        return history.get_page((client or self.client).id, **options)

    def _keys(self, page):
        return [entry["key"] for entry in page["entries"]]

    def _key(self, record):
        return f"{record._name},{record.id}"

    def _counts(self, user=None, **filters):
        history = self.env["gestor.history"].with_user(user or self.anna)
        return {
            kind["kind"]: kind["count"]
            for kind in history.get_counts(self.client.id, filters)
        }

    def test_time_line_has_everything_of_the_firm_and_nothing_of_others(self):
        own = [
            self._post(self.client),
            self._post(self.person, 1),
            self._post(self.paper, 2),
        ]
        self._post(self.stranger, 3)
        self._post(self.other_paper, 4)
        keys = self._keys(self._page())
        expected = [self._key(self.paper), *(self._key(m) for m in reversed(own))]
        self.assertEqual(keys, expected, "the paper is new, the letters are old")
        self.assertEqual(self._keys(self._page(client=self.person)), keys)

    def test_pages_join_without_gap_and_without_repetition(self):
        # many at one moment, in several models
        for number in range(25):
            self._post(self.client if number % 2 else self.paper, hours=number // 10)
        papers = self._create_papers(self.anna, 30, partner_id=self.client.id)
        papers.activity_schedule("mail.mail_activity_data_call", START.date())
        self.env.flush_all()
        self.cr.execute(
            "UPDATE test_gestor_document SET create_date = %s WHERE id = ANY(%s)",
            [START, papers.ids],
        )
        self.env.invalidate_all()
        whole, cursor = [], None
        for _page in range(100):
            page = self._page(cursor=cursor, limit=7)
            whole += self._keys(page)
            cursor = page["cursor"]
            if not cursor:
                break
        self.assertEqual(len(whole), 25 + 30 + 30 + 1)
        self.assertEqual(len(set(whole)), len(whole))
        first = self._keys(self._page())
        self.assertEqual(whole[: len(first)], first)

    def test_microseconds_lose_nothing(self):
        papers = self._create_papers(self.anna, 3, partner_id=self.client.id)
        self.env.flush_all()
        for paper, part in zip(papers, (100, 200, 300), strict=True):
            self.cr.execute(
                "UPDATE test_gestor_document SET create_date = %s WHERE id = %s",
                [START.replace(microsecond=part), paper.id],
            )
        self.env.invalidate_all()
        first = self._page(limit=2)
        second = self._page(limit=2, cursor=first["cursor"])
        keys = self._keys(first) + self._keys(second)
        expected = [self._key(self.paper), *(self._key(p) for p in papers[::-1])]
        self.assertEqual(keys, expected)

    def test_filters_by_kind_period_and_text(self):
        letter = self._post(self.client, subject="Complaint about pumps")
        talk = self._post(
            self.client,
            24 * 40,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        note = self._post(
            self.client, 1, message_type="comment", subtype_xmlid="mail.mt_note"
        )
        for filters, expected in (
            ({"kinds": ["mail"]}, [letter]),
            ({"kinds": ["note", "message"]}, [talk, note]),
            ({"date_from": "2026-04-01"}, [self.paper, talk]),
            ({"text": " complaint  about "}, [letter]),
            ({"text": "paper"}, [self.paper]),
            ({"kinds": ["mail"], "text": "nothing such"}, []),
        ):
            with self.subTest(filters=filters):
                keys = self._keys(self._page(filters=filters))
                self.assertEqual(keys, [self._key(record) for record in expected])

    def test_counts_per_kind(self):
        self._post(self.client, subject="Pumps")
        self._post(self.paper)
        self._post(self.client, message_type="comment", subtype_xmlid="mail.mt_note")
        counts = self._counts()
        self.assertEqual(counts["mail"], 2)
        self.assertEqual(counts["note"], 1)
        self.assertEqual(counts["sms"], 0)
        self.assertEqual(counts["test.gestor.document"], 1)
        self.assertEqual(self._counts(text="pumps", kinds=["note"])["mail"], 1)

    def test_counting_stops_at_the_limit(self):
        limit = gestor_history.COUNT_LIMIT
        self.env["mail.message"].create(
            [
                {
                    "model": "res.partner",
                    "res_id": self.client.id,
                    "message_type": "email",
                    "body": "Words",
                }
                for _number in range(limit + 5)
            ]
        )
        history = self.env["gestor.history"].with_user(self.anna)
        counts = {kind["kind"]: kind for kind in history.get_counts(self.client.id)}
        self.assertEqual(counts["mail"]["count"], limit)
        self.assertTrue(counts["mail"]["is_more"])
        self.assertFalse(counts["note"]["is_more"])

    def test_done_activity_stays_in_the_time_line(self):
        todo = self.paper.activity_schedule(
            "mail.mail_activity_data_call", START.date(), "Call", user_id=self.anna.id
        )
        self.assertIn(self._key(todo), self._keys(self._page()))
        self.assertEqual(self._counts()["activity"], 1)
        todo.action_feedback("They agreed")
        done = self._page(filters={"kinds": ["activity_done"]})["entries"]
        self.assertEqual([entry["key"] for entry in done], [self._key(todo)])
        self.assertIn("They agreed", done[0]["summary"])
        self.assertTrue(done[0]["is_day"])

    def test_entry_opens_its_document(self):
        self._post(self.paper, subject="Letter", author_id=self.person.id)
        entry = self._page(filters={"kinds": ["mail"]})["entries"][0]
        self.assertEqual(
            (entry["model"], entry["id"]), (self.paper._name, self.paper.id)
        )
        self.assertEqual(entry["document"], self.paper.display_name)
        self.assertEqual(entry["author_id"], self.person.id)
        self.assertEqual(entry["title"], "Letter")

    def test_rules_of_each_source_hold(self):
        other = self.env["res.company"].create({"name": "Other"})
        closed = self._create_papers(
            self.bolek, partner_id=self.client.id, company_id=other.id
        )
        letter = self._post(closed)
        keys = self._keys(self._page())
        self.assertNotIn(self._key(closed), keys)
        self.assertNotIn(self._key(letter), keys)
        self.assertEqual(self._counts()["mail"], 0)
        both = self._create_user("both")
        both.company_ids |= other
        history = self.env["gestor.history"].with_user(both)
        history = history.with_context(allowed_company_ids=both.company_ids.ids)
        keys = self._keys(history.get_page(self.client.id))
        self.assertIn(self._key(closed), keys)
        self.assertIn(self._key(letter), keys)

    def test_client_must_exist_and_be_readable(self):
        with self.assertRaises(UserError):
            self.env["gestor.history"].with_user(self.anna).get_page(10**8)
        self.client.company_id = self.env["res.company"].create({"name": "Other"})
        for method in ("get_page", "get_counts"):
            history = self.env["gestor.history"].with_user(self.anna)
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(history, method)(self.client.id)

    def test_portal_and_plain_employee_get_no_time_line(self):
        for login, group in (
            ("portal", "base.group_portal"),
            ("man", "base.group_user"),
        ):
            user = self._create_user(login, group)
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._page(user)

    def test_empty_time_line(self):
        page = self._page(client=self.env["res.partner"].create({"name": "New"}))
        self.assertEqual(page, {"entries": [], "cursor": False})

    def test_number_of_queries_does_not_depend_on_the_entries(self):
        counts = []
        for added in (5, 30):
            papers = self._create_papers(self.anna, added, partner_id=self.client.id)
            for paper in papers:
                self._post(paper)
            self._page()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._page()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
