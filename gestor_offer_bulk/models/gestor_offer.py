from datetime import timedelta

from odoo import fields, models

#: how an offer came about is not for the client who reads it
STAFF = "base.group_user"


class GestorOffer(models.Model):
    """What is done with many offers in the background."""

    _name = "gestor.offer"
    _inherit = ["gestor.offer", "gestor.job.mixin"]

    batch_id = fields.Many2one(
        "gestor.offer.batch",
        string="Made in bulk",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )

    def _gestor_job_undo_batch(self, offers, _params):
        """Delete offers of a batch, with the processes that were made with them."""
        processes = offers.process_id
        prepared = offers.filtered(lambda offer: offer.state == "prepared")
        if prepared:
            prepared.action_reset_to_draft()
        offers.unlink()
        # sudo: the host lets only managers delete processes; these were made by the
        # same user with the offers, and nothing else came of them
        processes.sudo().filtered(
            lambda process: (
                process.gestor_offer_batch_id and not process.gestor_offer_ids
            )
        ).unlink()

    def _gestor_job_print(self, offers, params):
        """Print offers, each into a file of the dispatch."""
        dispatch = self._get_dispatch(params)
        presentation = self.env["report.gestor_offers.gestor_offer_report"]
        reports = self.env["ir.actions.report"]
        names = {}
        for offer in offers:
            offer._raise_problems({offer: offer._get_print_problems()})
            content, _kind = reports._render_qweb_pdf(
                "gestor_offers.gestor_offer_report_action", offer.ids
            )
            names[offer.id] = f"{presentation._gestor_file_name(offer)}.pdf"
            dispatch._add_print(offer, names[offer.id], content)
        return names

    def _get_print_problems(self):
        """Return why the offer is not printed in bulk.

        :rtype: list[str]
        """
        self.ensure_one()
        return self._get_readiness_problems() if self.state == "draft" else []

    def _gestor_job_mail(self, offers, params):
        """Mail offers to their clients, no more in a minute than the dispatch says.

        The mails wait in the queue of the host: they leave once it is certain that
        this is noted as done.
        """
        dispatch = self._get_dispatch(params)
        quiet = offers.with_context(mail_notify_force_send=False)
        quiet.action_send()
        # sudo: mails belong to administrators
        mails = self.env["mail.mail"].sudo()
        mails = mails.search(
            [
                ("model", "=", self._name),
                ("res_id", "in", offers.ids),
                ("state", "=", "outgoing"),
                ("scheduled_date", "=", False),
            ],
            order="id",
        )
        start = fields.Datetime.to_datetime(params["start"])
        position = dispatch._take_places(len(mails))
        for number, mail in enumerate(mails, start=position):
            seconds = 60 * number / dispatch.per_minute
            mail.scheduled_date = start + timedelta(seconds=seconds)
        recipients = offers._get_recipients()
        return {
            offer.id: ", ".join(recipients[offer.id].mapped("email_formatted"))
            for offer in offers
        }

    def _get_dispatch(self, params):
        # sudo: the dispatch of this user, written by the engine
        return self.env["gestor.offer.dispatch"].sudo().browse(params["dispatch_id"])
