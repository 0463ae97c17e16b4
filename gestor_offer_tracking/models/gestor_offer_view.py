from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_duration

from ..lib.visitors import clean_seconds

#: a visit ends when nothing was heard of it for so long
VISIT_PAUSE = timedelta(minutes=30)
#: how much one report of the page may add, a little more than its rhythm
MOST_SECONDS = 60


class GestorOfferView(models.Model):
    """A visit of the page of an offer: when and for how long, never who or from where.

    Nothing is kept that leads to a person or a device. Openings with less than half an
    hour between them are one visit, whoever makes them.
    """

    _name = "gestor.offer.view"
    _description = "Visit Of An Offer"
    _inherit = ["gestor.history.mixin"]
    _order = "started_at desc, id desc"
    _rec_name = "offer_id"
    _log_access = False

    _gestor_history_date = "started_at"

    offer_id = fields.Many2one(
        "gestor.offer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="offer_id.partner_id", string="Client", store=True, index=True
    )
    version = fields.Integer(
        required=True, aggregator=False, help="Which version of the offer was open."
    )
    started_at = fields.Datetime(string="Opened on", required=True, index=True)
    last_at = fields.Datetime(string="Until", required=True)
    open_count = fields.Integer(string="Times opened", default=1)
    is_confirmed = fields.Boolean(
        string="Confirmed",
        help="The page was in sight in a browser. Without this it may have been a mail "
        "scanner, or a browser without JavaScript.",
    )
    seconds = fields.Integer(string="Seconds in sight")
    duration = fields.Char(string="How long", compute="_compute_duration")
    variant_ids = fields.One2many(
        "gestor.offer.view.variant", "view_id", string="Variants"
    )
    variant_text = fields.Char(string="Looked at", compute="_compute_variant_text")

    _running_idx = models.Index("(offer_id, last_at DESC)")

    @api.depends("seconds")
    def _compute_duration(self):
        for view in self:
            view.duration = self._format_seconds(view.seconds)

    @api.depends("variant_ids.seconds")
    def _compute_variant_text(self):
        for view in self:
            view.variant_text = ", ".join(
                f"{line.order_id.gestor_variant_name or line.order_id.name}"
                f" {self._format_seconds(line.seconds)}"
                for line in view.variant_ids.sorted("seconds", reverse=True)
            )

    @api.model
    def _format_seconds(self, seconds):
        """Return minutes and seconds as a clock shows them."""
        return format_duration(seconds / 60)

    # === Writing down ===

    @api.model
    def _get_running(self, offer):
        """Return the visit that goes on, locked, or nothing."""
        since = fields.Datetime.now() - VISIT_PAUSE
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM gestor_offer_view WHERE offer_id = %s AND version = %s"
                " AND last_at >= %s ORDER BY last_at DESC LIMIT 1 FOR UPDATE",
                offer.id,
                offer.version,
                since,
            )
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _note_opening(self, offer):
        """Write down that the page was asked for; whether it was read is not known."""
        now = fields.Datetime.now()
        view = self._get_running(offer)
        if view:
            view.write({"last_at": now, "open_count": view.open_count + 1})
        else:
            self.create(self._prepare_vals(offer, now))

    @api.model
    def _note_reading(self, offer, seconds, variants):
        """Write down that the page was in sight.

        :param seconds: since the last report, as the browser says
        :param dict variants: ``{variant id: seconds}``, also from the browser
        """
        now = fields.Datetime.now()
        view = self._get_running(offer) or self.create(self._prepare_vals(offer, now))
        # a browser cannot have seen more than time has passed
        limit = min(MOST_SECONDS, int((now - view.last_at).total_seconds()) + 5)
        is_new = not view.is_confirmed
        view.write(
            {
                "last_at": now,
                "is_confirmed": True,
                "seconds": view.seconds + clean_seconds(seconds, limit),
            }
        )
        view._add_variants(variants, limit)
        if is_new:
            offer._gestor_count_visit(view)

    @api.model
    def _prepare_vals(self, offer, now):
        return {
            "offer_id": offer.id,
            "version": offer.version,
            "started_at": now,
            "last_at": now,
        }

    def _add_variants(self, variants, limit):
        lines = {line.order_id.id: line for line in self.variant_ids}
        for order in self.offer_id.order_ids:
            seconds = clean_seconds(variants.get(str(order.id)), limit)
            line = lines.get(order.id)
            if line and seconds:
                line.seconds += seconds
            elif seconds:
                self.variant_ids.create(
                    {"view_id": self.id, "order_id": order.id, "seconds": seconds}
                )

    # === Time line ===

    @api.model
    def _get_gestor_history_label(self):
        return self.env._("Offer opened by the client")

    @api.model
    def _gestor_history_kinds(self):
        kinds = super()._gestor_history_kinds()
        for kind in kinds:
            kind["icon"] = "fa-eye"
            kind["domain"] = Domain("is_confirmed", "=", True)
        return kinds

    def _prepare_gestor_history_entry(self):
        return {
            "title": self.env._("Opened offer %(offer)s", offer=self.offer_id.name),
            "summary": " · ".join(filter(None, (self.duration, self.variant_text))),
            "author": self.partner_id,
            "document": self.offer_id,
        }

    # === Cron ===

    @api.model
    def _cron_forget(self, batch_size=1000):
        """Forget the visits that are older than their company keeps them."""
        now = fields.Datetime.now()
        # pylint: disable-next=no-search-all
        companies = self.env["res.company"].search([])
        old = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("started_at", "<", now - timedelta(days=days))
            for company in companies
            if (days := company.gestor_offer_view_days) > 0
        )
        self.search(old, limit=batch_size).unlink()
        left = self.search_count(old)
        self.env["ir.cron"]._commit_progress(batch_size, remaining=left)
