import json
from collections import defaultdict

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import float_compare


class GestorEppHandler(models.AbstractModel):
    """Imports the rows of one section; another section is another child.

    A child sets the three attributes and implements ``_describe``, ``_plan``
    and ``_apply``. It always gets entries in batches and works with a fixed
    number of queries per batch.
    """

    _name = "gestor.epp.handler"
    _description = "Importer of an EDI++ Section"

    #: key words of the sections this handler imports
    _epp_sections = ()
    #: field of ``gestor.epp.import`` that switches the section on
    _epp_option = ""

    # === Hooks ===

    def _describe(self, entry):
        """Set ``key`` (unique in the section), ``alt_key`` and ``name``."""
        raise NotImplementedError

    def _plan(self, job, entries):
        """Decide what happens to each entry; change nothing.

        Sets ``action`` (create, update, unchanged, or skip with a note),
        ``target`` (the record found) and ``vals``.

        :param job: ``gestor.epp.import``, in the superuser's mode
        :param list[Entry] entries: those that nothing has stopped yet
        """
        raise NotImplementedError

    def _apply(self, job, entries):
        """Create and update as planned and record it for the undo."""
        raise NotImplementedError

    # === Running ===

    @api.model
    def _handlers(self):
        """Return ``{section key word: handler}`` of all installed handlers."""
        base = self.env.registry["gestor.epp.handler"]
        return {
            section: self.env[name]
            for name, cls in self.env.registry.items()
            if issubclass(cls, base)
            for section in cls._epp_sections
        }

    def _process(self, job, entries, apply=False):
        """Plan a batch of entries and, if told so, carry it out."""
        for entry in entries:
            self._describe(entry)
        if not job[self._epp_option]:
            for entry in entries:
                entry.stop("skip", "option_off")
            return
        self._stop_duplicates(job, entries)
        self._plan(job, [entry for entry in entries if not entry.action])
        for entry in entries:
            if entry.action == "update" and not job.update_existing:
                entry.stop("skip", "update_off")
            if entry.target and not entry.res_id:
                entry.points_at(entry.target)
        if apply:
            todo = [entry for entry in entries if entry.action in ("create", "update")]
            if todo:
                self._apply(job, todo)

    def _stop_duplicates(self, job, entries):
        earlier = self._earlier_lines(job, entries, "key", "key")
        for entry in entries:
            line = earlier.setdefault(entry.key, entry.line)
            if line < entry.line:
                entry.stop("skip", "duplicate", line=line)

    def _earlier_lines(self, job, entries, attribute, field):
        """Return ``{value: first line number}`` of the same section of the file."""
        values = list({getattr(entry, attribute) for entry in entries} - {""})
        if not values:
            return {}
        domain = Domain(
            [
                ("import_id", "=", job.id),
                ("section", "=", entries[0].section),
                ("action", "!=", "error"),
                ("line", "<", max(entry.line for entry in entries)),
                (field, "in", values),
            ]
        )
        groups = self.env["gestor.epp.import.line"]._read_group(
            domain, [field], ["line:min"]
        )
        return dict(groups)

    def _keys_in_file(self, job, section, keys):
        """Return which keys of a section the file really brings."""
        if not keys:
            return set()
        domain = [
            ("import_id", "=", job.id),
            ("section", "=", section),
            ("action", "in", ("create", "update", "unchanged")),
            ("key", "in", list(keys)),
        ]
        lines = self.env["gestor.epp.import.line"]
        return {key for (key,) in lines._read_group(domain, ["key"])}

    # === Comparing and writing ===

    @api.model
    def _company_domain(self, job):
        """Records of the company, and those all companies share."""
        return Domain("company_id", "in", (False, job.company_id.id))

    @api.model
    def _value(self, record, name):
        """Return a field's value as plain data that JSON can keep."""
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.id
        if field.type == "many2many":
            return sorted(value.ids)
        return value

    @api.model
    def _same(self, record, name, new):
        field, old = record._fields[name], self._value(record, name)
        if field.type in ("float", "monetary"):
            digits = field.get_digits(self.env) or (16, 4)
            return not float_compare(old, new, precision_digits=digits[1])
        return (old or False) == (new or False)

    @api.model
    def _changes(self, record, vals):
        """Return the values that differ from what the record has."""
        return {
            name: value
            for name, value in vals.items()
            if not self._same(record, name, value)
        }

    @api.model
    def _for_write(self, model, vals):
        """Return plain values as ``create`` and ``write`` take them."""
        fields = self.env[model]._fields
        return {
            name: [Command.set(value)] if fields[name].type == "many2many" else value
            for name, value in vals.items()
        }

    def _write_grouped(self, pairs):
        """Write ``[(entry, record, vals)]``, one call for equal values."""
        groups = defaultdict(list)
        for entry, record, vals in pairs:
            old = {name: self._value(record, name) for name in vals}
            key = json.dumps(vals, sort_keys=True)
            groups[record._name, key].append((entry, record, old, vals))
        for (model, _key), items in groups.items():
            records = self.env[model].browse([item[1].id for item in items])
            records.write(self._for_write(model, items[0][3]))
            for entry, record, old, vals in items:
                entry.changed(
                    record, old, {name: self._value(record, name) for name in vals}
                )
