from odoo.exceptions import UserError


class ResourceTakenError(UserError):
    """A resource is taken or out of use at the time that is asked for.

    Whoever catches it may propose another time, another resource or to go without;
    nothing of this helps with other errors.
    """
