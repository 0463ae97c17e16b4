from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from .epp_engine import CHUNK

#: written by the host about each product by itself
_OWN_MODELS = {"product.value"}
#: fields that point from a record at itself or at its own parts
_OWN_REFERENCES = {
    ("res.partner", "commercial_partner_id"),
    ("res.partner.bank", "partner_id"),
    ("res.partner.category", "partner_ids"),
    ("product.tag", "product_template_ids"),
    ("product.tag", "product_product_ids"),
    ("product.product", "product_tmpl_id"),
    ("gestor.history.line", "document_id"),
}


class GestorEppUndo(models.AbstractModel):
    """Take an import back: remove what it made, restore what it changed.

    Nothing that somebody uses or has changed since is touched; the line says why.
    """

    _name = "gestor.epp.undo"
    _description = "Undo of EDI++ Imports"

    def _undo_chunk(self):
        lines = self.env["gestor.epp.import.line"].search(
            [
                ("import_id", "=", self.id),
                ("operations", "!=", False),
                ("is_undone", "=", False),
            ],
            order="line desc, id desc",
            limit=CHUNK,
        )
        notes = self._restore_values(lines)
        for line_id, texts in self._remove_created(lines).items():
            notes[line_id] += texts
        for line in lines:
            note = " ".join(notes[line.id])
            line.write({"is_undone": True, "undo_note": note or False})
        self.progress_done += len(lines)
        if len(lines) < CHUNK:
            self._finish("undone")

    # === Changed records ===

    def _restore_values(self, lines):
        notes = defaultdict(list)
        for line in lines:
            for model, res_id, old, new in reversed(line.operations):
                record = self.env[model].browse(res_id)
                if new is None or not record.exists():
                    continue
                changed = self._restore(record, old, new)
                if changed:
                    names = ", ".join(
                        record._fields[name]._description_string(self.env)
                        for name in changed
                    )
                    text = self.env._("Changed since, left as it is: %(names)s.")
                    notes[line.id].append(text % {"names": names})
        return notes

    @api.model
    def _restore(self, record, old, new):
        """Write old values back; return the fields that were changed meanwhile."""
        handler = self.env["gestor.epp.handler"]
        vals, changed = {}, []
        for name, value in new.items():
            if isinstance(value, dict) and "link" in value:
                vals[name] = [Command.unlink(value["link"])]
            elif handler._same(record, name, value):
                vals.update(handler._for_write(record._name, {name: old[name]}))
            else:
                changed.append(name)
        if vals:
            record.write(vals)
        return changed

    # === Created records ===

    def _remove_created(self, lines):
        """Remove created records, the dependent ones first."""
        notes = defaultdict(list)
        made = defaultdict(dict)
        for line in lines:
            for model, res_id, _old, new in line.operations:
                if new is None:
                    made[model][res_id] = line.id
        for model in sorted(made, key=self._removal_rank):
            records = self.env[model].browse(made[model]).exists()
            if model == "res.partner":
                # contacts before their companies
                contacts = records.filtered("parent_id")
                self._remove(contacts, made[model], notes)
                records -= contacts
            self._remove(records, made[model], notes)
        return notes

    @api.model
    def _removal_rank(self, model):
        order = (
            "gestor.history.document",
            "gestor.history.activity",
            "product.pricelist.item",
            "product.pricelist",
            "product.supplierinfo",
            "product.template",
            "product.category",
            "product.tag",
            "uom.uom",
            "res.partner.bank",
            "res.partner",
        )
        return order.index(model) if model in order else len(order)

    def _remove(self, records, line_of, notes):
        used = self._used(records)
        free = records.browse([rid for rid in records.ids if rid not in used])
        free -= self._note_edited(free, line_of, notes)
        for record in records.filtered(lambda record: record.id in used):
            text = self.env._("%(name)s is in use (%(where)s) and stays.")
            place = {"name": record.display_name, "where": used[record.id]}
            notes[line_of[record.id]].append(text % place)
        self._unlink(free, line_of, notes)

    def _note_edited(self, records, line_of, notes):
        """Return those of the records that somebody has changed since the import.

        The import and its undo write in transactions whose times are known; whatever
        was written between them is somebody's work.
        """
        if not self.written_at or "write_date" not in records._fields:
            return records.browse()
        # fields keep the time in whole seconds
        start = self.written_at + timedelta(seconds=1)
        edited = records.filtered(
            lambda record: start < record.write_date < self.undo_from_at
        )
        for record in edited:
            text = self.env._("%(name)s was changed since and stays.")
            notes[line_of[record.id]].append(text % {"name": record.display_name})
        return edited

    def _unlink(self, records, line_of, notes):
        """Delete in one batch; halve it to isolate a record the host protects."""
        if not records:
            return
        try:
            with self.env.cr.savepoint():
                records.unlink()
        except (UserError, ValidationError, psycopg2.IntegrityError) as error:
            if len(records) > 1:
                half = len(records) // 2
                self._unlink(records[:half], line_of, notes)
                self._unlink(records[half:], line_of, notes)
                return
            text = self.env._("%(name)s cannot be removed: %(error)s")
            values = {"name": records.display_name, "error": str(error).strip()}
            notes[line_of[records.id]].append(text % values)

    # === Is somebody using it? ===

    @api.model
    def _used(self, records):
        """Return ``{id: where}`` of the records that other records point at.

        A delete would take some of these along or empty their fields without a
        word, so the database's own protection is not enough.
        """
        used = {}
        if records._name in ("res.partner.bank", "product.supplierinfo"):
            return used  # parts of a record, nothing hangs on them but documents
        self._collect_references(records, {rid: rid for rid in records.ids}, used)
        if records._name == "product.template":
            variants = records.with_context(active_test=False).product_variant_ids
            owners = {variant.id: variant.product_tmpl_id.id for variant in variants}
            self._collect_references(variants, owners, used)
        self._collect_talk(records, used)
        return used

    @api.model
    def _collect_references(self, records, owners, used):
        self.env.flush_all()
        for model, field in self._reference_fields(records._name):
            query = self._reference_query(model, field, records)
            for (rid,) in self.env.execute_query(query):
                used.setdefault(owners[rid], model._description)

    @api.model
    def _reference_fields(self, target):
        """Return the stored fields of ordinary models that point at ``target``."""
        return [
            (model, field)
            for name in self.env.registry
            for model in [self.env[name]]
            if model._auto
            and not model._abstract
            and not model._transient
            and name not in _OWN_MODELS
            # what the program finds by itself is nobody's work and goes along
            and not getattr(model, "_gestor_is_derived", False)
            for field in model._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and field.comodel_name == target
            and not field.inherited
            and (name, field.name) not in _OWN_REFERENCES
        ]

    @api.model
    def _reference_query(self, model, field, records):
        """Return the query for those of ``records`` that the field points at."""
        ids = tuple(records.ids) or (0,)
        if field.type == "many2many":
            table, column = field.relation, field.column2
        else:
            table, column = model._table, field.name
        values = {"column": SQL.identifier(column), "table": SQL.identifier(table)}
        if field.company_dependent:
            return SQL(
                "SELECT DISTINCT entry.value::int "
                "FROM %(table)s, jsonb_each_text(%(column)s) AS entry "
                "WHERE %(column)s IS NOT NULL AND entry.value IN %(ids)s",
                ids=tuple(map(str, ids)),
                **values,
            )
        return SQL(
            "SELECT DISTINCT %(column)s FROM %(table)s WHERE %(column)s IN %(ids)s",
            ids=ids,
            **values,
        )

    @api.model
    def _collect_talk(self, records, used):
        """Count what people wrote and planned on a record as use."""
        ids = records.ids
        for model, field, extra in (
            ("mail.message", "model", [("message_type", "in", ("comment", "email"))]),
            ("mail.activity", "res_model", []),
            ("ir.attachment", "res_model", [("res_field", "=", False)]),
        ):
            domain = [(field, "=", records._name), ("res_id", "in", ids), *extra]
            for (rid,) in self.env[model]._read_group(domain, ["res_id"]):
                used.setdefault(rid, self.env[model]._description)
        self._collect_links(records, used)

    @api.model
    def _collect_links(self, records, used):
        """Count a link or a flag of Gestor as use."""
        links = self.env["gestor.link"]
        for rid in links._count_by_document(records._name, records.ids):
            used.setdefault(rid, links._description)
        if "gestor_flag_id" in records._fields:
            for record in records.filtered("gestor_flag_id"):
                used.setdefault(record.id, self.env["gestor.flag"]._description)
