from datetime import UTC

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib import contact_window as engine

#: in the order of ``date.weekday()``
WEEKDAYS = (
    "is_monday",
    "is_tuesday",
    "is_wednesday",
    "is_thursday",
    "is_friday",
    "is_saturday",
    "is_sunday",
)


class GestorContactWindow(models.Model):
    """Hours in which a client likes to be called, in the client's time zone."""

    _name = "gestor.contact.window"
    _description = "Contact Hours"
    _order = "partner_id, hour_from, id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    is_monday = fields.Boolean(string="Mon", default=True)
    is_tuesday = fields.Boolean(string="Tue", default=True)
    is_wednesday = fields.Boolean(string="Wed", default=True)
    is_thursday = fields.Boolean(string="Thu", default=True)
    is_friday = fields.Boolean(string="Fri", default=True)
    is_saturday = fields.Boolean(string="Sat")
    is_sunday = fields.Boolean(string="Sun")
    hour_from = fields.Float(string="From", default=9, required=True, aggregator=False)
    hour_to = fields.Float(string="To", default=17, required=True, aggregator=False)
    note = fields.Char()

    @api.constrains("hour_from", "hour_to")
    def _check_hours(self):
        for window in self:
            if not engine.is_valid(window.hour_from, window.hour_to):
                raise ValidationError(
                    self.env._(
                        "Contact hours begin and end on one day, from 00:00 to 24:00. "
                        "Hours past midnight are two rows."
                    )
                )

    @api.constrains(*WEEKDAYS)
    def _check_weekdays(self):
        for window in self:
            if not window._get_weekdays():
                raise ValidationError(
                    self.env._("Choose at least one day of the week.")
                )

    def _get_weekdays(self):
        self.ensure_one()
        return frozenset(day for day, name in enumerate(WEEKDAYS) if self[name])

    def _get_windows(self):
        """Return these rows for the engine.

        :rtype: list[engine.Window]
        """
        return [
            engine.Window(row._get_weekdays(), row.hour_from, row.hour_to)
            for row in self
        ]

    @api.model
    def _get_open_now_domain(self):
        """Return the windows that are open now, each in the time zone of its client.

        :rtype: Domain
        """
        partners = self.env["res.partner"]
        now = fields.Datetime.now().replace(tzinfo=UTC)
        domains = []
        for (name,) in self._read_group([], ["partner_id.tz"]):
            local = now.astimezone(partners._get_gestor_zone(name))
            hour = local.hour + local.minute / 60
            domains.append(
                Domain("partner_id.tz", "=", name or False)
                & Domain(WEEKDAYS[local.weekday()], "=", True)
                & Domain("hour_from", "<=", hour)
                & Domain("hour_to", ">", hour)
            )
        return Domain.OR(domains)
