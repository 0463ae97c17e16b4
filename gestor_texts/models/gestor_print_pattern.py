from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import html_sanitize

from ..lib import field_paths
from ..lib.autotext_format import Formatter
from ..lib.autotext_reader import PathReader, is_field_readable
from ..lib.print_table import build_table

CLIENT_REPORT = "gestor_base.gestor_print_for_client_"
PATTERN_REPORT = "gestor_base.gestor_print_pattern_"


class GestorPrintPattern(models.Model):
    """A print that users write themselves: a text with autotexts and a table of lines.

    Each pattern stands in the menu *Print* of its documents. What it prints goes as
    sanitized markup into one fixed template, and is never read as a template itself.
    """

    _name = "gestor.print.pattern"
    _description = "Print Pattern"
    _inherit = ["gestor.text.mixin"]
    _order = "sequence, name, id"

    model_id = fields.Many2one(required=True, help="What is printed.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    lang = fields.Selection(
        "_selection_lang",
        string="Language",
        help="For clients of this language, and printed in it. Empty: for all, each in "
        "his own.",
    )
    is_default = fields.Boolean(
        string="Usual print",
        help="Used when a document is printed for a client who has no pattern of his "
        "own.",
    )
    layout = fields.Selection(
        [
            ("external_layout", "Letterhead of the company"),
            ("internal_layout", "Page number only"),
            ("basic_layout", "Nothing"),
        ],
        string="Header and footer",
        default="external_layout",
        required=True,
    )
    paperformat_id = fields.Many2one("report.paperformat", string="Paper format")
    line_path = fields.Char(
        string="Lines",
        help="The list of the document that the table shows. The table stands where "
        'the autotext "Table of lines" is put.',
    )
    line_model = fields.Char(compute="_compute_line_model")
    column_ids = fields.One2many(
        "gestor.print.column", "pattern_id", string="Columns", copy=True
    )
    report_id = fields.Many2one(
        "ir.actions.report", readonly=True, copy=False, ondelete="set null"
    )

    @api.depends("line_path", "model_id")
    def _compute_line_model(self):
        for pattern in self:
            try:
                model, name = pattern._get_line_hops()[-1]
                pattern.line_model = self.env[model]._fields[name].comodel_name
            except field_paths.PathError:
                pattern.line_model = False

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.constrains("line_path", "model_id", "column_ids")
    def _check_line_path(self):
        for pattern in self.filtered("line_path"):
            try:
                model, name = pattern._get_line_hops()[-1]
                is_list = self.env[model]._fields[name].type in field_paths.TO_MANY
            except field_paths.PathError:
                is_list = False
            if not is_list:
                raise ValidationError(
                    self.env._(
                        'The table cannot show "%(path)s": choose a list of the '
                        "document.",
                        path=pattern.line_path,
                    )
                )
            pattern.column_ids._check_field_path()

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        patterns = super().create(vals_list)
        patterns._check_line_author()
        patterns._update_reports()
        return patterns

    def write(self, vals):
        result = super().write(vals)
        if "line_path" in vals:
            self._check_line_author()
        if not {"name", "model_id", "active", "paperformat_id"}.isdisjoint(vals):
            self._update_reports()
        return result

    def unlink(self):
        # sudo: the entries of the menu go with their patterns
        reports = self.sudo().report_id
        result = super().unlink()
        reports.unlink()
        return result

    def _check_line_author(self):
        """Refuse a list that the author may not read himself."""
        for pattern in self.filtered("line_path"):
            for model, name in pattern._get_line_hops():
                if not is_field_readable(self.env[model], name):
                    raise ValidationError(
                        self.env._(
                            'You may not read the field "%(field)s" yourself.',
                            field=name,
                        )
                    )

    def _update_reports(self):
        """Put each pattern into the menu *Print* of its documents, or take it out."""
        # sudo: only administrators make reports; these show a fixed template
        reports = self.env["ir.actions.report"].sudo()
        for pattern in self.with_env(reports.env):
            vals = pattern._prepare_report_vals()
            if pattern.report_id:
                pattern.report_id.write(vals)
            else:
                pattern.report_id = reports.create(vals)
            name = f"{CLIENT_REPORT}{pattern.model_id.id}"
            by_client = reports.search([("report_name", "=", name)])
            pattern._complete_mail_action()
            if not by_client:
                vals = pattern._prepare_client_report_vals(name)
                by_client = reports.create(vals)
            for lang, _name in self.env["res.lang"].get_installed():
                speaking = pattern.with_context(lang=lang)
                speaking.report_id.name = speaking.name
                vals = speaking._prepare_client_report_vals(name)
                by_client.with_context(lang=lang).name = vals["name"]

    @api.model
    def _complete_mail_actions(self):
        """Give documents whose patterns are older than the e-mails their action."""
        # sudo: see _update_reports
        every = self.sudo().with_context(active_test=False)
        for _model, patterns in every._read_group([], ["model_id"], ["id:recordset"]):
            patterns[0]._complete_mail_action()

    def _complete_mail_action(self):
        """Let the documents of this pattern be sent from their menu."""
        self.ensure_one()
        name = f"gestor_mail_print_{self.model.replace('.', '_')}_action"
        if self.env.ref(f"gestor_texts.{name}", raise_if_not_found=False):
            return
        action = self.env["ir.actions.server"].create(self._prepare_mail_action_vals())
        self.env["ir.model.data"].create(
            {
                "module": "gestor_texts",
                "name": name,
                "model": action._name,
                "res_id": action.id,
                # goes with the addon, stays when it is updated
                "noupdate": True,
            }
        )
        for lang, _name in self.env["res.lang"].get_installed():
            speaking = self.with_context(lang=lang)
            vals = speaking._prepare_mail_action_vals()
            action.with_context(lang=lang).name = vals["name"]

    def _prepare_mail_action_vals(self):
        """Return the entry of the menu that sends the print by e-mail."""
        users = self.env.ref("gestor_base.gestor_base_group_user")
        return {
            "name": self.env._("Send the print by e-mail"),
            "model_id": self.model_id.id,
            "binding_model_id": self.model_id.id,
            "binding_view_types": "list,form",
            "group_ids": users.ids,
            "state": "code",
            "code": "action = records.action_gestor_mail_print()",
        }

    def _prepare_report_vals(self):
        """Return the report of a pattern."""
        return {
            "name": self.name,
            "model": self.model,
            "report_type": "qweb-pdf",
            "report_name": f"{PATTERN_REPORT}{self.id}",
            "gestor_pattern_id": self.id,
            "paperformat_id": self.paperformat_id.id,
            "binding_model_id": self.active and self.model_id.id,
        }

    def _prepare_client_report_vals(self, report_name):
        """Return the report that prints each document as its client wants it."""
        return {
            "name": self.env._("Print as the client wants it"),
            "model": self.model,
            "report_type": "qweb-pdf",
            "report_name": report_name,
            "is_gestor_by_client": True,
            "binding_model_id": self.model_id.id,
        }

    # === Actions ===

    def action_preview(self):
        """Open the print of the newest document in a new tab."""
        self.ensure_one()
        document = self.env[self.model].search([], limit=1, order="id desc")
        if not document:
            raise UserError(self.env._("There is no document to print yet."))
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": f"/report/pdf/{PATTERN_REPORT}{self.id}/{document.id}",
        }

    # === Printing ===

    def _prepare_pages(self, documents):
        """Return what the template prints, one page block for each document.

        :raise AccessError: if the user may not read the pattern or the documents
        :rtype: list[dict]
        """
        documents = documents.with_context(gestor_base_print_pattern=self.id)
        lang = self.lang or None
        langs = {} if lang else documents._gestor_text_langs()
        filled = self._gestor_fill(documents, lang=lang)
        return [
            {
                "document": document,
                "company": document._get_autotext_company(),
                "lang": lang or langs[document.id],
                "layout": f"web.{self.layout}",
                "body": filled[document.id].text,
            }
            for document in documents
        ]

    def _get_line_tables(self, documents):
        """Return the table of lines of each document; without lines it is missing.

        :rtype: dict[int, Markup]
        """
        if not self.line_path or not self.column_ids:
            return {}
        hops = [*self._get_line_hops(), (None, "display_name")]
        reader = PathReader({document.id: document for document in documents})
        lines = reader.follow(hops).records
        everything = documents.env[self.line_model].union(*lines.values())
        cells_reader = PathReader({line.id: line for line in everything})
        formatter = Formatter(documents.env, html_sanitize)
        columns = self.column_ids.with_context(lang=documents.env.lang)
        cells = [column._get_cells(cells_reader, formatter) for column in columns]
        sums = [column._get_sums(cells_reader, formatter, lines) for column in columns]
        return {
            res_id: build_table(
                columns.mapped("name"),
                columns.mapped("align"),
                [
                    [column.get(line_id, "") for column in cells]
                    for line_id in found.ids
                ],
                columns._get_sum_row([column.get(res_id) for column in sums]),
            )
            for res_id, found in lines.items()
        }

    def _get_line_hops(self):
        self.ensure_one()
        registry = self.env.registry

        def fields_of(model):
            return registry[model]._fields if model in registry else {}

        return field_paths.resolve(
            fields_of, self.model or "gestor.document.mixin", self.line_path
        )

    @api.model
    def _choose(self, documents):
        """Return how each document is printed: ``{id: (pattern, copies)}``.

        The client's own parameters, else the usual print of his language, else no
        pattern: the print that the program brings.
        """
        clients = documents._get_autotext_clients()
        # sudo: how a client's documents look is no secret
        settings = self.env["gestor.print.setting"].sudo()
        partners = settings.env["res.partner"].union(*clients.values())
        found = settings._find_for_clients(documents._name, partners)
        usual = self.search(
            [("model", "=", documents._name), ("is_default", "=", True)]
        )
        langs = documents._gestor_text_langs()
        chosen = {}
        for document in documents:
            setting = found.get(clients[document.id][:1].id)
            if setting:
                pattern = setting.pattern_id.with_env(self.env)
                chosen[document.id] = (pattern, setting.copies)
                continue
            fitting = usual.filtered_domain(
                Domain("lang", "in", [False, langs[document.id]])
                & Domain(
                    "company_id", "in", [False, document._get_autotext_company().id]
                )
            ).sorted(lambda pattern: (not pattern.lang, not pattern.company_id))
            chosen[document.id] = (fitting[:1], 1)
        return chosen
