from dataclasses import dataclass, field

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import html_sanitize

from ..lib import placeholders
from ..lib.autotext_format import Formatter, as_html
from ..lib.autotext_reader import EMPTY, PathReader


@dataclass
class Filled:
    """A text made for one document, and what it should say but could not.

    ``missing`` holds pairs ``(name of the autotext, "empty" or "no_access")``.
    """

    text: str
    missing: list = field(default_factory=list)


class GestorTextEngine(models.AbstractModel):
    """Makes texts with autotexts for documents; nothing in them is ever evaluated."""

    _name = "gestor.text.engine"
    _description = "Gestor Text Engine"

    @api.model
    def _gestor_cut(self, source, model=False, is_html=True):
        """Return a text cut at its placeholders, and the autotexts they mean.

        :param str source: what the user wrote; HTML is sanitized whatever field it
            comes from
        :param str model: which documents the text is about
        :param bool is_html: whether it is HTML or a plain text, as in a subject
        :return: the text, and ``{name in the text: autotext}``
        :rtype: tuple[Text, dict]
        :raise ValidationError: if a placeholder is not whole or not known; the
            message names it
        """
        try:
            text = (
                placeholders.cut_html(html_sanitize(source))
                if is_html
                else placeholders.cut_text(source)
            )
        except placeholders.PlaceholderError as error:
            raise ValidationError(
                self.env._(
                    'A placeholder is not whole, or stands in a link: "%(text)s". '
                    "Insert it again from the list of autotexts.",
                    text=str(error),
                )
            ) from error
        meant = self.env["gestor.autotext"]._find_by_names(text.names, model)
        unknown = [name for name in text.names if name not in meant]
        if unknown:
            raise ValidationError(
                self.env._(
                    "There is no such autotext for these documents: %(names)s",
                    names=", ".join(f"{{{{{name}}}}}" for name in unknown),
                )
            )
        return text, meant

    @api.model
    def _gestor_fill(self, source, records, is_html=True, lang=None, mark=False):
        """Make a text for each of many documents.

        The rights of the user hold for each hop of each path. Values are escaped and
        never read as placeholders.

        :param str source: what the user wrote, or ``{lang: source}``
        :param records: documents of one model
        :param str lang: one language for all; without it each document's own
        :param bool mark: show where a value is missing, for a preview
        :return: ``{id: Filled}``; the text is Markup when ``is_html``
        :rtype: dict[int, Filled]
        :raise AccessError: if the user may not read the documents
        :raise ValidationError: see :meth:`_gestor_cut`
        """
        records.check_access("read")
        langs = {} if lang else records._gestor_text_langs()
        by_lang = records.grouped(lambda record: lang or langs[record.id])
        filled = {}
        for code, documents in by_lang.items():
            written = source.get(code) if isinstance(source, dict) else source
            # sudo: the list of autotexts is no secret; values are read as the user
            engine = self.sudo().with_context(lang=code)
            text, meant = engine._gestor_cut(written, records._name, is_html)
            filled.update(
                engine._fill_documents(
                    text, meant, documents.with_context(lang=code), mark
                )
            )
        for one in filled.values():
            # told in the words of the reader, not of the client
            one.missing = [
                (autotext.with_context(lang=self.env.lang).name, reason)
                for autotext, reason in one.missing
            ]
        return {record.id: filled[record.id] for record in records}

    @api.model
    def _fill_documents(self, text, meant, documents, mark):
        formatter = Formatter(documents.env, html_sanitize)
        readers, columns = {}, {}
        for autotext in self.env["gestor.autotext"].union(*meant.values()):
            if autotext.source == "code":
                columns[autotext] = autotext._compute_values(documents, formatter)
                continue
            if autotext.subject not in readers:
                starts = documents._get_autotext_starts(autotext.subject)
                readers[autotext.subject] = PathReader(starts)
            columns[autotext] = autotext._read_values(
                readers[autotext.subject], formatter
            )
        return {
            res_id: self._fill_one(res_id, text, meant, columns, mark)
            for res_id in documents.ids
        }

    @api.model
    def _fill_one(self, res_id, text, meant, columns, mark):
        values, missing = {}, {}
        for name, autotext in meant.items():
            value, reason = columns[autotext].get(res_id, (None, EMPTY))
            if value is None:
                value = autotext.default_text or ""
                if not value:
                    missing[autotext] = reason
                    if mark:
                        value = _mark_missing(autotext.name, text.is_html)
            values[name] = as_html(value) if text.is_html else _as_plain(value)
        return Filled(text.fill(values), list(missing.items()))


def _as_plain(value):
    return value.striptags() if isinstance(value, Markup) else value


def _mark_missing(name, is_html):
    if not is_html:
        return f"[{name}]"
    return Markup('<span class="gestor_autotext_missing">%s</span>') % name
