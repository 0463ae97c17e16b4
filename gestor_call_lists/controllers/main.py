import json

from odoo import http
from odoo.http import request

#: wrong tokens of one address, and calls of one company, in a minute
BAD_TOKENS, CALLS, WINDOW = 20, 300, 60
#: a call is a few numbers; who sends more sends something else
MAX_BYTES = 16_384


class IncomingCall(http.Controller):
    @http.route(
        "/gestor/call/incoming",
        type="http",
        auth="public",
        csrf=False,
        save_session=False,
        methods=["POST"],
        max_content_length=MAX_BYTES,
    )
    def incoming(self, **form):
        """Take a call in from the telephone exchange of a company.

        The token stands in the header ``Authorization: Bearer`` or in the field
        ``token`` of the body, never in the address: addresses get into logs.
        """
        values = self._gestor_read_body()
        if values is None:
            return self._gestor_answer(400, "bad_request")
        hits = request.env["gestor.rate.limit"].sudo()  # sudo: counted for anybody
        address = request.httprequest.remote_addr
        company = request.env["res.company"]._gestor_company_of_token(
            self._gestor_get_token(values)
        )
        if not company:
            if not hits._gestor_hit(f"call.token:{address}", BAD_TOKENS, WINDOW):
                return self._gestor_answer(429, "too_many_requests")
            return self._gestor_answer(401, "unauthorized")
        if not hits._gestor_hit(f"call.incoming:{company.id}", CALLS, WINDOW):
            return self._gestor_answer(429, "too_many_requests")
        number, extension, login = (
            str(values.get(name) or "") for name in ("number", "extension", "user")
        )
        if not number:
            return self._gestor_answer(400, "number_missing")
        # sudo: the exchange has no user of its own; what is shown is read with the
        # rights of the user who is told
        calls = request.env["gestor.incoming.call"].sudo()
        is_shown = calls._gestor_announce(company, number, extension, login)
        return self._gestor_answer(200, "shown" if is_shown else "nobody_to_tell")

    def _gestor_read_body(self):
        """Return the values of the body, or None if it is not what was agreed."""
        http_request = request.httprequest
        if http_request.mimetype != "application/json":
            return http_request.form.to_dict()
        try:
            values = json.loads(http_request.get_data(as_text=True))
        except (ValueError, RecursionError):
            return None
        return values if isinstance(values, dict) else None

    def _gestor_get_token(self, values):
        header = request.httprequest.headers.get("Authorization", "")
        scheme, _space, token = header.partition(" ")
        if scheme.lower() == "bearer":
            return token.strip()
        token = values.get("token")
        return token if isinstance(token, str) else ""

    def _gestor_answer(self, status, state):
        return request.make_json_response({"state": state}, status=status)
