from copy import deepcopy

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gestor_client_sets.models.gestor_set_use import CHUNK

#: nobody reads the log of a thousand new documents
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


class UseOffers(models.AbstractModel):
    """Makes a process and an offer for each client of a set, many at once.

    Who has no address for offers, or has not agreed to advertising, is left out.
    """

    _inherit = "gestor.set.use.offers"
    _gestor_params = ("purpose", "offer_template_id", "process_template_id")
    _gestor_channel = "email"

    @api.model
    def _get_exclusions(self, wizard):
        partners = wizard.client_set_id._gestor_partners()
        recipients = partners._gestor_recipients("offers")
        silent = [
            partner.id
            for partner in partners
            if not any(recipients.get(partner.id, partner).mapped("email"))
        ]
        return super()._get_exclusions(wizard) + [
            (self.env._("No e-mail address for offers"), Domain("id", "in", silent))
        ]

    @api.model
    def _start(self, wizard, partners):
        batch = self.env["gestor.offer.batch"]._gestor_create(wizard, partners)
        key = self._name.removeprefix("gestor.set.use.")
        values = self._prepare_values(wizard) | {"batch_id": batch.id}
        job = partners._gestor_start_job(
            f"{self._label()}: {wizard.client_set_id.name}",
            {"use": key, "values": values},
            method="_gestor_job_use_set",
            chunk_size=CHUNK,
        )
        batch.job_id = job
        return batch.with_env(self.env).action_open()

    @api.model
    def _prepare_values(self, wizard):
        return super()._prepare_values(wizard) | {
            "process_template_id": wizard.process_template_id.id
        }

    @api.model
    def _run(self, partners, values):
        """Make the processes and offers of some clients in one batch.

        :return: the numbers of the offers, by client
        """
        if not values.get("batch_id"):
            return super()._run(partners, values)
        kept, missing = self._get_template_vals(values["template_id"])
        shared = {"batch_id": values["batch_id"]}
        vals_list = [
            {**deepcopy(kept), **shared, "partner_id": partner.id}
            for partner in partners
        ]
        if values.get("process_template_id"):
            processes = self._create_processes(partners, values)
            for vals, process in zip(vals_list, processes, strict=True):
                vals["process_id"] = process.id
        offers = self.env["gestor.offer"].with_context(**QUIET).create(vals_list)
        return {
            offer.partner_id.id: self.env._(
                "%(offer)s, without: %(fields)s",
                offer=offer.name,
                fields=", ".join(missing),
            )
            if missing
            else offer.name
            for offer in offers
        }

    @api.model
    def _create_processes(self, partners, values):
        kept, _missing = self._get_template_vals(values["process_template_id"])
        batch = self.env["gestor.offer.batch"].browse(values["batch_id"])
        processes = self.env["crm.lead"].with_context(**QUIET)
        return processes.create(
            [
                {
                    "name": batch.name,
                    "user_id": self.env.uid,
                    **deepcopy(kept),
                    "type": "opportunity",
                    "partner_id": partner.id,
                    "gestor_offer_batch_id": batch.id,
                }
                for partner in partners
            ]
        )

    @api.model
    def _get_template_vals(self, template_id):
        """Return what each new document gets from a template.

        :raise UserError: if the template is gone
        """
        template = self.env["gestor.record.template"].browse(template_id).exists()
        if not template:
            raise UserError(self.env._("The template has been deleted."))
        return template._gestor_prepare_vals()
