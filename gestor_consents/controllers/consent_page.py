from odoo import SUPERUSER_ID, fields, http
from odoo.http import request
from odoo.tools import hash_sign, verify_hash_signed

#: tries of one address in ten minutes: far more than a person makes, and far fewer
#: than guessing needs
RATE_WINDOW = 600
RATE_WRONG_LINKS = 30
RATE_ANSWERS = 60
RATE_MAILS = 5
CONFIRM_SCOPE = "gestor_consents-confirm"
CONFIRM_HOURS = 72
ANSWERS = {"give": "given", "refuse": "refused", "withdraw": "withdrawn"}
PAGE = "/gestor/consents/<int:link_id>/<string:token>"
OPTIONS = {"type": "http", "auth": "public", "multilang": False, "sitemap": False}


class ConsentPage(http.Controller):
    """A client's own page: reading changes nothing, as mail scanners open links."""

    @http.route(PAGE, methods=["GET"], **OPTIONS)
    def consent_page(self, link_id, token, done=None, **kwargs):
        """Show what the client has said and may say."""
        link = self._find_link(link_id, token)
        if not link:
            return self._refuse()
        if link._is_expired():
            return self._render(link, "gestor_consents.page_expired")
        return self._render_page(link, done=done)

    @http.route(f"{PAGE}/answer", methods=["POST"], **OPTIONS)
    def consent_answer(self, link_id, token, kind=0, version=0, answer=None, **kwargs):
        """Record an answer to one question, the text of which the client has seen."""
        link = self._find_link(link_id, token)
        if not link or link._is_expired() or not self._hit("answer", RATE_ANSWERS):
            return self._refuse()
        # a second click waits for the first one and then finds nothing to do
        link.used_at = fields.Datetime.now()
        link.flush_recordset()
        shown = link._get_kinds().filtered(lambda k: str(k.id) == str(kind))
        if not shown or answer not in ANSWERS:
            return self._render_page(link, status=400)
        if str(shown.version_id.id) != str(version):
            return self._render_page(link, done="changed", status=409)
        if answer == "give" and shown.has_double_opt_in:
            is_sent = self._send_confirmation(link, shown)
            return self._go(link, "confirm" if is_sent else "no_mail")
        self._record(link, shown, ANSWERS[answer])
        return self._go(link, "saved")

    @http.route(
        f"{PAGE}/unsubscribe",
        methods=["POST"],
        csrf=False,
        save_session=False,
        **OPTIONS,
    )
    def consent_unsubscribe(self, link_id, token, **kwargs):
        """Withdraw all e-mail marketing by one click in a mail program (RFC 8058).

        No CSRF token: mail programs have none. The secret of the link stands for it,
        and nothing but a withdrawal can come of it.
        """
        link = self._find_link(link_id, token)
        if not link or not self._hit("answer", RATE_ANSWERS):
            return self._refuse()
        self._unsubscribe(link)
        return request.make_response("OK", [("Content-Type", "text/plain")])

    @http.route(f"{PAGE}/unsubscribe", methods=["GET"], **OPTIONS)
    def consent_unsubscribe_page(self, link_id, token, **kwargs):
        """Lead a person who opens the address of the header to the page."""
        return self.consent_page(link_id, token)

    @http.route(f"{PAGE}/withdraw_all", methods=["POST"], **OPTIONS)
    def consent_withdraw_all(self, link_id, token, **kwargs):
        """Withdraw all e-mail marketing by the button of the page."""
        link = self._find_link(link_id, token)
        if not link or not self._hit("answer", RATE_ANSWERS):
            return self._refuse()
        self._unsubscribe(link)
        if link._is_expired():
            return self._render(link, "gestor_consents.page_expired", done="saved")
        return self._go(link, "saved")

    @http.route(f"{PAGE}/renew", methods=["POST"], **OPTIONS)
    def consent_renew(self, link_id, token, **kwargs):
        """Mail a new link to the client's own address, in place of an expired one."""
        link = self._find_link(link_id, token)
        if not link or not self._hit(f"mail:{link_id}", RATE_MAILS):
            return self._refuse()
        self._send(link, "gestor_consents.mail_template_ask")
        return self._render(link, "gestor_consents.page_expired", done="sent")

    @http.route("/gestor/consents/confirm/<string:signed>", methods=["GET"], **OPTIONS)
    def consent_confirm_page(self, signed, **kwargs):
        """Show what is going to be confirmed, with a button."""
        link, kind = self._find_confirmation(signed)
        if not link:
            return self._refuse()
        values = {"kind": kind, "signed": signed}
        return self._render(link, "gestor_consents.page_confirm", **values)

    @http.route(
        "/gestor/consents/confirm/<string:signed>/yes", methods=["POST"], **OPTIONS
    )
    def consent_confirm(self, signed, **kwargs):
        """Record a consent that was given twice: on the page and from the mailbox."""
        link, kind = self._find_confirmation(signed)
        if not link or not self._hit("answer", RATE_ANSWERS):
            return self._refuse()
        link.used_at = fields.Datetime.now()
        link.flush_recordset()
        self._record(link, kind, "given")
        return self._render(link, "gestor_consents.page_confirm", kind=kind, done=True)

    # === Who is there ===

    def _find_link(self, link_id, token):
        """Return the link of the client whose secret it is, with all rights."""
        # superuser: visitors have no rights; the right secret lets in to one client.
        # A client's answer is recorded as the program's, whoever is logged in.
        links = request.env["gestor.consent.link"].with_user(SUPERUSER_ID)
        link = links._gestor_find(link_id, token)
        return self._speak_language(link) if link else link

    def _find_confirmation(self, signed):
        """Return the link and the type of a mail of confirmation, or empty ones."""
        env = request.env["gestor.consent.link"].with_user(SUPERUSER_ID).env
        nothing = env["gestor.consent.link"], env["gestor.consent.type"]
        try:
            values = verify_hash_signed(env, CONFIRM_SCOPE, signed)
        except ValueError:  # somebody has cut the address
            return nothing
        if not values:
            return nothing
        link_id, kind_id, version_id = values
        link = env["gestor.consent.link"].browse(link_id).exists()
        if not link:
            return nothing
        link = self._speak_language(link)
        kind = link._get_kinds().filtered(lambda k: k.id == kind_id)
        if kind.version_id.id != version_id:
            return nothing
        return link, kind

    def _speak_language(self, link):
        """Switch the page to the client's language."""
        code = link.partner_id.lang or link.company_id.partner_id.lang
        if request.env["res.lang"]._get_data(code=code):
            request.update_context(lang=code)
            link = link.with_context(lang=code)
        return link.with_company(link.company_id)

    def _hit(self, what, limit):
        """Count a try of this address; return whether it is still allowed."""
        key = f"gestor_consents.{what}:{request.httprequest.remote_addr}"
        # sudo: the counter is technical, visitors have no rights of their own
        counter = request.env["gestor.rate.limit"].sudo()
        return counter._gestor_hit(key, limit, RATE_WINDOW)

    # === What is done ===

    def _record(self, link, kinds, state):
        agent = request.httprequest.user_agent.string or ""
        evidence = {
            "ip": request.httprequest.remote_addr,
            "user_agent": agent[:255],
        }
        link.env["gestor.consent"]._gestor_record(
            link.partner_id, kinds, state, "web", evidence=evidence
        )

    def _unsubscribe(self, link):
        link.used_at = fields.Datetime.now()
        link.flush_recordset()
        kinds = link.env["gestor.consent.type"]
        needed = kinds.search(kinds._get_needed_domain("email", link.company_id))
        self._record(link, needed, "withdrawn")

    def _send_confirmation(self, link, kind):
        if not link.partner_id.email_normalized:
            return False
        if not self._hit(f"mail:{link.id}", RATE_MAILS):
            return False
        values = [link.id, kind.id, kind.version_id.id]
        signed = hash_sign(
            link.env, CONFIRM_SCOPE, values, expiration_hours=CONFIRM_HOURS
        )
        base = link.company_id.get_base_url()
        url = f"{base}/gestor/consents/confirm/{signed}"
        self._send(
            link,
            "gestor_consents.mail_template_confirm",
            gestor_consents_confirm={"url": url, "name": kind.name},
        )
        return True

    def _send(self, link, xmlid, **context):
        template = link.env.ref(xmlid, raise_if_not_found=False)
        if template:
            template.with_context(**context).send_mail(
                link.partner_id.id, force_send=False
            )

    # === What is shown ===

    def _render_page(self, link, done=None, status=200):
        consents = link.env["gestor.consent"].search(
            [("partner_id", "=", link.partner_id.id)]
        )
        kinds = link._get_kinds()
        return self._render(
            link,
            "gestor_consents.page",
            status=status,
            kinds=kinds,
            consents={consent.type_id: consent for consent in consents},
            has_marketing=any(kind.is_marketing and kind.is_email for kind in kinds),
            done=done,
        )

    def _render(self, link, template, status=200, **values):
        values = {
            "link": link,
            "base": f"/gestor/consents/{link.id}/{link.token}",
            "res_company": link.company_id,
            "no_header": True,
            "no_footer": True,
            "done": None,
            **values,
        }
        return self._harden(request.render(template, values), status)

    def _go(self, link, done):
        path = f"/gestor/consents/{link.id}/{link.token}?done={done}"
        return self._harden(request.redirect(path, 303), 303)

    def _refuse(self):
        """Answer every wrong link alike, so that nothing can be learned from it."""
        allowed = self._hit("link", RATE_WRONG_LINKS)
        values = {"no_header": True, "no_footer": True, "too_many": not allowed}
        response = request.render("gestor_consents.page_invalid", values)
        return self._harden(response, 404 if allowed else 429)

    def _harden(self, response, status):
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # the link is a secret: it must not leave the page with a click or a cache
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response
