from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.gestor_automation.models.gestor_job import OPEN_STATES

MANAGER = "gestor_offers.gestor_offers_group_manager"
#: offers deleted in one job of the queue
UNDO_CHUNK = 50


class GestorOfferBatch(models.Model):
    """Offers made in one go for a client set, and the way back."""

    _name = "gestor.offer.batch"
    _description = "Offers Made In Bulk"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Started by", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    client_set_id = fields.Many2one(
        "gestor.client.set", readonly=True, ondelete="set null"
    )
    template_id = fields.Many2one(
        "gestor.record.template",
        string="Offer template",
        readonly=True,
        ondelete="set null",
    )
    process_template_id = fields.Many2one(
        "gestor.record.template", readonly=True, ondelete="set null"
    )
    left_html = fields.Html(string="Left out", readonly=True)
    job_id = fields.Many2one(
        "gestor.job", string="Background work", readonly=True, ondelete="set null"
    )
    undo_job_id = fields.Many2one(
        "gestor.job", string="Undoing", readonly=True, ondelete="set null"
    )
    job_state = fields.Selection(related="job_id.state", string="Work")
    offer_ids = fields.One2many("gestor.offer", "batch_id", string="Offers")
    offer_count = fields.Integer(string="Offers made", compute="_compute_counts")
    open_count = fields.Integer(
        string="Not sent yet",
        compute="_compute_counts",
        help="As long as an offer has not been sent it can be taken back.",
    )

    @api.depends("offer_ids.state")
    def _compute_counts(self):
        offers = self.env["gestor.offer"]
        domain = Domain("batch_id", "in", self.ids)
        all_offers = dict(offers._read_group(domain, ["batch_id"], ["__count"]))
        open_offers = dict(
            offers._read_group(
                domain & self._get_undoable_domain(), ["batch_id"], ["__count"]
            )
        )
        for batch in self:
            batch.offer_count = all_offers.get(batch._origin, 0)
            batch.open_count = open_offers.get(batch._origin, 0)

    # === Actions ===

    def action_open(self):
        """Open the batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_view_offers(self):
        """Open the offers, to be checked and sent."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offers.gestor_offer_action"
        ) | {"domain": [("batch_id", "=", self.id)], "context": {}}

    def action_view_job(self):
        """Open the progress and the list of results."""
        self.ensure_one()
        return (self.undo_job_id or self.job_id).action_open()

    def action_undo(self):
        """Delete, in the background, the offers that no client has got yet.

        :raise UserError: while offers are being made, or if none can be taken back
        """
        self.ensure_one()
        self._check_owner()
        # sudo: whether the work runs, whoever may read it
        if {self.sudo().job_id.state, self.sudo().undo_job_id.state} & set(OPEN_STATES):
            raise UserError(
                self.env._("Wait until the work in the background ends, or stop it.")
            )
        offers = self.env["gestor.offer"].search(
            Domain("batch_id", "=", self.id) & self._get_undoable_domain()
        )
        if not offers:
            raise UserError(
                self.env._("The clients have got all the offers; nothing is undone.")
            )
        job = offers._gestor_start_job(
            self.env._("Undo: %(name)s", name=self.name),
            method="_gestor_job_undo_batch",
            chunk_size=UNDO_CHUNK,
        )
        # sudo: batches are written by the engine only
        self.sudo().undo_job_id = job
        return job.action_open()

    # === Helpers ===

    @api.model
    def _gestor_create(self, wizard, partners):
        """Note a batch that begins.

        :param wizard: ``gestor.client.set.use``
        :param partners: for whom offers will be made
        :return: the batch as superuser: batches are written by the engine only
        """
        # sudo: see above
        return self.sudo().create(
            {
                "name": f"{wizard.client_set_id.name} ({len(partners)})",
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "client_set_id": wizard.client_set_id.id,
                "template_id": wizard.offer_template_id.id,
                "process_template_id": wizard.process_template_id.id,
                "left_html": wizard.left_html,
            }
        )

    @api.model
    def _get_undoable_domain(self):
        return Domain("state", "in", ("draft", "prepared")) & Domain("version", "=", 1)

    def _check_owner(self):
        self.check_access("read")
        if self.user_id != self.env.user and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("These offers were made by another user."))
