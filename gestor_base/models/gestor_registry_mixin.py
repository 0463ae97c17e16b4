from odoo import api, models


class GestorRegistryMixin(models.AbstractModel):
    _name = "gestor.registry.mixin"
    _description = "Gestor Registry Of Implementers"

    @api.model
    def _gestor_implementers(self):
        """Return the models that inherit this mixin, in alphabetical order.

        Call it on the mixin: ``env["gestor.document.mixin"]._gestor_implementers()``.

        :return: technical names of real models, without abstract and transient ones
        :rtype: list[str]
        """
        mixin = self.env.registry[self._name]
        return sorted(
            name
            for name, cls in self.env.registry.items()
            if not cls._abstract and not cls._transient and issubclass(cls, mixin)
        )
