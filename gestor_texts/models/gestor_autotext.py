from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..lib import field_paths, placeholders
from ..lib.autotext_format import LISTS, as_html
from ..lib.autotext_reader import EMPTY, NO_ACCESS, is_field_readable

# what each format can be said of; the others suit any value
FORMAT_KINDS = {
    "date_long": {"date", "datetime"},
    "month": {"date", "datetime"},
    "year": {"date", "datetime"},
    "amount": {"float", "monetary"},
    "amount_words": {"float", "monetary"},
    "address": {"many2one"},
}
SUBJECT_MODELS = {
    "client": "res.partner",
    "user": "res.users",
    "company": "res.company",
}


class GestorAutotext(models.Model):
    _name = "gestor.autotext"
    _description = "Autotext"
    _order = "group_sequence, group_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        compute="_compute_code",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        copy=False,
        help="What texts remember. The name may change, the code of an autotext in use "
        "may not.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    group_id = fields.Many2one(
        "gestor.autotext.group", required=True, ondelete="restrict", index=True
    )
    group_sequence = fields.Integer(
        related="group_id.sequence", string="Place of the group", store=True
    )
    # ir.model is closed to ordinary users, who choose autotexts all the same
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        domain=lambda self: self.env["gestor.flag"]._get_area_domain(),
        ondelete="cascade",
        bypass_search_access=True,
        help="Where the autotext can be used. Empty: in texts about any document.",
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    source = fields.Selection(
        [("field", "Field"), ("code", "Computed")], default="field", required=True
    )
    subject = fields.Selection(
        [
            ("document", "Document"),
            ("client", "Client"),
            ("user", "User"),
            ("company", "Own company"),
        ],
        string="Belongs to",
        default="document",
        required=True,
    )
    start_model = fields.Char(compute="_compute_start_model")
    field_path = fields.Char(string="Field")
    builtin_key = fields.Selection("_selection_builtin_key", string="Computed value")
    format = fields.Selection(
        [
            ("auto", "As in the program"),
            ("date_long", "Date in words"),
            ("month", "Month and year in words"),
            ("year", "Year"),
            ("amount", "Amount with currency"),
            ("amount_words", "Amount in words"),
            ("address", "Address"),
            ("list", "List with commas"),
            ("lines", "Each in a line of its own"),
        ],
        default="auto",
        required=True,
    )
    default_text = fields.Char(
        translate=True,
        help="Stands in the text when the value is missing. Empty: nothing stands "
        "there and the value is reported as missing.",
    )
    template_ids = fields.Many2many(
        "gestor.text.template", string="Used in", readonly=True, copy=False
    )

    _code_uniq = models.UniqueIndex("(code)", "Another autotext has this code already.")

    @api.depends("name")
    def _compute_code(self):
        for autotext in self:
            if not autotext.code:
                autotext.code = placeholders.code_from_name(autotext.name)

    @api.depends("subject", "model_id")
    def _compute_start_model(self):
        for autotext in self:
            autotext.start_model = autotext._get_start_model()

    @api.model
    def _selection_builtin_key(self):
        labels = {}
        for model in self.env["gestor.flag"]._get_area_names():
            for key, (label, _compute) in self.env[model]._gestor_autotexts().items():
                labels.setdefault(key, label)
        return sorted(labels.items(), key=lambda item: item[1])

    @api.constrains("code")
    def _check_code(self):
        for autotext in self:
            if autotext.code != placeholders.code_from_name(autotext.code):
                raise ValidationError(
                    self.env._(
                        'The code "%(code)s" may hold only small letters without '
                        "accents, digits and single underscores.",
                        code=autotext.code,
                    )
                )

    @api.constrains("source", "subject", "model_id", "field_path", "format")
    def _check_field_path(self):
        for autotext in self.filtered(lambda autotext: autotext.source == "field"):
            if not autotext.field_path:
                raise ValidationError(
                    self.env._("Choose the field that the autotext shows.")
                )
            try:
                model, name = autotext._get_hops()[-1]
            except field_paths.PathError as error:
                raise ValidationError(autotext._explain(error)) from error
            kind = self.env[model]._fields[name].type
            if kind not in FORMAT_KINDS.get(autotext.format, {kind}):
                formats = dict(self._fields["format"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        'The field "%(path)s" cannot be shown as "%(format)s".',
                        path=autotext.field_path,
                        format=formats[autotext.format],
                    )
                )

    @api.constrains("source", "model_id", "builtin_key")
    def _check_builtin_key(self):
        for autotext in self.filtered(lambda autotext: autotext.source == "code"):
            owner = self.env[autotext.model or "gestor.autotext.mixin"]
            if autotext.builtin_key not in owner._gestor_autotexts():
                raise ValidationError(
                    self.env._(
                        "Choose a computed value that these documents have. Values "
                        "of one kind of document need that kind to be chosen."
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        autotexts = super().create(vals_list)
        autotexts._check_author()
        return autotexts

    def write(self, vals):
        if "code" in vals and any(
            autotext.code != vals["code"] for autotext in self._filter_used()
        ):
            raise UserError(
                self.env._("The code of an autotext that texts use cannot change.")
            )
        result = super().write(vals)
        if not {"field_path", "subject", "model_id", "source"}.isdisjoint(vals):
            self._check_author()
        return result

    def _check_author(self):
        """Refuse a field that the author may not read himself.

        Not a constraint: the host runs those as superuser, who may read everything.
        """
        for autotext in self.filtered(lambda autotext: autotext.source == "field"):
            for model, name in autotext._get_hops():
                if not is_field_readable(self.env[model], name):
                    raise ValidationError(
                        self.env._(
                            'You may not read the field "%(field)s" yourself.',
                            field=name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if used := self._filter_used():
            raise UserError(
                self.env._(
                    'The autotext "%(name)s" is used in texts. Archive it instead: '
                    "it will not be offered any more.",
                    name=used[0].name,
                )
            )

    def _filter_used(self):
        """Return those of these autotexts that stand in some text."""
        # sudo: personal templates of others count too, but are not told
        templates = self.env["gestor.text.template"].sudo()
        users = templates.with_context(active_test=False).search(
            [("autotext_ids", "in", self.ids)]
        )
        return self & users.autotext_ids.with_env(self.env)

    # === The picker ===

    @api.model
    def get_picker_items(self, model=False):
        """Return the autotexts for texts about a model, as the picker shows them.

        :param str model: technical name; without it only those for any document
        :return: dictionaries with ``code``, ``name``, ``group`` and ``names``: the
            names in all languages, for the search
        :rtype: list[dict]
        """
        autotexts = self.search(self._get_model_domain(model))
        names = autotexts._get_all_names()
        return [
            {
                "code": autotext.code,
                "name": autotext.name,
                "group": autotext.group_id.name,
                "names": sorted(names[autotext]),
            }
            for autotext in autotexts
        ]

    @api.model
    def _get_model_domain(self, model):
        return Domain("model_id", "=", False) | Domain("model", "=", model or False)

    def _get_all_names(self):
        """Return the names of each autotext in all languages."""
        names = {autotext: set() for autotext in self}
        for lang, _name in self.env["res.lang"].get_installed():
            for autotext in self.with_context(lang=lang):
                names[self.browse(autotext.id)].add(autotext.name)
        return {autotext: names[autotext] for autotext in self}

    # === Which autotext a name means ===

    @api.model
    def _find_used(self, source, model):
        """Return the autotexts that HTML uses, as far as it can be read."""
        try:
            return self._find_by_names(placeholders.cut_html(source).names, model)
        except placeholders.PlaceholderError:
            return {}  # refused when it is saved

    @api.model
    def _find_by_names(self, names, model):
        """Return the autotexts that codes and names in any language mean."""
        if not names:
            return {}
        domain = self._get_model_domain(model)
        autotexts = self.with_context(active_test=False).search(domain)
        by_code = {autotext.code: autotext for autotext in autotexts}
        found = {name: by_code[name] for name in names if name in by_code}
        rest = {placeholders.normal_name(name): name for name in names}
        if len(found) < len(rest):
            # those of the model itself before those of any document
            own_last = autotexts.sorted(lambda autotext: bool(autotext.model_id))
            by_name = {
                placeholders.normal_name(name): autotext
                for autotext, all_names in own_last._get_all_names().items()
                for name in all_names
            }
            for name in names:
                autotext = by_name.get(placeholders.normal_name(name))
                if autotext and name not in found:
                    found[name] = autotext
        return found

    # === Values ===

    def _get_start_model(self):
        """Return the model from whose records the path of this autotext starts."""
        self.ensure_one()
        document = self.model or "gestor.document.mixin"
        return SUBJECT_MODELS.get(self.subject, document)

    def _get_hops(self):
        self.ensure_one()
        registry = self.env.registry

        def fields_of(model):
            return registry[model]._fields if model in registry else {}

        return field_paths.resolve(fields_of, self._get_start_model(), self.field_path)

    def _read_values(self, reader, formatter):
        """Return ``{id: (value or None, why it is missing)}`` of a field."""
        self.ensure_one()
        try:
            hops = self._get_hops()
        except field_paths.PathError:
            return {}  # the field went with its addon: missing everywhere
        model, name = hops[-1]
        # a record is shown by its name, and only to whoever may read it
        is_record = self.env[model]._fields[name].type in field_paths.RELATIONAL
        reached = reader.follow([*hops, (None, "display_name")] if is_record else hops)
        values = dict.fromkeys(reached.refused, (None, NO_ACCESS))
        for res_id, records in reached.records.items():
            if not records:
                continue
            if is_record:
                shown = [formatter.show(record, self.format) for record in records]
            elif is_field_readable(records, name):
                shown = [
                    formatter.show(record[name], self.format, record, name)
                    for record in records
                ]
            else:
                values[res_id] = (None, NO_ACCESS)
                continue
            values[res_id] = (self._join_values(shown), EMPTY)
        return values

    def _join_values(self, shown):
        shown = [value for value in shown if value is not None]
        if len(shown) < 2:
            return shown[0] if shown else None
        separator = LISTS.get(self.format, LISTS["list"])
        if any(isinstance(value, Markup) for value in shown):
            return as_html(separator).join(map(as_html, shown))
        return separator.join(shown)

    def _compute_values(self, documents, formatter):
        """Return ``{id: (value or None, why it is missing)}`` of a computed one."""
        self.ensure_one()
        computed = documents._gestor_autotexts().get(self.builtin_key)
        if not computed:
            return {}
        return {
            res_id: (formatter.show(value, self.format), EMPTY)
            for res_id, value in computed[1]().items()
        }

    def _explain(self, error):
        """Return a sentence about a path that no text may use."""
        reasons = {
            "long": self.env._("it is too long"),
            "many": self.env._("it goes through more than one list"),
            "unknown": self.env._("there is no such field"),
            "kind": self.env._("such a field cannot stand in a text"),
            "refused": self.env._("this field is never shown in texts"),
        }
        return self.env._(
            'The path "%(path)s" cannot be used because of "%(segment)s": %(reason)s.',
            path=self.field_path,
            segment=error.segment,
            reason=reasons.get(error.reason, reasons["unknown"]),
        )
