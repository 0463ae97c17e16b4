from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..lib import placeholders
from ..lib.autotext_reader import EMPTY

SUBJECT_MODELS = {
    "client": "res.partner",
    "user": "res.users",
    "company": "res.company",
}


class GestorAutotext(models.Model):
    _name = "gestor.autotext"
    _description = "Autotext"
    _inherit = ["gestor.field.path.mixin"]
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
    builtin_key = fields.Selection("_selection_builtin_key", string="Computed value")
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
        fields_shown = self.filtered(lambda autotext: autotext.source == "field")
        return super(GestorAutotext, fields_shown)._check_field_path()

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
        fields_shown = self.filtered(lambda autotext: autotext.source == "field")
        return super(GestorAutotext, fields_shown)._check_author()

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
        used = self.browse()
        for name in self.env["gestor.text.mixin"]._gestor_implementers():
            # sudo: personal texts of others count too, but are not told
            texts = self.env[name].sudo().with_context(active_test=False)
            found = texts.search([("autotext_ids", "in", self.ids)])
            used |= found.autotext_ids.with_env(self.env)
        return self & used

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
