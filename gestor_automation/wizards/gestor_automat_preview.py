from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

NEXT_OCCURRENCES = 5
#: how far ahead the next occurrences are looked for
HORIZON_YEARS = 10


class GestorAutomatPreview(models.TransientModel):
    """What an automat would do to a document, without any effect."""

    _name = "gestor.automat.preview"
    _description = "What Would Happen"

    automat_id = fields.Many2one("gestor.automat", required=True)
    sentence = fields.Char(related="automat_id.sentence")
    document = fields.Reference(
        selection="_selection_document_models", default=lambda self: self._default()
    )
    result = fields.Html(string="What would happen", compute="_compute_result")

    @api.model
    def _default(self):
        """Return some document of the automat's kind, the newest one."""
        automats = self.env["gestor.automat"]
        automat = automats.browse(self.env.context.get("default_automat_id"))
        if not automat.model:
            return False
        document = self.env[automat.model].search([], limit=1, order="id desc")
        return f"{automat.model},{document.id}" if document else False

    @api.model
    def _selection_document_models(self):
        return self.env["gestor.link"]._selection_document_models()

    @api.depends("automat_id", "document")
    def _compute_result(self):
        for dialog in self:
            dialog.result = dialog.automat_id and dialog._get_result()

    def _get_result(self):
        automat = self.automat_id
        document = self.document
        if document and document._name != automat.model:
            return self._paragraph(
                self.env._("The automat is for other documents."), "warning"
            )
        lines = [self._get_moments(automat, document)]
        if not document:
            lines.append(self._paragraph(self.env._("Choose a document.")))
        else:
            document.check_access("read")
            lines.append(self._get_condition(automat, document))
            lines += self._get_steps(automat, document)
        return Markup().join(lines)

    def _get_condition(self, automat, document):
        if automat._filtered_documents(document):
            return self._paragraph(
                self.env._("The condition holds for this document now."), "success"
            )
        return self._paragraph(
            self.env._(
                "The condition does not hold for this document now: nothing would "
                "happen. If it held:"
            ),
            "warning",
        )

    def _get_moments(self, automat, document):
        """Return when the automat would fire, where that is known ahead."""
        if automat.trigger == "cycle":
            now = fields.Datetime.now()
            horizon = fields.Datetime.add(now, years=HORIZON_YEARS)
            moments = automat._get_occurrences(now, horizon)
            texts = [
                self._format(moment)
                for moment, _number in zip(
                    moments, range(NEXT_OCCURRENCES), strict=False
                )
            ]
            text = self.env._("The next times: %(times)s", times=", ".join(texts))
            return self._paragraph(text)
        if automat.trigger == "date" and document:
            if not document[automat.date_field_id.name]:
                return self._paragraph(
                    self.env._("The document has no such date."), "warning"
                )
            moment = self._format(automat._get_date_moment(document))
            return self._paragraph(self.env._("On: %(moment)s", moment=moment))
        return Markup()

    def _get_steps(self, automat, document):
        event_at = fields.Datetime.now()
        if automat.trigger == "date" and document[automat.date_field_id.name]:
            event_at = automat._get_date_moment(document)
        for step in automat.step_ids.sorted():
            yield Markup("<h4>%s</h4><p>%s</p>") % (
                step.description,
                self._format(step._get_moment(event_at)),
            )
            yield Markup().join(
                Markup("<p><strong>%s:</strong> %s</p>") % pair
                for pair in self._preview(step, document)
            )

    def _preview(self, step, document):
        """Return what a step would produce; what rendering has changed is undone."""
        try:
            with self.env.cr.savepoint() as savepoint:
                pairs = step._get_handler()._preview(step._get_params(), document)
                savepoint.rollback()
            return pairs
        except UserError as error:
            return [(self.env._("Error"), str(error))]

    def _format(self, moment):
        zone = self.automat_id._get_timezone()
        return format_datetime(self.env, moment, tz=zone, dt_format="short")

    def _paragraph(self, text, kind=None):
        if not kind:
            return Markup("<p>%s</p>") % text
        return Markup('<div class="alert alert-%s">%s</div>') % (kind, text)
