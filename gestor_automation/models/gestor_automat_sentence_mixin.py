from odoo import api, fields, models


class GestorAutomatSentenceMixin(models.AbstractModel):
    """An automat in plain words of the user's language."""

    _name = "gestor.automat.sentence.mixin"
    _description = "Automat In Words"

    sentence = fields.Char(
        string="In words", compute="_compute_sentence", compute_sudo=True
    )

    @api.depends(
        "trigger", "model_id", "field_id", "from_ref", "to_ref", "from_selection_id",
        "to_selection_id", "to_boolean", "activity_type_id", "date_field_id",
        "offset_number", "offset_unit", "offset_direction", "filter_domain",
        "filter_pre_domain", "mode", "step_ids.description", "step_ids.delay_number",
        "step_ids.delay_unit", "cycle_text",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_sentence(self):
        for automat in self:
            automat.sentence = automat._get_sentence() if automat.model_id else False

    def _get_sentence(self):
        """Return the automat as one or two sentences.

        For example: When the field "State" of "Order" changes to "Ready": send SMS
        "Ready for pickup".
        """
        values = {
            "when": self._get_when_text(),
            "steps": self._get_steps_text() or self.env._("nothing"),
        }
        if self._has_condition():
            text = self.env._("%(when)s, if the condition holds: %(steps)s.", **values)
        else:
            text = self.env._("%(when)s: %(steps)s.", **values)
        if self.mode == "ask":
            text += " " + self.env._("The responsible user is asked first.")
        elif self.mode == "manual":
            text += " " + self.env._("Somebody runs the steps by hand.")
        return text

    def _has_condition(self):
        return any(
            text and text.strip() != "[]"
            for text in (self.filter_domain, self.filter_pre_domain)
        )

    def _get_steps_text(self):
        texts = []
        for step in self.step_ids.sorted():
            text = step.description or ""
            text = text[:1].lower() + text[1:]
            if step.delay_text:
                text = self.env._(
                    "after %(delay)s: %(step)s", delay=step.delay_text, step=text
                )
            texts.append(text)
        return "; ".join(texts)

    def _get_when_text(self):
        document = self._get_document_label()
        return {
            "created": lambda: self.env._(
                'When "%(document)s" is created', document=document
            ),
            "changed": lambda: self._get_changed_text(document),
            "stage": lambda: self._get_stage_text(document),
            "activity": lambda: self._get_activity_text(document),
            "date": lambda: self._get_date_text(document),
            "cycle": lambda: self.env._(
                'In a cycle (%(cycle)s), for each "%(document)s"',
                cycle=self.cycle_text,
                document=document,
            ),
            "manual": lambda: self.env._(
                'When a user runs it on "%(document)s"', document=document
            ),
        }[self.trigger]()

    def _get_document_label(self):
        model = self.env.get(self.model_id.model)
        if model is None or not hasattr(model, "_gestor_document_label"):
            return self.model_id.name
        return model._gestor_document_label()

    def _get_changed_text(self, document):
        names = {"document": document, "field": self.field_id.field_description}
        before, after = self._get_value_text("from"), self._get_value_text("to")
        if before and after:
            return self.env._(
                'When the field "%(field)s" of "%(document)s" changes from '
                '"%(before)s" to "%(after)s"',
                before=before,
                after=after,
                **names,
            )
        if after:
            return self.env._(
                'When the field "%(field)s" of "%(document)s" changes to "%(after)s"',
                after=after,
                **names,
            )
        if before:
            return self.env._(
                'When the field "%(field)s" of "%(document)s" changes from '
                '"%(before)s"',
                before=before,
                **names,
            )
        if self.field_type == "boolean" and self.to_boolean:
            return self._get_boolean_text(names)
        return self.env._(
            'When the field "%(field)s" of "%(document)s" changes', **names
        )

    def _get_boolean_text(self, names):
        if self.to_boolean == "yes":
            return self.env._('When "%(field)s" of "%(document)s" is set', **names)
        return self.env._('When "%(field)s" of "%(document)s" is cleared', **names)

    def _get_stage_text(self, document):
        if stage := self._get_value_text("to"):
            return self.env._(
                'When the stage of "%(document)s" changes to "%(stage)s"',
                document=document,
                stage=stage,
            )
        return self.env._('When the stage of "%(document)s" changes', document=document)

    def _get_activity_text(self, document):
        if self.activity_type_id:
            return self.env._(
                'When the to-do "%(kind)s" of "%(document)s" is done',
                kind=self.activity_type_id.name,
                document=document,
            )
        return self.env._('When a to-do of "%(document)s" is done', document=document)

    def _get_date_text(self, document):
        names = {"document": document, "field": self.date_field_id.field_description}
        if not self.offset_number:
            return self.env._(
                'On the date in the field "%(field)s" of "%(document)s"', **names
            )
        span = self._get_span_text(self.offset_number, self.offset_unit)
        if self.offset_direction == "before":
            return self.env._(
                '%(span)s before the date in the field "%(field)s" of "%(document)s"',
                span=span,
                **names,
            )
        return self.env._(
            '%(span)s after the date in the field "%(field)s" of "%(document)s"',
            span=span,
            **names,
        )

    @api.model
    def _get_span_text(self, number, unit):
        """Return a length of time in words, e.g. "3 days"."""
        if unit == "days" and number == 1:
            return self.env._("1 day")
        return {
            "minutes": self.env._("%(number)s min", number=number),
            "hours": self.env._("%(number)s h", number=number),
            "days": self.env._("%(number)s days", number=number),
            "months": self.env._("%(number)s mo.", number=number),
        }[unit]

    def _get_value_text(self, end):
        """Return the value that the change comes from or goes to, in words."""
        if self.trigger == "changed" and self.field_type == "selection":
            return self[f"{end}_selection_id"].name
        if self.value_model and self[f"{end}_ref"]:
            record = self.env[self.value_model].browse(self[f"{end}_ref"]).exists()
            return record.display_name
        return ""
