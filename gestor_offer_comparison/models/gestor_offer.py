from odoo import api, fields, models
from odoo.tools import format_date, html2plaintext

from ..lib.comparison import compare
from .sale_order import LINE_NAMES

# the terms in the order in which they are shown: JSON of the database sorts its keys
FACTS = (
    "partner_id",
    "date_to",
    "proposed_order_id",
    "payment_form_ids",
    "intro_html",
    "closing_html",
)
ACTION = "gestor_offer_comparison.gestor_offer_comparison_action"


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    version_ids = fields.One2many(
        "gestor.offer.version", "offer_id", string="Versions", copy=False
    )
    version_count = fields.Integer(compute="_compute_version_count")

    @api.depends("version_ids")
    def _compute_version_count(self):
        for offer in self:
            offer.version_count = len(offer.version_ids)

    # === Actions ===

    def action_compare_variants(self):
        """Open the variants side by side."""
        self.ensure_one()
        return self._get_comparison_action()

    def action_view_versions(self):
        """Open the versions that the client was given."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_offer_comparison.gestor_offer_version_action"
        )
        return action | {"domain": [("offer_id", "=", self.id)]}

    def _get_comparison_action(self, version_ids=None):
        action = self.env["ir.actions.client"]._for_xml_id(ACTION)
        return action | {
            "context": {
                "gestor_offer_id": self.id,
                "gestor_version_ids": version_ids or [],
            }
        }

    # === Versions ===

    def _mark_sent(self):
        result = super()._mark_sent()
        self._keep_versions()
        return result

    def _keep_versions(self):
        """Keep what the clients have now; once for each version."""
        # sudo: nobody writes versions; they are kept when an offer is handed over
        versions = self.env["gestor.offer.version"].sudo()
        newest = dict(
            versions._read_group(
                [("offer_id", "in", self.ids)], ["offer_id"], ["version:max"]
            )
        )
        versions.create(
            [
                offer._prepare_version_vals()
                for offer in self.with_env(versions.env)
                if newest.get(offer, 0) < offer.version
            ]
        )

    def _prepare_version_vals(self):
        self.ensure_one()
        return {
            "offer_id": self.id,
            "version": self.version,
            "sent_at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "variant_count": len(self.order_ids),
            "currency_id": self.currency_id.id,
            "amount_untaxed": self.amount_untaxed,
            "amount_total": self.amount_total,
            "content": self._prepare_comparison_content(),
        }

    # === Comparison ===

    @api.readonly
    def get_comparison(self, version_ids=None):
        """Return the tables of a comparison: of the variants, or of versions.

        :param list version_ids: versions of this offer; one alone is compared with what
            followed it; without any the variants are compared
        :return: ``{"title", "is_editable", "tables": [{"title", "reference", "columns",
            "rows"}]}``; for the rows see ``lib.comparison.compare``
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "title": self.name,
            "is_editable": self.state in ("draft", "prepared")
            and self.has_access("write"),
            "tables": self._compare_versions(version_ids)
            if version_ids
            else self._compare_variants(),
        }

    def _compare_variants(self):
        """Compare the variants with the proposed one."""
        orders = self.env[
            "report.gestor_offers.gestor_offer_report"
        ]._gestor_shown_orders(self)
        columns = [order._gestor_comparison_column() for order in orders]
        proposed = [column["is_proposed"] for column in columns]
        reference = proposed.index(True) if True in proposed else 0
        return [
            self._prepare_table(
                "", [c | {"order_id": c["key"]} for c in columns], reference
            )
        ]

    def _get_version_columns(self, version_ids):
        """Return ``[(title, content)]`` of versions and of what followed them."""
        kept = self.version_ids.sorted("version")
        chosen = kept.filtered(lambda version: version.id in version_ids)
        followed = kept.filtered(lambda version: version.version > chosen[-1:].version)
        if len(chosen) == 1 and followed:
            chosen |= followed[0]
        columns = [(version.display_name, version.content) for version in chosen]
        if len(columns) == 1 and self.version > chosen.version:
            columns.append((self.env._("Now"), self._prepare_comparison_content()))
        return columns

    def _compare_versions(self, version_ids):
        """Compare each version with the one before: its terms and each variant."""
        columns = self._get_version_columns(version_ids)
        facts = [self._get_fact_lines(content["facts"]) for _title, content in columns]
        tables = [
            {
                "title": self.env._("Terms and texts"),
                "reference": None,
                "columns": [{"title": title} for title, _content in columns],
                "rows": compare(facts, ["text"]),
            }
        ]
        names = {}
        for _title, content in columns:
            names |= {
                variant["key"]: variant["title"] for variant in content["variants"]
            }
        for key, name in names.items():
            empty = {"lines": [], "totals": None, "currency_id": self.currency_id.id}
            variants = [
                next((v for v in content["variants"] if v["key"] == key), empty)
                | {"title": title}
                for title, content in columns
            ]
            tables.append(self._prepare_table(name, variants, None))
        return tables

    def _prepare_table(self, title, columns, reference):
        lines = [column["lines"] for column in columns]
        return {
            "title": title,
            "reference": reference,
            "columns": [
                {name: value for name, value in column.items() if name != "lines"}
                for column in columns
            ],
            "rows": compare(lines, LINE_NAMES, reference),
        }

    def _prepare_comparison_content(self):
        """Return what a version keeps, ready for JSON."""
        self.ensure_one()
        return {
            "facts": {
                "partner_id": self.partner_id.display_name,
                "date_to": fields.Date.to_string(self.date_to),
                "proposed_order_id": self.proposed_order_id.gestor_variant_name,
                "payment_form_ids": ", ".join(
                    self.payment_form_ids.mapped("display_name")
                ),
                "intro_html": html2plaintext(self.intro_html or ""),
                "closing_html": html2plaintext(self.closing_html or ""),
            },
            "variants": [
                order._gestor_comparison_column()
                for order in self.order_ids.sorted(
                    lambda order: (order.gestor_variant_sequence, order.id)
                )
            ],
        }

    def _get_fact_lines(self, facts):
        """Return the terms of a version as lines with the names of their fields."""
        labels = self.fields_get(FACTS, ["string"])
        texts = facts | {"date_to": format_date(self.env, facts["date_to"])}
        return [
            {"key": name, "title": labels[name]["string"], "text": texts[name]}
            for name in FACTS
        ]
