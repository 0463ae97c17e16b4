from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime, formatLang, sql

from ..lib import own_values
from ..lib.own_views import add_own_fields
from ..own_properties import OwnProperties
from .gestor_field import CURRENCY, FIELD

#: a client reads his own record through the portal; own fields are not meant for him
STAFF = "base.group_user"


class GestorPropertyMixin(models.AbstractModel):
    """A document with the fields that a company defines for it."""

    _name = "gestor.property.mixin"
    _description = "Document With Own Fields"
    _inherit = ["gestor.registry.mixin", "gestor.property.form.mixin"]

    gestor_properties = OwnProperties(
        string="Own fields",
        definition="gestor_properties_base_id.properties_definition",
        copy=True,
        groups=STAFF,
    )
    gestor_properties_base_id = fields.Many2one(
        "properties.base.definition",
        string="Definition of own fields",
        compute="_compute_gestor_properties_base_id",
        search="_search_gestor_properties_base_id",
        groups=STAFF,
    )
    gestor_own_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of own amounts",
        compute="_compute_gestor_own_currency_id",
        groups=STAFF,
    )

    def _auto_init(self):
        # the host would compute a new stored column for each row there is; no field
        # is defined yet, so there is nothing to compute
        cr = self.env.cr
        if sql.table_exists(cr, self._table) and not sql.column_exists(
            cr, self._table, FIELD
        ):
            sql.create_column(cr, self._table, FIELD, "jsonb")
        return super()._auto_init()

    def _compute_gestor_properties_base_id(self):
        self.gestor_properties_base_id = self._get_gestor_properties_base()

    def _search_gestor_properties_base_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_meant = self._get_gestor_properties_base().id in value
        return Domain.TRUE if is_meant else Domain.FALSE

    def _compute_gestor_own_currency_id(self):
        own = "currency_id" in self._fields
        for document in self:
            company = "company_id" in self._fields and document.company_id
            document.gestor_own_currency_id = (own and document.currency_id) or (
                company or self.env.company
            ).currency_id

    @api.model
    def _get_gestor_properties_base(self):
        """Return the definition in the host's registry; none without own fields."""
        # sudo: the registry is closed to users, who read the definition with documents
        registry = self.env["properties.base.definition"].sudo()
        if not self.env["gestor.field"]._get_own_fields(self._name):
            return registry
        return registry._get_definition_for_property_field(self._name, FIELD)

    @api.model
    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "gestor_properties_base_id":
            # the export asks for it as for a column
            return SQL("%s", self._get_gestor_properties_base().id or None)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def get_property_definition(self, full_name):
        definition = super().get_property_definition(full_name)
        if full_name.startswith(f"{FIELD}."):
            for own in self.env["gestor.field"]._get_own_fields(self._name):
                if own.name == definition.get("name"):
                    return dict(own.definition)
        return definition

    # === Views ===

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *self._get_gestor_own_view_key())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        has_fields, has_amount, _decisive = self._get_gestor_own_view_key()
        if has_fields:
            label = self.env._("Own fields")
            add_own_fields(arch, view_type, has_amount, label)
        return arch, view

    @api.model
    def _get_gestor_own_view_key(self):
        own_fields = self.env["gestor.field"]._get_own_fields(self._name)
        has_amount = any(own.kind == "monetary" for own in own_fields)
        return bool(own_fields), has_amount, self._get_gestor_decisive_fields()

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        own_fields = self.env["gestor.field"]._get_own_fields(self._name)
        if not own_fields and not any(vals.get(FIELD) for vals in vals_list):
            # the host would build each document once more only to compute nothing
            is_known = self._has_field_access(self._fields[FIELD], "write")
            nothing = {FIELD: False} if is_known else {}
            return super().create([{**nothing, **vals} for vals in vals_list])
        context_values = self._get_gestor_context_values(own_fields)
        given_list = [
            {**context_values, **self._read_gestor_own_values(vals.get(FIELD))}
            for vals in vals_list
        ]
        closed_ids = self._find_gestor_closed_ids(given_list)
        documents = super().create(
            [
                {name: value for name, value in vals.items() if name != FIELD}
                for vals in vals_list
            ]
        )
        for document, given in zip(documents, given_list, strict=True):
            document._fill_gestor_own_values(given, closed_ids)
        return documents

    def write(self, vals):
        if FIELD not in vals:
            return super().write(vals)
        self.check_access("write")
        self._check_field_access(self._fields[FIELD], "write")
        given = self._read_gestor_own_values(vals[FIELD])
        rest = {name: value for name, value in vals.items() if name != FIELD}
        closed_ids = self._find_gestor_closed_ids([given])
        # first what may decide which fields the documents have
        result = super().write(rest) if rest else True
        for document in self:
            before = dict(document[FIELD]._values or {})
            changed = document._check_gestor_own_values(given, before, closed_ids)
            document._check_gestor_required({**before, **changed}, given)
            if changed:
                super(GestorPropertyMixin, document).write(
                    {FIELD: {**before, **changed}}
                )
                document._log_gestor_own_values(before, changed)
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for document, vals in zip(self, vals_list, strict=True):
            if vals.get(FIELD):
                vals[FIELD] = document._get_gestor_values_to_copy(vals[FIELD])
        return vals_list

    @api.model
    def _read_gestor_own_values(self, given):
        """Return ``{name: value}`` of what was given for the own fields.

        :raise ValidationError: if it is no such thing or names unknown fields
        """
        try:
            values = own_values.read_given(getattr(given, "_values", given))
        except own_values.WrongValue as error:
            raise ValidationError(
                self.env._("The values of own fields cannot be read: %s", str(error))
            ) from error
        known = {
            own.name for own in self.env["gestor.field"]._get_own_fields(self._name)
        }
        unknown = values.keys() - known
        if unknown:
            # what a document has of an archived field may come along
            # sudo: the codes of fields are no secret, see gestor.field
            fields_there = self.env["gestor.field"].sudo()
            archived = fields_there.with_context(active_test=False).search(
                [("model", "=", self._name), ("code", "in", list(unknown))]
            )
            values = {name: values[name] for name in values.keys() & known}
            unknown -= set(archived.mapped("code"))
        if unknown:
            raise ValidationError(
                self.env._(
                    "There are no such own fields here: %s", ", ".join(sorted(unknown))
                )
            )
        return values

    @api.model
    def _get_gestor_context_values(self, own_fields):
        """Return the values that a context gives to new documents."""
        keys = {own.name: f"default_{FIELD}.{own.name}" for own in own_fields}
        context = self.env.context
        return {name: context[key] for name, key in keys.items() if key in context}

    def _fill_gestor_own_values(self, given, closed_ids):
        """Store the values of a new document, completed with the defaults."""
        self.ensure_one()
        own_fields = self._get_gestor_own_fields()
        values = self._check_gestor_own_values(given, {}, closed_ids)
        for own in own_fields:
            default = own.definition.get("default")
            if default and own.name not in given:
                values[own.name] = default
        # programs that act by themselves, as the mail gateway, have nobody to ask
        if not self.env.su:
            self._check_gestor_required(values, {own.name for own in own_fields})
        if given:
            self._check_field_access(self._fields[FIELD], "write")
        if values:
            # part of the same creation: no second look at rights, no message
            self._fields[FIELD].write(self, values)

    def _get_gestor_own_fields(self):
        """Return the own fields that this document has, in their order."""
        self.ensure_one()
        own_fields = self.env["gestor.field"]._get_own_fields(self._name)
        return [own for own in own_fields if own.is_for(self)]

    # === Checks ===

    def _check_gestor_own_values(self, given, before, closed_ids):
        """Return the given values that differ from those before, as they are stored.

        :param dict closed_ids: see :meth:`_find_gestor_closed_ids`
        :raise ValidationError: if one of them cannot be a value of its field
        """
        own_fields = {
            own.name: own
            for own in self.env["gestor.field"]._get_own_fields(self._name)
        }
        changed = {}
        for name, value in given.items():
            own = own_fields[name]
            try:
                value = own_values.check(own.kind, value)
            except own_values.WrongValue as error:
                raise ValidationError(
                    self.env._(
                        'The field "%(field)s" cannot hold this value: %(value)s',
                        field=own.label,
                        value=str(error),
                    )
                ) from error
            old = before.get(name, False)
            # a no that is said for the first time is stored: it beats the default
            is_said = name in before or own.kind != "boolean"
            if own_values.is_same(value, old) and is_said:
                continue
            self._check_gestor_choice(own, value, old, closed_ids)
            changed[name] = value
        return changed

    @api.model
    def _check_gestor_choice(self, own, value, old, closed_ids):
        """Refuse what nobody may choose; what the document has already stays."""
        if own.kind in own_values.CHOICES:
            added = _as_set(value) - _as_set(old)
            codes = {one[0] for one in own.definition[own.kind]}
            refused = added - (codes - own.closed_codes)
        elif own.kind in own_values.RECORDS:
            refused = (_as_set(value) - _as_set(old)) & closed_ids[own.name]
        else:
            return
        if refused:
            raise ValidationError(
                self.env._(
                    'The field "%(field)s" cannot hold this value: it is archived, '
                    "belongs elsewhere or is not there (%(value)s).",
                    field=own.label,
                    value=", ".join(sorted(map(str, refused))),
                )
            )

    @api.model
    def _find_gestor_closed_ids(self, given_list):
        """Return which of the given records the user may not choose, field by field.

        :param given_list: the own values that are given, document by document
        :rtype: dict[str, set]
        """
        closed_ids = {}
        for own in self.env["gestor.field"]._get_own_fields(self._name):
            if own.kind not in own_values.RECORDS:
                continue
            ids = set()
            for given in given_list:
                try:
                    ids |= _as_set(own_values.check(own.kind, given.get(own.name)))
                except own_values.WrongValue:
                    continue  # refused in its turn
            closed_ids[own.name] = ids - self._find_gestor_open_ids(own, ids)
        return closed_ids

    @api.model
    def _find_gestor_open_ids(self, own, ids):
        # an id that no column can hold would make the database complain
        ids = {record_id for record_id in ids if 0 < record_id < 2**31}
        if not ids:
            return ids
        records = self.env[own.definition["comodel"]].browse(ids).exists()
        records = records._filtered_access("read")
        if own.dictionary_id:
            records = records.filtered(
                lambda value: (
                    value.active and value.dictionary_id.id == own.dictionary_id
                )
            )
        return set(records.ids)

    def _check_gestor_required(self, values, names):
        """Refuse to leave required fields empty.

        :param dict values: the own values that the document is going to have
        :param names: the fields that somebody fills in now
        """
        self.ensure_one()
        missing = [
            own.label
            for own in self._get_gestor_own_fields()
            if own.is_required
            and own.name in names
            and own_values.is_empty(own.kind, values.get(own.name))
        ]
        if missing:
            raise ValidationError(
                self.env._("Fill in the required own fields: %s", ", ".join(missing))
            )

    def _get_gestor_values_to_copy(self, given):
        """Return the values that a copy can have: without what is archived."""
        values, kept = self._read_gestor_own_values(given), {}
        closed_ids = self._find_gestor_closed_ids([values])
        for name, value in values.items():
            try:
                kept |= self._check_gestor_own_values({name: value}, {}, closed_ids)
            except ValidationError:
                continue
        return kept

    # === Values in words ===

    def _gestor_own_texts(self, name):
        """Return the value of an own field of each document in the user's words.

        A record that the user may not read is left out; so is what is empty.

        :param str name: technical name of the field
        :rtype: dict[int, str]
        """
        own_fields = self.env["gestor.field"]._get_own_fields(self._name)
        own = next((own for own in own_fields if own.name == name), None)
        if own is None or not self._has_field_access(self._fields[FIELD], "read"):
            return {}
        texts = {}
        for document in self:
            value = (document[FIELD]._values or {}).get(name)
            if own.is_for(document):
                if text := document._show_gestor_own_value(own, value):
                    texts[document.id] = text
        return texts

    def _gestor_own_pairs(self):
        """Return label and value of each own field that the document has filled in."""
        values = self[FIELD]._values or {}
        pairs = [
            (own.label, self._show_gestor_own_value(own, values.get(own.name)))
            for own in self._get_gestor_own_fields()
        ]
        return [(label, text) for label, text in pairs if text]

    def _show_gestor_own_value(self, own, value):
        """Return a stored value in the user's words, empty if there is none."""
        if own_values.is_empty(own.kind, value):
            return ""
        if own.kind == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if own.kind in own_values.CHOICES:
            labels = {one[0]: one[1] for one in own.definition[own.kind]}
            codes = value if isinstance(value, list) else [value]
            return ", ".join(labels[code] for code in codes if code in labels)
        if own.kind in own_values.RECORDS:
            ids = value if isinstance(value, list) else [value]
            records = self.env[own.definition["comodel"]].browse(ids).exists()
            return ", ".join(records._filtered_access("read").mapped("display_name"))
        return self._show_gestor_plain_value(own.kind, value)

    def _show_gestor_plain_value(self, kind, value):
        if kind == "float":
            return formatLang(self.env, value)
        if kind == "monetary":
            return formatLang(self.env, value, currency_obj=self[CURRENCY])
        if kind == "date":
            return format_date(self.env, value)
        if kind == "datetime":
            return format_datetime(self.env, value, dt_format="short")
        return str(value)

    def _log_gestor_own_values(self, before, changed):
        """Say in the chatter, if there is one, which values were changed and how."""
        self.ensure_one()
        if not hasattr(self, "_message_log"):
            return
        rows = [
            Markup("<li>%s: %s → %s</li>")
            % (
                own.label,
                self._show_gestor_own_value(own, before.get(own.name)) or "-",
                self._show_gestor_own_value(own, changed[own.name]) or "-",
            )
            for own in self._get_gestor_own_fields()
            if own.name in changed
        ]
        if rows:
            title = self.env._("Own fields")
            self._message_log(
                body=Markup("<p>%s</p><ul>%s</ul>") % (title, Markup("").join(rows))
            )


def _as_set(value):
    if isinstance(value, list):
        return set(value)
    return {value} if value else set()
