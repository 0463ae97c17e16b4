"""What all public pages of self booking share: who is there, limits, answers."""

import hashlib

from odoo import SUPERUSER_ID
from odoo.http import request

#: tries of one address in ten minutes: far more than a person makes, and far fewer
#: than guessing or filling somebody's calendar needs
RATE_WINDOW = 600
RATE_WRONG_LINKS = 30
RATE_VIEWS = 300
RATE_BOOKINGS = 10
RATE_CHANGES = 20
#: mails to one address in an hour, whoever types it
MAIL_WINDOW = 3600
RATE_MAILS = 5
#: a form is short; what is longer was not typed by a person
MAX_BYTES = 64 * 1024
OPTIONS = {"type": "http", "auth": "public", "multilang": False, "sitemap": False}
POST_OPTIONS = {**OPTIONS, "methods": ["POST"], "max_content_length": MAX_BYTES}


class SelfBookingBase:
    """Helpers of the controllers; reading a page never changes anything."""

    def _env(self):
        # superuser: visitors have no rights; the link decides what is shown, and what
        # a client does is the program's, whoever is logged in
        return request.env(user=SUPERUSER_ID)

    def _speak(self, record, lang, fallback=None):
        """Return a record in the language of the visitor, who may choose another.

        :param str lang: what the visitor asks for by a link
        :param str fallback: of the client, if there is one
        """
        installed = [code for code, _name in self._get_languages()]
        wanted = [lang, fallback, self._get_accepted(installed)]
        company = record.company_id
        wanted += [company.partner_id.lang, *installed]
        code = next(code for code in wanted if code in installed)
        request.update_context(lang=code)
        return record.with_context(lang=code, tz=False).with_company(company)

    def _get_languages(self):
        return request.env["res.lang"].get_installed()

    def _get_accepted(self, installed):
        """Return the installed language that the browser asks for, or nothing."""
        for wanted, _quality in request.httprequest.accept_languages:
            wanted = wanted.replace("-", "_")
            for code in installed:
                if code == wanted or code.split("_")[0] == wanted.split("_")[0]:
                    return code
        return None

    # === Limits ===

    def _hit(self, what, limit, window=RATE_WINDOW):
        """Count a try of this address; return whether it is still allowed."""
        return self._count(f"{what}:{request.httprequest.remote_addr}", limit, window)

    def _hit_mail(self, email):
        """Count a mail to somebody; the address itself is not kept."""
        digest = hashlib.sha256(email.lower().encode()).hexdigest()[:32]
        return self._count(f"mail:{digest}", RATE_MAILS, MAIL_WINDOW)

    def _count(self, key, limit, window):
        # sudo: the counter is technical, visitors have no rights of their own
        counter = request.env["gestor.rate.limit"].sudo()
        return counter._gestor_hit(f"gestor_self_booking.{key}", limit, window)

    # === Answers ===

    def _render(self, template, record, status=200, **values):
        code = request.env.context.get("lang")
        values = {
            "company": record.company_id if record else None,
            "res_company": record.company_id if record else request.env.company,
            "languages": self._get_languages(),
            "html_lang": (code or "en").replace("_", "-"),
            "no_header": True,
            "no_footer": True,
            **values,
        }
        response = request.render(f"gestor_self_booking.{template}", values)
        return self._harden(response, status)

    def _go(self, path):
        return self._harden(request.redirect(path, 303), 303)

    def _refuse(self):
        """Answer every wrong link alike, so that nothing can be learned from it."""
        allowed = self._hit("link", RATE_WRONG_LINKS)
        return self._say_no("invalid", 404) if allowed else self._say_too_many()

    def _say_too_many(self):
        return self._say_no("too_many", 429)

    def _say_no(self, reason, status):
        # sudo: only the language of the company is read
        self._speak(request.env.company.sudo().partner_id, None)
        return self._render("page_refused", None, status, reason=reason)

    def _harden(self, response, status):
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # the link may be a secret: it must not leave the page with a click or a cache
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        # nobody lays a page over ours and lets the visitor click through it
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
