from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferVersion(GestorOffersCommon):
    def _change(self, offer, quantity=3, **vals):
        """Withdraw the offer, change a line of its first variant and hand it over."""
        offer = offer.with_user(self.salesperson)
        offer.action_reset_to_draft()
        offer.write(vals)
        offer.order_ids[0].order_line[0].product_uom_qty = quantity
        offer.action_prepare()
        offer.action_mark_sent()

    def _get_versions(self, offer):
        return offer.version_ids.with_user(self.salesperson).sorted("version")

    @freeze_time("2026-11-24 10:00:00")
    def test_what_the_client_gets_is_kept_once(self):
        offer = self._create_offer(user=self.salesperson)
        self.assertFalse(offer.version_ids)
        offer.action_prepare()
        offer.action_mark_sent()
        kept = self._get_versions(offer)
        self.assertEqual(kept.version, 1)
        self.assertEqual(kept.sent_at.isoformat(), "2026-11-24T10:00:00")
        self.assertEqual(kept.user_id, self.salesperson)
        self.assertEqual(kept.variant_count, 2)
        self.assertEqual(kept.amount_total, offer.amount_total)
        offer._keep_versions()
        self.assertEqual(self._get_versions(offer), kept)

    def test_versions_say_how_they_differ_and_what_became_of_them(self):
        offer = self._create_sent_offer()
        before = offer.amount_total
        self._change(offer)
        first, second = self._get_versions(offer)
        self.assertEqual((first.state, second.state), ("withdrawn", "sent"))
        self.assertEqual(first.amount_total, before)
        self.assertAlmostEqual(second.difference, offer.amount_total - before)
        self.assertNotEqual(second.difference, 0)
        self.assertEqual(first.difference, 0)
        offer.action_accept(offer.order_ids[0])
        self.assertEqual((first.state, second.state), ("withdrawn", "accepted"))

    def test_changes_of_lines_terms_and_variants_are_shown(self):
        offer = self._create_sent_offer(partner_id=self.other_client.id)
        kept_line, gone_line = offer.order_ids[0].order_line[:2]
        gone = gone_line.product_id.display_name
        offer.action_reset_to_draft()
        offer.closing_html = "<p>New closing</p>"
        kept_line.write({"price_unit": 77.0, "discount": 10.0})
        gone_line.unlink()
        offer.order_ids[1].action_gestor_remove()
        offer.write(
            {"order_ids": [Command.create(self._prepare_variant_vals(quantity=9))]}
        )
        offer.action_prepare()
        offer.action_mark_sent()
        versions = self._get_versions(offer)
        tables = offer.with_user(self.salesperson).get_comparison(versions.ids)[
            "tables"
        ]
        terms, first, second, third = tables
        changed = {
            row["title"]: row["cells"][1]["line"]["text"]
            for row in terms["rows"]
            if row["differs"]
        }
        self.assertEqual(list(changed.values()), ["New closing"])
        lines = {row["title"]: row["cells"][1] for row in first["rows"]}
        line = lines[kept_line.product_id.display_name]
        self.assertEqual(line["changes"], ["price", "discount", "amount"])
        self.assertEqual(lines[gone]["status"], "missing")
        statuses = [
            {row["cells"][1]["status"] for row in table["rows"]}
            for table in (second, third)
        ]
        self.assertEqual(statuses, [{"missing"}, {"added"}])

    def test_one_version_is_compared_with_what_followed(self):
        offer = self._create_sent_offer()
        self._change(offer)
        first, second = self._get_versions(offer)
        user_offer = offer.with_user(self.salesperson)

        def titles(versions):
            table = user_offer.get_comparison(versions.ids)["tables"][1]
            return [column["title"] for column in table["columns"]]

        both = [first.display_name, second.display_name]
        self.assertEqual(titles(first), both)
        self.assertEqual(titles(first | second), both)
        self.assertEqual(titles(second), [second.display_name])
        user_offer.action_reset_to_draft()
        self.assertEqual(titles(second), [second.display_name, self.env._("Now")])

    def test_versions_of_two_offers_are_not_compared(self):
        first, second = self._create_sent_offer(), self._create_sent_offer()
        both = first.version_ids | second.version_ids
        with self.assertRaisesRegex(UserError, "one offer"):
            both.with_user(self.salesperson).action_compare()
        # a forged call gets nothing of the other offer
        tables = first.get_comparison(second.version_ids.ids)["tables"]
        self.assertFalse([row for table in tables for row in table["rows"]])

    def test_versions_follow_the_rights_to_the_offer(self):
        offer = self._create_sent_offer()
        kept = offer.version_ids
        viewer = new_test_user(
            self.env, "version_viewer", "gestor_base.gestor_base_group_viewer"
        )
        portal = new_test_user(self.env, "version_portal", "base.group_portal")
        for user, may_read in (
            (self.salesperson, True),
            (self.offer_manager, True),
            (viewer, True),
            (self.other_salesperson, False),
            (portal, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(kept.with_user(user).has_access("read"), may_read)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(kept.with_user(user).has_access(operation))
        with self.assertRaises(AccessError):
            kept.with_user(self.salesperson).write({"amount_total": 1})

    def test_other_company_sees_no_versions(self):
        offer = self._create_sent_offer()
        other = self.env["res.company"].create({"name": "Other company"})
        manager = new_test_user(
            self.env,
            "version_other_company",
            "gestor_offers.gestor_offers_group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        versions = self.env["gestor.offer.version"].with_user(manager)
        self.assertFalse(versions.search([("offer_id", "=", offer.id)]))

    def test_draft_sent_and_deleted_leaves_nothing(self):
        offer = self._create_offer()
        offer.unlink()
        self.assertFalse(
            self.env["gestor.offer.version"].search([("offer_id", "=", offer.id)])
        )

    def test_many_offers_are_kept_in_one_go(self):
        offers = self.env["gestor.offer"].union(
            *(self._create_offer() for _number in range(12))
        )

        def count(some):
            some.version_ids.sudo().unlink()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._keep_versions()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(offers)
        few = min(count(offers[:2]) for _again in range(3))
        self.assertLessEqual(count(offers), few + 1)
