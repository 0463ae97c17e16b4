from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

FLAG_FIELDS = ("gestor_flag_id", "gestor_flag_note")
#: who flagged and when is never typed
FLAG_STAMP_FIELDS = ("gestor_flag_user_id", "gestor_flag_at")
#: a client reads his own record through the portal; flags are not meant for him
STAFF = "base.group_user"


class GestorDocumentMixin(models.AbstractModel):
    """What every business document of Gestor can do: carry a flag, be linked."""

    _name = "gestor.document.mixin"
    _description = "Gestor Document"
    _inherit = [
        "gestor.autotext.mixin",
        "gestor.library.mixin",
        "gestor.participant.mixin",
        "gestor.registry.mixin",
        "gestor.relation.mixin",
    ]

    gestor_flag_id = fields.Many2one(
        "gestor.flag",
        string="Flag",
        domain=lambda self: self.env["gestor.flag"]._get_field_domain(self),
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=STAFF,
    )
    gestor_flag_note = fields.Char(string="Flag note", copy=False, groups=STAFF)
    gestor_flag_user_id = fields.Many2one(
        "res.users", string="Flagged by", readonly=True, copy=False, groups=STAFF
    )
    gestor_flag_at = fields.Datetime(
        string="Flagged on", readonly=True, copy=False, groups=STAFF
    )
    gestor_flag_color = fields.Integer(
        related="gestor_flag_id.color", string="Flag colour", groups=STAFF
    )
    gestor_flag_icon = fields.Char(
        related="gestor_flag_id.icon", string="Flag icon", groups=STAFF
    )
    gestor_link_count = fields.Integer(
        string="Links", compute="_compute_gestor_link_count", groups=STAFF
    )

    # === Computes and constraints ===

    def _compute_gestor_link_count(self):
        counts = self.env["gestor.link"]._count_by_document(self._name, self.ids)
        for document in self:
            document.gestor_link_count = counts.get(document._origin.id, 0)

    @api.constrains("gestor_flag_id", "gestor_flag_note")
    def _check_gestor_flag_note(self):
        for document in self:
            flag = document.gestor_flag_id
            note = (document.gestor_flag_note or "").strip()
            if flag.is_note_required and not note:
                raise ValidationError(
                    self.env._('The flag "%(flag)s" needs a note.', flag=flag.name)
                )

    def _check_gestor_flag_allowed(self):
        """Refuse the flags of other areas and of groups the user is not in.

        Not a constraint: the host runs those as superuser, who is in every group.
        """
        # sudo: the areas and groups of a flag are closed to ordinary users; the
        # domain itself is made for the current user
        flags = self.sudo().gestor_flag_id
        refused = flags - flags.filtered_domain(self._get_gestor_flag_domain())
        if refused:
            raise ValidationError(
                self.env._(
                    'You may not set or remove the flag "%(flag)s" here: it belongs '
                    "to another area or to other roles.",
                    flag=refused[0].name,
                )
            )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_flag_stamp(vals) for vals in vals_list]
        documents = super().create(
            [
                {**vals, **self._prepare_gestor_flag_vals(vals["gestor_flag_id"])}
                if vals.get("gestor_flag_id")
                else vals
                for vals in vals_list
            ]
        )
        documents._check_gestor_flag_allowed()
        return documents

    def write(self, vals):
        vals = self._without_same_flag(self._without_flag_stamp(vals))
        if vals.keys().isdisjoint(FLAG_FIELDS):
            return super().write(vals)
        if "gestor_flag_id" in vals:
            vals = {**vals, **self._prepare_gestor_flag_vals(vals["gestor_flag_id"])}
        # before: a flag of other roles is not theirs to remove; after: nor to set
        self._check_gestor_flag_allowed()
        result = super().write(vals)
        self._check_gestor_flag_allowed()
        return result

    def unlink(self):
        # the edges go along whoever may read their other ends
        links = self.env["gestor.link"].sudo()
        edges = links.search(links._get_origin_domain(self._name, self.ids))
        result = super().unlink()
        edges.unlink()
        return result

    @api.model
    def _without_flag_stamp(self, vals):
        """Leave out who flagged and when: nobody may say it for another."""
        if self.env.su or vals.keys().isdisjoint(FLAG_STAMP_FIELDS):
            return vals
        return {
            name: value for name, value in vals.items() if name not in FLAG_STAMP_FIELDS
        }

    def _without_same_flag(self, vals):
        """Leave out a flag and a note that all these documents have already.

        So whoever may not set a flag can still save, import or merge a document
        together with the flag that it has.
        """
        if vals.keys().isdisjoint(FLAG_FIELDS):
            return vals
        # sudo: what a document has is compared, not told
        documents = self.sudo()
        return {
            name: value
            for name, value in vals.items()
            if name not in FLAG_FIELDS
            or any(
                (documents._fields[name].convert_to_write(document[name], document))
                != (value or False)
                for document in documents
            )
        }

    @api.model
    def _prepare_gestor_flag_vals(self, flag):
        """Return who flagged and when; an empty flag clears its note too."""
        if not flag:
            return dict.fromkeys(
                ("gestor_flag_note", "gestor_flag_user_id", "gestor_flag_at"), False
            )
        return {
            "gestor_flag_user_id": self.env.uid,
            "gestor_flag_at": fields.Datetime.now(),
        }

    # === Actions ===

    def action_gestor_links(self):
        """Open the list of the documents linked with this one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_base.gestor_link_action"
        )
        links = self.env["gestor.link"]
        action["domain"] = list(links._get_origin_domain(self._name, self.ids))
        action["context"] = {"gestor_base_link_origin": (self._name, self.id)}
        return action

    def action_gestor_relation_map(self):
        """Open the drawn map of what this document belongs to."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "gestor_base.gestor_relation_map_action"
        )
        action["context"] = {"gestor_base_link_origin": (self._name, self.id)}
        return action

    def action_gestor_set_flag(self):
        """Open the dialog that sets or clears the flag of these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_base.gestor_flag_set_action"
        )
        action["context"] = {"active_model": self._name, "active_ids": self.ids}
        return action

    # === Hooks ===

    @api.model
    def _gestor_document_label(self):
        """Return what users call one such document, in their language.

        The model's name by default; a model with another name on the screens of
        Gestor overrides it.
        """
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _get_gestor_flag_domain(self):
        """Return the flags that the current user may set on this model."""
        return self.env["gestor.flag"]._get_field_domain(self)

    # === Links ===

    def _gestor_link(self, other, kind=None, note=None):
        """Link each of these documents with each of the others.

        Idempotent: a pair that is linked already keeps its edge, which takes over
        the kind and the note when they are given. The user needs read access to
        both ends and write access to one of them.

        :param other: recordset of one document model
        :param str kind: a short word for the meaning of the link
        :param str note: free text
        :return: the edges of all pairs
        :rtype: gestor.link
        :raise ValidationError: if a document would be linked with itself
        """
        links = self.env["gestor.link"]
        pairs = {
            tuple(
                links._get_end_values(
                    (self._name, document.id), (other._name, linked.id)
                ).items()
            )
            for document in self
            for linked in other
        }
        # an edge that the user may not read must not be made twice either
        found = links.sudo().search(
            links._get_origin_domain(self._name, self.ids)
            & links._get_origin_domain(other._name, other.ids)
        )
        edges = {}
        for edge in found:
            end_values = links._get_end_values(*edge._get_ends())
            edges[tuple(end_values.items())] = edge.with_env(self.env)
        vals = {
            name: value for name, value in (("kind", kind), ("note", note)) if value
        }
        existing = links.union(*(edges[pair] for pair in pairs & edges.keys()))
        if vals and existing:
            existing.write(vals)
        missing = sorted(pairs - edges.keys())
        return existing | links.create([{**dict(pair), **vals} for pair in missing])

    def _gestor_linked(self, model=None):
        """Return the documents linked with these ones, as far as the user may read.

        :param str model: only documents of this model
        :return: a recordset of ``model``; without it ``{model name: recordset}``
        """
        own = {(self._name, res_id) for res_id in self.ids}
        links = self.env["gestor.link"]
        ids_by_model = defaultdict(set)
        for edge in links.search(links._get_origin_domain(self._name, self.ids)):
            first, second = edge._get_ends()
            for end, across in ((first, second), (second, first)):
                if across in own and model in (None, end[0]):
                    ids_by_model[end[0]].add(end[1])
        linked = links._get_documents(ids_by_model)
        return linked if model is None else linked.get(model, self.env[model])
