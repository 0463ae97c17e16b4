from odoo import models
from odoo.exceptions import AccessError


class GestorRowAccessMixin(models.AbstractModel):
    """Rows without rights of their own: other records say who may do what with them.

    The access rights of the model say who may do anything at all.
    """

    _name = "gestor.row.access.mixin"
    _description = "Row With The Rights Of Other Records"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        closed = (self - forbidden)._filtered_closed(operation)
        if not closed:
            return result
        return forbidden | closed, error or (
            lambda: AccessError(self._get_closed_row_message())
        )

    def _filtered_closed(self, _operation):
        """Return the rows with which the user may not do an operation.

        All of them, unless a model says which records open them.
        """
        return self

    def _get_closed_row_message(self):
        """Return what a user is told who may not do it."""
        return self.env._("You may not read the document that this is about.")
