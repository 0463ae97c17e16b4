from collections import Counter, defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..const import BLOCK
from ..lib import names
from .gestor_duplicate_finder import EQUAL

MANAGER = "gestor_base.gestor_base_group_manager"
STAFF = "base.group_user"
# so many found clients are shown while typing
SHOWN = 5
# and so many put on the work list for each client that is saved
NOTED = 20
#: by which fields a client is found, and why
TRIGGERS = {
    "vat": {"nip"},
    "company_registry": {"regon"},
    "email": {"email"},
    "phone": {"phone"},
    "name": {"name"},
    "city": {"name"},
    "is_company": {"name"},
}
#: fields whose change may make a client the same as any other
SCOPE = {
    "active",
    "company_id",
    "gestor_head_office_id",
    "gestor_is_nip_shared",
    "parent_id",
}
HINT_FIELDS = (*TRIGGERS, *sorted(SCOPE))


class ResPartner(models.Model):
    _inherit = "res.partner"

    # in the order in which near names are asked for, with all that is compared
    _gestor_name_left_idx = models.Index(
        f"(left(gestor_name_key, {BLOCK}), gestor_name_key) INCLUDE (id)"
    )
    _gestor_name_right_idx = models.Index(
        f"(right(gestor_name_key, {BLOCK}), reverse(gestor_name_key))"
        " INCLUDE (gestor_name_key, id)"
    )
    _gestor_phone_digits_idx = models.Index("(gestor_phone_digits)")

    gestor_name_key = fields.Char(
        string="Name for comparison",
        compute="_compute_gestor_name_key",
        store=True,
        precompute=True,
        groups=STAFF,
        help="Without legal form, diacritics and order of words.",
    )
    gestor_is_nip_shared = fields.Boolean(
        string="NIP shared by units",
        copy=False,
        groups=STAFF,
        help="Like that of a commune and its schools: the same NIP of another client "
        "is no reason to take them for one.",
    )
    gestor_duplicate_hint = fields.Json(
        string="Possible duplicates",
        compute="_compute_gestor_duplicate_hint",
        groups="gestor_base.gestor_base_group_user",
    )
    gestor_duplicate_decisions = fields.Json(
        string="Decisions about duplicates",
        store=False,
        groups="gestor_base.gestor_base_group_user",
        help="What was decided in the form, carried out when it is saved.",
    )

    # === Computes ===

    @api.depends("name")
    def _compute_gestor_name_key(self):
        for partner in self:
            partner.gestor_name_key = names.key(partner.name) or False

    @api.depends(*HINT_FIELDS, "gestor_duplicate_decisions")
    @api.depends_context("uid", "company", "lang")
    def _compute_gestor_duplicate_hint(self):
        policies = self.env.company._gestor_duplicate_policies()
        finder = self.env["gestor.duplicate.finder"]
        values_list = [partner._get_gestor_duplicate_values() for partner in self]
        found = defaultdict(list)
        for match in finder._gestor_find_values(values_list, policies):
            found[match.key].append(match)
        for key, partner in enumerate(self):
            decided = {
                decision.get("id") for decision in partner._get_gestor_decisions()
            }
            matches = [m for m in found[key] if m.other_id not in decided]
            partner.gestor_duplicate_hint = partner._prepare_gestor_duplicate_hint(
                matches, policies
            )

    def _get_gestor_duplicate_values(self):
        """Return what this client, saved or not, is compared by."""
        # sudo: the computed keys are compared, not shown
        partner = self.sudo()
        values = {}
        for column in self.env["gestor.duplicate.finder"]._gestor_columns():
            value = partner[column]
            if isinstance(value, models.BaseModel):
                value = value._origin.id
            is_flag = self._fields[column].type == "boolean"
            values[column] = value if is_flag else value or None
        return {
            **values,
            "id": partner._origin.id or None,
            "partner_share": partner._origin.partner_share if partner._origin else True,
        }

    def _get_gestor_decisions(self):
        decisions = self.gestor_duplicate_decisions
        return decisions if isinstance(decisions, list) else []

    def _prepare_gestor_duplicate_hint(self, matches, policies):
        """Return what the form shows of the found clients.

        Of clients that the user may not read only the number.

        :rtype: dict or False
        """
        if not matches:
            return False
        others = self.browse(match.other_id for match in matches)
        readable = set(others._filtered_access("read")._ids)
        shown = [match for match in matches if match.other_id in readable]
        blocking = [m for m in matches if self._is_gestor_blocked(m, policies)]
        return {
            "rows": [
                {
                    **self.browse(match.other_id)._prepare_gestor_duplicate_row(),
                    "reasons": self.env["gestor.duplicate"]._get_reasons(match.kinds),
                    "score": match.score,
                    "is_blocked": match in blocking,
                }
                for match in shown[:SHOWN]
            ],
            "more": max(0, len(shown) - SHOWN),
            "hidden": len(matches) - len(shown),
            "is_blocked": bool(blocking),
            "can_go_on": not blocking or self.env.user.has_group(MANAGER),
        }

    def _prepare_gestor_duplicate_row(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.display_name,
            "city": self.city or "",
            "nip": self.gestor_nip or "",
            "kind": self._get_gestor_selection_label("gestor_kind"),
            "guardian": self.user_id.display_name or "",
            "is_archived": not self.active,
            "is_company": self.is_company,
        }

    @api.model
    def _is_gestor_blocked(self, match, policies):
        return any(policies.get(kind) == "block" for kind in match.kinds)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        decisions = [vals.pop("gestor_duplicate_decisions", None) for vals in vals_list]
        partners = super().create(vals_list)
        for partner, decided in zip(partners, decisions, strict=True):
            partner._gestor_carry_out(decided)
        partners._gestor_guard_duplicates(self.env.company._gestor_duplicate_policies())
        return partners

    def write(self, vals):
        decided = vals.get("gestor_duplicate_decisions")
        vals = {
            name: value
            for name, value in vals.items()
            if name != "gestor_duplicate_decisions"
        }
        kinds = self._get_gestor_touched_kinds(vals)
        result = super().write(vals)
        for partner in self if decided else ():
            partner._gestor_carry_out(decided)
        if kinds:
            policies = self.env.company._gestor_duplicate_policies()
            self._gestor_guard_duplicates(
                {kind: what for kind, what in policies.items() if kind in kinds}
            )
        return result

    def _get_gestor_touched_kinds(self, vals):
        """Return for which reasons these clients are to be checked after a write."""
        touched = {
            name
            for name in vals
            if (name in TRIGGERS or name in SCOPE)
            and self._is_changed(name, vals[name])
        }
        if touched & SCOPE:
            return set(EQUAL) | {"name"}
        return set().union(*(TRIGGERS[name] for name in touched))

    def _is_changed(self, name, value):
        field = self._fields[name]
        return any(
            (field.convert_to_write(partner[name], partner) or False)
            != (value or False)
            for partner in self
        )

    # === Checking and deciding ===

    def _gestor_guard_duplicates(self, policies):
        """Refuse these clients, or put them on the work list, as the company wishes.

        Who enters data is refused. A mail gateway or a web form is not: nobody would
        read the message, and what the client sent would be lost; its client gets on
        the work list.

        :param dict policies: ``{kind: "warn" or "block"}``
        :raise ValidationError: naming the found clients as far as the user may see them
        """
        if not policies or not self:
            return
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_internal():
            policies = dict.fromkeys(policies, "warn")
        finder = self.env["gestor.duplicate.finder"]
        # all at once: what is still to be computed would update each row once more
        self.flush_model()
        self._gestor_take_locks([k for k, what in policies.items() if what == "block"])
        matches, noted = {}, Counter()
        for match in finder._gestor_find(self.ids, policies):
            if self._is_gestor_blocked(match, policies):
                raise ValidationError(self._get_gestor_refusal(match))
            # a batch of one name is not noted as each with each: the best ones say
            # who it is, and the comparison of the whole file adds what it finds
            if noted[match.key] < NOTED:
                noted[match.key] += 1
                matches[tuple(sorted((match.key, match.other_id)))] = match
        self.env["gestor.duplicate"]._gestor_note(matches)

    def _gestor_take_locks(self, kinds):
        """Keep others from entering the same clients at this moment."""
        columns = {**EQUAL, "name": "gestor_name_key"}
        # sudo: the computed keys are compared, not shown
        clients = self.sudo().filtered("active") if kinds else self
        self.env["gestor.duplicate.lock"]._gestor_take(
            f"{kind}:{client[columns[kind]]}"
            for kind in kinds
            for client in clients
            if client[columns[kind]]
        )

    def _get_gestor_refusal(self, match):
        """Return why a client is not saved."""
        client = self.browse(match.key)
        reasons = self.env["gestor.duplicate"]._get_reasons(match.kinds)
        other = self.browse(match.other_id)
        if not other.has_access("read"):
            return self.env._(
                "%(client)s is refused: a client you may not see exists already "
                "(%(reasons)s).",
                client=client.display_name,
                reasons=reasons,
            )
        parts = [other.display_name, other.city, other.gestor_nip]
        if not other.active:
            parts.append(self.env._("archived"))
        return self.env._(
            "%(client)s is refused: this client exists already: %(other)s "
            "(%(reasons)s). Use that one, make the new one its branch, or ask a "
            "manager.",
            client=client.display_name,
            other=", ".join(part for part in parts if part),
            reasons=reasons,
        )

    def _gestor_carry_out(self, decisions):
        """Do what was decided in the form about the found clients.

        :param list[dict] decisions: ``id`` of a found client, ``what``: "go_on" or
            "head_office", and a ``note``
        """
        self.ensure_one()
        for decision in decisions or ():
            other = self.browse(int(decision["id"])).exists()
            other.check_access("read")
            if decision["what"] == "head_office":
                other.gestor_head_office_id = self
            elif other:
                self._gestor_go_on(other, decision.get("note"))

    def _gestor_go_on(self, other, note):
        """Remember that this client is another one than a found one."""
        self.flush_model(self.env["gestor.duplicate.finder"]._gestor_columns())
        policies = self.env.company._gestor_duplicate_policies()
        matches = self.env["gestor.duplicate.finder"]._gestor_find(self.ids, policies)
        blocked = any(
            self._is_gestor_blocked(match, policies)
            for match in matches
            if match.other_id == other.id
        )
        if blocked and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only a manager may enter %(client)s although %(other)s exists.",
                    client=self.display_name,
                    other=other.display_name,
                )
            )
        self.env["gestor.duplicate"]._gestor_tell_apart(self, other, note)

    def action_gestor_use(self):
        """Open a found client; an archived one is brought back first."""
        self.ensure_one()
        if not self.active:
            self.action_unarchive()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _get_gestor_text(self, name):
        """Return the value of a field as the user reads it."""
        self.ensure_one()
        value, field = self[name], self._fields[name]
        if isinstance(value, models.BaseModel):
            return value.display_name or ""
        if field.type == "selection":
            return self._get_gestor_selection_label(name)
        return str(value or "")
