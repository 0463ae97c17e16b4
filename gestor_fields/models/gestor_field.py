import ast
from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from odoo.addons.gestor_base.lib.typed_text import READ_ERRORS

from ..lib import own_values

FIELD = "gestor_properties"
CURRENCY = "gestor_own_currency_id"
#: kinds of the screen that the host stores as another one
HOST_KINDS = {"dictionary": "many2one", "dictionaries": "many2many"}
#: what decides how stored values are read: fixed as soon as there are any
MEANING = {"model_id", "kind", "dictionary_id", "relation_model_id"}


@dataclass(frozen=True)
class OwnField:
    """What documents need to know of an own field; kept in memory, so no records."""

    name: str
    label: str
    kind: str
    definition: dict
    is_required: bool
    company_id: int
    condition: tuple
    dictionary_id: int
    closed_codes: frozenset
    hint: str

    @property
    def shown_definition(self):
        """The definition as the documents' forms get it."""
        return {
            **self.definition,
            "gestor_hint": self.hint,
            "gestor_required": self.is_required,
        }

    @cached_property
    def decisive_fields(self):
        """Names of the fields that decide which documents have this one."""
        conditions = Domain(list(self.condition)).iter_conditions()
        names = {one.field_expr.split(".")[0] for one in conditions}
        return frozenset(names | ({"company_id"} if self.company_id else set()))

    def is_for(self, document):
        """Return whether a document has this field."""
        if self.company_id and not self._is_of_company(document):
            return False
        if not self.condition:
            return True
        # sudo: whether a document has a field does not depend on who looks at it
        return bool(document.sudo().filtered_domain(Domain(list(self.condition))))

    def _is_of_company(self, document):
        # sudo: see is_for
        company = "company_id" in document._fields and document.sudo().company_id
        return self.company_id in (company or document.env.companies).ids


class GestorField(models.Model):
    """A field that a company adds to the documents of one kind.

    The definitions go to the host's registry of properties, which makes filters,
    groups, imports and exports of them; the values stand on the documents.
    """

    _name = "gestor.field"
    _description = "Own Field"
    _order = "model, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        string="Technical name",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: f"own_{uuid4().hex[:16]}",
        help="What documents remember; the name of the field may change.",
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        required=True,
        ondelete="cascade",
        index=True,
        domain=lambda self: [("model", "in", self._get_area_names())],
    )
    model = fields.Char(related="model_id.model", string="Model", store=True)
    kind = fields.Selection(
        [
            ("char", "Text"),
            ("text", "Long text"),
            ("integer", "Whole number"),
            ("float", "Decimal number"),
            ("monetary", "Amount"),
            ("boolean", "Yes/no"),
            ("date", "Date"),
            ("datetime", "Date and time"),
            ("selection", "One of the options"),
            ("tags", "Tags"),
            ("dictionary", "One value of a dictionary"),
            ("dictionaries", "Many values of a dictionary"),
            ("many2one", "Link to a record"),
            ("many2many", "Links to records"),
        ],
        default="char",
        required=True,
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="An archived field vanishes from the documents, its values stay.",
    )
    is_required = fields.Boolean(
        string="Required",
        help="Asked for on new documents and whenever the field is changed. Older "
        "documents can be saved without it.",
    )
    hint = fields.Char(translate=True, help="Shown beside the field.")
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    condition = fields.Char(
        string="Only for",
        help="The documents that have the field. Empty: all of them.",
    )
    dictionary_id = fields.Many2one(
        "gestor.dictionary", index="btree_not_null", ondelete="restrict"
    )
    relation_model_id = fields.Many2one(
        "ir.model",
        string="Records of",
        ondelete="cascade",
        domain=lambda self: [("model", "in", self._get_relation_names())],
    )
    option_ids = fields.One2many(
        "gestor.field.option", "field_id", string="Options", copy=True
    )
    default_text = fields.Char(
        string="Default",
        help="A text, a number, a day as 2026-12-31 or a moment as 2026-12-31 "
        "08:00:00.",
    )
    default_boolean = fields.Boolean(string="Yes by default")
    default_value_ids = fields.Many2many(
        "gestor.dictionary.value",
        string="Default values",
        domain="[('dictionary_id', '=', dictionary_id)]",
    )

    _code_uniq = models.UniqueIndex("(code)")

    def _register_hook(self):
        super()._register_hook()
        self._complete_documents()

    @api.model
    def _complete_documents(self):
        """Give documents that were there before this addon their column.

        The host makes it only for models whose addon is loaded already, and those of
        the family are loaded later than this one.
        """
        documents = set(self._get_area_names())
        known = self.env["ir.model.fields"].sudo()  # sudo: the server asks, no user
        known = known.search([("name", "=", FIELD), ("model", "in", list(documents))])
        if missing := sorted(documents - set(known.mapped("model"))):
            self.env.registry.init_models(
                self.env.cr, missing, {"module": self._original_module}
            )

    # === Constraints ===

    @api.constrains("kind", "dictionary_id", "relation_model_id", "option_ids")
    def _check_parts(self):
        for own in self:
            if own.kind in HOST_KINDS and not own.dictionary_id:
                raise ValidationError(
                    self.env._('Choose the dictionary of the field "%s".', own.name)
                )
            if own.kind in own_values.RECORDS and not own.relation_model_id:
                raise ValidationError(
                    self.env._('Choose what the field "%s" links to.', own.name)
                )
            if own.kind in own_values.CHOICES and not own.option_ids:
                raise ValidationError(
                    self.env._('The field "%s" needs at least one option.', own.name)
                )

    @api.constrains("company_id", "dictionary_id")
    def _check_dictionary_company(self):
        for own in self:
            company = own.dictionary_id.company_id
            if company and company != own.company_id:
                raise ValidationError(
                    self.env._(
                        'The dictionary "%(dictionary)s" belongs to %(company)s, so '
                        'the field "%(field)s" has to belong to it too.',
                        dictionary=own.dictionary_id.name,
                        company=company.name,
                        field=own.name,
                    )
                )

    @api.constrains("model_id", "relation_model_id")
    def _check_models(self):
        areas, relations = self._get_area_names(), self._get_relation_names()
        for own in self:
            wrong = own.model_id.filtered(lambda model: model.model not in areas)
            wrong |= own.relation_model_id.filtered(
                lambda model: model.model not in relations
            )
            if wrong:
                raise ValidationError(
                    self.env._("Own fields cannot be used with: %s", wrong[0].name)
                )

    @api.constrains("model_id", "condition")
    def _check_condition(self):
        for own in self:
            if FIELD in (own.condition or ""):
                raise ValidationError(
                    self.env._(
                        'The condition of the field "%s" cannot look at own fields.',
                        own.name,
                    )
                )
            try:
                # sudo: managers need not read the documents that they arrange
                documents = self.env[own.model].sudo()
                # one look at the database tells what the reading did not
                documents.search_count(own._read_condition(), limit=1)
            except (DataError, *READ_ERRORS) as error:
                raise ValidationError(
                    self.env._(
                        'The condition of the field "%s" cannot be read.', own.name
                    )
                ) from error

    @api.constrains("kind", "default_text", "default_value_ids", "dictionary_id")
    def _check_default(self):
        for own in self:
            try:
                own._get_default()
            except own_values.WrongValue as error:
                raise ValidationError(
                    self.env._(
                        'The default of the field "%(field)s" is wrong: %(value)s',
                        field=own.name,
                        value=own.default_text,
                    )
                ) from error
            if own.kind in HOST_KINDS and (
                own.default_value_ids.dictionary_id - own.dictionary_id
            ):
                raise ValidationError(
                    self.env._(
                        'The default of the field "%s" is of another dictionary.',
                        own.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        own_fields = super().create(vals_list)
        own_fields._publish()
        return own_fields

    def write(self, vals):
        if not MEANING.isdisjoint(vals):
            self._refuse_new_meaning(vals)
        names = set(self.mapped("model"))
        result = super().write(vals)
        self._publish(names)
        return result

    def unlink(self):
        names = set(self.mapped("model"))
        result = super().unlink()
        self._publish(names)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for own in self:
            document = own._find_document([(own._get_path(), "!=", False)])
            if document:
                raise UserError(
                    self.env._(
                        'The field "%(field)s" has values, for example on '
                        '"%(document)s". Archive it instead: it vanishes from the '
                        "documents and its values stay.",
                        field=own.name,
                        document=document.display_name,
                    )
                )

    def _refuse_new_meaning(self, vals):
        for own in self:
            changed = any(
                own._fields[name].convert_to_write(own[name], own) != vals[name]
                for name in MEANING & vals.keys()
            )
            if changed and own._find_document([(own._get_path(), "!=", False)]):
                raise UserError(
                    self.env._(
                        'Documents have values of the field "%s" already, so what it '
                        "holds cannot change. Archive it and add another one.",
                        own.name,
                    )
                )

    # === Hooks ===

    @api.model
    def _get_area_names(self):
        """Return the models that can have own fields.

        :rtype: list[str]
        """
        return self.env["gestor.property.mixin"]._gestor_implementers()

    @api.model
    def _get_relation_names(self):
        """Return the models whose records an own field can link to.

        :rtype: list[str]
        """
        more = ("res.partner", "res.users", "res.country", "res.currency")
        return sorted({*self._get_area_names(), *more})

    # === What documents have ===

    @api.model
    @ormcache("model_name", "self.env.lang")
    def _get_own_fields(self, model_name):
        """Return the own fields of a model in the user's language and in order.

        :rtype: tuple[OwnField, ...]
        """
        # sudo: only managers see this table, everybody sees its fields on documents
        found = self.sudo().search([("model", "=", model_name)])
        return tuple(filter(None, (own._describe() for own in found)))

    def _describe(self):
        """Return this field as documents see it; nothing if a part of it is gone."""
        self.ensure_one()
        try:
            condition = self._read_condition()
            condition.validate(self.env[self.model])
        except READ_ERRORS:
            return None  # went with the addon that it came from
        options = self.with_context(active_test=False).option_ids
        return OwnField(
            name=self.code,
            label=self.name,
            kind=self._get_host_kind(),
            definition=self._prepare_definition(),
            is_required=self.is_required,
            company_id=self.company_id.id,
            condition=() if condition.is_true() else tuple(condition),
            dictionary_id=self.dictionary_id.id,
            closed_codes=frozenset(
                option.code for option in options if not option.active
            ),
            hint=self.hint or "",
        )

    def _prepare_definition(self):
        """Return the definition of the host's property."""
        self.ensure_one()
        kind = self._get_host_kind()
        definition = {"name": self.code, "string": self.name, "type": kind}
        if default := self._get_default():
            definition["default"] = default
        options = self.with_context(active_test=False).option_ids
        if kind == "selection":
            definition["selection"] = [[one.code, one.name] for one in options]
        elif kind == "tags":
            definition["tags"] = [[one.code, one.name, one.color] for one in options]
        elif kind == "monetary":
            definition["currency_field"] = CURRENCY
        elif self.kind in HOST_KINDS:
            definition["comodel"] = "gestor.dictionary.value"
            definition["domain"] = repr([("dictionary_id", "=", self.dictionary_id.id)])
        elif kind in own_values.RECORDS:
            definition["comodel"] = self.relation_model_id.model
        return definition

    def _get_default(self):
        kind = self._get_host_kind()
        if kind == "boolean":
            return self.default_boolean
        if self.kind in HOST_KINDS:
            ids = self.default_value_ids.ids
            return own_values.check(kind, ids if kind == "many2many" else ids[:1])
        if kind in own_values.CHOICES:
            codes = self.option_ids.filtered("is_default").mapped("code")
            return own_values.check(
                kind, codes if kind == "tags" else next(iter(codes), False)
            )
        if kind in own_values.RECORDS:
            return False
        return own_values.read_default(kind, self.default_text)

    def _get_host_kind(self):
        return HOST_KINDS.get(self.kind, self.kind)

    def _get_path(self):
        """Return the name of this field in domains."""
        return f"{FIELD}.{self.code}"

    def _read_condition(self):
        return Domain(ast.literal_eval(self.condition or "[]"))

    # === Publishing ===

    def _publish(self, names=()):
        """Tell documents and the host's registry of properties about the changes."""
        self.env.registry.clear_cache()
        self.flush_model()
        for name in {*names, *self.exists().mapped("model")} - {False}:
            if name in self.env and FIELD in self.env[name]._fields:
                self._publish_model(name)

    @api.model
    def _publish_model(self, name):
        # sudo: the host keeps its registry for administrators; our managers write it
        # here only
        registry = self.env["properties.base.definition"].sudo()
        definition = registry._get_definition_for_property_field(name, FIELD)
        # labels of the source: who reads gets them in the own language
        own_fields = self.with_context(lang=None)._get_own_fields(name)
        definition.properties_definition = [own.definition for own in own_fields]

    # === Which documents have values ===

    def _find_document(self, domain):
        """Return one of the documents that a domain means, archived ones included."""
        self.ensure_one()
        if self.model not in self.env:
            return None
        # sudo: whether there is a value counts for all, whoever asks
        documents = self.env[self.model].sudo().with_context(active_test=False)
        return documents.search(domain, limit=1)

    @api.model
    def _find_document_with(self, value):
        """Return a document that has a value of a dictionary, if there is one."""
        # sudo: see _find_document
        users = self.sudo().with_context(active_test=False)
        for own in users.search([("dictionary_id", "=", value.dictionary_id.id)]):
            if document := own._find_document([(own._get_path(), "in", value.ids)]):
                return document
        return None

    @api.model
    def _refuse_used_dictionaries(self, dictionaries):
        # sudo: fields of other companies count too
        users = self.sudo().with_context(active_test=False)
        if own := users.search([("dictionary_id", "in", dictionaries.ids)], limit=1):
            raise UserError(
                self.env._(
                    'The dictionary "%(dictionary)s" belongs to the field "%(field)s". '
                    "Archive it instead.",
                    dictionary=own.dictionary_id.name,
                    field=own.name,
                )
            )
