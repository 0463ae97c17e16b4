from datetime import datetime, time, timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

#: places of a rate that are always shown: as many as central banks print
_RATE_DIGITS = 4
_RATE_DIGITS_MAX = 6


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    # === Fields: currency ===
    price_currency_id = fields.Many2one(
        "res.currency",
        string="Chosen currency",
        help="The currency of the offer, whatever its price lists are in. Empty: that"
        " of the price lists.",
    )
    price_rate = fields.Float(
        string="Exchange rate",
        digits=0,
        help="How much of the company's currency one unit of the chosen one is worth."
        " It is frozen: it stays when the rates of the company change.",
    )
    price_rate_date = fields.Date(string="Day of the rate")
    price_rate_kind = fields.Selection(
        [("company", "Rate of the company"), ("manual", "Agreed rate")],
        string="Source of the rate",
    )
    price_rate_number = fields.Char(string="Table of the rate")
    price_rate_text = fields.Char(
        string="Rate", compute="_compute_price_rate_text", compute_sudo=True
    )

    # === Fields: prices ===
    price_breaks = fields.Selection(
        [
            ("none", "Not shown"),
            ("chosen", "For the chosen lines"),
            ("all", "For all lines"),
        ],
        string="Price thresholds",
        default="none",
        required=True,
        help="Whether the client sees, below a line, the prices at larger quantities."
        " They come from the price lists; a line priced by hand has none.",
    )
    price_warning = fields.Text(
        string="What to mind about prices",
        compute="_compute_price_warning",
        groups="base.group_user",
    )
    made_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list made from the offer",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
        groups="base.group_user",
    )

    _price_rate_positive = models.Constraint(
        "CHECK (price_currency_id IS NULL OR price_rate > 0)",
        "An exchange rate is above zero.",
    )

    # === Computes ===

    @api.depends("company_id", "price_currency_id", "price_rate", "price_rate_date")
    @api.depends_context("lang")
    def _compute_price_rate_text(self):
        for offer in self:
            offer.price_rate_text = offer._get_rate_text()

    @api.depends("state", "date_to", "order_ids.pricelist_id", "order_ids.order_line")
    def _compute_price_warning(self):
        for offer in self:
            open_offer = offer.state in ("draft", "prepared", "sent")
            sentences = offer._get_price_warnings() if open_offer else []
            offer.price_warning = "\n".join(sentences)

    # === Actions ===

    def action_recompute_prices(self):
        """Take the prices of the price lists anew; those set by hand stay.

        :return: a notification that says what changed; the lines stand in the chatter
        :raise UserError: if the client has the offer
        """
        self._check_editable()
        changed = kept = 0
        for offer in self:
            before = offer.order_ids.order_line._gestor_price_snapshot()
            offer.order_ids._recompute_prices()
            changes = offer._log_price_changes(before)
            changed += len(changes)
            kept += len(offer.order_ids._gestor_hand_priced_lines())
        return self._notify_price_changes(changed, kept)

    def action_open_reprice(self):
        """Open the dialog that gives the offer a currency and a rate."""
        self.ensure_one()
        self._check_editable()
        return {
            "name": self.env._("Currency and rate"),
            "type": "ir.actions.act_window",
            "res_model": "gestor.offer.reprice",
            "view_mode": "form",
            "target": "new",
            "context": {"default_offer_id": self.id},
        }

    def action_open_make_pricelist(self):
        """Open the dialog that makes a price list from the offer."""
        self.ensure_one()
        return {
            "name": self.env._("Price list from the offer"),
            "type": "ir.actions.act_window",
            "res_model": "gestor.offer.make.pricelist",
            "view_mode": "form",
            "target": "new",
            "context": {"default_offer_id": self.id},
        }

    # === Hooks ===

    @api.model
    def _get_content_fields(self):
        return super()._get_content_fields() | {
            "price_breaks",
            "price_currency_id",
            "price_rate",
            "price_rate_date",
            "price_rate_kind",
            "price_rate_number",
        }

    def _get_readiness_problems(self):
        problems = super()._get_readiness_problems()
        currency, company = self.currency_id, self.company_id
        if (
            currency != company.currency_id
            and currency != self.price_currency_id
            and not self._get_last_rate(currency, company._gestor_today())
        ):
            problems.append(
                self.env._(
                    "There is no rate of %(currency)s, in which the offer is: choose"
                    " the currency of the offer and give its rate.",
                    currency=currency.name,
                )
            )
        return problems

    def _find_rate(self, currency, day):
        """Return the rate that an offer takes for a day.

        A hook: a source of rates of its own comes before those of the company.

        :param currency: other than that of the company
        :param date day: the rate of this day or the last one before it
        :return: values of ``price_rate``, ``price_rate_date``, ``price_rate_kind`` and
            ``price_rate_number``
        :rtype: dict
        :raise UserError: if there is none
        """
        self.ensure_one()
        company = self.company_id
        found = self._get_last_rate(currency, day)
        if not found:
            raise UserError(
                self.env._(
                    "There is no rate of %(currency)s on %(day)s or before it. Fetch"
                    " the rates, choose another day, or type the rate.",
                    currency=currency.name,
                    day=format_date(self.env, day),
                )
            )
        return {
            "price_rate": self.env["res.currency"]._get_conversion_rate(
                currency, company.currency_id, company, day
            ),
            "price_rate_date": found.name,
            "price_rate_kind": "company",
            "price_rate_number": False,
        }

    def _get_rate_source(self):
        """Return where the rate is from, in the language of the context.

        A hook for kinds of rates that other addons add.

        :rtype: str
        """
        self.ensure_one()
        day = format_date(self.env, self.price_rate_date)
        if self.price_rate_kind == "manual":
            return self.env._("agreed on %(day)s", day=day)
        return self.env._("rate of %(day)s", day=day)

    def _get_price_warnings(self):
        """Return what to mind about the prices of an offer.

        A hook: extend the list.

        :rtype: list[str]
        """
        self.ensure_one()
        sentences = []
        lines = self.order_ids.order_line
        archived = lines.product_id.filtered(lambda product: not product.active)
        if archived:
            sentences.append(
                self.env._(
                    "No longer sold (archived): %(products)s.",
                    products=", ".join(archived.mapped("display_name")),
                )
            )
        lists = self.order_ids.pricelist_id.filtered(lambda item: not item.active)
        if lists:
            sentences.append(
                self.env._(
                    "No longer in force (archived): price list %(lists)s.",
                    lists=", ".join(lists.mapped("name")),
                )
            )
        return sentences + self._get_ending_warnings()

    # === Helpers: rates ===

    def _get_last_rate(self, currency, day):
        """Return the host's rate in force on a day; empty if there is none."""
        self.ensure_one()
        root = self.company_id.root_id
        return self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", (False, root.id)),
                ("name", "<=", day),
            ],
            order="company_id.id, name desc",
            limit=1,
        )

    def _get_rate_text(self):
        """Return the rate with its source, for the client; empty if there is none.

        :return: e.g. ``1 EUR = 4.2531 PLN (rate of 11/24/2026)``
        :rtype: str
        """
        self.ensure_one()
        currency, own = self.price_currency_id, self.company_id.currency_id
        if not currency or currency == own:
            return ""
        exact = round(self.price_rate, _RATE_DIGITS_MAX)
        is_short = exact == round(exact, _RATE_DIGITS)
        digits = _RATE_DIGITS if is_short else _RATE_DIGITS_MAX
        rate = formatLang(self.env, exact, digits=digits)
        return f"1 {currency.name} = {rate} {own.name} ({self._get_rate_source()})"

    def _convert_to_company(self, amount, currency):
        """Return an amount in the company's currency, at the frozen rate.

        :param currency: of ``amount``; at the company's rate if it is not the chosen
        """
        self.ensure_one()
        own = self.company_id.currency_id
        if currency == own:
            return amount
        if currency == self.price_currency_id:
            return amount * self.price_rate
        day = self.price_rate_date or self.date_from
        return currency._convert(amount, own, self.company_id, day, round=False)

    def _convert_price(self, amount, currency):
        """Return an amount in the chosen currency, at the frozen rate, not rounded.

        :param currency: of ``amount``
        """
        self.ensure_one()
        if currency == self.price_currency_id:
            return amount
        return self._convert_to_company(amount, currency) / self.price_rate

    def _get_company_amount(self, amount, currency):
        if not self.price_currency_id or currency != self.company_id.currency_id:
            return super()._get_company_amount(amount, currency)
        amount = self._convert_to_company(amount, self.currency_id)
        return currency.round(amount)

    def _set_price_currency(self, vals):
        """Give an offer a currency with a rate and count its prices in it.

        A price set by hand stays: in another currency it is worth the same, at a new
        rate it is what was agreed.

        :param dict vals: of the fields of the currency; empty: that of the price lists
        :return: how many lines changed, how many were set by hand
        """
        self.ensure_one()
        self._check_editable()
        lines = self.order_ids.order_line
        before = lines._gestor_price_snapshot()
        by_hand = self.order_ids._gestor_hand_priced_lines()
        worth = {
            line: [
                self._convert_to_company(line[name], line.currency_id)
                for name in ("price_unit", "technical_price_unit")
            ]
            for line in by_hand
        }
        self.write(
            {
                "price_currency_id": False,
                "price_rate": 0,
                "price_rate_date": False,
                "price_rate_kind": False,
                "price_rate_number": False,
                **vals,
            }
        )
        by_hand.filtered(
            lambda line: line.currency_id != before[line].currency
        )._gestor_set_worth(worth)
        self.order_ids._recompute_prices()
        changes = self._log_price_changes(before)
        return len(changes), len(by_hand)

    # === Helpers: messages ===

    def _log_price_changes(self, before):
        """Note in the chatter which lines changed their prices.

        :param dict before: of ``sale.order.line._gestor_price_snapshot()``
        :return: the sentences
        :rtype: list[str]
        """
        self.ensure_one()
        changes = self.order_ids.order_line._gestor_price_changes(before)
        if changes:
            items = Markup().join(Markup("<li>%s</li>") % text for text in changes)
            self._message_log(
                body=Markup("<p>%s</p><ul>%s</ul>")
                % (self.env._("Prices recalculated:"), items)
            )
        return changes

    @api.model
    def _notify_price_changes(self, changed, kept):
        """Return a notification about recalculated prices; the form is read anew."""
        message = self.env._(
            "Lines with a new price: %(changed)s. Set by hand and kept: %(kept)s.",
            changed=changed,
            kept=kept,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Prices recalculated"),
                "message": message,
                "type": "success" if changed else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_ending_warnings(self):
        """Tell which price lists end before the offer does, or tomorrow.

        :rtype: list[str]
        """
        zone = self.company_id._gestor_timezone()
        today = self.company_id._gestor_today()
        last = max(self.date_to or today, today + timedelta(days=1))
        end = zone.localize(datetime.combine(last, time.max))
        sentences = []
        rules = self.order_ids._gestor_rules_in_use().filtered("date_end")
        for rule in rules.sorted("date_end"):
            ends_at = fields.Datetime.context_timestamp(
                self.with_context(tz=zone.zone), rule.date_end
            )
            if ends_at <= end:
                sentences.append(
                    self.env._(
                        "Price list %(list)s, %(rule)s: the price ends on %(day)s.",
                        list=rule.pricelist_id.name,
                        rule=rule.name,
                        day=format_date(self.env, ends_at.date()),
                    )
                )
        return sentences
