from odoo import fields, models


class GestorActivitySeriesSkip(models.Model):
    """A day on which a series does not take place."""

    _name = "gestor.activity.series.skip"
    _description = "Skipped Date Of A Series"
    _order = "day"
    _rec_name = "day"

    _series_day_uniq = models.UniqueIndex(
        "(series_id, day)", "This date is skipped already."
    )

    series_id = fields.Many2one(
        "gestor.activity.series", required=True, ondelete="cascade", index=True
    )
    day = fields.Date(string="Date", required=True)
    note = fields.Char(string="Comment")
