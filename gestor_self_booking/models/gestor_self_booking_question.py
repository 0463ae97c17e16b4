from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import LONG_TEXT, SHORT_TEXT


class GestorSelfBookingQuestion(models.Model):
    """Something that a client is asked when he books."""

    _name = "gestor.self.booking.question"
    _description = "Booking Question"
    _order = "sequence, id"

    page_id = fields.Many2one(
        "gestor.self.booking.page", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True, translate=True)
    kind = fields.Selection(
        [
            ("text", "One line"),
            ("long", "Longer text"),
            ("choice", "One of the choices"),
        ],
        string="Answer",
        required=True,
        default="text",
    )
    choices = fields.Text(translate=True, help="One in a line.")
    is_required = fields.Boolean(string="Required")

    @api.constrains("kind", "choices")
    def _check_choices(self):
        for question in self:
            if question.kind == "choice" and not question._get_choices():
                raise ValidationError(
                    self.env._(
                        "%(question)s: write the choices, one in a line.",
                        question=question.name,
                    )
                )

    def _get_choices(self):
        """Return what may be chosen, in the language of the context.

        :rtype: list[str]
        """
        self.ensure_one()
        lines = (self.choices or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _is_answer(self, text):
        """Return whether a text may be the answer; nothing typed is an empty text."""
        self.ensure_one()
        if not text:
            return not self.is_required
        if self.kind == "choice":
            return text in self._get_choices()
        return len(text) <= (LONG_TEXT if self.kind == "long" else SHORT_TEXT)
