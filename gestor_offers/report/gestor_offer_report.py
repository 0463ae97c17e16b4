from odoo import api, models
from odoo.tools.misc import formatLang

# Side by side on an A4 page: more columns would break the amounts over two lines.
COLUMNS_PER_TABLE = 4


class ReportGestorOffer(models.AbstractModel):
    """What a client sees of an offer: shared by the print and the portal page."""

    _name = "report.gestor_offers.gestor_offer_report"
    _description = "Offer Presentation"

    @api.model
    def _get_report_values(self, docids, data=None):
        return {
            "doc_ids": docids,
            "doc_model": "gestor.offer",
            "docs": self.env["gestor.offer"].browse(docids),
            "gestor_view": self._gestor_view,
        }

    # === Document ===

    @api.model
    def _gestor_lang(self, offer):
        """Return the language code the client reads the offer in.

        :param offer: one ``gestor.offer``
        :rtype: str
        """
        return offer.partner_id.lang or offer.company_id.partner_id.lang or "en_US"

    @api.model
    def _gestor_file_name(self, offer):
        """Return the name of the printed file, without extension, for the client.

        :param offer: one ``gestor.offer``
        :return: e.g. ``Offer OF_2026_0001``
        :rtype: str
        """
        env = self.with_context(lang=self._gestor_lang(offer)).env
        number = (offer.name or "").replace("/", "_").strip()
        return env._("Offer %(number)s", number=number)

    @api.model
    def _gestor_view(self, offer):
        """Return everything the print and the portal page show of one offer.

        The texts come in the language of the context of ``offer``.

        :param offer: one ``gestor.offer``
        :return: ``{"variants": [...], "comparison": [...], "tables": [...]}``, see
            ``_gestor_variant`` and ``_gestor_comparison``; ``tables`` are the
            comparison's variants cut into groups that fit beside each other
        :rtype: dict
        """
        self = self.with_env(offer.env)
        orders = self._gestor_shown_orders(offer)
        reference = offer.proposed_order_id & orders or orders[:1]
        variants = [
            self._gestor_variant(offer, order, reference, position)
            for position, order in enumerate(orders, start=1)
        ]
        return {
            "variants": variants,
            "reference": reference,
            "comparison": self._gestor_comparison(variants, reference),
            "tables": self._gestor_column_groups(len(variants)),
        }

    @api.model
    def _gestor_shown_orders(self, offer):
        """Return the variants in the client's order.

        A variant cancelled before the client answered is not shown; once the offer
        is closed the cancelled ones are the history of what could be chosen.
        """
        orders = offer.order_ids.sorted(
            lambda order: (order.gestor_variant_sequence, order.id)
        )
        if offer.state in ("draft", "prepared", "sent"):
            return orders.filtered(lambda order: order.state != "cancel")
        return orders

    @api.model
    def _gestor_column_groups(self, count):
        """Cut ``count`` columns into tables of nearly the same width.

        :return: index ranges, e.g. 5 columns -> ``[range(0, 3), range(3, 5)]``
        :rtype: list[range]
        """
        tables = -(-count // COLUMNS_PER_TABLE)
        width = -(-count // tables) if tables else 0
        return [
            range(start, min(start + width, count))
            for start in range(0, count, width or 1)
        ]

    # === Variants ===

    @api.model
    def _gestor_variant(self, offer, order, reference, position):
        """Return one variant as shown to the client.

        :return: dict with the order, its name, rows, taxes, totals and the difference
            of the gross amount to ``reference`` as text with a sign (``difference``
            in money, ``difference_percent``; both empty if not comparable)
        :rtype: dict
        """
        rows = self._gestor_rows(order)
        comparable = (
            order != reference
            and order.currency_id == reference.currency_id
            and reference.amount_total
        )
        difference = order.amount_total - reference.amount_total if comparable else 0
        return {
            "order": order,
            "position": position,
            "name": order.gestor_variant_name
            or offer.env._("Variant %(number)s", number=position),
            "description": order.gestor_variant_description,
            "is_proposed": order == offer.proposed_order_id,
            "is_accepted": order == offer.accepted_order_id,
            "currency": order.currency_id,
            "rows": rows,
            "has_discount": any(row["discount"] for row in rows),
            "taxes": self._gestor_taxes(order),
            "difference": comparable
            and self._gestor_signed(
                difference, order.currency_id.format(abs(difference))
            ),
            "difference_percent": comparable
            and self._gestor_percent(difference / reference.amount_total * 100),
        }

    @api.model
    def _gestor_percent(self, value):
        """Return a percentage with its sign in the language of the user."""
        text = formatLang(self.env, abs(value), digits=1)
        return self._gestor_signed(value, f"{text}%")

    @api.model
    def _gestor_signed(self, value, text):
        """Put the sign of ``value`` before ``text``."""
        sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
        return f"{sign}{text}"

    @api.model
    def _gestor_number(self, value, digits):
        """Return a number without needless zeros behind the decimal separator."""
        shown = next(
            places
            for places in range(digits + 1)
            if round(value, places) == round(value, digits)
        )
        return formatLang(self.env, value, digits=shown)

    @api.model
    def _gestor_taxes(self, order):
        """Return the summary per VAT rate.

        :rtype: list[dict] with ``name``, ``base``, ``tax``, ``total``
        """
        taxes = []
        for subtotal in (order.tax_totals or {}).get("subtotals", []):
            for group in subtotal["tax_groups"]:
                base = group["display_base_amount_currency"]
                if base is False:
                    base = group["base_amount_currency"]
                tax = group["tax_amount_currency"]
                taxes.append(
                    {
                        "name": group["group_name"],
                        "base": base,
                        "tax": tax,
                        "total": base + tax,
                    }
                )
        return taxes

    # === Lines ===

    @api.model
    def _gestor_rows(self, order):
        """Return the lines of a variant as rows, sections closed by their subtotal.

        What the seller hides in a section (its prices or its composition) stays
        hidden, as on the host's own documents.

        :rtype: list[dict], see ``_prepare_row_vals``
        """
        rows = []
        number = 0
        section = order.order_line.browse()
        for line in order._get_order_lines_to_report():
            kind = self._gestor_row_kind(line)
            if line.display_type == "line_section":
                rows += self._gestor_subtotal_rows(section)
                section = line
            if kind in ("product", "combo", "group"):
                number += 1
            rows.append(self._prepare_row_vals(line, kind, number))
        return rows + self._gestor_subtotal_rows(section)

    @api.model
    def _gestor_row_kind(self, line):
        if line.display_type in ("line_section", "line_subsection"):
            if line.collapse_composition:
                return "group"
            return "section" if line.display_type == "line_section" else "subsection"
        if line.display_type:
            return "note"
        if line.product_type == "combo":
            return "combo"
        return "component" if line.combo_item_id else "product"

    @api.model
    def _gestor_subtotal_rows(self, section):
        """Return the closing row of a section that shows more than its own amount."""
        if not section or section.collapse_composition:
            return []
        vals = self._prepare_row_vals(section, "subtotal", 0)
        vals["amount"] = section._get_section_totals("price_subtotal")
        return [vals]

    @api.model
    def _prepare_row_vals(self, line, kind, number):
        """Return one row; amounts that are not shown to the client are ``None``."""
        title, _separator, detail = (line.name or "").partition("\n")
        is_goods = kind in ("product", "combo", "component")
        parents = line.parent_id | line.parent_id.parent_id
        has_price = kind in ("product", "component") and not any(
            parents.mapped("collapse_prices")
        )
        decimals = self.env["decimal.precision"].precision_get
        return {
            "kind": kind,
            "number": number if kind in ("product", "combo", "group") else None,
            "line": line,
            "title": title,
            "detail": detail.strip(),
            "quantity": self._gestor_number(
                line.product_uom_qty, decimals("Product Unit")
            )
            if is_goods
            else None,
            "uom": line.product_uom_id.name if is_goods else None,
            "price": line.price_unit if has_price else None,
            "discount": has_price
            and line.discount
            and self._gestor_number(line.discount, decimals("Discount")),
            "taxes": ", ".join(
                tax.tax_label for tax in line.tax_ids if has_price and tax.tax_label
            ),
            "amount": self._gestor_amount(line, kind, has_price),
        }

    @api.model
    def _gestor_amount(self, line, kind, has_price):
        if kind == "group":
            return line._get_section_totals("price_subtotal")
        if kind == "combo":
            return line._get_combo_totals("price_subtotal")
        return line.price_subtotal if has_price else None

    # === Comparison ===

    @api.model
    def _gestor_comparison(self, variants, reference):
        """Return the goods of all variants in rows, the variants in columns.

        Goods are the same when they are the same product (or, without a product, have
        the same text), wherever they stand in a variant; repeated lines are added up.

        :return: ``[{"title", "cells": [{"quantity", "uom", "amount", "missing",
            "differs"}]}]``, a cell per variant; ``differs`` from the reference variant
        :rtype: list[dict]
        """
        columns = [self._gestor_column(variant) for variant in variants]
        titles = {}
        for column in columns:
            for key, cell in column.items():
                titles.setdefault(key, cell["title"])
        base = next(
            (
                column
                for variant, column in zip(variants, columns, strict=True)
                if variant["order"] == reference
            ),
            {},
        )
        return [
            {
                "title": title,
                "cells": [
                    self._prepare_cell_vals(column.get(key), base.get(key))
                    for column in columns
                ],
            }
            for key, title in titles.items()
        ]

    @api.model
    def _gestor_column(self, variant):
        """Return the goods of one variant added up, in the order of its lines."""
        column = {}
        for row in variant["rows"]:
            if row["kind"] not in ("product", "combo", "group"):
                continue
            line = row["line"]
            key = line.product_id.id or row["title"]
            cell = column.setdefault(
                key,
                {
                    "title": row["title"],
                    "quantity": 0.0,
                    "uom": row["uom"],
                    "amount": 0,
                },
            )
            cell["quantity"] += line.product_uom_qty if row["uom"] else 0.0
            if cell["uom"] != row["uom"]:
                cell["uom"] = ""
            if row["amount"] is None or cell["amount"] is None:
                cell["amount"] = None
            else:
                cell["amount"] += row["amount"]
        return column

    @api.model
    def _prepare_cell_vals(self, cell, base):
        if not cell:
            return {"missing": True, "differs": bool(base)}
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        differs = not base or any(
            (
                round(cell["quantity"] - base["quantity"], digits),
                cell["uom"] != base["uom"],
                round((cell["amount"] or 0) - (base["amount"] or 0), 4),
            )
        )
        return {
            "missing": False,
            "differs": differs,
            "quantity": self._gestor_number(cell["quantity"], digits)
            if cell["uom"]
            else "",
            "uom": cell["uom"] or "",
            "amount": cell["amount"],
        }
