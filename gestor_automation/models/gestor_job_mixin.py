from odoo import api, models


class GestorJobMixin(models.AbstractModel):
    """A model whose methods ``_gestor_job_*`` may run as background work."""

    _name = "gestor.job.mixin"
    _description = "Gestor Background Worker"
    _inherit = ["gestor.registry.mixin"]

    @api.model
    def _gestor_job_chunk(self, records, params):
        """Do a chunk of the work. Override it, or name another ``_gestor_job_*``.

        Called as the user who started the work, in a savepoint. An error of any kind
        takes the chunk back; it is then done record by record, so that only the faulty
        ones fail, with their reason. Leave commits alone: what the method does is
        committed together with the note that it was done. Whatever cannot be taken
        back - a mail, a request to a service - is queued, not done here.

        :param records: records of this model, or a list of the dictionaries that the
            work was started with
        :param dict params: what the work was started with
        :return: nothing, or remarks for the list of results: ``{record id: text}``,
            for dictionaries ``{position in the chunk: text}``
        :raise UserError: with a text for the user
        """
        raise NotImplementedError

    def _gestor_start_job(self, name, params=None, **options):
        """Start background work on these records; see ``gestor.job._gestor_start``."""
        return self.env["gestor.job"]._gestor_start(
            name, self._name, self, params, **options
        )
