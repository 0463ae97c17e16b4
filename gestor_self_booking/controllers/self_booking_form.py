"""The form in which a visitor says who he is."""

import re

from odoo.tools import html2plaintext, is_html_empty
from odoo.tools.mail import email_normalize

from ..const import LONG_TEXT, SHORT_TEXT

KEY = re.compile(r"[\w-]{20,64}", re.ASCII)
#: the longest address that mail allows (RFC 5321)
LONGEST_EMAIL = 254
PHONE_DIGITS = range(7, 16)
#: fields that would begin new lines in mails and names
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Form:
    """What a visitor has typed, cleaned, with what is wrong about it.

    ``values`` is what the form is filled with again; ``errors`` says in the visitor's
    language what to mend, by field.
    """

    def __init__(self, page, data=None, partner=None):
        self.page, self.partner, self.env = page, partner, page.env
        self.questions = page.question_ids
        self.needs_consent = not is_html_empty(page.consent_text)
        self.values, self.errors = {}, {}
        data = data or {}
        names = ["name", "email", "phone", "nip", "address"]
        names += [f"q{question.id}" for question in self.questions]
        for name in names:
            self.values[name] = _clean(data.get(name), "\n" if name[0] == "q" else "")
        self.values["consent"] = bool(data.get("consent"))
        key = data.get("request_key") or ""
        self.request_key = key if KEY.fullmatch(key) else None
        if partner:
            self.values["name"] = self.values["name"] or partner.name or ""
            self.values["email"] = self.values["email"] or partner.email or ""

    def check(self):
        """Return whether all is well; else ``errors`` says what is not."""
        self._check_reach()
        needed, too_long = (
            self.env._("Please fill this in."),
            self.env._("This is too long."),
        )
        required = {
            "name": True,
            "phone": self.page.is_phone_required,
            "address": self.page.place_kind == "client",
        }
        for name in ("name", "email", "phone", "nip", "address"):
            text = self.values[name]
            if len(text) > (LONGEST_EMAIL if name == "email" else SHORT_TEXT):
                self.errors[name] = too_long
            elif required.get(name) and not text:
                self.errors[name] = needed
        for question in self.questions:
            text = self.values[f"q{question.id}"]
            if not question._is_answer(text):
                self.errors[f"q{question.id}"] = too_long if text else needed
        if self.needs_consent and not self.values["consent"]:
            self.errors["consent"] = self.env._("Without it we cannot book the visit.")
        return not self.errors

    def _check_reach(self):
        """Find out whether the client can be reached by what he has typed."""
        if not email_normalize(self.values["email"]):
            self.errors["email"] = self.env._("Please write a correct e-mail address.")
        digits = re.sub(r"\D", "", self.values["phone"])
        if self.values["phone"] and len(digits) not in PHONE_DIGITS:
            self.errors["phone"] = self.env._("Please write a correct phone number.")

    def get_booking_values(self):
        """Return what a visit is booked with.

        :rtype: dict
        """
        values = self.values
        answers = [
            f"{question.name}: {values[f'q{question.id}']}"
            for question in self.questions
            if values[f"q{question.id}"]
        ]
        if values["nip"]:
            answers.insert(0, f"NIP: {values['nip']}")
        consent = html2plaintext(self.page.consent_text or "").strip()
        return {
            **{name: values[name] for name in ("name", "phone", "nip", "address")},
            "email": email_normalize(values["email"]),
            "answers": "\n".join(answers),
            "consent": consent if self.needs_consent else "",
            "request_key": self.request_key,
        }


def _clean(text, kept=""):
    """Return a typed text without what cannot be typed, cut where nobody reads on."""
    text = (text if isinstance(text, str) else "").replace("\r\n", "\n").strip()
    lines = text.split("\n") if kept else [text]
    text = "\n".join(CONTROL.sub(" ", line) for line in lines)
    # one character more than allowed is seen as too long
    return text[: LONG_TEXT + 1]
