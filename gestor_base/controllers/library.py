from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

#: what a request needs besides the file itself
ENVELOPE_BYTES = 1024 * 1024
VALUES = ("category_id", "company_id")


class LibraryController(Controller):
    def _get_body_limit(self):
        """Return how large a request may be; a larger one is not even read."""
        limit = request.env["gestor.library.file"]._get_size_limit()
        return limit + ENVELOPE_BYTES

    @route(
        "/gestor/library/upload",
        type="http",
        methods=["POST"],
        auth="user",
        max_content_length=_get_body_limit,
    )
    def upload(self, res_model=None, res_id=None, **values):
        """Put files into the library; each one goes in or is refused for itself.

        :param str res_model: model of a document that is to use the files
        :param str res_id: id of that document
        :return: JSON ``{"files": [names], "known": [{id, name}], "errors": [texts]}``
        """
        library = request.env["gestor.library.file"]
        result = {"files": [], "known": [], "errors": []}
        vals = {name: int(values[name]) for name in VALUES if values.get(name)}
        for part in request.httprequest.files.getlist("ufile"):
            raw = part.read()
            try:
                with request.env.cr.savepoint():
                    file = library._find_upload(raw)
                    if file:
                        result["known"].append({"id": file.id, "name": file.name})
                    else:
                        file = library.create(
                            {**vals, "raw": raw, "file_name": part.filename}
                        )
                        result["files"].append(file.name)
                    if res_model and res_id:
                        uses = request.env["gestor.library.use"]
                        uses.add_to_document(res_model, int(res_id), file.ids)
            except (AccessError, UserError, ValueError) as error:
                result["errors"].append(str(error))
        return request.make_json_response(result)
