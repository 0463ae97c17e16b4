from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gestor_offers.models.gestor_offer_lifecycle import WON_STATES

from ..const import KINDS
from ..models.gestor_offer import CHUNK


class GestorOfferRealizeMany(models.TransientModel):
    """Makes documents of many accepted offers in the background."""

    _name = "gestor.offer.realize.many"
    _description = "Realize Many Offers"

    offer_ids = fields.Many2many(
        "gestor.offer",
        string="Offers",
        required=True,
        default=lambda self: self.env["gestor.offer"].browse(
            self.env.context.get("active_ids")
        ),
    )
    kind = fields.Selection(
        [("own", "As each offer says"), *KINDS[1:]],
        string="Realize as",
        default="own",
        required=True,
    )
    is_grouped = fields.Boolean(
        string="One invoice for each client",
        help="Of the offers of one client, company and currency.",
    )
    is_posted = fields.Boolean(
        string="Post the invoices", groups="account.group_account_invoice"
    )
    taken_count = fields.Integer(
        string="Offers to realize", compute="_compute_left_out"
    )
    left_html = fields.Html(string="Left out", compute="_compute_left_out")

    @api.depends("offer_ids")
    def _compute_left_out(self):
        for wizard in self:
            taken = wizard._get_taken_offers()
            left = wizard.offer_ids - taken
            wizard.taken_count = len(taken)
            wizard.left_html = left and Markup("<p>%s: %s</p>") % (
                self.env._("Not accepted by the client"),
                ", ".join(left.mapped("name")),
            )

    def _get_taken_offers(self):
        return self.offer_ids.filtered(lambda offer: offer.state in WON_STATES)

    def action_apply(self):
        """Start the work and show its progress."""
        self.ensure_one()
        offers = self._get_taken_offers()
        if not offers:
            raise UserError(self.env._("None of the offers is accepted."))
        is_together = self.kind == "invoice" and self.is_grouped
        job = self.env["gestor.job"]._gestor_start(
            self.env._("Realizing offers"),
            offers._name,
            self._prepare_groups(offers) if is_together else offers,
            {
                "kind": "" if self.kind == "own" else self.kind,
                # who may not post does not see the field
                "is_posted": self._has_field_access(self._fields["is_posted"], "read")
                and self.is_posted,
            },
            method="_gestor_job_realize",
            chunk_size=CHUNK,
        )
        return job.action_open()

    def _prepare_groups(self, offers):
        """Return one item of the work for the offers that share an invoice."""
        groups = offers.grouped(
            lambda offer: (offer.partner_id, offer.company_id, offer.currency_id)
        )
        return [
            {
                "label": f"{partner.display_name}: {', '.join(group.mapped('name'))}",
                "offer_ids": group.ids,
            }
            for (partner, _company, _currency), group in groups.items()
        ]
