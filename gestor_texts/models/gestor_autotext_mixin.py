from functools import partial

from odoo import api, fields, models

from ..lib.autotext_format import without_empty_lines


class GestorAutotextMixin(models.AbstractModel):
    """What a document tells about itself to the texts made from it."""

    _name = "gestor.autotext.mixin"
    _description = "Gestor Autotext Source"

    def _gestor_autotexts(self):
        """Return the values that code computes for texts, for autotexts to show.

        A model adds its own; an autotext of the kind "computed" then picks one. The
        documents have the user and the language of the text.

        :return: ``{key: (label, method)}``; the method is called without arguments, so
            it is one of these documents, and returns ``{id: value}``: a text, markup,
            a number, a day, a moment, or a record that the user may read; what is
            empty or not there is reported as missing
        :rtype: dict[str, tuple[str, Callable]]
        """
        return {
            **self._get_own_field_texts(),
            "print_lines": (
                self.env._("Table of lines"),
                self._get_autotext_print_lines,
            ),
            "today": (self.env._("Today"), self._get_autotext_today),
            "client_address": (
                self.env._("Client's address"),
                self._get_autotext_client_address,
            ),
            "company_address": (
                self.env._("Own company's address"),
                self._get_autotext_company_address,
            ),
        }

    @api.model
    def _gestor_text_fields(self):
        """Return the HTML fields into which the user may insert text templates.

        :rtype: list[str]
        """
        return []

    def _gestor_text_langs(self):
        """Return the language in which a text about each document is written.

        The client's, else the user's.

        :rtype: dict[int, str]
        """
        langs = {code for code, _name in self.env["res.lang"].get_installed()}
        own = self.env.lang or "en_US"
        chosen = {}
        for document in self:
            # sudo: the client's language is used, nothing of the client is shown
            lang = document.sudo()._gestor_client()[:1].lang
            chosen[document.id] = lang if lang in langs else own
        return chosen

    def _get_autotext_starts(self, subject):
        """Return the records from which the paths of autotexts start.

        :param str subject: ``document``, ``client``, ``user`` or ``company``
        :rtype: dict[int, BaseModel]
        """
        if subject == "document":
            return {document.id: document for document in self}
        if subject == "client":
            return self._get_autotext_clients()
        if subject == "user":
            return dict.fromkeys(self.ids, self.env.user)
        return {document.id: document._get_autotext_company() for document in self}

    def _get_autotext_clients(self):
        # sudo: only who the client is; what is read of him is asked as the user
        return {
            document.id: document.sudo()._gestor_client().with_env(self.env)
            for document in self
        }

    def _get_autotext_company(self):
        company = "company_id" in self._fields and self.company_id
        return company or self.env.company

    def _get_autotext_today(self):
        return dict.fromkeys(self.ids, fields.Date.context_today(self))

    def _get_autotext_client_address(self):
        return self._get_autotext_addresses(self._get_autotext_clients())

    def _get_autotext_company_address(self):
        return self._get_autotext_addresses(
            {
                document.id: document._get_autotext_company().partner_id
                for document in self
            }
        )

    def _get_autotext_print_lines(self):
        """Return the table of the print pattern that is being printed."""
        pattern_id = self.env.context.get("gestor_base_print_pattern")
        pattern = self.env["gestor.print.pattern"].browse(pattern_id)
        return pattern._get_line_tables(self) if pattern else {}

    def _gestor_appended_pdfs(self):
        """Return the PDFs that follow the print of each document by a pattern.

        :return: ``{id: [bytes]}``; by default the library files marked so
        """
        return self._gestor_library_pdfs()

    @api.model
    def _get_own_field_texts(self):
        """Return the own fields of these documents and of their clients."""
        own_fields = self.env["gestor.field"]
        texts = {
            own.name: (own.label, partial(self._get_autotext_client_values, own.name))
            for own in own_fields._get_own_fields("res.partner")
        }
        for own in own_fields._get_own_fields(self._name):
            texts[own.name] = own.label, partial(self._gestor_own_texts, own.name)
        return texts

    def _get_autotext_client_values(self, name):
        clients = self._get_autotext_clients()
        everybody = self.env["res.partner"].union(*clients.values())
        values = everybody._filtered_access("read")._gestor_own_texts(name)
        return {res_id: values.get(client.id) for res_id, client in clients.items()}

    @api.model
    def _get_autotext_addresses(self, partners_by_id):
        everybody = self.env["res.partner"].union(*partners_by_id.values())
        readable = everybody._filtered_access("read")
        return {
            res_id: without_empty_lines(partner._display_address(without_company=True))
            for res_id, partner in partners_by_id.items()
            if partner and partner <= readable
        }
