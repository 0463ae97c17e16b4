from odoo import api, models
from odoo.exceptions import UserError


class GestorInfo(models.AbstractModel):
    """The one request of the panel beside a document."""

    _name = "gestor.info"
    _description = "Info Panel"

    @api.model
    @api.readonly
    def get_info(self, model, res_id):
        """Return what the panel shows; see ``gestor.info.mixin._gestor_info``.

        :param str model: a model with the mixin
        :param int res_id: id of a document
        :raise AccessError: if the user may not read the document
        """
        self.env["gestor.search"]._check_gestor_user()
        mixin = self.env.registry["gestor.info.mixin"]
        if not isinstance(self.env.get(model), mixin):
            raise UserError(self.env._("This kind of record has no info panel."))
        document = self.env[model].browse(int(res_id)).exists()
        document.check_access("read")
        return (
            document._gestor_info() if document else {"client": False, "sections": []}
        )
