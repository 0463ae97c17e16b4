import io

import xlsxwriter

from odoo import api, models


class GestorImportTemplateMixin(models.AbstractModel):
    """A workbook to fill in, in the user's language, that the host's import reads.

    A model names the columns and an example in ``_get_gestor_import_example`` and adds
    ``_get_gestor_import_template`` to what its ``get_import_templates`` returns.
    """

    _name = "gestor.import.template.mixin"
    _description = "Template for Import"

    @api.model
    def _get_gestor_import_example(self):
        """Return a dict of example values by the name of the field."""
        return {}

    @api.model
    def _get_gestor_import_template(self, label):
        """Return the template as ``get_import_templates`` lists it."""
        return {
            "label": label,
            "template": f"/gestor_templates/import_template/{self._name}",
        }

    @api.model
    def _render_gestor_import_template(self):
        """Return the workbook: headings are the labels of the fields."""
        example = self._get_gestor_import_example()
        labels = self.fields_get(list(example), ["string"])
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        columns = [name for name in example if name in labels]
        for place, name in enumerate(columns):
            sheet.write_string(0, place, labels[name]["string"], bold)
            sheet.write(1, place, example[name])
        sheet.set_column(0, len(columns), 22)
        book.close()
        return output.getvalue()
