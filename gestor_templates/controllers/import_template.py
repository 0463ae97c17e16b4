from odoo import http
from odoo.http import content_disposition, request

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportTemplate(http.Controller):
    @http.route(
        "/gestor_templates/import_template/<string:model>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def import_template(self, model, **kwargs):
        """Give the template of a model as a workbook, to those who may import it."""
        records = request.env.get(model)
        if not hasattr(records, "_get_gestor_import_example"):
            raise request.not_found()
        records.check_access("create")
        return request.make_response(
            records._render_gestor_import_template(),
            [
                ("Content-Type", MIME),
                ("Content-Disposition", content_disposition(f"{model}.xlsx")),
            ],
        )
