from odoo.exceptions import UserError


class AutomatLoopError(UserError):
    """Automats that would set off each other in a circle.

    ``automat_ids`` are those on the way.
    """

    def __init__(self, message, automat_ids):
        super().__init__(message)
        self.automat_ids = automat_ids
