from odoo import api, models
from odoo.exceptions import ValidationError

PREFIX = "gestor.set.use."
#: clients in one job of the queue
CHUNK = 50


class GestorSetUse(models.AbstractModel):
    """What a client set can be used for. One use is one AbstractModel.

    A use of your own is a model ``gestor.set.use.<key>`` that inherits this one. Its
    parameters are fields of the wizard ``gestor.client.set.use``, which an addon may
    extend.
    """

    _name = "gestor.set.use"
    _description = "Use Of A Client Set"

    _gestor_sequence = 100
    #: fields of the wizard that it shows, and those that must be filled in
    _gestor_params = ()
    _gestor_required = ()
    #: how the client is reached: "email", "sms", "phone", "letter", or not at all
    _gestor_channel = None

    @api.model
    def _get_keys(self):
        """Return the uses that the current user may start, in order.

        :rtype: list[str]
        """
        base = self.env.registry["gestor.set.use"]
        names = [
            name
            for name, cls in self.env.registry.items()
            if name.startswith(PREFIX)
            and issubclass(cls, base)
            and self.env[name]._is_allowed()
        ]
        names.sort(key=lambda name: (self.env[name]._gestor_sequence, name))
        return [name.removeprefix(PREFIX) for name in names]

    @api.model
    def _get_use(self, key):
        """Return the use of a key.

        :raise ValidationError: if it is not there, or not for this user
        """
        if key not in self._get_keys():
            raise ValidationError(
                self.env._('You may not use sets for "%(key)s".', key=key)
            )
        return self.env[PREFIX + key]

    # === Hooks: a use implements them ===

    @api.model
    def _is_allowed(self):
        """Tell whether the current user may use sets so."""
        return True

    @api.model
    def _label(self):
        """Return what users call it, in their language."""
        return self._description

    @api.model
    def _get_exclusions(self, _wizard):
        """Return which clients are left out, and why.

        :return: pairs of a reason in the user's language and a ``Domain`` on partners
        :rtype: list[tuple[str, Domain]]
        """
        return []

    @api.model
    def _prepare_values(self, _wizard):
        """Return what :meth:`_run` needs to know, as JSON."""
        return {}

    @api.model
    def _start(self, wizard, partners):
        """Use the set; in the background, unless a use opens a dialog of its own.

        :param partners: without those who are left out
        :return: an action
        """
        key = self._name.removeprefix(PREFIX)
        job = partners._gestor_start_job(
            f"{self._label()}: {wizard.client_set_id.name}",
            {"use": key, "values": self._prepare_values(wizard)},
            method="_gestor_job_use_set",
            chunk_size=CHUNK,
        )
        return job.action_open()

    @api.model
    def _run(self, partners, values):
        """Do it for some clients, in the background; see ``_gestor_job_chunk``.

        :param dict values: see :meth:`_prepare_values`
        :return: remarks by partner id, or nothing
        """
        raise NotImplementedError
